"""Tabs of web pages: all that they open is read, with their names."""

from __future__ import annotations

import pytest

from footnote_index.loaders.html.loader import parse

WITH_IDS = """
<div><div role="tablist"><button role="tab" aria-controls="a">macOS</button>
<button role="tab" aria-controls="b">Windows</button></div></div>
<div role="tabpanel" id="a"><p>Press <kbd>Cmd</kbd> and K to open the menu of the program.</p></div>
<div role="tabpanel" id="b" hidden><p>Press <kbd>Ctrl</kbd> and K to open the menu of the program.</p></div>
"""
AS_DOCUSAURUS_DOES = """
<div class="tabs-container"><ul role="tablist"><li role="tab">macOS</li><li role="tab">Windows</li></ul>
<div class="margin"><div role="tabpanel"><p>Press Cmd and K to open the menu of the program.</p></div>
<div role="tabpanel" hidden><p>Press Ctrl and K to open the menu of the program.</p></div></div></div>
"""
BY_STYLE = WITH_IDS.replace(" hidden>", ' style="display:none">')


def read(tabs: str) -> str:
    before = "<p>The program has a menu with all of its commands, which can be opened with two keys.</p>"
    page = f"<html><head><title>Keys</title></head><body><main><h1>Keys</h1>{before}{tabs}{before}</main></body></html>"
    return parse("a.html", page.encode()).text


IN_ONE_LIST = f"<div role='tablist'>{WITH_IDS.replace('tablist', 'none')}</div>"


@pytest.mark.parametrize("tabs", [WITH_IDS, AS_DOCUSAURUS_DOES, BY_STYLE, IN_ONE_LIST])
def test_what_closed_tabs_open_is_read_with_their_names(tabs: str) -> None:
    text = read(tabs)
    assert "macOS: Press Cmd and K to open the menu of the program." in text
    assert "Windows: Press Ctrl and K to open the menu of the program." in text
    assert text.count("macOS") == text.count("Windows") == 1


@pytest.mark.parametrize(
    "tabs",
    [
        WITH_IDS.replace('role="tablist"', 'role="tablist" hidden'),
        WITH_IDS.replace('role="tab" aria-controls="b"', 'role="tab" aria-controls="b" style="display:none"'),
        WITH_IDS.replace(">Windows<", "><"),
        WITH_IDS.replace('aria-controls="b"', 'aria-controls="c"'),
    ],
)
def test_what_no_tab_opens_stays_hidden(tabs: str) -> None:
    assert "Ctrl" not in read(tabs)
