"""How well a real language model does: asked once, and replayed through grounding as often as you like.

    python benchmarks/real_model.py SET_DIR --out replies.jsonl [--limit N]          SmolLM2-135M on this machine's CPU
    python benchmarks/real_model.py SET_DIR --out replies.jsonl --small Gemma-3-270M    another small one, as a package
    python benchmarks/real_model.py SET_DIR --out replies.jsonl --gguf MODEL.gguf    another model on llama.cpp's server
    python benchmarks/real_model.py SET_DIR --out replies.jsonl --base-url URL --model NAME    any compatible server
    python benchmarks/real_model.py --replay replies.jsonl ...

The first use installs llama.cpp's server and the model into a folder of their own below the system's temporary one.
A key for --base-url is read from OPENAI_API_KEY. --show prints each claim that is shown in the model's own words, with
what it cites, to be judged by hand. --judged is a file of such judgements: a JSON object of `wrong` and `right` claims.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from statistics import mean, median
from typing import Any

from model_replies import Reply, read_replies
from model_server import SMALL_MODELS, llama_server, recorded
from pydantic import SecretStr
from rich.progress import track
from rich.table import Table
from running_set import console, settings_for

from footnote.adapters.openai.dialect import Form
from footnote.adapters.openai.prompt import answer_messages
from footnote.adapters.openai.sheet import Sheet
from footnote.adapters.reader import TrainedModel
from footnote.answering.checking import Checking
from footnote.answering.pipeline import Answering
from footnote.evaluation import squeeze
from footnote.models import Abstention, Answer, AnswererName, Candidate, CheckedClaim, Fate, Hit, Signals
from footnote.ports import Draft, DraftClaim, Retrieved
from footnote.reading.relevance import PassageReader
from footnote.text.prose import as_prose
from footnote_bot.app import opened
from footnote_bot.terminal.builds import build
from footnote_bot.terminal.evaluation_sets import read_questions

ARTICLES = Path(__file__).parents[1] / "articles"
_SECONDS = 900.0
"""For one question: what a model says is measured here, not how fast it is on a busy machine."""
_NOTHING = Signals(0.0, 0.0)


class Shelf:
    """Implements `Retriever` and `Answerer`: finds the sentences of a prompt, and says what the model said."""

    name = AnswererName.OPENAI

    def __init__(self, reply: Reply) -> None:
        self._reply = reply

    async def retrieve(self, question: str, **_: object) -> Retrieved:
        """For the question only: the rest of the index is not known."""
        passages = self._reply.passages if question == self._reply.question else ()
        hits = (Hit(one, 1.0, _NOTHING, (_NOTHING,) * len(one.sentences)) for one in passages)
        return Retrieved(tuple(hits), "replayed")

    async def draft(self, question: str, candidates: Mapping[str, Candidate], **_: object) -> Draft:  # noqa: ARG002
        key_of = {one.quote: key for key, one in candidates.items()}
        quotes = {key: one.quote for key, one in self._reply.candidates.items()}

        def named(claim: DraftClaim) -> DraftClaim:
            keys = (key_of.get(quotes.get(key, ""), key) for key in claim.keys)
            return DraftClaim(claim.text, tuple(key for key in keys if key in candidates))

        return Draft(tuple(map(named, self._reply.claims)), self.name)


@dataclass(slots=True)
class Tally:
    """What became of all replies."""

    questions: Counter[str] = field(default_factory=Counter)
    claims: Counter[str] = field(default_factory=Counter)
    labelled: Counter[str] = field(default_factory=Counter)
    wrong_shown: list[str] = field(default_factory=list)
    shown: list[tuple[str, CheckedClaim]] = field(default_factory=list)

    def add(self, reply: Reply, outcome: Answer | Abstention) -> None:
        if reply.problem:
            self.questions[reply.problem] += 1
            return
        written = {claim.text for claim in reply.claims}
        is_the_models = outcome.receipt.answerer == AnswererName.OPENAI
        checked = [
            one
            for one in outcome.receipt.checked
            if one.text in written and (is_the_models or one.fate is Fate.DROPPED)
        ]
        shown = {one.text for one in checked if one.fate is not Fate.DROPPED}
        kind = "said to be not in the articles" if not reply.claims else "all claims dropped"
        instead = ", source sentences instead" if isinstance(outcome, Answer) else ""
        self.questions["answered" if shown else kind + instead] += 1
        for one in checked:
            self.claims[one.fate if one.fate is not Fate.DROPPED else f"dropped: {one.failed or 'other'}"] += 1
        self.shown += [(reply.question, one) for one in checked if one.text in shown and not _is_a_quote(one)]
        for label, texts in (("right", reply.right), ("wrong", reply.wrong)):
            for text in texts & {one.text for one in checked}:
                self.labelled[f"{label}, {'shown' if text in shown else 'not shown'}"] += 1
                if label == "wrong" and text in shown:
                    self.wrong_shown.append(text)


def judgements(file: Path | None) -> Mapping[str, Sequence[str]]:
    return json.loads(file.read_text(encoding="utf-8")) if file else {"wrong": (), "right": ()}


def _is_a_quote(claim: CheckedClaim) -> bool:
    return any(squeeze(claim.text) == squeeze(as_prose(one.quote)) for one in claim.sources)


async def replay(files: Sequence[Path], articles: Path, judged: Path | None, *, shows: bool) -> None:
    told = judgements(judged)
    replies = [
        replace(reply, wrong=reply.wrong | {*told["wrong"]}, right=reply.right | {*told["right"]})
        for file in files
        for reply in read_replies(file, articles)
    ]
    tally = Tally()
    with tempfile.TemporaryDirectory() as data:
        model = TrainedModel(Path(data))
        for reply in track(replies, "replayed", console=console):
            shelf = Shelf(reply)
            answering = Answering(
                shelf, PassageReader(model), shelf, abstain_below=0.0, checking=Checking(entailer=model)
            )
            outcome = await answering.ask(reply.question)
            tally.add(reply, outcome)
    report(replies, tally)
    for question, claim in tally.shown if shows else ():
        console.print(
            f"\n{question}\n  {claim.text}", *(f"    {one.quote}" for one in claim.sources), sep="\n", markup=False
        )


def report(replies: Sequence[Reply], tally: Tally) -> None:
    table = Table("", "", title=f"{len(replies):,} replies, {sum(tally.claims.values()):,} claims")
    for counter in (tally.questions, tally.claims, tally.labelled):
        for what, number in counter.most_common():
            table.add_row(what, f"{number:,}")
        table.add_section()
    asked = [reply for reply in replies if reply.prompt]
    if asked:
        table.add_row("prompt, characters: as it was sent", f"{mean(reply.prompt for reply in asked):,.0f}")
        table.add_row("prompt, characters: as it would be now", f"{mean(map(size_now, asked)):,.0f}")
    if tokens := [reply.prompt_tokens for reply in asked if reply.prompt_tokens]:
        table.add_row("prompt, tokens as the server counted", f"{mean(tokens):,.0f}")
    if seconds := [reply.seconds for reply in asked if reply.seconds]:
        table.add_row("seconds, median / longest", f"{median(seconds):.1f} / {max(seconds):.1f}")
    console.print(table)
    for text in tally.wrong_shown:
        console.print("wrong, and shown:", text, markup=False)


def size_now(reply: Reply) -> int:
    sheet = Sheet(reply.candidates)
    messages = answer_messages(reply.question, sheet, date(2026, 1, 1), Form.SCHEMA, len(sheet))
    return sum(len(message["content"]) for message in messages)


async def ask(folder: Path, out: Path, options: argparse.Namespace) -> None:
    """The questions of a set, one by one, as Footnote asks a model; what it says is kept in `out`."""
    async with AsyncExitStack() as stack:
        file = stack.enter_context(out.open("w", encoding="utf-8"))
        server = options.base_url or await stack.enter_async_context(
            llama_server(
                SMALL_MODELS[options.small], gguf=options.gguf, context=options.context, threads=options.threads
            )
        )
        model = options.model or (options.gguf.stem if options.gguf else options.small)
        about: dict[str, Any] = {"model": model}
        address = await stack.enter_async_context(recorded(server, file, about))
        data = stack.enter_context(tempfile.TemporaryDirectory())
        key = os.environ.get("OPENAI_API_KEY")
        asking = {
            "answerer": "openai",
            "openai_api_key": SecretStr(key) if key else None,
            "openai_base_url": address,
            "openai_model": model,
            "openai_time_limit": _SECONDS,
        }
        footnote = await stack.enter_async_context(opened(settings_for(folder, data).model_copy(update=asking)))
        await build(console, footnote)
        notes: Counter[str] = Counter()
        for question in track(read_questions(folder, limit=options.limit), folder.name, console=console):
            about.update(question=question.text, answerable=question.is_answerable)
            outcome = await footnote.answering.ask(question.text)
            notes[outcome.note or ("no answer" if isinstance(outcome, Abstention) else "answered")] += 1
        console.print("\n".join(f"{number:4} {note}" for note, number in notes.most_common()), markup=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set_dir", type=Path, nargs="?")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--small", choices=[*SMALL_MODELS], default=next(iter(SMALL_MODELS)))
    parser.add_argument("--gguf", type=Path)
    parser.add_argument("--context", type=int, default=8192)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1, help="fewer on a busy machine")
    parser.add_argument("--base-url")
    parser.add_argument("--model", help="its name, for --base-url and --gguf")
    parser.add_argument("--replay", type=Path, nargs="+")
    parser.add_argument("--judged", type=Path)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--articles", type=Path, default=ARTICLES, help="what labelled claims cite")
    options = parser.parse_args()
    if options.replay:
        asyncio.run(replay(options.replay, options.articles, options.judged, shows=options.show))
    elif options.set_dir and options.out:
        asyncio.run(ask(options.set_dir, options.out, options))
        asyncio.run(replay([options.out], options.articles, options.judged, shows=options.show))
    else:
        parser.error("name a set and --out, or --replay with files")


if __name__ == "__main__":
    main()
