"""Addresses and mentions that are part of longer ones."""

from __future__ import annotations

import pytest

from footnote.checks import QuotedSource, has_known_addresses


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Visit brackwick.co.", "Visit brackwick.com."),
        ("Visit brackwick.com.", "Visit notbrackwick.com."),
        ("Visit brackwick.com.", "Visit not-brackwick.com."),
        ("Visit brackwick.com.", "Visit brackwick.com.thornby.example."),
        ("Visit brackwick.com.", "Visit brackwick.com[.]thornby.example."),
        ("Visit brackwick.com.", "Visit shop.brackwick.com."),
        ("Visit brackwick.com.", "Write to reed@brackwick.com."),
        ("Read brackwick.com/a.", "Read brackwick.com/abc."),
        ("Read brackwick.com/a.", "Read brackwick.com/a/b."),
        ("Read brackwick.com/a.", "Read brackwick.com/a-b."),
        ("Visit brackwick.com.", "Visit brackwick.com-thornby.example."),
        ("Visit brackwick.com.", "Visit brackwick.com-thornby[.]example."),
        ("Visit brackwick.com.", "Visit brackwick.com@thornby.example."),
        ("Visit brackwick.com.", "Write to brackwick.com-reed@thornby.example."),
        ("Write to reed@brackwick.com.", "Write to reed@brackwick.com-thornby.example."),
        ("Visit brackwick.co.", "Visit brackwick.com/help."),
        ("Call tel:123.", "Call tel:123-456."),
        ("Ask @reed.", "Ask @reed-shaw."),
        ("Ask @reed.", "Ask @reeds."),
        ("Ask @reed.", "Write to shaw@reed.example."),
        ("Write to reed@brackwick.com.", "Write to alanreed@brackwick.com."),
        ("Write to reed@brackwick.com.", "Write to alan.reed@brackwick.com."),
    ],
)
def test_a_part_of_another_address_is_not_known(claim: str, quote: str) -> None:
    assert not has_known_addresses(claim, [QuotedSource(quote)])


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Visit brackwick.com.", "Visit brackwick.com, it says."),
        ("Visit brackwick.com.", "Visit (brackwick.com)."),
        ("Visit brackwick.com.", "Visit www.brackwick.com."),
        ("Visit brackwick.com.", "Visit https://brackwick.com now."),
        ("Visit brackwick.com.", "Visit notbrackwick.com or brackwick.com."),
        ("Visit brackwick.com.", "请看brackwick.com。"),
        ("Visit brackwick.com.", "Visit https://brackwick.com/help for help."),
        ("Visit https://brackwick.com.", "Visit https://brackwick.com/help for help."),
        ("Brackwick.com and Thornby agreed.", "Brackwick.com/Thornby agreed."),
        ("Brackwick.com bought it.", "The Brackwick.com-owned site bought it."),
        ("It runs on Pier.js.", "It is a Pier.js-based server. Reed wrote it."),
        ("Write to reed@brackwick.com.", "The reed@brackwick.com-run list is closed."),
        ("Ask @reed.", "Ask @reed's men."),
        ("Write to reed@brackwick.com.", "Write to reed@brackwick.com."),
        ("Write to reed@brackwick.", "Write to reed@brackwick."),
        ("Read [this](brackwick.com/a).", "Read [this](brackwick.com/a)."),
        ("Wait..brackwick.com", "Wait..brackwick.com"),
    ],
)
def test_a_whole_address_is_known(claim: str, quote: str) -> None:
    assert has_known_addresses(claim, [QuotedSource(quote)])
