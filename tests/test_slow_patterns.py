"""No regular expression takes long, whatever it reads: hostile text cannot block the bot."""

from __future__ import annotations

import json
import re

import pytest
from forked_programs import Module, run
from slow_patterns import PACKAGES, SHAPES, patterns, slow_cases

from footnote.adapters.openai.judge import read_verdicts
from footnote.errors import AnswererError
from footnote.text.sentences import split_sentences

TIME_LIMIT = 300
"""Seconds, on a busy machine: it takes about 10 of processor time."""


def test_no_pattern_is_slow_on_any_shape() -> None:
    done = run(Module("slow_patterns"), timeout=TIME_LIMIT)
    assert done.returncode == 0, done.stderr
    tried = [json.loads(line) for line in done.stdout.splitlines()]
    assert [case for case in tried if "seconds" in case] == []
    assert len(tried) > 150


def test_all_three_packages_are_looked_through() -> None:
    found = patterns()
    assert {name.split(".")[0] for name in found} == set(PACKAGES)
    assert {"footnote.checks.addresses._ADDRESS", "footnote.text.prose._LINK"} <= found.keys()
    assert any(name.startswith("footnote.review.question_matching.kinds._") for name in found), "those inside tuples"
    assert any(re.fullmatch(r"footnote\.evaluation\.gold:\d+", name) for name in found), "those of re.sub"
    assert len(SHAPES) >= 75


@pytest.mark.parametrize("pattern", [r"\s+x", r"^\W*(\d+)", r"\w+://\S+"])
def test_a_quadratic_pattern_is_found(pattern: str) -> None:
    assert next(slow_cases(re.compile(pattern, re.MULTILINE)), None)


def test_a_long_word_in_an_indic_script_is_read_at_once() -> None:
    text = f"{'क' * 40}?. A"
    assert split_sentences(text)[-1].end == len(text)


def test_verdicts_behind_many_empty_lines_are_refused_at_once() -> None:
    with pytest.raises(AnswererError):
        read_verdicts("x" + "\n" * 32_000 + "y", 1)
