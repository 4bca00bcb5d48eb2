"""The reply to somebody who has added an article."""

from __future__ import annotations

from footnote.models import Article
from footnote_bot.citation_format import reader_date
from footnote_bot.render.markdown import fit, link
from footnote_bot.translations.catalogue import N_, _, plural
from footnote_bot.translations.from_below import told_together
from footnote_index.article_folder import Stored
from footnote_index.loaders.suspicion import warnings_for

THEY_ARE_NEXT = N_("The next rebuild adds them to the index.")


def told_of(stored: Stored) -> str:
    return "\n".join([*stored_lines(stored), _("The next rebuild adds it to the index.")])


def stored_lines(stored: Stored) -> list[str]:
    stored_as = _("Stored as {article}: {about}.")
    lines = [stored_as.format(article=fit(stored.article.id, 200), about=_about(stored.article))]
    if stored.before:
        before = _("The previous file is in {file} in the articles folder.")
        lines.append(before.format(file=fit(stored.before, 200)))
    return [*lines, *_to_look_at(stored.article)]


def told_of_page(article: Article) -> str:
    address = link(article.url)
    cited = (
        _("Answers will cite it as {article}, with the link <{link}>.")
        if address
        else _("Answers will cite it as {article}.")
    )
    lines = [
        _("Listed in sources.yaml: {about}.").format(about=_about(article)),
        cited.format(article=fit(article.id, 200), link=address),
        *_to_look_at(article),
        _("The next rebuild adds it to the index. Each rebuild checks whether it has changed."),
    ]
    return "\n".join(lines)


def _about(article: Article) -> str:
    source = [fit(article.source, 100)] if article.source else []
    author = [fit(article.author, 100)] if article.author else []
    day = [reader_date(article.published)] if article.published else []
    title = _("“{title}”").format(title=fit(article.title, 200))
    length = plural("{n} character", "{n} characters", len(article.text))
    return ", ".join([title, *source, *author, *day, length])


def _to_look_at(article: Article) -> list[str]:
    check = _("Please check it: {found}")
    return [check.format(found=fit(told_together(warned.found), 200)) for warned in warnings_for([article])]
