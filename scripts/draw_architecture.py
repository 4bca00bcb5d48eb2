"""Draws docs/architecture.svg from the imports: the three packages, their modules, and the three paths through them.

    python scripts/draw_architecture.py        # `make docs` does it too

A room is a module or folder directly inside one of the three packages, which are the floors. It is above every room of
its floor that it imports. If two rooms import each other, the smaller number of imports does not count.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import grimp

PICTURE = Path(__file__).parents[1] / "docs" / "architecture.svg"

FLOORS = {
    "footnote_bot": "bot · Discord and the terminal",
    "footnote_index": "index · articles in, passages out",
    "footnote": "core · what an answer is, and when it may be given",
}


@dataclass(frozen=True, slots=True)
class Walk:
    name: str
    colour: str
    rooms: tuple[str, ...]


_BOT, _INDEX, _CORE = FLOORS
WALKS = (
    Walk(
        "a question",
        "#5865f2",
        (
            f"{_BOT}.cogs",
            f"{_BOT}.access",
            f"{_CORE}.answering",
            f"{_INDEX}.retrieval",
            f"{_CORE}.reading",
            f"{_CORE}.grounding",
            f"{_CORE}.review",
            f"{_BOT}.render",
            f"{_BOT}.posts",
        ),
    ),
    Walk(
        "a build",
        "#23a55a",
        (
            f"{_BOT}.cogs",
            f"{_BOT}.building",
            f"{_INDEX}.index",
            f"{_INDEX}.building",
            f"{_INDEX}.web",
            f"{_INDEX}.loaders",
            f"{_INDEX}.embedders",
            f"{_INDEX}.storage",
        ),
    ),
    Walk(
        "a verdict",
        "#e67e22",
        (
            f"{_BOT}.views",
            f"{_BOT}.access",
            f"{_CORE}.review",
            f"{_CORE}.stores",
            f"{_CORE}.adapters",
            f"{_BOT}.render",
            f"{_BOT}.posts",
        ),
    ),
)

WIDTH, MARGIN, GAP = 980, 16, 10
BOX, ROW, HEAD = 34, 58, 34


@cache
def imports() -> Mapping[str, Mapping[str, int]]:
    """For each room, the rooms of its floor that it imports, and how many imports there are."""
    graph = grimp.build_graph(*FLOORS, cache_dir=None)
    found: dict[str, dict[str, int]] = {}
    for floor in FLOORS:
        rooms = graph.find_children(floor)
        for room in rooms:
            found[room] = {}
            for module in {room} | graph.find_descendants(room):
                for imported in graph.find_modules_directly_imported_by(module):
                    other = ".".join(imported.split(".")[:2])
                    if other in rooms - {room}:
                        found[room][other] = found[room].get(other, 0) + 1
    return found


def rows(floor: str) -> list[list[str]]:
    """The rooms of a floor, top row first."""
    counts = {room: others for room, others in imports().items() if room.startswith(f"{floor}.")}
    below = {
        room: [other for other, count in others.items() if count > counts[other].get(room, 0)]
        for room, others in counts.items()
    }
    heights: dict[str, int] = {}

    def height(room: str) -> int:
        if room not in heights:
            heights[room] = 0
            heights[room] = 1 + max(map(height, below[room]), default=-1)
        return heights[room]

    found: dict[int, list[str]] = {}
    for room in sorted(below):
        found.setdefault(height(room), []).append(room)
    return [found[level] for level in sorted(found, reverse=True)]


def drawing() -> str:
    """The picture as SVG."""
    missing = [room for walk in WALKS for room in walk.rooms if room not in imports()]
    if missing:
        raise SystemExit(f"A walk goes through rooms that do not exist: {', '.join(missing)}.")
    parts, top = [_legend()], 46
    for floor, title in FLOORS.items():
        lines = [line for row in rows(floor) for line in _lines(row)]
        tall = HEAD + ROW * len(lines) + 4
        parts.append(
            f'<rect x="8" y="{top}" width="{WIDTH - 16}" height="{tall}" rx="10" fill="#f6f8fa" stroke="#d0d7de"/>'
            f'<text x="{MARGIN + 8}" y="{top + 23}" font-weight="600">{html.escape(title)}</text>'
        )
        for number, line in enumerate(lines):
            parts += _row(line, top + HEAD + ROW * number)
        top += tall + 14
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" '
        'font-family="sans-serif" font-size="13">\n'
        f'<rect width="{WIDTH}" height="{top}" fill="white"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _legend() -> str:
    parts, x = [], MARGIN + 8
    for walk in WALKS:
        parts.append(_badge(x, 24, walk.colour, "1") + f'<text x="{x + 14}" y="28">the way of {walk.name}</text>')
        x += 180
    return "".join(parts) + f'<text x="{x + 10}" y="28" fill="#57606a">Imports only go down, from row to row.</text>'


def _wide(room: str) -> int:
    return 24 + round(7.6 * len(_name(room)))


def _name(room: str) -> str:
    return room.partition(".")[2]


def _lines(row: Sequence[str]) -> list[list[str]]:
    """A row, broken where it is wider than the picture."""
    lines: list[list[str]] = [[]]
    for room in row:
        if lines[-1] and sum(_wide(one) + GAP for one in [*lines[-1], room]) > WIDTH - 4 * MARGIN:
            lines.append([])
        lines[-1].append(room)
    return lines


def _row(line: Sequence[str], y: int) -> list[str]:
    x = (WIDTH - sum(_wide(room) + GAP for room in line) + GAP) // 2
    parts = []
    for room in line:
        parts.append(
            f'<rect x="{x}" y="{y}" width="{_wide(room)}" height="{BOX}" rx="6" fill="white" stroke="#8c959f"/>'
            f'<text x="{x + _wide(room) // 2}" y="{y + 22}" text-anchor="middle">{_name(room)}</text>'
        )
        steps = [(walk, at + 1) for walk in WALKS for at, one in enumerate(walk.rooms) if one == room]
        parts += [
            _badge(x + 12 + 20 * at, y + BOX + 3, walk.colour, str(step)) for at, (walk, step) in enumerate(steps)
        ]
        x += _wide(room) + GAP
    return parts


def _badge(x: int, y: int, colour: str, text: str) -> str:
    return (
        f'<circle cx="{x}" cy="{y}" r="9" fill="{colour}"/>'
        f'<text x="{x}" y="{y + 4}" text-anchor="middle" font-size="11" fill="white">{text}</text>'
    )


if __name__ == "__main__":
    PICTURE.write_text(drawing(), encoding="utf-8")
