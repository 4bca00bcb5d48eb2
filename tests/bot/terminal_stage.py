"""The `footnote` command as a person or a script runs it: in a folder of articles, with the real index and MiniLM.

Most commands run inside this process; a separate process is started where that matters.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest
from article_files import write_articles
from forked_programs import Footnote, Program, run
from scripted_embeddings import ScriptedEmbeddings
from scripted_openai import Reply, ScriptedOpenAI, in_thread

from footnote_bot.cli import main

FOOTNOTE = Path(sys.executable).with_name("footnote")

ARTICLES = {
    "valley.md": "---\ntitle: The valley\nsource: Review\npublished: 2021-09-01\n---\n"
    "The valley is 115 kilometres long. Most inhabitants are Tajiks. Emeralds are mined there.",
    "reports/front.md": "---\ntitle: The front\nsource: Monitor\npublished: 2021-09-08\n"
    "url: https://news.example/front\n---\n"
    "“Nous tenons” 😀, say its fighters. Ahmad Massoud leads the front. It holds the high ground.",
    "bread.txt": "Baking bread\nKnead the dough for ten minutes. Let it rest overnight. Bake it hot.",
}

KNOWN, UNKNOWN = "Who leads the front?", "What did the emperor of Mars eat on his birthday?"

# The contract (DESIGN.md): scripts outside the project read these.
OUTCOME = [
    *("question", "outcome", "text", "claims", "confidence", "certainty", "nearest", "hits", "sentences"),
    *("answerer", "generation", "milliseconds"),
]

CLAIM = ["text", "support", "citations"]

CITATION = ["number", "article", "version", "title", "url", "published", "start", "end", "quote"]

SPAN = ["article", "start", "end", "text", "score"]

REPORT = [
    *("generation", "added", "changed", "removed", "unchanged", "articles", "passages", "sentences"),
    *("seconds", "embedded_tokens", "live"),
]


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its standard output, which is one line of JSON and nothing else."""
        (line,) = self.out.splitlines()
        return json.loads(line)

    @property
    def error(self) -> str:
        """Its standard error, if it failed as every command should: in one line and with no other output."""
        assert (self.code, self.out) == (1, "")
        (line,) = (line for line in self.err.splitlines() if line)
        return line


def is_setting(name: str) -> bool:
    return name.startswith(("DISCORD_", "FOOTNOTE_", "OPENAI_")) or name in {
        "CHROMA_URL",
        "CHROMA_TOKEN",
        "DATABASE_URL",
        "LOG_LEVEL",
    }


class Typed(io.StringIO):
    """What a person types, rather than a pipe's content."""

    def isatty(self) -> bool:
        return True


class Terminal:
    """A shell in a folder with `articles` and `var`."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.articles = folder / "articles"
        self.generations = folder / "var/index/generations"
        self.set = monkeypatch.setenv
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        monkeypatch.chdir(folder)
        monkeypatch.setenv("COLUMNS", "250")
        for name in filter(is_setting, list(os.environ)):
            monkeypatch.delenv(name)

    def run(self, *arguments: str, stdin: str = "", is_typed: bool = False) -> Ran:
        self._monkeypatch.setattr(sys, "argv", ["footnote", *arguments])
        self._monkeypatch.setattr(sys, "stdin", Typed(stdin) if is_typed else io.StringIO(stdin))
        self._capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as left:
            code = int(left.code or 0)
        return Ran(code, *self._capsys.readouterr())

    def ask(self, question: str, *arguments: str) -> Any:
        """The answer as JSON."""
        return self.run("ask", question, "--json", *arguments).json

    def batch(self, *lines: str) -> Ran:
        """Asks from the file `questions.jsonl`, and has the answers written to `answers.jsonl`."""
        (self.folder / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
        return self.run("ask", "--batch", "questions.jsonl", "--out", "answers.jsonl")

    @property
    def answers(self) -> list[Any]:
        text = (self.folder / "answers.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.removesuffix("\n").split("\n")]

    def forget_index(self) -> None:
        shutil.rmtree(self.folder / "var/index")

    def remove_articles(self) -> None:
        shutil.rmtree(self.articles)
        self.articles.mkdir()


LEADS = "Ahmad Massoud leads the front."


@contextmanager
def model(terminal: Terminal, *script: Reply) -> Iterator[ScriptedOpenAI]:
    """A language model's server that the terminal's settings point at."""
    with in_thread(ScriptedOpenAI(*script)) as server:
        terminal.set("OPENAI_BASE_URL", server.base_url)
        terminal.set("NO_PROXY", "127.0.0.1")
        yield server


@contextmanager
def embedding(terminal: Terminal, *script: Reply) -> Iterator[ScriptedEmbeddings]:
    """An embeddings server that the terminal's settings point at."""
    server = ScriptedEmbeddings(*script)
    with in_thread(server):
        for name, value in (
            *(("FOOTNOTE_EMBEDDER", "openai"), ("FOOTNOTE_ANSWERER", "extractive")),
            *(("OPENAI_BASE_URL", server.base_url), ("NO_PROXY", "127.0.0.1")),
        ):
            terminal.set(name, value)
        yield server


@contextmanager
def chatting(folder: Path) -> Iterator[None]:
    """Another process locks the data folder until the block ends."""
    with Program(Footnote(("chat",)), cwd=folder, files=(PIPE, PIPE, None)) as process:
        typed, printed, _ = process.pipes
        assert typed is not None
        assert printed is not None
        assert printed.readline().startswith(b"Ask about the articles.")
        yield
        typed.close()
        printed.read()
    assert process.poll() == 0


def built_shelf(folder: Path, models: Path) -> Path:
    """The folder, with the articles and their index in it."""
    write_articles(folder / "articles", ARTICLES)
    (folder / "var").mkdir()
    (folder / "var/models").symlink_to(models)
    environment = {name: value for name, value in os.environ.items() if not is_setting(name)}
    run(Footnote(("index", "build")), cwd=folder, env=environment).check_returncode()
    return folder
