"""What belongs to the site goes, and text between the parts that were kept stays."""

from __future__ import annotations

import pytest
from lxml import html

from footnote_index.loaders.html.kept_words import KeptWords, WordCount
from footnote_index.loaders.html.pruning import drop, is_beside, prune, trim
from footnote_index.loaders.trees import Element

KEPT = "The dam above the valley holds."
OTHER = "Nobody knows who built the old one below it."


def page(markup: str) -> Element:
    return html.document_fromstring(f"<body>{markup}</body>").find("body")


def pruned(markup: str, *kept: str, suspects: str = "") -> str:
    """The texts that stay, when trafilatura has kept these. `suspects` is the class of elements under suspicion."""
    tree = page(markup)
    known = KeptWords.of(page("".join(f"<p>{text}</p>" for text in kept or (KEPT,))))
    found = {each for each in tree.iter() if suspects and each.get("class") == suspects}
    count = WordCount.of(tree, known)
    count.whole = count.all[tree]
    prune(tree, count, found)
    return texts(tree)


def trimmed(*blocks: str) -> str:
    """All of the blocks were kept."""
    tree = page("".join(blocks))
    trim(tree, WordCount.of(tree, KeptWords.of(page("".join(blocks)))))
    return texts(tree)


def texts(tree: Element) -> str:
    return " / ".join(" ".join(text.split()) for text in tree.itertext() if text.strip())


def test_what_was_left_out_around_the_article_goes() -> None:
    assert pruned(f"<div><p>Our offers</p></div><div><p>{KEPT}</p></div><div>{OTHER}</div>") == KEPT


@pytest.mark.parametrize(
    "between",
    [
        f"<p>{OTHER}</p>",
        "<p>It leaks.</p>",
        "<p>“It leaks.”</p>",
        "<pre>x = 1</pre>",
        f"<ul><li>{OTHER}</li></ul>",
        "<ul><li>Tea and rice</li></ul>",
        "<ol><li>Tea</li></ol>",
        "<dl><dd>Tea</dd></dl>",
        "<h2>Tea</h2>",
    ],
)
def test_text_between_what_was_kept_stays(between: str) -> None:
    assert pruned(f"<p>{KEPT}</p>{between}<p>{KEPT}</p>").count(" / ") == 2


@pytest.mark.parametrize(
    "between",
    [
        "<p>Our offers</p>",
        "<ul><li><a href='/'>Tea and rice</a></li></ul>",
        "<h2>Tea</h2><ul><li><a href='/'>Rice</a></li></ul>",
        f"<div>{OTHER}</div>",
        f"<p><a href='/'>{OTHER}</a></p>",
        f"<aside>{OTHER}</aside>",
        f"<p class='newsletter'>{OTHER}</p>",
    ],
)
def test_what_is_no_text_or_leads_away_goes(between: str) -> None:
    assert pruned(f"<p>{KEPT}</p>{between}<p>{KEPT}</p>") == f"{KEPT} / {KEPT}"


def test_what_is_suspected_goes_unless_most_of_it_was_kept() -> None:
    assert pruned(f"<p>{KEPT}</p><p class='odd'>{OTHER}</p>", suspects="odd") == KEPT
    assert pruned(f"<p>{KEPT}</p><p class='odd'>{KEPT}</p>", suspects="odd") == f"{KEPT} / {KEPT}"


def test_a_heading_stays_only_right_above_what_was_kept() -> None:
    assert pruned(f"<h2>Norvik</h2><p>{KEPT}</p>") == f"Norvik / {KEPT}"
    assert pruned(f"<h2>Norvik</h2><h2>More</h2><p>{KEPT}</p>") == f"More / {KEPT}"


def test_short_lists_stay_with_their_headings_between_what_was_kept_only() -> None:
    lists = "<h2>Dogs</h2><ul><li>50 euros</li></ul><h3>Old</h3><ol><li>40 euros</li></ol>"
    assert pruned(f"<p>{KEPT}</p>{lists}<p>{KEPT}</p>") == f"{KEPT} / Dogs / 50 euros / Old / 40 euros / {KEPT}"
    assert pruned(f"{lists}<p>{KEPT}</p>{lists}") == KEPT


def test_a_heading_stays_above_a_list_that_was_kept() -> None:
    items = f"<ul><li>{KEPT}</li></ul>"
    assert pruned(f"<h2>Norvik</h2>{items}") == f"Norvik / {KEPT}"


def test_a_part_of_the_same_class_as_a_kept_one_stays() -> None:
    kept, other = f"<div class='answer'><b>{KEPT}</b></div>", "<div class='answer'>Ask us</div>"
    assert pruned(f"{kept}{other}<div class='offer'>Ask us</div>") == f"{KEPT} / Ask us"
    assert pruned(f"{kept}<div class='answer'><a href='/'>Ask us</a></div>") == KEPT


def test_a_list_that_was_kept_in_part_is_read_as_a_whole() -> None:
    items = f"<li>{KEPT}</li><li>Tea</li>"
    long = f"<p>{OTHER} {OTHER} {OTHER}</p>"
    assert pruned(f"{long}<ul>{items}</ul>", KEPT, f"{OTHER} {OTHER} {OTHER}").endswith("Tea")
    assert pruned(f"<ul>{items}</ul>") == KEPT  # most of the page, so it is its frame


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<div class='related-posts'>x</div>", True),
        ("<div id='site_share'>x</div>", True),
        ("<ul class='a breadcrumbs'><li>x</li></ul>", True),
        ("<div class='unrelated'>x</div>", False),
        ("<h2 class='related'>x</h2>", False),
        ("<aside>x</aside>", True),
        ("<figure>x</figure>", True),
        ("<figure><table><tr><td>x</td></tr></table></figure>", False),
        ("<figure class='promo'><table><tr><td>x</td></tr></table></figure>", True),
        ("<div>x</div>", False),
    ],
)
def test_kinds_and_names_show_what_belongs_to_the_site(markup: str, expected: bool) -> None:
    tree = page(markup)
    assert is_beside(tree[0], set(), WordCount.of(tree, KeptWords.of(page("")))) is expected


WAY = "<p><a href='/'>Where the old mill was</a></p>"
LONG = [f"<p>The dam number {number} holds back enough water for the whole town.</p>" for number in range(4)]


def test_paragraphs_that_are_links_go_where_there_is_enough_text() -> None:
    assert "mill" not in trimmed(*LONG, WAY, LONG[0])
    assert "mill" in trimmed(LONG[0], WAY, LONG[1])  # three paragraphs only
    assert "mill" in trimmed(LONG[0], *[WAY] * 4)  # most of the text


def test_announcements_go_at_the_end_only() -> None:
    head, colon = "<h2>The mill and the lock</h2>", "<p>What else we wrote:</p>"
    assert trimmed(*LONG, head) == trimmed(*LONG, colon) == trimmed(*LONG, head, colon) == trimmed(*LONG)
    assert "mill" in trimmed(*LONG, head, LONG[0])
    assert "wrote" in trimmed(*LONG, colon, LONG[0])


def test_an_appeal_goes_at_the_end_only() -> None:
    appeal = "<p>Subscribe to our newsletter for more about the valley and its dams.</p>"
    assert "Subscribe" not in trimmed(*LONG, appeal)
    assert "Subscribe" in trimmed(appeal, *LONG, LONG[0])


def test_the_text_after_what_is_dropped_stays() -> None:
    tree = page("<p>one <b>two</b> three</p>")
    drop([*tree.iter("b"), tree])
    assert texts(tree).split() == ["one", "three"]
