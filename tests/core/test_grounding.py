"""What a claim has to stand up to before anyone sees it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footnote.citing import cite
from footnote.grounding import ground
from footnote.models import Article, Candidate, Passage
from footnote.ports import DraftClaim
from footnote.sentences import split_sentences


def candidates_of(*texts: str) -> dict[str, Candidate]:
    """Every sentence of each article under the keys S1, S2, ..."""
    found = []
    for number, text in enumerate(texts):
        sentences = split_sentences(text)
        passage = Passage(Article(f"{number}.md", "A title", text), sentences)
        found += [Candidate(passage, sentence, score=1.0) for sentence in sentences]
    return {f"S{number}": candidate for number, candidate in enumerate(found, 1)}


VALLEY = candidates_of("The valley is 115 km long. Most people are Tajiks.", "The front holds 3 passes.")


def test_a_claim_keeps_the_sentences_it_names_when_they_carry_it() -> None:
    (claim,) = ground([DraftClaim("The valley, home of Tajiks, is 115 km long.", ("S1", "S2"))], VALLEY).claims
    assert [citation.quote for citation in claim.citations] == [VALLEY["S1"].quote, VALLEY["S2"].quote]


@pytest.mark.parametrize("keys", [(), ("S99",), ("S2",), ("S3",), ("S2", "S3"), ("S1", "S1")])
def test_a_misattributed_claim_is_pointed_to_the_sentence_that_carries_it(keys: tuple[str, ...]) -> None:
    grounded = ground([DraftClaim("The valley is 115 km long.", keys)], VALLEY)
    assert [[citation.quote for citation in claim.citations] for claim in grounded.claims] == [[VALLEY["S1"].quote]]
    assert (grounded.misattributed, len(grounded.failed)) == (keys != ("S1", "S1"), 0)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "The valley is 116 km long.",
            'The valley is "endless".',
            "The valley is not 115 km long.",
            "Most people are Uzbeks.",
        ),
        *("Paris lies in France.", "", "…", "The valley was 115 km long on 6 September."),
    ],
)
def test_an_unsupported_claim_is_dropped_and_the_others_stay(text: str) -> None:
    grounded = ground([DraftClaim(text, ("S1",)), DraftClaim("Most people are Tajiks.", ("S2",))], VALLEY)
    assert [claim.text for claim in grounded.claims] == ["Most people are Tajiks."]
    assert (grounded.misattributed, len(grounded.failed)) == (0, 1)


@pytest.mark.parametrize(
    ("pages", "found"),
    [((), (None, None, None)), ((0,), (1, 1, 1)), ((0, 15, 27), (1, 2, 3)), ((0, 0, 14, 14), (2, 4, 4))],
)
def test_a_citation_knows_the_page_that_its_sentence_begins_on(
    pages: tuple[int, ...], found: tuple[int | None, ...]
) -> None:
    article = Article("a.pdf", "A title", "It was closed. It reopened. Nobody came.", pages=pages)
    passage = Passage(article, split_sentences(article.text))
    citations = [cite(Candidate(passage, sentence, score=1.0), 1) for sentence in passage.sentences]
    assert [citation.start for citation in citations] == [0, 15, 28]
    assert tuple(citation.page for citation in citations) == found


def test_a_sentence_cited_twice_has_one_number_and_numbers_count_in_the_order_of_first_use() -> None:
    drafts = [
        DraftClaim("Most people are Tajiks.", ("S2",)),
        DraftClaim("The valley is 200 km long.", ("S1",)),
        DraftClaim("The front holds 3 passes.", ("S3",)),
        DraftClaim("The people are Tajiks, most of them.", ("S2",)),
    ]
    assert [claim.citations[0].number for claim in ground(drafts, VALLEY).claims] == [1, 2, 1]


def test_sentences_at_the_same_place_of_two_articles_have_two_numbers() -> None:
    drafts = [DraftClaim("The valley is 115 km long.", ("S1",)), DraftClaim("The front holds 3 passes.", ("S3",))]
    assert [claim.citations[0].number for claim in ground(drafts, VALLEY).claims] == [1, 2]


def test_only_what_failed_is_held_against_what_was_found_elsewhere() -> None:
    good, bad = DraftClaim("Most people are Tajiks.", ("S2",)), DraftClaim("Snow closes the pass in winter.", ("S1",))
    first = ground([good, bad], VALLEY)
    snow = candidates_of("Snow closes the pass in winter.")["S1"]
    second = first.reground({bad: [snow], good: [snow]})
    assert second.outcomes[0] is first.outcomes[0]
    assert [(claim.text, claim.citations[0].quote) for claim in second.claims][1] == (bad.text, snow.quote)
    assert (first.failed, second.failed, second.misattributed) == ((bad,), (), 1)


def test_a_citation_tells_everything_about_its_source() -> None:
    article = Article(
        *("a/b.md", "The valley", "It lies high. It is long."),
        source="Review",
        published=date(2021, 9, 6),
        url="https://news.example/valley",
    )
    first, second = split_sentences(article.text)
    citation = cite(Candidate(Passage(article, (first, second)), second, 0.5), 7)
    assert (citation.number, citation.article_id, citation.version) == (7, "a/b.md", article.version)
    assert (citation.title, citation.source, citation.url) == ("The valley", "Review", "https://news.example/valley")
    assert citation.published == date(2021, 9, 6)
    assert (citation.start, citation.end, citation.quote) == (14, 25, "It is long.")


# --- the invariant

WORDS = st.sampled_from([*"abc", "1", "2.5", "2021", '"a"', "“b c”", "«1»", "\n", "😀", "\u202e", "\u00a0", "É."])
TEXTS = st.lists(WORDS, min_size=1, max_size=12).map(" ".join) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1
)


@st.composite
def drafted(draw: st.DrawFn) -> tuple[list[DraftClaim], dict[str, Candidate]]:
    """Sentences of a few articles, and claims about them as a model may write them: true, wrong or from nowhere."""
    candidates = candidates_of(*draw(st.lists(TEXTS.filter(str.strip), min_size=1, max_size=3)))
    keys = st.lists(st.sampled_from([*candidates, "S0", "none"]), max_size=3).map(tuple)
    quotes = st.sampled_from([candidate.quote for candidate in candidates.values()])
    return draw(st.lists(st.builds(DraftClaim, TEXTS | quotes, keys), max_size=5)), candidates


@given(drafted())
@settings(deadline=None)
def test_every_claim_has_citations_and_each_quotes_its_article_exactly(
    case: tuple[list[DraftClaim], dict[str, Candidate]],
) -> None:
    drafts, candidates = case
    texts = {candidate.article.id: candidate.article.text for candidate in candidates.values()}
    for claim in ground(drafts, candidates).claims:
        assert claim.citations
        for citation in claim.citations:
            assert texts[citation.article_id][citation.start : citation.end] == citation.quote


@given(drafted())
@settings(deadline=None)
def test_claims_keep_their_order_and_are_all_accounted_for(
    case: tuple[list[DraftClaim], dict[str, Candidate]],
) -> None:
    drafts, candidates = case
    grounded = ground(drafts, candidates)
    claims = grounded.claims
    remaining = iter(draft.text for draft in dict.fromkeys(drafts))
    assert all(claim.text in remaining for claim in claims)
    assert len(claims) + len(grounded.failed) == len(set(drafts))
    assert [one.draft.text for one in grounded.outcomes if one.is_shown] == [claim.text for claim in claims]
    assert all(0 <= claim.support <= 1 for claim in claims)


@given(drafted())
@settings(deadline=None)
def test_numbers_count_from_one_without_a_gap_and_name_one_sentence_each(
    case: tuple[list[DraftClaim], dict[str, Candidate]],
) -> None:
    citations = [citation for claim in ground(*case).claims for citation in claim.citations]
    numbers = list(dict.fromkeys(citation.number for citation in citations))
    assert numbers == list(range(1, len(numbers) + 1))
    assert len({(citation.article_id, citation.start) for citation in citations}) == len(numbers)
    assert len({(citation.article_id, citation.start, citation.number) for citation in citations}) == len(numbers)


def test_a_claim_stitched_together_from_two_sentences_is_dropped() -> None:
    zarkon = candidates_of(
        "The Zarkon bridge is 115 metres long. Staff enter a password at the gate. The gate is new now."
    )
    claim = "The Zarkon bridge is 115 metres long and enter your password now."
    assert not ground([DraftClaim(claim, ("S1", "S2"))], zarkon).claims
    merged = "The Zarkon bridge is 115 metres long and staff enter a password at the gate."
    assert ground([DraftClaim(merged, ("S1", "S2"))], zarkon).claims
