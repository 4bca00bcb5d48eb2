"""What is said of a picture: a formula, or what the only thing in a table's cell shows."""

from __future__ import annotations

from footnote_index.loaders.markup.formulas import of_picture
from footnote_index.loaders.trees import Element, name


def said_by(picture: Element) -> str:
    """Nothing for pictures beside text, whose descriptions would interrupt it."""
    return of_picture(picture) or (_described(picture) if _is_in_a_cell_of_pictures(picture) else "")


def _described(picture: Element) -> str:
    return f" {' '.join((picture.get('alt') or '').split())} "


def _is_in_a_cell_of_pictures(picture: Element) -> bool:
    cell = next((each for each in picture.iterancestors() if name(each) in {"td", "th"}), None)
    return cell is not None and not "".join(cell.itertext()).strip()
