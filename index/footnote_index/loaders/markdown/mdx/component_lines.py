"""A line with tags of components: which of them begin and end blocks, and what the others write into its text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from footnote_index.loaders.markdown.mdx import gaps
from footnote_index.loaders.markdown.mdx.component_tags import TAB, TOKEN
from footnote_index.loaders.markdown.mdx.jsx import Tag

QUESTIONS = frozenset(["Q", "Question"])
"""Components whose first line is a question."""

_PICTURE = re.compile(r"(?:Icon|Image|Img|Picture)\Z")
_IS_OPEN = re.compile(r"\A(?![#|>]).*[\w,;)*_`]\Z")
_MOST_TAGS = 50
_HEADINGS = {f"h{level}": f"{'#' * level} " for level in range(1, 7)}


@dataclass(frozen=True, slots=True)
class TaggedLine:
    """`texts`: before the first tag, between them, and behind the last one."""

    texts: Sequence[str]
    tags: Sequence[Tag]

    @classmethod
    def of(cls, line: str, tags: Sequence[Tag]) -> TaggedLine:
        parts = TOKEN.split(line)
        return cls(parts[::2], [tags[int(number)] for number in parts[1::2]])

    def divided(self) -> tuple[Sequence[Tag], TaggedLine, Sequence[Tag]]:
        """The tags that begin blocks before its text, the text with its tags, and those that end blocks behind it."""
        pairs, count = _pairs(self.tags), len(self.tags)
        last = next((place for place in range(count, 0, -1) if self.texts[place].strip()), 0)
        begin, end = 0, count
        while begin < last and not self.texts[begin].strip() and _opens(self.tags[begin]):
            if begin in pairs and not (pairs[begin] >= last and _is_block(self.tags[begin])):
                break
            begin += 1
        while end > max(begin, last) and self.tags[end - 1].is_end and pairs.get(end - 1, -1) < begin:
            end -= 1
        texts = [*self.texts[begin : end + 1]]
        texts[0] = texts[0].lstrip() if begin else texts[0]
        return self.tags[:begin], TaggedLine(texts, self.tags[begin:end]), self.tags[end:]

    def shown(self, above: str) -> tuple[str, list[str]]:
        """Its text, below another line, and the names of the components that write something into it."""
        pairs, shown = _pairs(self.tags), self.texts[0]
        names: list[str] = []
        for place, tag in enumerate(self.tags):
            after = "".join(self.texts[place + 1 : place + _MOST_TAGS])
            is_empty = tag.is_empty or (pairs.get(place) == place + 1 and not self.texts[place + 1].strip())
            said = tag.said("children", "text", "label") if is_empty else ""
            if is_empty and not said and not _is_picture(tag):
                begun = above if not shown.strip() and _IS_OPEN.match(above.strip()) else shown
                said = gaps.in_place_of_text(begun, after)
                names += [tag.name] if said else []
            shown = gaps.joined(shown, said, after) + self.texts[place + 1]
        return shown, names


def title_of(tag: Tag) -> str:
    """What a component shows above its text: the label of a tab, the title of a card."""
    if tag.is_end:
        return ""
    title = tag.said("label", "title")
    if not title and ("label" in tag.attributes or TAB.search(tag.name)):
        title = tag.said("value")
    title = title or tag.said("children", "text")
    return f"{_HEADINGS.get(tag.said('as'), '')}{title}" if title else ""


def _is_picture(tag: Tag) -> bool:
    """Pictures in a sentence say nothing."""
    return _PICTURE.search(tag.name) is not None or "src" in tag.attributes


def _pairs(tags: Sequence[Tag]) -> Mapping[int, int]:
    """For each tag of a line that has its other one there, the place of that, both ways."""
    found: dict[int, int] = {}
    begun: list[int] = []
    for place, tag in enumerate(tags):
        if _opens(tag):
            begun.append(place)
        elif tag.is_end and begun and tags[begun[-1]].name == tag.name:
            found[place] = begun.pop()
            found[found[place]] = place
    return found


def _opens(tag: Tag) -> bool:
    return not tag.is_end and not tag.is_empty


def _is_block(tag: Tag) -> bool:
    return bool(title_of(tag)) or tag.name in QUESTIONS
