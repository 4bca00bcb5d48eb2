"""The checks that a claim must pass before anyone sees it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footnote.checks import QuotedSource
from footnote.grounding.best_sources import Look, is_verbatim
from footnote.grounding.citing import before, cite, evidence_of
from footnote.grounding.claims import ground
from footnote.grounding.few_sources import MOST_KEYS, few
from footnote.grounding.weighing import chance
from footnote.models import Article, Candidate, Entailment, Passage
from footnote.ports import DraftClaim
from footnote.text.sentences import split_sentences


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


def test_only_failed_claims_are_checked_against_what_was_found_elsewhere() -> None:
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


# --- few sources, and what stands before them

SHIPS = candidates_of(
    "Mary Shaw was born in Thornby. She ran the port from 2004 to 2010. Alan Reed edited the Echo. "
    + " ".join(f"Ship {number} sank in {1900 + number}." for number in range(1, 22))
)


def test_who_names_every_sentence_cites_only_the_few_that_carry_the_claim() -> None:
    (claim,) = ground([DraftClaim("Alan Reed was editor of the Echo.", tuple(SHIPS))], SHIPS).claims
    assert [citation.quote for citation in claim.citations] == ["Alan Reed edited the Echo."]


def test_naming_every_sentence_does_not_defeat_the_checks() -> None:
    drafts = [
        DraftClaim("Ship 3 sank in 1905.", tuple(SHIPS)),
        DraftClaim("Alan Reed ran the port from 2004 to 2010.", tuple(SHIPS)),
        DraftClaim("Mary Shaw edited the Echo.", tuple(SHIPS)),
        DraftClaim("Mary Shaw ran the port in 1921.", tuple(SHIPS)),
    ]
    assert ground(drafts, SHIPS).claims == ()


def test_a_claim_cites_at_most_four_sentences_and_the_items_of_a_list_count_as_one() -> None:
    listed = candidates_of("The ships that sank:\n\n" + "\n".join(f"- Ship {word} sank." for word in "abcdef"))
    items = [key for key, one in listed.items() if one.quote.startswith("-")]
    assert len(few("Ships a, b, c, d, e and f sank.", [listed[key] for key in items])) == len(items) == 6
    assert len(few("Ship 1, 2, 3, 4 and 5 sank.", [*SHIPS.values()])) <= MOST_KEYS


def test_in_a_language_without_spaces_few_sentences_are_kept_as_well() -> None:
    ships = candidates_of("".join(f"第{word}艘船在港口沉没了。" for word in "一二三四五六"))
    kept = few("第三艘船在港口沉没了。", [*ships.values()])
    assert 1 <= len(kept) <= MOST_KEYS
    assert "第三艘船在港口沉没了。" in [one.quote for one in kept]


def test_a_name_with_its_article_does_not_point_back() -> None:
    bridges = candidates_of("Oskar Brand designed a town hall. In 1931 the Skell Bridge was opened.")
    second = [key for key, one in bridges.items() if "1931" in one.quote]
    assert ground([DraftClaim("Oskar Brand opened the Skell Bridge in 1931.", tuple(second))], bridges).claims == ()


def test_who_a_pronoun_means_is_read_in_the_sentence_before_it() -> None:
    assert before(SHIPS["S2"]) == "Mary Shaw was born in Thornby."
    (claim,) = ground([DraftClaim("Mary Shaw ran the port from 2004 to 2010.", ("S2",))], SHIPS).claims
    assert [citation.quote for citation in claim.citations] == ["She ran the port from 2004 to 2010."]


def test_what_its_own_sentences_say_otherwise_is_not_pointed_to_another_one() -> None:
    found = candidates_of("The port may sell the old pier. Boats were sold at the pier of the port.")
    assert ground([DraftClaim("The port sold the old pier.", ("S1",))], found).claims == ()


# --- the trained reader's look

SURE, AGAINST = Entailment(0.99, 0.005, 0.005), Entailment(0.005, 0.99, 0.005)
LOOSE = DraftClaim("The valley stretches across 115 km altogether.", ("S1",))


def test_words_of_its_own_do_not_drop_a_claim_that_the_reader_still_looks_at() -> None:
    assert ground([LOOSE], VALLEY).claims == ()
    first = ground([LOOSE], VALLEY, look=Look.FIRST)
    assert [one.draft for one in first.to_read] == [LOOSE]
    assert [claim.text for claim in first.read([SURE]).claims] == [LOOSE.text]
    assert first.read([AGAINST]).claims == ()
    assert [one.failed for one in first.read([AGAINST]).checked] == ["reader"]


def test_the_reader_does_not_look_at_what_is_verbatim() -> None:
    grounded = ground([DraftClaim("Most people are Tajiks.", ("S2",))], VALLEY, look=Look.FIRST)
    assert grounded.to_read == ()
    assert grounded.read([]) == grounded


ROSE = QuotedSource("A rose by 3 %.", "T")
RIGHT_BEHIND = QuotedSource("It fell later.", "T", before="A rose by 3 %.")
BEHIND_ANOTHER = QuotedSource("It fell later.", "T", before="B fell.")


@pytest.mark.parametrize(
    "claim", ["A rose by 3 %.", "A rose by 3 %", "A rose by 3 %, and it fell later.", "A rose by 3 %. It fell later."]
)
def test_sentences_said_in_a_row_are_verbatim(claim: str) -> None:
    assert is_verbatim(claim, [ROSE, RIGHT_BEHIND])


def test_a_sentence_that_begins_with_a_name_may_follow_any_other() -> None:
    named = QuotedSource("Thoreau wrote that he would stay.", "T", before="It rained. People said Thoreau stayed.")
    assert is_verbatim("A rose by 3 %, and Thoreau wrote that he would stay.", [ROSE, named])


@pytest.mark.parametrize(
    ("claim", "second"),
    [
        ("A rose by 3 %, and it fell later.", BEHIND_ANOTHER),
        ("A rose by 3 %, but it fell later.", RIGHT_BEHIND),
        ("A rose by 3 %, and it fell.", RIGHT_BEHIND),
        ("A rose by 3 %, and ", RIGHT_BEHIND),
        ("A rose by 3 %, and a rose by 3 %.", RIGHT_BEHIND),
        ("Perhaps a rose by 3 %.", RIGHT_BEHIND),
    ],
)
def test_a_pronoun_that_means_something_else_or_a_word_more_is_not_verbatim(claim: str, second: QuotedSource) -> None:
    assert not is_verbatim(claim, [ROSE, second])


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_chance_grows_with_shared_words_and_with_what_the_reader_says(words: float, supported: float) -> None:
    read = Entailment(supported, (1 - supported) / 2, (1 - supported) / 2)
    assert 0 <= chance(words, read) <= chance(1, read) <= 1


def test_what_is_read_with_a_claim_says_which_days_are_meant() -> None:
    article = Article("a.md", "Fire", "The pier burned on Monday. It was old.", published=date(2023, 3, 10))
    sentences = split_sentences(article.text)
    read = evidence_of((Candidate(Passage(article, sentences), sentences[1], 0.5),))
    assert read.header == "Fire · 10 March 2023"
    assert read.sentences == ("The pier burned on Monday. (Monday, 6 March 2023)", "It was old.")


def test_a_sentence_in_another_language_does_not_switch_off_the_checks() -> None:
    german = "Die Fähre fährt am Sonntag. Hunde dürfen auf dem Deck bleiben, wenn sie an der Leine sind."
    found = candidates_of("Dogs are not allowed on the ferry.", german)
    for keys in (("S1", "S2"), ("S2", "S1")):
        grounded = ground([DraftClaim("Dogs are allowed on the ferry.", keys)], found, look=Look.FIRST)
        assert grounded.settled.claims == ()
        assert [one.against for one in grounded.to_read] == [("same sense",)]


def test_what_stands_before_a_sentence_leaves_it_its_room() -> None:
    article = Article("a.md", "Fees", f"The council{' and its members' * 32} met. " * 3 + "They kept the fee.")
    sentences = split_sentences(article.text)
    read = evidence_of((Candidate(Passage(article, sentences), sentences[-1], 0.5),))
    assert read.sentences == ("They kept the fee.",)
