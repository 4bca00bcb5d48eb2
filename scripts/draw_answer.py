"""Draws docs/answer.png: a real answer to a question about the sample articles, as it looks in Discord.

    python scripts/draw_answer.py ["QUESTION"]

The answer comes from the index in FOOTNOTE_DATA, and the embed from the same functions that post it. Needs Chromium.
"""

from __future__ import annotations

import asyncio
import html
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import discord
from discord import ui

from footnote.models import Answer
from footnote.records.answers import AnswerRecord
from footnote_bot.app import opened
from footnote_bot.render import answers as render
from footnote_bot.settings import read_settings
from footnote_bot.views.answer import answer_view

PICTURE = Path(__file__).parents[1] / "docs" / "answer.png"
QUESTION = "How many fighters were in the Panjshir Valley at the end of August 2021?"
WIDTH, HEIGHT = 740, 502

_STYLE = """
* { box-sizing: border-box; margin: 0 }
body { background: #313338; color: #dbdee1; padding: 14px 16px; font: 15px/1.38 "gg sans", "Noto Sans", sans-serif }
.used { color: #b5bac1; font-size: 13px; margin: 0 0 4px 56px }
.used b { color: #c9cdfb; font-weight: 500 }
.message { display: flex; gap: 16px }
.avatar { flex: none; width: 40px; height: 40px; border-radius: 50%; background: #5865f2; color: white;
  font: 600 21px/40px Georgia, "Noto Serif", serif; text-align: center }
.name { font-weight: 600; color: #f2f3f5 }
.app { background: #5865f2; color: white; font: 600 10px/15px "Noto Sans"; padding: 0 5px; border-radius: 4px }
.time { color: #949ba4; font-size: 12px }
.embed { margin-top: 5px; background: #2b2d31; border-left: 4px solid #5865f2; border-radius: 4px;
  padding: 12px 16px 14px; max-width: 640px; font-size: 14px }
.title { font-weight: 600; font-size: 16px; color: #f2f3f5; margin-bottom: 8px }
.field { margin-top: 12px } .field > b { color: #f2f3f5; font-weight: 600 }
blockquote { border-left: 4px solid #4e5058; border-radius: 4px; padding-left: 10px; margin: 2px 0 }
a { color: #00a8fc; text-decoration: none; overflow-wrap: anywhere }
.footer { margin-top: 10px; font-size: 12px; color: #dbdee1 }
.buttons { margin-top: 8px; display: flex; gap: 8px }
.button { background: #4e5058; color: white; border-radius: 4px; padding: 6px 16px; font-weight: 500; font-size: 14px }
"""


async def answered(question: str) -> AnswerRecord:
    """Asks the index in FOOTNOTE_DATA, and puts the answer in the form in which it is posted."""
    async with opened(read_settings()) as footnote:
        outcome = await footnote.answering.ask(question)
    if not isinstance(outcome, Answer):
        sys.exit("The articles do not answer this question: there is nothing to draw.")
    return AnswerRecord(
        id=12,
        question=question,
        answered=True,
        claims=outcome.claims,
        citations=outcome.citations,
        confidence=outcome.confidence,
        answerer=outcome.receipt.answerer,
        generation=outcome.receipt.generation,
        asker_id=1,
        guild_id=1,
        channel_id=1,
        asked_at=datetime.now(UTC),
    )


def page(record: AnswerRecord) -> str:
    """The message as HTML in Discord's dark colours."""
    embed = render.answer(record)
    return f"""<!doctype html><meta charset="utf-8"><style>{_STYLE}</style>
<p class="used"><b>@alice</b> used <b>/ask</b></p>
<div class="message"><div class="avatar">¹</div><div>
<span class="name">Footnote</span> <span class="app">✓ APP</span> <span class="time">Today at 12:00</span>
{_embed(embed)}<div class="buttons">{"".join(map(_button, _buttons(record)))}</div></div></div>"""


def photograph(text: str, picture: Path) -> None:
    """Writes the page as a PNG file, cut to what is on it."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("This needs Chromium; on Debian: apt install chromium.")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "answer.html"
        source.write_text(text, encoding="utf-8")
        options = [f"--window-size={WIDTH},{HEIGHT}", "--force-device-scale-factor=1.6", "--hide-scrollbars"]
        subprocess.run(  # noqa: S603
            [browser, "--headless", "--no-sandbox", *options, f"--screenshot={picture}", source.as_uri()],
            check=True,
            capture_output=True,
            timeout=120,
        )


def _embed(embed: discord.Embed) -> str:
    fields = "".join(
        f'<div class="field"><b>{_markdown(field.name or "")}</b>{_markdown(field.value or "")}</div>'
        for field in embed.fields
    )
    return f"""<div class="embed"><div class="title">{_markdown(embed.title or "")}</div>
{_markdown(embed.description or "")}{fields}<div class="footer">{html.escape(embed.footer.text or "")}</div></div>"""


def _buttons(record: AnswerRecord) -> list[ui.Button[ui.View]]:
    items = [getattr(item, "item", item) for item in answer_view(record).children]
    return [item for item in items if isinstance(item, ui.Button)]


def _button(button: ui.Button[ui.View]) -> str:
    return f'<span class="button">{button.emoji or ""} {html.escape(button.label or "")}</span>'


def _markdown(text: str) -> str:
    return "".join(map(_line, text.split("\n")))


def _line(line: str) -> str:
    tag, line = ("blockquote", line[2:]) if line.startswith("> ") else ("div", line)
    line = re.sub(r"&lt;(https?://\S+?)&gt;", r'<a href="\1">\1</a>', html.escape(line))
    line = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", line)
    line = re.sub(r"\\([^\w\s])", r"\1", line)
    return f"<{tag}>{line}</{tag}>"


if __name__ == "__main__":
    question = sys.argv[1] if len(sys.argv) > 1 else QUESTION
    photograph(page(asyncio.run(answered(question))), PICTURE)
