"""A line of Markdown -> what a reader sees of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from html.entities import html5

from footnote_index.loaders.markdown.wiki_links import words_of_links
from footnote_index.loaders.markup.pointing import with_address
from footnote_index.loaders.markup.raised import subscript, superscript

_CODE = re.compile(r"(?<!`)(?=`{1,9}+(?!`))(`+)(.+?)(?<!`)\1(?!`)")
_ROLE = re.compile(r"\{[a-z][\w:+-]{1,40}\}`(?:([^`<>]{1,200}\S) <[^`<>]{1,200}>|~?([^`]{1,300}))`")
"""A link of MyST, as in {ref}`the guide <guide>`."""

_EMOJI = re.compile(r"(?<![\w:/.]):([a-z][a-z\d_+-]{0,60}):(?![\w:/])")
_SAID_BY_EMOJI = {
    **dict.fromkeys(["white_check_mark", "heavy_check_mark", "check_mark_button", "material-check"], "✓"),
    **dict.fromkeys(["x", "cross_mark", "heavy_multiplication_x", "material-close"], "✗"),
}
_ESCAPED = re.compile(r"\\([!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])")
_TARGET = r"(?:\([^()]{0,2000}(?:\([^()]{0,500}\)[^()]{0,500})?\)|\[[^\[\]]{0,200}\])"
_TARGET += r"(?:\{:?[ ]?(?:[.#][\w-]|[\w-]{1,30}=)[^{}]{0,200}\})?"
_IMAGE = re.compile(rf"!\[[^\[\]]{{0,500}}\]{_TARGET}|!\[\[[^\[\]]{{1,300}}\]\]")
_SHOWN = re.compile(
    rf"!\[([^\[\]]{{1,500}})\]{_TARGET}|<img\s[^<>]{{0,1000}}?\balt=\"([^\"<>]{{1,500}})\"|{_EMOJI.pattern}",
    re.IGNORECASE,
)
_LINK = re.compile(rf"\[((?:[^\[\]]|\[[^\[\]]{{0,200}}\]){{0,500}})\](?P<target>{_TARGET})")
_DESTINATION = re.compile(r"\A(?:\(\s*+(?:<([^<>]*)>|(\S+?))(?:\s.*)?\)(?:\{.*)?|\[(.*)\](?:\{.*)?)")
_ANCHOR = re.compile(
    r"<a\s(?:[^<>]{0,300}\s)?href=[\"']?([^\s\"'<>]{1,300})[\"']?(?:\s[^<>]{0,300})?>([^<>]{1,100})</a>", re.IGNORECASE
)
_MARK_ALONE = re.compile(rf"\[(?:\\?[*†‡]){{1,3}}\]{_TARGET}")
"""A link that readers see as the mark of a footnote."""
_SHORTCUT = re.compile(r"\[([^\[\]^]{1,300})\](?![\[(:])")
_REFERENCE = re.compile(r"^ {0,3}\[([^\]^][^\]]{0,300})\]:[ \t]*(\S+)", re.MULTILINE)
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,1000}|[^<>\s@]{1,100}@[^<>\s]{1,100})>")
_STRUCK = re.compile(
    r"~~(?:[^~]|~(?!~)){1,2000}+~~"
    r"|<(del|s|strike)\b[^<>]{0,200}>(?:[^<]|<(?!/?(?:del|s|strike)\b)){0,2000}+</\1>",
    re.IGNORECASE,
)
_RAISED = re.compile(
    r"<(sup|sub)(?:\s[^<>]{0,200})?>([^<>]{1,200})</\1>|(?<=\w)\^([^\s^]{1,20})\^|(?<=\w)~([^\s~]{1,20})~(?![~\d])",
    re.IGNORECASE,
)
_OPERATOR_INSIDE = re.compile(r"[^\s^][-+−±·×÷=*<>][^\s^]")
_GOES_ON = re.compile(r"[\w({]")
_TIMES = re.compile(r"(?<=\d)\*(?=\d)")
_BARE_ADDRESS = re.compile(r"(?<!\w)https?://[^\s<>*\[\]`\ue000]{1,1000}(?<![_~=.,:;!?'\")])", re.IGNORECASE)
_NOTE = re.compile(r"\[\^([^\[\]\s]{1,60})\]")
_BREAK = re.compile(
    r"</?(?:br|hr|div|p|center|h[1-6]|ul|ol|li|dl|dt|dd|table|caption|colgroup|thead|tbody|tfoot|tr|td|th)"
    r"(?:\s[^<>]{0,1000})?/?>",
    re.IGNORECASE,
)
_NAMES = r"a|abbr|b|big|button|cite|code|em|font|i|img|ins|kbd|mark|picture|q|samp|small|source(?=\s)|span|strong"
_NAMES += r"|tt|u|var|wbr"
_TAG = re.compile(rf"</?(?:{_NAMES})(?:\s[^<>]{{0,1000}})?/?>", re.IGNORECASE)
_RAISED_TAG = re.compile(r"</?su[bp](?:\s[^<>]{0,1000})?/?>", re.IGNORECASE)
_STRONG = re.compile(
    r"(\*\*\*|\*\*|\*)(?=\S)([^*]{1,2000})(?<=\S)\1(?!\*)|(?<!\w)(___|__|_)(?=\S)([^_]{1,2000})(?<=\S)\3(?!\w)"
)
_MARK = re.compile(r"(?<![\w)\]])==(?=\S)([^=]{1,1000})(?<=\S)==(?![\w(\[])", re.ASCII)
_LONGEST = 50_000
_NESTED = 2
_HELD = re.compile("\ue000(\\d+)\ue001|&(?:#\\d{1,7}|#[xX][\\da-fA-F]{1,6}|([a-zA-Z][a-zA-Z\\d]{0,31}));")


@dataclass
class Inline:
    """Footnotes are numbered in the order of their first reference. `references`: the addresses of links that are
    written elsewhere, by the names of these in lower case.
    """

    references: Mapping[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def seen(self, line: str) -> str:
        """Code, formulas and addresses stay as they are."""
        held: list[str] = []

        def hold(text: str) -> str:
            held.append(text)
            return f"\ue000{len(held) - 1}\ue001"

        line = line.replace("\ue000", "").replace("\ue001", "")
        if len(line) > _LONGEST or not _SPECIAL.search(line):
            return line
        line = _ROLE.sub(lambda role: hold(role[1] or role[2]), line)
        line = _CODE.sub(lambda code: hold(code[2].strip() or code[2]), line)
        line = _MARK_ALONE.sub("", line)
        line = _ESCAPED.sub(lambda escaped: hold(escaped[1]), line)
        line = _EMOJI.sub(lambda emoji: _SAID_BY_EMOJI.get(emoji[1], ""), _IMAGE.sub("", line))
        for _ in range(_NESTED):
            line = _STRUCK.sub("", line)
        line = words_of_links(line)
        shown = _LINK.sub(r"\1", line)
        for _ in range(_NESTED):
            line = _LINK.sub(lambda link: _said(link[1], self._address(link, held), shown, hold), line)
        line = _ANCHOR.sub(lambda link: _said(link[2], unescape(link[1]), shown, hold), line)
        if self.references:
            line = _SHORTCUT.sub(lambda link: self._short(link, held, hold), line)
        line = _NOTE.sub(lambda note: self.mark_of(note[1]), line)
        line = _ADDRESS.sub(lambda address: hold(address[1].removeprefix("mailto:")), line)
        line = _TAG.sub("", _BREAK.sub(" ", line))
        line = _BARE_ADDRESS.sub(lambda address: hold(_HELD.sub(_entity, address[0])), line)
        line = _TIMES.sub(lambda times: hold(times[0]), line)
        line = _RAISED_TAG.sub("", _RAISED.sub(_as_raised, line))
        for _ in range(_NESTED):
            line = _MARK.sub(r"\1", _STRONG.sub(lambda strong: strong[2] or strong[4], line))
        return _released(line, held)

    def _address(self, link: re.Match[str], held: Sequence[str]) -> str:
        """Where a link leads, beside its words or elsewhere."""
        found = _DESTINATION.fullmatch(link["target"])
        if found is None:
            return ""
        own = found[1] or found[2]
        return _released(own, held) if own else self._elsewhere(found[3] or link[1], held) or ""

    def _elsewhere(self, name: str, held: Sequence[str]) -> str | None:
        written = _HELD.sub(lambda place: held[int(place[1])] if place[1] else place[0], name)
        return self.references.get(written.lower())

    def _short(self, link: re.Match[str], held: Sequence[str], hold: Callable[[str], str]) -> str:
        address = self._elsewhere(link[1], held)
        return link[0] if address is None else _said(link[1], address, "", hold)

    def mark_of(self, name: str) -> str:
        """The number of a footnote, in superscript."""
        return self.notes.setdefault(name, superscript(str(len(self.notes) + 1)))


def shown_in(cell: str) -> str:
    """What the pictures of a table's cell show, by their alternative texts, and the names of its emoji."""
    return ", ".join((found[1] or found[2] or found[3].replace("_", " ")).strip() for found in _SHOWN.finditer(cell))


def references_in(text: str) -> dict[str, str]:
    """The addresses that a text gives its links, by their names without the marks of code. The first one counts."""
    found = reversed(_REFERENCE.findall(text)) if "]:" in text else ()
    return {name.lower().replace("`", ""): address.strip("<>") for name, address in found}


_SPECIAL = re.compile(r"[*_`~<\[\]\\&^=]|:[a-z]")


def _released(text: str, held: Sequence[str]) -> str:
    return _HELD.sub(lambda place: held[int(place[1])] if place[1] else _entity(place), text)


def _said(words: str, address: str, shown: str, hold: Callable[[str], str]) -> str:
    """The words of a link; with its address if they only point, and the line does not show it anyway."""
    said = None if address in shown else with_address(words, address)
    return words if said is None else said.replace(address, hold(address))


def _as_raised(found: re.Match[str]) -> str:
    if found[1]:
        return superscript(found[2]) if found[1].lower() == "sup" else subscript(found[2])
    if found[4]:
        return subscript(found[4])
    is_formula = _OPERATOR_INSIDE.search(found[3]) or _GOES_ON.match(found.string, found.end())
    return found[0] if is_formula else superscript(found[3])


def _entity(found: re.Match[str]) -> str:
    """The character that an entity means. Without a semicolon it is text: `?currency=USD&region=EU`."""
    return html5.get(f"{found[2]};", found[0]) if found[2] else unescape(found[0])
