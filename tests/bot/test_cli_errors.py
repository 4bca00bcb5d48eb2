"""Wrong usage and errors: one clear line, and the right exit code."""

from __future__ import annotations

import json
import re

import pytest
from article_files import write_articles
from terminal_stage import (
    KNOWN,
    Terminal,
)

from footnote.errors import SettingsError
from footnote_bot.settings import read_settings
from footnote_bot.settings_fields import SECTIONS, variable
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


def test_a_file_in_place_of_the_articles_folder_is_said_to_be_one(terminal: Terminal) -> None:
    file, folder = terminal.articles / "bread.txt", terminal.articles
    told = f"footnote: {file} is a file. Set FOOTNOTE_ARTICLES to the folder that it is in: {folder}."
    assert terminal.run("index", "build", "articles/bread.txt").error == told
    terminal.set("FOOTNOTE_ARTICLES", str(file))
    assert terminal.run("index", "build").error == told


@pytest.mark.parametrize("option", ["--since", "--until"])
def test_what_is_no_day_is_said_to_be_none(terminal: Terminal, option: str) -> None:
    ran = terminal.run("ask", KNOWN, option, "yesterday")
    assert "“yesterday” is not a day. Write year, month and day, as in 2024-05-31." in " ".join(ran.err.split())
    assert "%" not in ran.err


@pytest.mark.parametrize(
    "command",
    ["", "ask", "chat", "bot", "web", "index", "index build", "index status", "review list", "eval", "doctor"],
)
def test_help_is_in_words_for_people(terminal: Terminal, command: str) -> None:
    shown = terminal.run(*command.split(), "--help").out
    assert "--help" in shown
    assert not re.search("<bool>|<datetime>|%Y", shown)


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
    assert "docs/settings.md" in error


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("LOG_LEVEL", "loud", "it should be DEBUG, INFO, WARNING or ERROR."),
        ("FOOTNOTE_ANSWERER", "me", "it should be auto, extractive or openai."),
        ("FOOTNOTE_DIRECT_MESSAGES", "maybe", "it should be true or false."),
        ("DISCORD_GUILD_IDS", "my server", "each of its values, separated by commas, should be a whole number."),
        ("FOOTNOTE_WEB_PORT", "99999", "it should be 65535 or less."),
        ("FOOTNOTE_WEB_PORT", "0", "it should be 1 or more."),
        ("FOOTNOTE_WATCH_MINUTES", "0", "it should be more than 0."),
        ("FOOTNOTE_UNDO_MINUTES", "soon", "it should be a number."),
        ("OPENAI_PRICE_INPUT", "inf", "it should be a number."),
        ("OPENAI_RETRIES", "1.5", "it should be a whole number."),
    ],
)
def test_what_a_setting_should_be_is_said_in_words(terminal: Terminal, name: str, value: str, told: str) -> None:
    terminal.set(name, value)
    line = (
        f"footnote: {name} is not valid: {told} Correct it in .env or in the environment; docs/settings.md explains it."
    )
    assert terminal.run("index", "status").error == line


@pytest.mark.parametrize("value", ["maybe so", "-99999999", "9" * 400, "0.5", "1e400", "/"])
def test_no_setting_is_refused_in_the_words_of_a_library(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    for section in SECTIONS:
        for field in section.model_fields:
            name = variable(section, field)
            with monkeypatch.context() as patch:
                patch.setenv(name, value)
                try:
                    read_settings()
                except SettingsError as error:
                    assert str(error).startswith(f"{name} is not valid: ")  # noqa: PT017 - only some are refused
                    assert not re.search("Input should|unable to|Value error|'", str(error))  # noqa: PT017


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
