"""Addresses of the reading room: nobody can forge or change one, and they expire as configured."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from examples import NOON, a_citation, a_claim, a_record

from footnote.errors import SettingsError
from footnote_bot.page_links import KEY_FILE, LinkedSentence, Links, Page, answer_key, signing_key

LINKS = Links(b"k" * 32, "https://notes.example/", days=30)
RECORD = replace(a_record(a_claim(a_citation(1, url=None)), a_claim(a_citation(2))), mark="ab12cd34")


def token(address: str) -> str:
    return address.partition("k=")[2].partition("#")[0]


def valid(links: Links, made: str, page: Page = Page.ANSWER, subject: str = "42-ab12cd34", days: float = 0) -> bool:
    return links.valid_until(made, page, subject, now=NOON + timedelta(days=days)) is not None


def test_a_link_opens_its_page_until_its_last_day() -> None:
    made = token(LINKS.answer(RECORD))
    assert [valid(LINKS, made, days=days) for days in (0, 30, 31)] == [True, True, False]


def test_zero_days_are_for_ever() -> None:
    links = Links(b"k" * 32, "", days=0)
    assert valid(links, token(links.answer(RECORD)), days=9999)


@pytest.mark.parametrize("page", [page for page in Page if page is not Page.ANSWER])
def test_a_token_for_an_answer_opens_nothing_else(page: Page) -> None:
    assert not valid(LINKS, token(LINKS.answer(RECORD)), page)


@pytest.mark.parametrize(
    "made",
    ["", "-", "0-", "zz", "0-AAAA", "٣-AAAA", "fv89-\x00", "999999999999-A", "fv89-" + "A" * 22, "\N{SNOWMAN}-x"],
)
def test_a_made_up_token_opens_nothing(made: str) -> None:
    assert not valid(LINKS, made)


def test_neither_the_answer_nor_the_day_of_a_link_can_be_changed() -> None:
    made = token(LINKS.answer(RECORD))
    day, _, signature = made.partition("-")
    assert not valid(LINKS, made, subject="43-ab12cd34")
    assert not valid(LINKS, f"{int(day, 36) + 1:x}-{signature}")
    assert not valid(LINKS, f"0-{signature}")
    assert not valid(Links(b"x" * 32, "", days=30), made)


def test_a_footnote_leads_here_if_its_article_has_no_address_of_its_own() -> None:
    first, second = LINKS.with_links(RECORD).citations
    assert first.url is not None
    assert first.url.startswith("https://notes.example/c/42-ab12cd34/1?k=")
    assert second.url == "https://news.example/bridge"
    assert [claim.citations[0].url for claim in LINKS.with_links(RECORD).claims] == [first.url, second.url]


def test_a_message_that_is_edited_later_shows_the_same_links() -> None:
    assert LINKS.with_links(RECORD).citations == LINKS.with_links(replace(RECORD, changes=3)).citations


def test_an_address_names_the_version_and_the_sentence() -> None:
    address = LINKS.article(LinkedSentence("a b/ü?#.md", "0" * 64, 12, 80), 0)
    assert address.startswith("https://notes.example/articles/a%20b/%C3%BC%3F%23.md?v=0000000000000000&s=12-80&k=")
    assert address.endswith("#s12-80")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12-ab12cd34", "12-ab12cd34"), ("12", "12"), ("", None), ("x", None), ("1" * 19, None), ("²-a", None)],
)
def test_a_key_is_a_number_and_a_mark(text: str, expected: str | None) -> None:
    found = answer_key(text)
    assert (str(found) if found else None) == expected


def test_the_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    key = signing_key(tmp_path / "var")
    assert len(key) == 32
    assert signing_key(tmp_path / "var") == key
    assert (tmp_path / "var" / KEY_FILE).stat().st_mode & 0o077 == 0


def test_a_damaged_key_is_named(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_bytes(b"short")
    with pytest.raises(SettingsError, match=r"web\.key for links is damaged\. Delete it"):
        signing_key(tmp_path)
