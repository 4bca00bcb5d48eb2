"""A cited sentence shown between its neighbours."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footnote.grounding.citing import cite
from footnote.models import Article, Candidate, Citation, Passage
from footnote.text.sentences import split_sentences
from footnote_index.context import Context, context_of

TEXTS = (
    st.lists(st.sampled_from(["It is so.", "Is it?", "3.5", "# A heading", "😀", "\n", "\u00a0"]), max_size=12).map(
        " ".join
    )
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
).filter(str.strip)


def citations_of(article: Article) -> list[Citation]:
    """One of each sentence."""
    passage = Passage(article, split_sentences(article.text))
    return [cite(Candidate(passage, sentence, 1.0), number) for number, sentence in enumerate(passage.sentences, 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Only one.", [("", "Only one.", "")]),
        ("One. Two.", [("", "One.", "Two."), ("One.", "Two.", "")]),
        ("好。坏。", [("", "好。", "坏。"), ("好。", "坏。", "")]),
        ("One. Two. Three.", [("", "One.", "Two."), ("One.", "Two.", "Three."), ("Two.", "Three.", "")]),
        ("One.\n\nTwo.", [("", "One.", "Two."), ("One.", "Two.", "")]),
    ],
)
def test_a_sentence_stands_between_the_one_before_and_the_one_after(text: str, expected: list[tuple[str, ...]]) -> None:
    article = Article("a.md", "A title", text)
    assert [context_of(citation, article) for citation in citations_of(article)] == [Context(*it) for it in expected]


def test_headings_are_no_neighbours() -> None:
    article = Article("a.md", "A title", "One.\n\n## Head\n\nTwo.\n\n## Foot")
    one, _, two, _ = citations_of(article)
    assert context_of(one, article) == Context("", "One.", "Two.")
    assert context_of(two, article) == Context("One.", "Two.", "")


@given(TEXTS)
@settings(deadline=None)
def test_context_is_the_article_s_own_text_in_reading_order(text: str) -> None:
    article = Article("a.md", "A title", text)
    stated = [citation for citation in citations_of(article) if not citation.quote.startswith("#")]
    contexts = [context_of(citation, article) for citation in stated]
    quotes = [citation.quote for citation in stated]
    assert [context.quote for context in contexts] == quotes
    assert [context.before for context in contexts] == ["", *quotes[:-1]][: len(quotes)]
    assert [context.after for context in contexts] == [*quotes[1:], ""][: len(quotes)]
