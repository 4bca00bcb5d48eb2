"""What somebody reads who has added an article."""

from __future__ import annotations

from footnote.models import Article
from footnote_bot.citation_format import counted, reader_date
from footnote_bot.render.markdown import fit, link
from footnote_index.article_folder import Stored
from footnote_index.loaders.suspicion import warnings_for

THEY_ARE_NEXT = "The next rebuild adds them to the index."


def told_of(stored: Stored) -> str:
    return "\n".join([*stored_lines(stored), "The next rebuild adds it to the index."])


def stored_lines(stored: Stored) -> list[str]:
    lines = [f"Stored as {fit(stored.article.id, 200)}: {_about(stored.article)}."]
    if stored.before:
        lines.append(f"The previous file is in {fit(stored.before, 200)} in the articles folder.")
    return [*lines, *_to_look_at(stored.article)]


def told_of_page(article: Article) -> str:
    address = link(article.url)
    lines = [
        f"Listed in sources.yaml: {_about(article)}.",
        f"Answers will cite it as {fit(article.id, 200)}{f', with the link <{address}>' if address else ''}.",
        *_to_look_at(article),
        "The next rebuild adds it to the index. Each rebuild checks whether it has changed.",
    ]
    return "\n".join(lines)


def _about(article: Article) -> str:
    source = [fit(article.source, 100)] if article.source else []
    author = [fit(article.author, 100)] if article.author else []
    day = [reader_date(article.published)] if article.published else []
    title = f"“{fit(article.title, 200)}”"
    return ", ".join([title, *source, *author, *day, counted(len(article.text), "character")])


def _to_look_at(article: Article) -> list[str]:
    return [f"Please check it: {fit(warned.found, 200)}" for warned in warnings_for([article])]
