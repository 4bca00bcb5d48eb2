"""Texts of the core and the index that people in Discord see: errors, notes and reasons. Core and index know nothing
about languages, so their texts are listed here, and looked up when one of them is shown.
"""

from __future__ import annotations

from functools import cache
from string import Formatter

from footnote_bot.translations.catalogue import N_, _
from footnote_bot.translations.language import ENGLISH, present

NOTES = (
    N_("The articles do not answer this question."),
    N_("The language model is not available; these are sentences from the articles."),
    N_("The language model is not set up correctly; these are sentences from the articles."),
    N_("The language model declined this question; these are sentences from the articles."),
    N_("Today's budget for the language model is spent; these are sentences from the articles."),
    N_("This is too much text for the language model; these are sentences from the articles."),
    N_("The language model's sentences could not be confirmed; these are sentences from the articles."),
    N_("The language model did not finish this answer; there may be more to say."),
    N_("The list has more items than these; the others are in the article."),
    N_("The second model could not check this answer."),
    N_("The articles do not answer the first part of the question."),
    N_("The articles do not answer the second part of the question."),
    N_("The articles do not answer the third part of the question."),
    N_("Verified by a moderator."),
)
"""Instead of an answer, and below it."""

ERRORS = (
    N_("That is not a question: write at least one word."),
    N_("The index is empty. Run `footnote index build`, or /index rebuild in Discord."),
    N_("The index is damaged: {what}. Run `footnote index build`, or /index rebuild in Discord."),
    N_(
        "The index was built with the embedder {built_with}, but the settings name {now}. Run `footnote index "
        "build`, or /index rebuild in Discord."
    ),
    N_("The index cannot be reached at the moment: its {server} does not answer. Try again soon."),
    N_(
        "The disk with {folder} is full; the index is unchanged. Free some space (`footnote index gc` may help), then "
        "try again."
    ),
    N_("database"),
    N_("Chroma server"),
    N_("The Chroma server refuses the token. Check CHROMA_TOKEN."),
    N_("The embedding server did not answer in time. Try again, or check OPENAI_BASE_URL."),
    N_("The embedding server cannot be reached. Check the network and OPENAI_BASE_URL."),
    N_("{origin}, and it is still running. Wait for it, then try again."),
    N_("{lost} of {before} articles would be removed from the index: {names}."),
    N_("{what} The index is unchanged. To remove them, run `footnote index build --yes`."),
    N_(
        "{failing} of {asked} canary questions fail on the new index, so the old one stays live: {failures}{more}. "
        "Fix the articles or canaries.yaml. To undo an approval, use /review undo."
    ),
    N_("“{question}” does not find {expected}"),
    N_("“{question}” is not answered; it should cite {expected}"),
    N_("“{question}” cites {cited}; it should cite {expected}"),
    N_("the question of approved answer #{answer_id} does not find {expected}"),
    N_("{who} started a rollback at {time} UTC"),
    N_("{who} started {what} at {time} UTC"),
    N_("a rebuild"),
    N_("a dry run"),
    N_("The build was stopped. The index is unchanged."),
    N_("Footnote is restarting. Try again in a moment."),
    N_("There is no earlier generation. {choices}"),
    N_("Generation {name} is already live. {choices}"),
    N_("There is no generation {name}. {choices}"),
    N_("Generation {name} cannot be rolled back to: {why_not}. {choices}"),
    N_("it was built with the embedder {built_with}, but the settings name {now}"),
    N_("Available: {names}."),
    N_("There is no other generation."),
)

REFUSALS = (
    N_("Answer {answer_id} does not exist. Ask again to get a new one."),
    N_("The sources of answer {answer_id} have changed in the meantime. Read its card again, then decide."),
    N_("Too many people are waiting for this answer. Please check back here later."),
    N_("Answer {answer_id} has been changed in the meantime. Read its card again."),
    N_("All sources of answer {answer_id} are ruled wrong, so nothing is left to show. Reject it, or edit it."),
    N_("Answer {answer_id} no longer has citation {number}. Read its card again."),
    N_("The {what} can no longer be undone. Read the card again."),
    N_("A {what} can be undone for {minutes} minutes; that time has passed."),
    N_("There are later changes. Choose a better sentence instead, or edit the answer."),
    N_("Nothing is left of the answer. Reject it instead."),
    N_("verdict"),
    N_("ruling"),
    N_("ruling on citation {number}"),
)
"""For moderators."""

LINES = (
    N_("it cites no sentence: choose one, or end the line with its number, such as [1]"),
    N_("there is no sentence [{number}], or it was ruled wrong"),
    N_("its sentences do not support it enough (support {found})"),
    N_("it has a number that its sentences do not have"),
    N_("it has a date that its sentences do not have"),
    N_("it has a name that its sentences do not have"),
    N_("it quotes words that its sentences do not have"),
    N_("it says the opposite of its sentences"),
    N_("its sentences say this of what is not done, or not so"),
    N_("it has an address that its sentences do not have"),
    N_("it addresses the reader, but its sentences do not"),
    N_("its sentences say this about somebody or something else"),
    N_("its sentences give another order"),
    N_("its sentences say it the other way round"),
    N_("its sentences say it less strongly"),
    N_("its sentences say this about the past, not the present"),
    N_("its sentences do not give that cause"),
    N_("its sentences give that figure in another unit"),
    N_("its sentences give that range the other way round"),
    N_("its sentences give that limit the other way round"),
    N_("its sentences give that figure for something else"),
    N_("it says more than its sentences"),
    N_("none of its sentences supports one of its clauses"),
)
"""Why a line of an edited answer is not accepted."""

ARTICLES = (
    N_("it is empty"),
    N_("it has no text"),
    N_("it has no text below its title"),
    N_("it has no text (scanned text is not read)"),
    N_("it is a binary file, not text"),
    N_("it is damaged, or its name has the wrong extension"),
    N_("it is damaged: no page of it can be found"),
    N_("it is protected by a password"),
    N_("it is protected by DRM"),
    N_("it is not a PDF"),
    N_("it is not a Word document"),
    N_("it does not list its chapters"),
    N_("it has {pages} pages; an article can have at most {most}"),
    N_("it has no page {page}"),
    N_("it unpacks to more than {size} MB"),
    N_("its XML is broken"),
    N_("its fonts do not say which characters they show"),
    N_("it is too large ({size} MB): an article can have at most {most} MB"),
    N_("its text has {size} characters, more than {most}"),
    N_("its front matter has no closing line `---`"),
    N_("it is UTF-8 except for byte {byte}; save it as UTF-8 again"),
    N_("it is not UTF-8 (byte {byte}), and its encoding is not clear; save it as UTF-8"),
    N_("it begins as {encoding}, but byte {byte} is not valid"),
    N_("it says that there is no such page"),
    N_("it is a bot check, not the page itself"),
    N_("it only redirects to another page"),
    N_("it is only a cookie notice"),
    N_("its text only appears when JavaScript runs; save the page from a browser"),
    N_("it is not an address"),
    N_("it does not begin with http:// or https:// and a host"),
    N_("it contains a user name or a password, which would be shown as its source"),
    N_("its robots.txt forbids it"),
    N_("its server says that it does not exist ({status})"),
    N_("its server answers {status}"),
    N_("its server is slow; the next build continues with it"),
    N_("its server failed {failures} times in a row; the next build tries again"),
    N_("it redirects more than {most} times"),
    N_("it is not an article but {kind}"),
    N_("a file of unknown type"),
    N_("it could not be fetched within {seconds} seconds"),
    N_("it is in {file} already"),
    N_("no source in {file} lists it"),
    N_("a file in the articles folder has the same path"),
    N_("there is no such file in the articles folder"),
    N_("an article {name} already exists; give it another name, or set replace:True"),
    N_("articles are files that end in {formats}"),
    N_("its name has no letters or digits"),
)
"""Why an article is not read."""

FINDINGS = (
    N_("instructions to a language model"),
    N_("a fake system message"),
    N_("hidden characters"),
    N_("control characters for terminals"),
    N_("an image that tracks its readers"),
    N_("a link that shows a different address"),
)
"""What somebody should check in an article."""

CHECKS = (
    *(N_("numbers"), N_("dates"), N_("names"), N_("quoted words"), N_("same sense"), N_("known addresses")),
    *(N_("words to the reader"), N_("parts together"), N_("same order"), N_("same roles"), N_("same strength")),
    *(N_("same time"), N_("known cause"), N_("same units"), N_("same ranges"), N_("same limits"), N_("same counts")),
    *(N_("known ending"), N_("supported clauses"), N_("prohibition")),
    *(N_("plain text"), N_("language"), N_("length")),
)
"""The checks of a claim or its translation."""

STAGES = (
    N_("fetching pages"),
    N_("reading articles"),
    N_("embedding passages"),
    N_("writing the index"),
    N_("checking the new index"),
    N_("switching over"),
)
"""The steps of a build."""

TEXTS = (*NOTES, *ERRORS, *REFUSALS, *LINES, *ARTICLES, *FINDINGS, *CHECKS, *STAGES)


def told(text: str) -> str:
    """A text of the core or the index, or one of our errors, in the current language; unchanged if nobody has
    translated it.
    """
    if present() == ENGLISH or not text:
        return text
    if (said := _(text)) != text:
        return said
    for template in _with_values():
        values = _values(template, text)
        if values is not None:
            return _(template).format(**{name: _told_each(value) for name, value in values.items()})
    first = next((note for note in NOTES if text.startswith(f"{note} ")), "")
    return f"{_(first)} {told(text.removeprefix(first).lstrip())}" if first else text


def told_together(findings: str) -> str:
    """The same for several texts that the index has joined on one line."""
    return _(" and ").join(map(told, findings.split(" and ")))


def _told_each(value: str) -> str:
    """Translates each of several failing canary questions."""
    first, *others = value.split("; “")
    return "; ".join(map(told, [first, *(f"“{one}" for one in others)]))


@cache
def _with_values() -> tuple[str, ...]:
    """The longest first: it is the most specific."""
    return tuple(sorted((text for text in TEXTS if "{" in text), key=len, reverse=True))


def _values(template: str, text: str) -> dict[str, str] | None:
    """The values that were filled in, if the text was made from the template."""
    values: dict[str, str] = {}
    waiting = ""
    for literal, name, _spec, _conversion in Formatter().parse(template):
        at = text.find(literal) if name is not None else len(text) - len(literal)
        if at < 0 or text[at : at + len(literal)] != literal or (at and not waiting):
            return None
        if waiting:
            values[waiting] = text[:at]
        text, waiting = text[at + len(literal) :], name or ""
    if waiting:
        values[waiting] = text
    elif text:
        return None
    return values
