"""What an article says cannot steer the terminal that shows it."""

from __future__ import annotations

import re

import pytest
from article_files import write_articles
from terminal_stage import (
    UNKNOWN,
    Terminal,
)

TRAP = "Where does the trapdoor lie?"

STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def trap(terminal: Terminal) -> Terminal:
    """Articles and file names that would colour, rename, turn or clear a terminal."""
    write_articles(
        terminal.articles,
        {
            "tr\x1b[31map\x9b5m.md": '---\ntitle: "\\e]0;owned\\a The trap"\nsource: "\\x9b2J"\n---\n'
            "The trapdoor \x1b[31mlies\x1b[0m under \u202ethe carpet\x08\x08 of the \x9b1mhall.\r\x7f",
            "\x1b]0;owned\x07.txt": "",
        },
    )
    return terminal


def test_an_answer_cannot_steer_the_terminal(trap: Terminal) -> None:
    ran = trap.run("ask", TRAP, "--build")
    assert "“The trapdoor [31mlies" in ran.out
    assert "The trap ·" in ran.out
    assert not STEERING.search(ran.out + ran.err)


def test_a_chat_cannot_steer_the_terminal(trap: Terminal) -> None:
    ran = trap.run("chat", stdin=f"/rebuild\n{TRAP}\n{UNKNOWN}\n")
    assert "“The trapdoor [31mlies" in ran.out
    assert not STEERING.search(ran.out + ran.err)


def test_a_build_cannot_steer_the_terminal(trap: Terminal) -> None:
    ran = trap.run("index", "build")
    assert "Skipped ]0;owned.txt" in ran.err
    assert not STEERING.search(ran.err)


def test_json_carries_escape_sequences_only_escaped(trap: Terminal) -> None:
    ran = trap.run("ask", TRAP, "--build", "--json")
    assert "trapdoor \x1b[31mlies\x1b[0m under" in ran.json["text"]
    assert "\x1b" not in ran.out
