"""Wrong usage and errors: one clear line, and the right exit code."""

from __future__ import annotations

import json

import pytest
from article_files import write_articles
from terminal_stage import (
    KNOWN,
    Terminal,
)

from footnote_index.web.fetch_stage import store_file
from footnote_index.web.listed_page import ListedPage
from footnote_index.web.store import opened


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["ask"],
        ["ask", ""],
        ["ask", "  "],
        ["ask", "--nonsense", KNOWN],
        ["ask", "--batch", "questions.jsonl"],
        ["ask", "--out", "answers.jsonl"],
        ["ask", KNOWN, "--out", "answers.jsonl"],
        ["ask", KNOWN, "--batch", "questions.jsonl", "--out", "answers.jsonl"],
        ["ask", KNOWN, "--since", "yesterday"],
        ["ask", KNOWN, "--until", "2021-02-30"],
        ["chat", "loudly"],
        ["bot", "--token", "x"],
        ["index", "nonsense"],
        ["index", "show"],
        ["index", "build", "one", "two"],
        ["index", "status", "--full"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_reported_on_stderr_with_code_2(terminal: Terminal, arguments: list[str]) -> None:
    ran = terminal.run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "Usage" in ran.err
    assert "Traceback" not in ran.err


def test_sources_are_listed_with_how_they_stand(terminal: Terminal) -> None:
    assert "There are no web sources" in terminal.run("index", "sources").out
    write_articles(terminal.folder / "articles", {"sources.yaml": "feeds: [http://127.0.0.1:9/rss.xml]"})
    built = terminal.run("index", "build").err
    assert "Not fetched: http://127.0.0.1:9/rss.xml: it leads to a private address" in " ".join(built.split())
    lines = terminal.run("index", "sources").out.splitlines()
    assert lines[0] == "feed http://127.0.0.1:9/rss.xml"
    assert lines[1].startswith("    0 of 0 pages; last checked: ")
    assert lines[2].startswith("    it leads to a private address")
    assert "The next build tries the failed ones again" in lines[3]


def test_the_failing_page_of_a_feed_is_named(terminal: Terminal) -> None:
    write_articles(terminal.folder / "articles", {"sources.yaml": "feeds: [https://example.org/rss.xml]"})
    file = store_file(terminal.folder / "var")
    with opened(file) as store:
        store.name("https://example.org/rss.xml", [ListedPage(f"https://example.org/{number}") for number in range(14)])
        for number in range(2, 14):
            store.note(f"https://example.org/{number}", "its server answers 500")
    lines = terminal.run("index", "sources").out.splitlines()
    assert lines[1] == "    0 of 14 pages, 12 with problems; last checked: never"
    assert lines[2] == "    https://example.org/2: its server answers 500"
    assert lines[12] == "    and 2 more with problems"
    assert lines[13] == "`footnote index build` fetches new pages."


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["index", "show", "nowhere.md"], "The index has no article nowhere.md."),
        (["index", "build", "nowhere"], "There is no articles folder /"),
        (["index", "build", "articles/bread.txt"], "There is no articles folder /"),
        (["index", "build", "empty"], "There are no articles in "),
        (["ask", "?!"], "That is not a question: write at least one word."),
        (["ask", "--batch", "nowhere", "--out", "answers.jsonl"], "nowhere cannot be read"),
        (["ask", "--batch", "articles", "--out", "answers.jsonl"], "articles cannot be read"),
        (["ask", "--batch", "latin", "--out", "answers.jsonl"], "latin cannot be read: it is not UTF-8 text."),
        (["ask", "--batch", "good", "--out", "nowhere/answers.jsonl"], "nowhere/answers.jsonl cannot be written"),
        (["ask", "--batch", "good", "--out", "articles"], "articles cannot be written"),
    ],
)
def test_an_error_is_one_line_on_stderr_with_code_1(terminal: Terminal, arguments: list[str], message: str) -> None:
    (terminal.folder / "empty").mkdir()
    (terminal.folder / "latin").write_bytes(b"\xe9")
    (terminal.folder / "good").write_text(json.dumps({"id": 1, "question": KNOWN}), encoding="utf-8")
    assert terminal.run(*arguments).error.startswith(f"footnote: {message}")


@pytest.mark.parametrize("arguments", [["index", "status"], ["index", "status", "--json"], ["index", "show", "a.md"]])
def test_an_empty_index_says_how_to_fill_it(terminal: Terminal, arguments: list[str]) -> None:
    terminal.forget_index()
    assert "footnote index build" in terminal.run(*arguments).error


@pytest.mark.parametrize("arguments", [["ask", KNOWN], ["ask", KNOWN, "--json"], ["chat"], ["index", "build"]])
def test_without_articles_and_without_an_index_there_is_one_clear_line(
    terminal: Terminal, arguments: list[str]
) -> None:
    terminal.forget_index()
    terminal.remove_articles()
    assert terminal.run(*arguments).error.startswith("footnote: There are no articles in articles.")


def test_an_error_that_nobody_foresaw_is_one_line_too(terminal: Terminal) -> None:
    (terminal.folder / "var/index/live").write_text("no-such-generation", encoding="utf-8")
    assert terminal.run("index", "status").error.startswith("footnote: ")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FOOTNOTE_ANSWERER", "oracle"),
        ("FOOTNOTE_EMBEDDER", "word2vec"),
        ("OPENAI_API_KEY", "sk-… and more"),
        ("OPENAI_BASE_URL", "localhost:8000/v1"),
        ("OPENAI_BASE_URL", "http://user:secret@host/v1"),
        ("OPENAI_BASE_URL", "http://host/v1?key=secret"),
        ("DISCORD_API_URL", "discord.example/api"),
        ("DISCORD_GATEWAY_URL", "https://gateway.example"),
        ("CHROMA_URL", "localhost:8000"),
        ("CHROMA_URL", "http://host:8000/api/v2"),
        ("CHROMA_URL", "http://user:secret@host:8000"),
        ("DISCORD_GUILD_IDS", "1, two"),
        ("OPENAI_EMBEDDING_PRICE", "-1"),
        ("OPENAI_EMBEDDING_PRICE", "cheap"),
        ("OPENAI_EMBEDDING_TOKENS_PER_MINUTE", "-7"),
        ("LOG_LEVEL", "chatty"),
    ],
)
@pytest.mark.parametrize("arguments", [["ask", KNOWN], ["index", "status"]], ids=" ".join)
def test_an_invalid_setting_is_named(terminal: Terminal, arguments: list[str], name: str, value: str) -> None:
    terminal.set(name, value)
    error = terminal.run(*arguments).error
    assert error.startswith(f"footnote: {name} is not valid")
    assert value not in error


def test_a_real_environment_variable_beats_the_env_file(terminal: Terminal) -> None:
    (terminal.folder / ".env").write_text("FOOTNOTE_ARTICLES=from-file\n", encoding="utf-8")
    assert "from-file" in terminal.run("index", "build").error
    terminal.set("FOOTNOTE_ARTICLES", "from-environment")
    assert "from-environment" in terminal.run("index", "build").error


@pytest.mark.parametrize("arguments", [["ask", KNOWN], ["index", "build"]])
def test_a_chroma_server_that_is_away_is_one_clear_line(terminal: Terminal, arguments: list[str]) -> None:
    terminal.set("CHROMA_URL", "http://127.0.0.1:9/")
    terminal.set("DATABASE_URL", "sqlite:///shared.sqlite")
    terminal.set("NO_PROXY", "127.0.0.1")
    assert terminal.run(*arguments).error == (
        "footnote: The Chroma server at http://127.0.0.1:9 cannot be reached. Start it, or correct CHROMA_URL."
    )


@pytest.mark.parametrize("verb", ["status", "verify", "gc"])
def test_a_shared_index_that_nobody_has_built_is_empty(terminal: Terminal, verb: str) -> None:
    terminal.set("CHROMA_URL", "http://127.0.0.1:9/")
    terminal.set("DATABASE_URL", "sqlite:///shared.sqlite")
    assert terminal.run("index", verb).error.startswith("footnote: The index is empty.")


@pytest.mark.parametrize(
    "arguments", [["ask", KNOWN], *(["index", verb] for verb in ("build", "status", "verify", "gc"))]
)
def test_a_shared_index_asks_for_a_shared_database(terminal: Terminal, arguments: list[str]) -> None:
    terminal.set("CHROMA_URL", "http://127.0.0.1:9/")
    assert terminal.run(*arguments).error.endswith("Set DATABASE_URL to the same database for all of them.")


def test_a_database_that_cannot_be_used_keeps_the_bot_from_starting(terminal: Terminal) -> None:
    terminal.set("DISCORD_TOKEN", "x")
    terminal.set("DATABASE_URL", "mysql://user:secret@host/footnote")
    error = terminal.run("bot").error
    assert "DATABASE_URL" in error
    assert "secret" not in error
