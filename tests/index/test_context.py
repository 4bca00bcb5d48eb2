"""A cited sentence shown inside its neighbours."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footnote.grounding import cite
from footnote.models import Article, Candidate, Citation, Passage
from footnote.sentences import split_sentences
from footnote_index.context import Context, context_of

TEXTS = (
    st.lists(st.sampled_from(["It is so.", "Is it?", "3.5", "# A heading", "😀", "\n", "\u00a0"]), max_size=12).map(
        " ".join
    )
    | st.text(st.characters(exclude_categories=["Cs"]))
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
        ("One. Two. Three.", [("", "One.", "Two."), ("One.", "Two.", "Three."), ("Two.", "Three.", "")]),
        ("# Head\n\nOne.\n\nTwo.", [("", "# Head", "One."), ("# Head", "One.", "Two."), ("One.", "Two.", "")]),
    ],
)
def test_a_sentence_stands_between_the_one_before_and_the_one_after(text: str, expected: list[tuple[str, ...]]) -> None:
    article = Article("a.md", "A title", text)
    assert [context_of(citation, article) for citation in citations_of(article)] == [Context(*it) for it in expected]


@given(TEXTS)
@settings(deadline=None)
def test_context_is_the_article_s_own_text_in_reading_order(text: str) -> None:
    article = Article("a.md", "A title", text)
    quotes = [text[sentence.start : sentence.end] for sentence in split_sentences(text)]
    contexts = [context_of(citation, article) for citation in citations_of(article)]
    assert [context.quote for context in contexts] == quotes
    assert [context.before for context in contexts] == ["", *quotes[:-1]]
    assert [context.after for context in contexts] == [*quotes[1:], ""]
