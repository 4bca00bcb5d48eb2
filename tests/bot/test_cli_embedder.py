"""`footnote index build` and `ask` with vectors from a server."""

from __future__ import annotations

import re
import time

from article_files import write_articles
from forked_programs import Footnote, Program
from scripted_embeddings import embeds
from scripted_openai import fails, stalls
from terminal_stage import (
    KNOWN,
    LEADS,
    OUTCOME,
    REPORT,
    Terminal,
    embedding,
)


def test_an_index_of_a_server_s_vectors_is_built_once_and_asked(terminal: Terminal) -> None:
    with embedding(terminal) as server:
        report = terminal.run("index", "build", "--json").json
        assert (list(report), report["live"], report["unchanged"]) == (REPORT, True, 3)
        assert report["embedded_tokens"] > 50
        answer = terminal.ask(KNOWN)
        assert (list(answer), answer["claims"][0]["text"]) == (OUTCOME, LEADS)
        write_articles(terminal.articles, {"keys.txt": "Lost property\nThe lost keys are in the blue drawer."})
        terminal.run("index", "build")
        assert len(server.texts) == len(set(server.texts))
        assert [*server.texts[-2:]] == [KNOWN, "The lost keys are in the blue drawer."]
    assert "embedder openai:text-embedding-3-small" in terminal.run("index", "status").out


def test_a_question_that_cannot_be_embedded_is_one_clear_line(terminal: Terminal) -> None:
    with embedding(terminal):
        terminal.run("index", "build")
    assert terminal.run("ask", KNOWN).error == (
        "footnote: The embedding server cannot be reached. Check the network and OPENAI_BASE_URL."
    )


def test_a_key_that_is_refused_is_one_clear_line_and_the_index_stays(terminal: Terminal) -> None:
    before = terminal.run("index", "status", "--json").json
    with embedding(terminal, fails(401)):
        ran = terminal.run("index", "build")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines()[-1] == "footnote: The embedding server refused the key. Check OPENAI_API_KEY."
    assert terminal.run("index", "status", "--json").json == before


def test_without_key_and_address_there_is_no_server_to_embed(terminal: Terminal) -> None:
    terminal.set("FOOTNOTE_EMBEDDER", "openai")
    error = terminal.run("ask", KNOWN).error
    assert "OPENAI_API_KEY" in error
    assert "OPENAI_BASE_URL" in error


def test_an_index_of_another_embedder_is_refused_until_it_is_rebuilt(terminal: Terminal) -> None:
    with embedding(terminal) as server:
        error = terminal.run("ask", KNOWN).error
        assert "built with the embedder minilm, but the settings name openai:text-embedding-3-small" in error
        assert "`footnote index build`" in error
        assert server.requests == []
        chat = terminal.run("chat", stdin=f"{KNOWN}\n/rebuild\n{KNOWN}\n")
    assert chat.code == 0
    assert chat.out.index("embedder minilm") < chat.out.index("Live: generation") < chat.out.index(f"{LEADS}¹")


def test_build_changes_over_to_another_embedder(terminal: Terminal) -> None:
    with embedding(terminal):
        assert terminal.ask(KNOWN, "--build")["claims"][0]["text"] == LEADS


def test_what_a_build_costs_is_shown_before_it_is_spent(terminal: Terminal) -> None:
    terminal.set("OPENAI_EMBEDDING_PRICE", "1000")
    line = re.compile(r"To embed: 3 passages, about \d\d\d tokens \(about \$0\.\d\d\)\.")
    with embedding(terminal) as server:
        assert line.search(terminal.run("index", "build", "--dry-run").err)
        declined = terminal.run("index", "build", stdin="n\n", is_typed=True)
        assert line.search(declined.err)
        assert declined.err.endswith("footnote: Nothing was embedded; the index is unchanged.\n")
        assert (declined.code, server.requests) == (1, [])
        assert terminal.run("index", "build", stdin="y\n", is_typed=True).code == 0
        assert len(server.requests) == 1
        for arguments in (["--yes", "--full"], []):  # nothing is to be embedded by the second
            ran = terminal.run("index", "build", *arguments, is_typed=True)
            assert (ran.code, "[y/N]" in ran.err) == (0, False)


def test_a_local_embedder_asks_nothing(terminal: Terminal) -> None:
    write_articles(terminal.articles, {"keys.txt": "Lost property\nThe lost keys are in the blue drawer."})
    assert "To embed: 1 passages." in terminal.run("index", "build", "--dry-run").err
    assert terminal.run("index", "build", is_typed=True).code == 0


def test_a_killed_build_is_resumed_without_paying_twice(terminal: Terminal) -> None:
    terminal.remove_articles()
    write_articles(terminal.articles, {f"{number}.txt": f"Number {number}\nThis is {number}." for number in range(100)})
    with embedding(terminal, embeds(), stalls()) as server:
        with Program(Footnote(("index", "build", "--yes")), cwd=terminal.folder) as build:
            while build.poll() is None and len(server.requests) < 2:
                time.sleep(0.02)  # a request of another process is no event here
            build.kill()
        paid, unpaid = (asked.body["input"] for asked in server.requests)
    with embedding(terminal) as server:
        assert terminal.run("index", "build", "--yes", "--json").json["passages"] == 100
    assert (len(paid), server.texts) == (96, unpaid)
