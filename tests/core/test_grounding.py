"""What a claim has to stand up to before anyone sees it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footnote.grounding import cite, ground, has_numbers, has_quoted_words, is_grounded, support
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


# --- numbers


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        ("It fell.", ["It was taken."]),
        ("It fell in 2021.", ["In 2021 it fell."]),
        ("It fell in 2021", ["It fell (2021)."]),
        ("It cost 3.5 million.", ["The price: 3.5 million"]),
        ("1,500 men came.", ["There were 1,500 of them."]),
        ("At 14:30 it began.", ["It began at 14:30."]),
        ("COVID-19 spread.", ["COVID-19 was there."]),
        ("It fell in 2021 after 20 years.", ["It fell in 2021.", "It had lasted 20 years."]),
    ],
)
def test_numbers_that_stand_in_a_quote_pass(claim: str, quotes: list[str]) -> None:
    assert has_numbers(claim, quotes)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("It fell in 2021.", "It fell."),
        ("It fell in 2021.", "It fell in 1996."),
        ("It fell in 2021 after 20 years.", "It fell in 2021."),
        ("It cost 3 million.", "It cost 3.5 million."),
        ("It cost 35 million.", "It cost 3.5 million."),
        ("It cost 3.5 million.", "It cost 3 or 5 million."),
        ("20 men came.", "20,000 men came."),
        ("20 men came.", "It was in 2021."),
        ("They met on 6 September.", "They met on 16 September."),
    ],
)
def test_a_number_that_stands_in_no_quote_does_not_pass(claim: str, quote: str) -> None:
    assert not has_numbers(claim, [quote])


# --- quoted words


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("He refused.", "He said no."),
        ('He said "never surrender".', 'His answer was: "Never surrender!"'),
        ("He said “never surrender”.", 'His answer was: "Never surrender!"'),
        ("He said «never surrender».", "never surrender"),
        ("He said „never surrender“.", "never surrender"),
        ('They "hold the high ground".', "They hold\nthe  high\u00a0ground."),
        ('He said "no" and "never".', "No. Never."),
    ],
)
def test_words_in_quotation_marks_that_stand_in_the_quote_pass(claim: str, quote: str) -> None:
    assert has_quoted_words(claim, [quote])


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        ('He said "never".', ["He said no."]),
        ("He said “never”.", ["He said no."]),
        ("He said «never».", ["He said no."]),
        ("He said „never“.", ["He said no."]),
        ('He said "no" and "never".', ["He said no."]),
        ('He said "never surrender".', ["He said: never give up or surrender."]),
        ('He said "never surrender".', ["He said never.", "They did surrender."]),
    ],
)
def test_words_put_into_a_mouth_do_not_pass(claim: str, quotes: list[str]) -> None:
    assert not has_quoted_words(claim, quotes)


# --- support


@pytest.mark.parametrize(
    ("claim", "quotes", "share"),
    [
        ("The valley is long.", ["The valley is long."], 1.0),
        ("The VALLEY is long!", ["the valley, is long"], 1.0),
        ("The valley is long.", ["The valley.", "It is long."], 1.0),
        ("Long valleys rise.", ["It is long."], 1 / 3),
        ("Nothing alike.", ["It is long."], 0.0),
        ("…", ["It is long."], 0.0),
    ],
)
def test_support_is_the_share_of_the_claim_s_words_in_its_quotes(claim: str, quotes: list[str], share: float) -> None:
    assert support(claim, quotes) == pytest.approx(share)


# --- keys and numbers of citations


@pytest.mark.parametrize("keys", [(), ("S99",), ("s1",), ("",), ("S1 ",)])
def test_a_claim_that_names_no_existing_sentence_is_dropped(keys: tuple[str, ...]) -> None:
    assert ground([DraftClaim("The valley is 115 km long.", keys)], VALLEY) == ()


def test_an_unknown_key_beside_a_known_one_leaves_no_citation() -> None:
    (claim,) = ground([DraftClaim("Most people are Tajiks.", ("S99", "S2"))], VALLEY)
    assert [citation.quote for citation in claim.citations] == ["Most people are Tajiks."]


@pytest.mark.parametrize("text", ["The valley is 116 km long.", 'The valley is "endless".'])
def test_a_claim_that_says_more_than_its_sentences_is_dropped_and_the_others_stay(text: str) -> None:
    drafts = [DraftClaim(text, ("S1",)), DraftClaim("Most people are Tajiks.", ("S2",))]
    assert [claim.text for claim in ground(drafts, VALLEY)] == ["Most people are Tajiks."]


def test_nothing_is_grounded_without_a_source() -> None:
    assert not is_grounded("The valley is long.", [])


def test_a_sentence_cited_twice_has_one_number() -> None:
    drafts = [DraftClaim("Tajiks.", ("S2",)), DraftClaim("The valley.", ("S1",)), DraftClaim("People.", ("S2",))]
    assert [claim.citations[0].number for claim in ground(drafts, VALLEY)] == [1, 2, 1]


def test_numbers_count_in_the_order_of_first_use() -> None:
    drafts = [DraftClaim("The front.", ("S3", "S1")), DraftClaim("The valley.", ("S1", "S2"))]
    claims = ground(drafts, VALLEY)
    assert [[citation.number for citation in claim.citations] for claim in claims] == [[1, 2], [2, 3]]


def test_a_dropped_claim_uses_up_no_number() -> None:
    drafts = [DraftClaim("The valley is 116 km long.", ("S1",)), DraftClaim("The front.", ("S3",))]
    assert [claim.citations[0].number for claim in ground(drafts, VALLEY)] == [1]


def test_sentences_at_the_same_place_of_two_articles_have_two_numbers() -> None:
    drafts = [DraftClaim("The valley.", ("S1",)), DraftClaim("The front.", ("S3",))]
    assert [claim.citations[0].number for claim in ground(drafts, VALLEY)] == [1, 2]


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
    for claim in ground(drafts, candidates):
        assert claim.citations
        for citation in claim.citations:
            assert texts[citation.article_id][citation.start : citation.end] == citation.quote


@given(drafted())
@settings(deadline=None)
def test_claims_keep_their_order_and_pass_every_check(
    case: tuple[list[DraftClaim], dict[str, Candidate]],
) -> None:
    drafts, candidates = case
    claims = ground(drafts, candidates)
    remaining = iter(draft.text for draft in drafts)
    assert all(claim.text in remaining for claim in claims)
    for claim in claims:
        assert is_grounded(claim.text, [citation.quote for citation in claim.citations])
        assert 0 <= claim.support <= 1


@given(drafted())
@settings(deadline=None)
def test_numbers_count_from_one_without_a_gap_and_name_one_sentence_each(
    case: tuple[list[DraftClaim], dict[str, Candidate]],
) -> None:
    citations = [citation for claim in ground(*case) for citation in claim.citations]
    numbers = list(dict.fromkeys(citation.number for citation in citations))
    assert numbers == list(range(1, len(numbers) + 1))
    assert len({(citation.article_id, citation.start) for citation in citations}) == len(numbers)
    assert len({(citation.article_id, citation.start, citation.number) for citation in citations}) == len(numbers)
