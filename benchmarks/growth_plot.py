"""Rows of `growth.py` as a picture: build time, memory and answer time over the number of articles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Row = dict[str, float]

_PANELS = (
    ("Building the index", "seconds", 1.0, {"build s": ""}),
    ("Peak memory", "GB", 1024.0, {"build MB": "building", "ask MB": "asking"}),
    ("One question", "milliseconds", 1.0, {"ask p95 ms": "p95", "ask p50 ms": "p50"}),
)
"""Title, unit, by what figures are divided for it, and a label for each line."""

_COLOURS = ("#1f5a94", "#c8641b")


def draw(rows: Sequence[Row], target: Path, *, is_logarithmic: bool = False) -> None:
    """Panels side by side, in a PNG; all axes begin at zero, except a logarithmic one of articles."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10.5, 3.3), layout="constrained")
    axes = figure.subplots(1, len(_PANELS))
    ordered = sorted(rows, key=lambda row: row["articles"])
    for panel, (title, unit, divisor, lines) in zip(axes, _PANELS, strict=True):
        for colour, (name, label) in zip(_COLOURS, lines.items(), strict=False):
            _line(panel, ordered, name, label, divisor, colour)
        _frame(panel, title, unit, [row["articles"] for row in ordered], is_logarithmic=is_logarithmic)
    FigureCanvasAgg(figure).print_figure(target, dpi=160)


def _line(panel: Axes, rows: Sequence[Row], name: str, label: str, divisor: float, colour: str) -> None:
    articles, values = [row["articles"] for row in rows], [row[name] / divisor for row in rows]
    panel.plot(articles, values, color=colour, marker="o", markersize=4, linewidth=1.6)
    panel.annotate(label, (articles[-1], values[-1]), (0, 6), textcoords="offset points", color=colour, ha="right")


def _frame(panel: Axes, title: str, unit: str, articles: Sequence[float], *, is_logarithmic: bool) -> None:
    panel.set_title(f"{title}, {unit}", loc="left", fontsize=10)
    panel.set_xlabel("articles")
    if is_logarithmic:
        panel.set_xscale("log")
        panel.minorticks_off()
    else:
        panel.set_xlim(0, articles[-1] * 1.04)
    panel.set_ylim(0, panel.get_ylim()[1] * 1.1)
    panel.set_xticks(articles, [f"{number:,.0f}" for number in articles], fontsize=8)
    panel.yaxis.set_major_formatter("{x:,.4g}")
    panel.tick_params(axis="y", labelsize=8)
    panel.grid(axis="y", color="#dddddd", linewidth=0.6)
    panel.set_axisbelow(True)
    panel.spines[["top", "right"]].set_visible(False)
