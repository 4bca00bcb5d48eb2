"""Letters that patterns take for others."""

from __future__ import annotations

import pytest

from footnote.checks import QuotedSource, first_failed


@pytest.mark.parametrize(
    ("claim", "source", "failed"),
    [
        ("It was on Frıday.", "It was on Friday.", None),
        ("It was on Frıday.", "It was on Monday.", "dates"),
        ("It cost 5 mıllion.", "It cost 5 million.", None),
        ("It cost 5 mıllion.", "It cost 6 million.", "numbers"),
        ("It fell on 5 aprİl.", "It fell on 5 April.", None),
        ("It fell on 5 aprİl.", "It fell on 6 April.", "numbers"),
        ("One sıxth of it was lost.", "One sixth of it was lost.", None),
        ("One sıxth of it was lost.", "One fifth of it was lost.", "numbers"),
    ],
)
def test_turkish_letters_are_read_as_an_i(claim: str, source: str, failed: str | None) -> None:
    assert first_failed(claim, [QuotedSource(source)]) == failed
    assert first_failed(source, [QuotedSource(claim)]) == failed
