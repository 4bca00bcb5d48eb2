"""How Footnote introduces itself to servers, and how its limits fit together."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from footnote_index.web.crawl_limits import PRODUCT, USER_AGENT, CrawlLimits

LIMITS = CrawlLimits()


def test_robots_txt_finds_its_rules_by_the_first_word_of_the_introduction() -> None:
    assert USER_AGENT.partition("/")[0] == PRODUCT
    assert PRODUCT.isascii()
    assert PRODUCT.isalpha()


def test_the_introduction_fits_in_a_header() -> None:
    assert USER_AGENT.isascii()
    assert USER_AGENT.isprintable()


def test_waits_fit_into_the_time_of_a_host() -> None:
    assert 0 < LIMITS.delay <= LIMITS.longest_delay <= LIMITS.host_time
    assert LIMITS.longest_wait <= LIMITS.host_time


def test_a_request_ends_within_the_time_of_a_host() -> None:
    assert max(LIMITS.connect_time, LIMITS.read_time) <= LIMITS.whole_time <= LIMITS.host_time


def test_limits_stay_as_they_are() -> None:
    with pytest.raises(FrozenInstanceError):
        LIMITS.delay = 0.0  # type: ignore[misc]
