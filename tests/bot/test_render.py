"""What is sent to Discord: readable, within the limits, and never active."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

import discord
import pytest
from examples import NOON, a_citation, a_claim, a_record, hits_in
from fake_discord.limits import check_message
from fake_services import REPORT
from hypothesis import given, settings
from hypothesis import strategies as st

from footnote.errors import CanaryFailed, WouldShrink
from footnote.models import Article, Candidate, Citation, CitationStatus, Claim
from footnote.ports import Drafting
from footnote.reading.certainty import SURE_FROM
from footnote.records.answers import AnswerRecord, CitationRuling, Decision, Hold, Ruling, Verdict, Votes
from footnote.records.refusals import AlreadyDecided
from footnote.review.edits import Failure
from footnote_bot.citation_format import annotated, byline, superscript, visible
from footnote_bot.render import answers as render
from footnote_bot.render import builds as render_builds
from footnote_bot.render import cards as render_card
from footnote_bot.render import panels as render_panel
from footnote_bot.render.cards import refusal
from footnote_bot.render.figures import elapsed
from footnote_bot.render.markdown import cut, escape, fit, fit_end, link
from footnote_bot.render.quotes import QuoteField, fair_shares, heading
from footnote_index.building.difference import FolderDifference
from footnote_index.building.reports import (
    BuildReport,
    Expense,
    Foreign,
    Progress,
    Skipped,
    Stage,
    Status,
    Warned,
)
from footnote_index.context import Context

HOSTILE = [
    "@everyone", "@here", "<@123456789012345678>", "<@&123456789012345678>", "<#123456789012345678>",
    "[click](https://evil.example)", "](https://evil.example)", "https://evil.example/x", "<https://evil.example>",
    "</ask:123456789012345678>", "<t:1:R>", "<a:e:123456789012345678>", "# Big", "### Big", "-# small", "- item",
    "* item", "+ item", "1. item", "12) item", "> quote", ">>> quote", "```code```", "`", "||", "**", "__", "~~",
    "\\", "\n", "\u2028", "\u202e", "\x00", "\u200b", "😀", "é", " ", "plain words",
]  # fmt: skip

texts = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=20), max_size=8).map("".join)
long_texts = st.builds(lambda text, times: text * times, texts, st.integers(0, 80))
urls = st.none() | st.sampled_from(
    [
        "https://news.example/bridge",
        "https://news.example/a_(b)_*c*?q=[1](https://evil.example)",
        "https://news.example/@everyone",
        "https://news.example/with space",
        "javascript:alert(1)",
        "https://",
        "https://[::1",
        "http://news.example/" + "long/" * 2000,
    ]
)
citations = st.builds(
    lambda citation, status: replace(citation, status=status),
    st.builds(a_citation, st.integers(1, 40), long_texts, title=long_texts, source=st.none() | long_texts, url=urls),
    st.sampled_from(CitationStatus),
)


def numbered(cited: Sequence[Citation]) -> list[Citation]:
    return [replace(citation, number=number) for number, citation in enumerate(cited, start=1)]


def answered(
    question: str, claims: Sequence[tuple[str, Citation, str | None]], decision: Decision | None
) -> AnswerRecord:
    cited = numbered([citation for _, citation, _ in claims])
    made = [
        replace(a_claim(citation, text=text), translation=translation)
        for (text, _, translation), citation in zip(claims, cited, strict=True)
    ]
    return a_record(*made, question=question, decision=decision)


decisions = st.none() | st.sampled_from(Decision)
records = st.builds(
    answered,
    long_texts,
    st.lists(st.tuples(long_texts, citations, st.none() | long_texts), min_size=1, max_size=30),
    decisions,
)
abstentions = st.builds(
    lambda nearest, question, decision: a_record(nearest=numbered(nearest), question=question, decision=decision),
    st.lists(citations, max_size=30),
    long_texts,
    decisions,
)


def reviewed(record: AnswerRecord, rulings: Sequence[Ruling]) -> AnswerRecord:
    """With rulings on its first citations, and everything else that moderators and readers do."""
    ruled = tuple(CitationRuling(number, one, 9, NOON) for number, one in enumerate(rulings, 1))
    return replace(record, rulings=ruled, revised_by=9, votes=Votes(1, 2, 3)) if ruled else record


any_records = st.builds(
    lambda record, understood, earlier, rulings, hold, comment: replace(
        reviewed(record, rulings),
        understood=understood,
        misattributed=1 if understood else 0,
        earlier=earlier,
        hold=hold,
        held_until=NOON if hold else None,
        votes=Votes(down=9, flags=9, comments=(comment,) * 9) if comment else Votes(),
    ),
    records | abstentions,
    st.none() | long_texts,
    st.none() | st.builds(Verdict, st.just(42), st.sampled_from(Decision), st.just(9), st.just(NOON)),
    st.lists(st.sampled_from(Ruling), max_size=30),
    st.none() | st.sampled_from(Hold),
    st.none() | long_texts,
)
draftings = st.builds(
    lambda passages, record: Drafting(passages, record.claims), st.integers(0, 99), records | abstentions
)


def units(text: str | None) -> int:
    return len((text or "").strip().encode("utf-16-le")) // 2


def assert_fits(*embeds: discord.Embed) -> None:
    """Counted as Discord documents it, and once more in UTF-16 units."""
    check_message({"embeds": [embed.to_dict() for embed in embeds]}, flags=0)
    counted = 0
    for embed in embeds:
        assert units(embed.title) <= 256
        assert units(embed.description) <= 4096
        counted += units(embed.title) + units(embed.description) + units(embed.footer.text)
        for field in embed.fields:
            assert 1 <= units(field.name) <= 256
            assert 1 <= units(field.value) <= 1024
            counted += units(field.name) + units(field.value)
    assert counted <= 6000


def active(text: str) -> str:
    """What Discord would still interpret once escaped characters count as letters."""
    return re.sub(r"\\[^0-9A-Za-z\s]", "x", text)


def assert_inert(*embeds: discord.Embed) -> None:
    for embed in embeds:
        for text in (embed.title, embed.description, *(part for f in embed.fields for part in (f.name, f.value))):
            left = active(text or "")
            assert not re.search(r"@everyone|@here|<[@#:/at]|\]\(|`|\|\||__|\u202e", left)
            assert not re.search(r"^(> )?(#|-|\+|\d+[.)])", left, re.MULTILINE)
            assert "evil.example" not in "".join(re.findall(r"https?://\S+", re.sub(r"news\.example\S+", "", left)))


def card(record: AnswerRecord, context: Context | None = None) -> discord.Embed:
    return render_card.card(record, [context] * len(record.citations))


@given(any_records)
@settings(deadline=None)
def test_an_answer_never_exceeds_the_limits_and_nothing_in_it_is_active(record: AnswerRecord) -> None:
    embed = render.answer(record)
    assert_fits(embed)
    assert_inert(embed)


@given(long_texts, draftings)
@settings(max_examples=50, deadline=None)
def test_a_draft_never_exceeds_the_limits_and_nothing_in_it_is_active(question: str, state: Drafting) -> None:
    embed = render.drafting(question, state)
    assert_fits(embed)
    assert_inert(embed)


@given(any_records, st.none() | st.builds(Context, long_texts, texts, long_texts))
@settings(deadline=None)
def test_a_card_never_exceeds_the_limits_and_nothing_in_it_is_active(
    record: AnswerRecord, context: Context | None
) -> None:
    embed = card(record, context)
    assert_fits(embed)
    ours = {"Asked by", "Verdict", "Sources", "Rulings", "Changed by", "Held", "Readers"}
    missing = {"Verdict"} if record.verdict is None else set()
    missing |= {"Sources"} if record.earlier is None else set()
    missing |= {"Rulings", "Changed by"} if not record.rulings else set()
    missing |= {"Readers"} if record.votes == Votes() else set()
    missing |= {"Held"} if record.verdict or record.hold in (None, Hold.SHOWN) else set()
    assert {field.name for field in embed.fields} >= ours - missing
    for index, field in reversed([*enumerate(embed.fields)]):
        if field.name in ours:
            embed.remove_field(index)
    assert_inert(embed)


@given(records | abstentions, st.lists(st.none() | st.builds(Context, long_texts, texts, long_texts), min_size=30))
@settings(deadline=None)
def test_sources_never_exceed_the_limits_and_nothing_in_them_is_active(
    record: AnswerRecord, contexts: list[Context | None]
) -> None:
    pages = render.sources(record, contexts[: len(record.citations)])
    for page in pages:
        assert_fits(*page)
        assert_inert(*page)
    assert sum(map(len, pages)) == max(len(record.citations), 1)


@given(records, st.none() | st.builds(Context, long_texts, texts, long_texts), long_texts)
@settings(max_examples=25, deadline=None)
def test_what_a_moderator_sees_alone_never_exceeds_the_limits_and_nothing_in_it_is_active(
    record: AnswerRecord, context: Context | None, text: str
) -> None:
    said = text.replace("\0", "")  # of which no article has any
    article = Article("many.md", "Many", " ".join([f"It says {said} so." for _ in range(10)]))
    candidates = [Candidate(hit.passage, one, 0.5) for hit in hits_in([article]) for one in hit.passage.sentences]
    for embed in (render_panel.panel(record, 1, context), render_panel.offered(record, 1, candidates[:10])):
        assert_fits(embed)
        assert_inert(embed)
    for shown, limit in [
        (render_panel.numbered_sources(record), 4000),
        (
            render_panel.not_grounded(
                [Failure(text, "it cites no sentence: choose one, or end the line with its number, such as [1]")] * 30
            ),
            2000,
        ),
    ]:
        assert 0 < units(shown) <= limit
        assert_inert(discord.Embed(description=shown))


@given(
    st.lists(st.builds(Skipped, long_texts, long_texts), max_size=15),
    st.lists(st.builds(Warned, long_texts, long_texts), max_size=15),
    long_texts,
)
def test_reports_of_builds_never_exceed_the_limits(skipped: list[Skipped], warned: list[Warned], line: str) -> None:
    counts = BuildReport("g2", 1, 2, 3, 4, 10**9, 10**9, 10**9, 1e6, 5, live=True, skipped=tuple(skipped))
    names = (line,) * 12
    difference = FolderDifference(names, names, names, names)
    report = replace(counts, warned=tuple(warned), failed_canaries=(line, line), difference=difference)
    refusals = (
        render_builds.would_shrink(WouldShrink(names, 20)),
        render_builds.canaries_failed(CanaryFailed(names, 20)),
    )
    for embed in (render_builds.report(report), render_builds.dry_run(report), *refusals):
        assert_fits(embed)
        assert_inert(embed)
    assert_fits(render_builds.status(Status(line, datetime.now(UTC), 1, 2, 3, line, line)))
    assert_fits(render_builds.failure(line))
    assert_inert(render_builds.failure(line))


@given(texts)
def test_escaped_text_reads_letter_by_letter(text: str) -> None:
    unseen = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
    letters = " ".join(unseen.sub("", text).split()).replace("\u200b", "")
    assert re.sub(r"\\([^0-9A-Za-z\s])", r"\1", escape(text)).replace("\u200b", "") == letters


@given(long_texts, st.integers(0, 300))
def test_shortened_text_keeps_to_its_limit(text: str, limit: int) -> None:
    assert units(cut(text, limit + 1)) <= limit + 1
    for shortened in (fit(text, limit), fit_end(text, limit)):
        assert units(shortened) <= limit
        assert not re.search(r"(?<!\\)(\\\\)*\\(…?)$", shortened), "a backslash at the end would escape what follows"


@pytest.mark.parametrize("shorten", [fit, fit_end])
@pytest.mark.parametrize("text", ["word " * 200_000, "*" * 1_000_000, " \x00" * 500_000 + "end", "a" + "\n" * 999_999])
def test_a_text_of_a_million_characters_is_shortened_at_once(shorten: Callable[[str, int], str], text: str) -> None:
    began = perf_counter()
    assert units(shorten(text, 1024)) <= 1024
    assert perf_counter() - began < 1.0


@given(texts, texts, st.integers(0, 40))
def test_shortening_a_long_text_looks_only_at_what_is_shown(start: str, end: str, limit: int) -> None:
    middle = "words " * 100
    assert fit(start + middle + end, limit) == fit(start + middle, limit)
    assert fit_end(start + middle + end, limit) == fit_end(middle + end, limit)


def test_text_is_shortened_at_a_word() -> None:
    assert fit("The bridge opened in 1932.", 20) == "The bridge opened…"
    assert fit_end("The bridge opened in 1932.", 12) == "…in 1932."
    assert fit("The bridge opened in 1932.", 26) == "The bridge opened in 1932."


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://news.example/bridge", "https://news.example/bridge"),
        (" http://news.example/a b ", "http://news.example/a%20b"),
        ("https://news.example/](https://evil.example)", "https://news.example/%5D(https://evil.example)"),
        ("https://bank.example@evil.example/", "https://bank.example%40evil.example/"),
        ("javascript:alert(1)", None),
        ("https:///nowhere", None),
        ("https://news.example/" + "x" * 500, None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(url: str | None, shown: str | None) -> None:
    assert link(url) == shown


def test_numbers_are_written_as_superscripts() -> None:
    assert superscript(120) == "¹²⁰"
    claims = (a_claim(a_citation(1), a_citation(2)), a_claim(a_citation(3, "It is red.")))
    assert annotated(claims) == "The bridge opened in 1932.¹\u202f² It is red.³"


def test_a_byline_names_what_is_known() -> None:
    assert byline(a_citation()) == "City News · 6 September 2021"
    assert byline(a_citation(source=None)) == "6 September 2021"


def test_the_headings_that_a_citation_stands_under_are_named_and_inert() -> None:
    place = ("Installation", "*Disk* space")
    fields = [QuoteField((a_citation(number, sections=place),)) for number in (1, 2)]
    assert "\nin *Installation \\> \\*Disk\\* space*" in fields[0].value([500])
    both = QuoteField((a_citation(1, sections=place), a_citation(2, sections=("Network",))))
    assert "\nin *" not in both.value([500, 500])


def test_the_pages_of_a_paged_article_follow_its_title() -> None:
    one, other, third = (a_citation(number, page=page) for number, page in [(1, 12), (2, 14), (3, 12)])
    assert heading(one) == "¹ The bridge · p. 12"
    assert heading(one, other, third) == "¹\u202f²\u202f³ The bridge · pp. 12, 14"
    assert heading(a_citation()) == "¹ The bridge"


def test_an_answer_shows_its_sentences_with_title_source_date_and_link() -> None:
    embed = render.answer(a_record(a_claim(a_citation(1, "It cost *5 million*."))))
    assert embed.title == "When did the bridge open?"
    assert embed.description == r"It cost \*5 million\*.¹"
    [field] = embed.fields
    assert field.name == "¹ The bridge"
    assert field.value == "> It cost \\*5 million\\*.\nCity News · 6 September 2021\nhttps://news.example/bridge"
    assert embed.footer.text == "#42"


TRANSLATED = replace(a_claim(a_citation(1, "It cost *5 million*.")), translation="Sie kostete *5 Millionen*. @everyone")


def test_a_translated_answer_says_so_once_and_quotes_the_original_below() -> None:
    own = a_claim(a_citation(2, "It is long."))
    embed = render.answer(a_record(TRANSLATED, replace(TRANSLATED, text="Much."), own))
    said, by, *quoted = str(embed.description).split("\n")[-4:]
    assert embed.description is not None
    assert embed.description.startswith("Sie kostete \\*5 Millionen\\*. @\u200beveryone¹")
    assert said == "It is long.²"
    assert by == "*Translated by a language model from:*"
    assert quoted == ["> It cost \\*5 million\\*.¹", "> Much.¹"]
    assert embed.fields[0].value is not None
    assert embed.fields[0].value.startswith("> It cost")


def test_a_card_shows_the_claim_that_was_checked_and_how_it_is_shown_translated() -> None:
    description = card(a_record(TRANSLATED)).description
    assert description == (
        "It cost \\*5 million\\*.¹ *(support 100%)*\n"
        "> *Shown translated:* Sie kostete \\*5 Millionen\\*. @\u200beveryone"
    )


def from_one_article(*quotes: str) -> list[Citation]:
    return [replace(a_citation(number, quote), article_id="bridge.md") for number, quote in enumerate(quotes, start=1)]


def test_sentences_of_one_article_share_its_title_source_date_and_link() -> None:
    first, second = from_one_article("It opened in 1932.", "It is red.")
    other = a_citation(3, "It cost 5 million.", title="The bill")
    embed = render.answer(a_record(*map(a_claim, [first, second, other])))
    assert [field.name for field in embed.fields] == ["¹\u202f² The bridge", "³ The bill"]
    assert embed.fields[0].value == (
        "> ¹ It opened in 1932.\n> ² It is red.\nCity News · 6 September 2021\nhttps://news.example/bridge"
    )
    assert (embed.fields[1].value or "").startswith("> It cost 5 million.\n")


def test_sentences_of_one_article_share_a_field_only_where_it_holds_them_in_full() -> None:
    cited = from_one_article("a" * 500, "b" * 400, "c" * 300)
    embed = render.answer(a_record(*map(a_claim, cited)))
    assert [field.name for field in embed.fields] == ["¹\u202f² The bridge", "³ The bridge"]
    assert not any("…" in (field.value or "") for field in embed.fields)


def test_articles_with_the_same_title_stay_apart() -> None:
    embed = render.answer(a_record(a_claim(a_citation(1)), a_claim(a_citation(2, "It is red."))))
    assert [field.name for field in embed.fields] == ["¹ The bridge", "² The bridge"]


def test_what_another_article_says_stands_on_a_line_of_its_own() -> None:
    first, second = from_one_article("It opened in 1932.", "It is red.")
    other = a_citation(3, "It opened in 1933.")
    embed = render.answer(a_record(*map(a_claim, [first, second, other])))
    assert embed.description == "It opened in 1932.¹ It is red.²\nIt opened in 1933.³"


@pytest.mark.parametrize(
    ("confidence", "footer"), [(SURE_FROM - 0.01, "#42 · not sure"), (SURE_FROM, "#42"), (0.81, "#42")]
)
def test_a_weak_answer_says_in_words_that_it_is_weak(confidence: float, footer: str) -> None:
    record = replace(a_record(a_claim(a_citation())), confidence=confidence)
    assert render.answer(record).footer.text == footer


def test_neither_an_abstention_nor_an_approved_answer_is_called_unsure() -> None:
    approved = replace(a_record(a_claim(a_citation()), decision=Decision.APPROVED), confidence=0.3)
    assert render.answer(approved).footer.text == "#42 · approved by a moderator"
    assert render.answer(a_record(nearest=[a_citation()])).footer.text == "#42"


@pytest.mark.parametrize(
    ("confidence", "decision", "footer"),
    [
        (0.81, None, "#42 · The model sleeps."),
        (0.3, None, "#42 · not sure · The model sleeps."),
        (0.81, Decision.APPROVED, "#42 · approved by a moderator · The model sleeps."),
    ],
)
def test_how_an_answer_was_made_is_said_below_it(confidence: float, decision: Decision | None, footer: str) -> None:
    record = a_record(a_claim(a_citation()), decision=decision)
    assert render.answer(replace(record, confidence=confidence, note="The model sleeps.")).footer.text == footer


def test_a_follow_up_is_shown_as_it_was_understood() -> None:
    citation = a_citation()
    for record in (a_record(a_claim(citation)), a_record(nearest=[citation])):
        shown = render.answer(replace(record, understood="Who built the *bridge*?")).description
        assert shown
        before, _, quotes = shown.partition("\n*Understood as: Who built the \\*bridge\\*?*")
        assert before + quotes == render.answer(record).description


def test_drafts_give_claims_the_form_that_the_answer_gives_them() -> None:
    claims = (a_claim(a_citation(1, "It is *red*.")), a_claim(a_citation(2, "It is blue.")))
    answer, draft = render.answer(a_record(*claims)), render.drafting("When?", Drafting(6, claims))
    assert draft.description == f"{answer.description}\n…"


def test_an_abstention_shows_the_nearest_sentences() -> None:
    embed = render.answer(a_record(nearest=[a_citation()]))
    assert embed.description == "The articles do not answer this question.\n\nClosest in the articles:"
    assert len(embed.fields) == 1


def test_a_row_that_comes_closest_is_said_in_words() -> None:
    row = replace(a_citation(1, "| Hobby | £12 |"), columns=("Plan", "Fee"))
    record = a_record(nearest=[row, a_citation(2)])
    around = Context("| Plan | Fee |", row.quote, "| Full | £30 |")
    answered = a_record(a_claim(row))
    assert [
        (embed.fields[0].value or "").partition("\n")[0]
        for embed in (render.answer(record), render_card.card(record, [around, around]), render.answer(answered))
    ] == ["> Plan: Hobby; Fee: £12", "> **Plan: Hobby; Fee: £12**", r"> \| Hobby \| £12 \|"]


def test_an_abstention_without_anything_near_says_only_that() -> None:
    embed = render.answer(a_record())
    assert embed.description == "The articles do not answer this question."
    assert not embed.fields


def test_an_approved_answer_says_so() -> None:
    embed = render.answer(a_record(a_claim(a_citation()), decision=Decision.APPROVED))
    assert embed.footer.text == "#42 · approved by a moderator"
    assert embed.description == "The bridge opened in 1932.¹"


def test_a_rejected_answer_no_longer_reads_as_an_answer() -> None:
    embed = render.answer(a_record(a_claim(a_citation()), decision=Decision.REJECTED))
    assert embed.footer.text == "#42 · withdrawn: rejected by a moderator"
    assert embed.description == ("**A moderator rejected this answer.** It said:\n> ~~The bridge opened in 1932.~~")
    assert not embed.fields


def test_an_abstention_that_a_moderator_disagrees_with_says_so_and_keeps_what_comes_closest() -> None:
    embed = render.answer(a_record(nearest=[a_citation()], decision=Decision.REJECTED))
    assert embed.footer.text == "#42 · a moderator disagrees"
    assert embed.description == (
        "A moderator disagrees: the articles do answer this question.\n\nClosest in the articles:"
    )
    assert len(embed.fields) == 1


def test_an_abstention_that_a_moderator_agrees_with_says_so() -> None:
    embed = render.answer(a_record(nearest=[a_citation()], decision=Decision.APPROVED))
    assert embed.footer.text == "#42 · confirmed by a moderator"
    assert (embed.description or "").startswith("The articles do not answer this question.")


def of_two(**changes: Any) -> AnswerRecord:
    """An answer that cites two articles."""
    return replace(a_record(a_claim(a_citation(1)), a_claim(a_citation(2, "It is red."))), **changes)


def ruled(number: int, ruling: Ruling) -> CitationRuling:
    return CitationRuling(number, ruling, 9, NOON)


@pytest.mark.parametrize(
    ("hold", "decision", "description", "footer"),
    [
        (Hold.WAITING, None, "A moderator reviews this answer before it is shown.", "waiting for a moderator"),
        (Hold.CLOSED, None, "No moderator reviewed this answer in time.", "not reviewed"),
        (
            Hold.CLOSED,
            Decision.REJECTED,
            "A moderator did not approve this answer.",
            "not shown: rejected by a moderator",
        ),
    ],
)
def test_of_an_answer_that_is_withheld_only_the_reason_shows(
    hold: Hold, decision: Decision | None, description: str, footer: str
) -> None:
    record = replace(a_record(a_claim(a_citation()), decision=decision), hold=hold, note="The model sleeps.")
    embed = render.answer(record)
    assert (embed.description, embed.fields) == (description, [])
    assert embed.footer.text == f"#42 · {footer}"


@pytest.mark.parametrize(
    ("decision", "footer"),
    [(None, "not reviewed: no moderator decided in time"), (Decision.REJECTED, "withdrawn: rejected by a moderator")],
)
def test_an_answer_that_nobody_reviewed_in_time_says_so_until_somebody_does(
    decision: Decision | None, footer: str
) -> None:
    record = replace(a_record(a_claim(a_citation()), decision=decision), hold=Hold.OVERDUE)
    embed = render.answer(record)
    assert "The bridge opened in 1932." in (embed.description or "")
    assert embed.footer.text == f"#42 · {footer}"


def test_a_wrong_citation_is_not_shown_and_an_approved_rest_is_called_corrected() -> None:
    record = of_two(rulings=(ruled(1, Ruling.WRONG), ruled(2, Ruling.RIGHT)))
    embed = render.answer(replace(record, verdict=Verdict(42, Decision.APPROVED, 9, NOON)))
    assert embed.description == "It is red.²"
    assert [field.name for field in embed.fields] == ["² The bridge"]
    assert embed.footer.text == "#42 · corrected by a moderator"


def test_a_claim_in_a_moderators_name_says_so_and_on_the_card_in_whose() -> None:
    stated = Claim("It is loved.", 0.0, (), stated_by=9)
    record = of_two(claims=(a_claim(a_citation(1)), stated))
    assert render.answer(record).description == "The bridge opened in 1932.¹\nIt is loved. (stated by a moderator)"
    assert "It is loved. *(stated by <@9>)*" in (card(record).description or "")


def test_a_card_says_what_moderators_and_readers_have_said() -> None:
    rulings = (ruled(1, Ruling.WRONG), ruled(2, Ruling.RIGHT))
    embed = card(of_two(rulings=rulings, votes=Votes(3, 1, 2), revised_by=8, hold=Hold.WAITING, held_until=NOON))
    said = {field.name: field.value for field in embed.fields}
    assert [field.name for field in embed.fields][:2] == ["✗ ¹ The bridge", "✓ ² The bridge"]
    assert (
        said["Rulings"] == "¹ wrong, according to <@9> <t:1772366400:R>.\n² right, according to <@9> <t:1772366400:R>."
    )
    assert said["Readers"] == "👍 3 · 👎 1 · 🚩 flagged by 2 readers"
    assert (said["Changed by"], said["Held"]) == (
        "<@8>",
        "Only moderators see this answer until it is approved, or until <t:1772366400:t>.",
    )
    assert (embed.description or "").startswith("The bridge opened in 1932.¹ *(not shown: ruled wrong)*\n")


def test_on_a_card_neighbours_give_way_to_quotes_and_quotes_to_each_other() -> None:
    cited = [a_citation(number, "word " * 100) for number in range(1, 13)]
    embed = card(a_record(*(a_claim(one, text="It is so.") for one in cited)), Context("x " * 999, "", "y " * 999))
    values = [field.value or "" for field in embed.fields[:12]]
    assert all("word word word" in value and "x x" not in value and "y y" not in value for value in values)
    assert render.size(embed) > 5500


def test_long_quotes_give_way_to_the_answer_and_each_other() -> None:
    claims = [a_claim(a_citation(number, "word " * 180), text="A claim. " * 10) for number in range(1, 9)]
    embed = render.answer(a_record(*claims))
    assert "…" not in (embed.description or "")
    assert len(embed.fields) == 8
    assert all("…" in (field.value or "") for field in embed.fields)
    assert render.size(embed) > 5500


def test_sources_that_do_not_fit_are_counted() -> None:
    cited = [
        a_citation(number, title="title " * 30, url="https://news.example/" + "x" * 400) for number in range(1, 31)
    ]
    embed = render.answer(a_record(*map(a_claim, cited)))
    assert embed.fields[-1].name == f"and {30 - (len(embed.fields) - 1)} more"


@given(st.lists(st.integers(0, 500), max_size=20), st.integers(0, 3000))
def test_fair_shares_fill_the_room_and_never_more(wanted: list[int], room: int) -> None:
    shares = fair_shares(wanted, room)
    assert sum(shares) <= room
    assert all(share <= want for share, want in zip(shares, wanted, strict=True))
    if sum(wanted) <= room:
        assert shares == wanted


def test_a_card_says_who_asked_when_and_where_and_how_sure_the_answer_is() -> None:
    embed = card(a_record(a_claim(a_citation())))
    facts = {field.name: field.value for field in embed.fields}
    assert facts["Asked by"] == "<@7> <t:1772366400:f>\nhttps://discord.com/channels/1/2/3"
    assert facts["Confidence"] == "81%"
    assert embed.footer.text == "#42 · waiting for a verdict"


def test_a_card_says_how_the_answer_came_about() -> None:
    record = replace(
        a_record(a_claim(a_citation())),
        note="The model sleeps.",
        understood="Who *paid*?",
        misattributed=2,
        unsupported=1,
    )
    said = {field.name: field.value for field in card(record).fields}
    assert said["Understood as"] == "Who \\*paid\\*?"
    assert said["Claims"] == "2 given a better source, 1 dropped"
    assert said["Note"] == "The model sleeps."


@pytest.mark.parametrize("nothing", [None, " \u2028"])
def test_a_card_says_nothing_where_there_is_nothing_to_say(nothing: str | None) -> None:
    record = replace(a_record(a_claim(a_citation())), note=nothing, understood=nothing)
    assert {field.name for field in card(record).fields}.isdisjoint({"Understood as", "Claims", "Note"})
    assert render.answer(record).description == "The bridge opened in 1932.¹"


def test_a_decided_card_says_who_decided_and_when() -> None:
    embed = card(a_record(a_claim(a_citation()), decision=Decision.REJECTED))
    facts = {field.name: field.value for field in embed.fields}
    assert facts["Verdict"] == "Rejected by <@9> <t:1772366400:R>."


def test_a_card_shows_the_whole_of_a_long_question() -> None:
    question = "Why is it, " * 45 + "no?"
    embed = card(a_record(a_claim(a_citation()), question=question))
    assert (embed.title or "").endswith("…")
    assert (embed.fields[0].name, embed.fields[0].value) == ("The whole question", question)


def test_a_short_question_stands_on_the_card_once() -> None:
    embed = card(a_record(a_claim(a_citation())))
    assert embed.title == "When did the bridge open?"
    assert "The whole question" not in {field.name for field in embed.fields}


@pytest.mark.parametrize(
    ("decision", "footer", "verdict"),
    [
        (Decision.APPROVED, "right to abstain", "Right to abstain, according to <@9> <t:1772366400:R>."),
        (Decision.REJECTED, "should have answered", "Should have answered, according to <@9> <t:1772366400:R>."),
    ],
)
def test_a_verdict_on_an_abstention_says_what_was_decided(decision: Decision, footer: str, verdict: str) -> None:
    embed = card(a_record(nearest=[a_citation()], decision=decision))
    facts = {field.name: field.value for field in embed.fields}
    assert embed.footer.text == f"#42 · {footer}"
    assert facts["Verdict"] == verdict
    assert facts["Confidence in an answer"] == "30%"


def test_the_second_moderator_reads_the_first_verdict_in_the_words_of_the_card() -> None:
    record = a_record(nearest=[a_citation()], decision=Decision.REJECTED)
    assert record.verdict is not None
    assert refusal(record, AlreadyDecided(record.verdict)) == (
        "Should have answered, according to <@9> <t:1772366400:R>. The first verdict counts."
    )


def test_sources_stand_in_bold_inside_their_neighbours() -> None:
    context = Context("There was a ferry.", "The bridge opened in 1932.", "It is red.")
    [[embed]] = render.sources(a_record(a_claim(a_citation())), [context])
    assert embed.description == (
        "There was a ferry. **The bridge opened in 1932.** It is red.\n"
        "City News · 6 September 2021\nhttps://news.example/bridge"
    )


def test_a_changed_source_is_named_as_such() -> None:
    [[embed]] = render.sources(a_record(a_claim(a_citation())), [None])
    assert "**The bridge opened in 1932.**\n*The article has changed since" in (embed.description or "")


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({}, "The index is up to date"),
        ({"added": 1, "embedded_tokens": 9}, "The index is rebuilt"),
        ({"changed": 1, "embedded_tokens": 9}, "The index is rebuilt"),
        ({"removed": 1}, "The index is rebuilt"),
        ({"embedded_tokens": 9}, "The index is rebuilt"),  # all of it, as --full does
        ({"added": 1, "live": False}, "The previous index stays live"),
    ],
)
def test_a_report_is_headed_by_what_happened(changes: dict[str, Any], title: str) -> None:
    nothing_new = BuildReport("g2", 0, 0, 0, 4, 4, 9, 9, 1.0, 0, live=True, skipped=())
    assert render_builds.report(replace(nothing_new, **changes)).title == title


def test_a_report_names_the_first_articles_that_should_be_looked_at() -> None:
    warned = tuple(Warned(f"dam-{number}.md", "hidden characters") for number in range(7))
    text = render_builds.report(replace(REPORT, skipped=(), warned=warned)).description or ""
    assert "7 indexed, but please check them:\ndam-0.md: hidden characters\n" in text
    assert text.endswith("dam-4.md: hidden characters\nand 2 more")


def test_a_report_tells_of_articles_in_other_languages() -> None:
    text = render_builds.report(replace(REPORT, foreign=Foreign(31, 40, "minilm"))).description or ""
    assert "31 of 40 new or changed articles are not in English" in text
    assert "FOOTNOTE_EMBEDDER=multilingual" in text


def test_the_reason_of_a_failed_build_is_shown_letter_by_letter() -> None:
    embed = render_builds.failure("a_b*.md: @everyone [click](https://evil.example)")
    assert embed.description == (
        "a\\_b\\*.md: @\u200beveryone \\[click\\]\\(https\\://evil.example)\nThe previous index stays live."
    )


def test_progress_tells_pace_and_time_left() -> None:
    began = Progress(Stage.EMBEDDING, done=100, total=1000, seconds=10.0)
    embed = render_builds.progress(
        Progress(Stage.EMBEDDING, done=500, total=1000, seconds=20.0), stage_began=began, title="Rebuilding"
    )
    assert embed.description == "Embedding passages\n██████████░░░░░░░░░░ 50%\n500 of 1,000 passages · 40/s · 12 s left"


@pytest.mark.parametrize(
    ("dollars", "line"),
    [
        (None, "To embed: about 12,000 tokens"),
        (0.244, "To embed: about 12,000 tokens (about $0.24)"),
        (0.004, "To embed: about 12,000 tokens (less than $0.01)"),
        (0.0, "To embed: about 12,000 tokens"),
    ],
)
def test_progress_tells_what_embedding_costs(dollars: float | None, line: str) -> None:
    now = Progress(Stage.EMBEDDING, done=0, total=1000, seconds=1.0, expense=Expense(12_000, dollars))
    assert (render_builds.progress(now, stage_began=now, title="Rebuilding").description or "").splitlines()[-1] == line


def test_progress_without_a_total_yet_shows_only_the_stage() -> None:
    start = Progress(Stage.READING, done=0, total=0, seconds=0.0)
    assert (
        render_builds.progress(start, stage_began=start, title="Rebuilding").description
        == "Reading articles\n░░░░░░░░░░░░░░░░░░░░ 0%"
    )


@pytest.mark.parametrize(("seconds", "text"), [(0.25, "0.2 s"), (45, "45 s"), (200, "3 min 20 s"), (3900, "1 h 5 min")])
def test_durations_read_easily(seconds: float, text: str) -> None:
    assert elapsed(seconds) == text


def test_claims_are_shown_on_one_line() -> None:
    claim = Claim("The bridge\nopened.", 1.0, (a_citation(),))
    assert render.answer(a_record(claim)).description == "The bridge opened.¹"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        *(
            ("a\rb", "a␍b"),
            ("a\r\nb\tc", "a\r\nb\tc"),
            ("a\x1bb", "a␛b"),
            ("a\x0bb\x0cc", "a␋b␌c"),
            ("a\x85b", "a\\x85b"),
        ),
        *(("a\u202eb", "a\\u202eb"), ("a\u00a0b\u2009c\u3000d\u2028e", "a\u00a0b\u2009c\u3000d\u2028e")),
    ],
)
def test_each_character_that_steers_a_terminal_is_shown_by_a_sign(text: str, seen: str) -> None:
    assert visible(text) == seen
