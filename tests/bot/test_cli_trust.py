"""`footnote index`: builds that an operator confirms, checks, and rolls back."""

from __future__ import annotations

from article_files import write_articles
from terminal_stage import (
    KNOWN,
    REPORT,
    UNKNOWN,
    Terminal,
    chatting,
)


def test_a_dry_run_names_what_would_change(terminal: Terminal) -> None:
    write_articles(terminal.articles, {f"n-{number:02}.txt": f"Number\nThis is {number}." for number in range(22)})
    (terminal.articles / "valley.md").write_text("It is short.")
    (terminal.articles / "bread.txt").unlink()
    (terminal.articles / "reports/front.md").write_bytes(b"\xff")
    ran = terminal.run("index", "build", "--dry-run")
    assert "To be added:\n  n-00.txt\n" in ran.err
    assert "  n-19.txt\n  and 2 more\nChanged:\n  valley.md\nTo be removed:\n  bread.txt\n" in ran.err
    assert "No longer readable, and so no longer in the index:\n  reports/front.md\n" in ran.err
    assert "2 of 3 articles would be removed, which a build only does with --yes or after asking." in ran.err


def test_a_build_that_shrinks_the_index_is_agreed_to_first(terminal: Terminal) -> None:
    (terminal.articles / "bread.txt").unlink()
    before = terminal.run("index", "status", "--json").json["generation"]
    line = "1 of 3 articles would be removed from the index: bread.txt."
    refusal = f"footnote: {line} The index is unchanged. To remove them, run `footnote index build --yes`."
    assert terminal.run("index", "build").error == refusal
    declined = terminal.run("index", "build", stdin="n\n", is_typed=True)
    assert (declined.code, f"{line} Continue? [y/N]" in declined.err) == (1, True)
    assert terminal.run("index", "status", "--json").json["generation"] == before
    agreed = terminal.run("index", "build", "--json", stdin="y\n", is_typed=True)
    assert (list(agreed.json), agreed.json["removed"]) == (REPORT, 1)


def test_a_bot_that_starts_automatically_continues_with_its_index(terminal: Terminal) -> None:
    (terminal.articles / "bread.txt").unlink()
    for is_typed in (False, True):
        ran = terminal.run("ask", "--build", "How long must I knead the dough?", is_typed=is_typed)
        assert "Knead the dough for ten minutes." in ran.out
        (line,) = (line for line in ran.err.splitlines() if line)
        assert line.startswith("1 of 3 articles would be removed from the index: bread.txt. The index is unchanged.")
    write_articles(
        terminal.articles, {"bread.txt": "Bread\nBuy it.", "canaries.yaml": f"- question: {KNOWN}\n  article: x"}
    )
    ran = terminal.run("ask", "--build", "How long must I knead the dough?")
    assert "Knead the dough for ten minutes." in ran.out
    assert "1 of 1 canary questions fail on the new index, so the old one stays live" in ran.err


def test_a_canary_that_fails_on_a_first_index_is_reported(terminal: Terminal) -> None:
    terminal.forget_index()
    write_articles(terminal.articles, {"canaries.yaml": f"- question: {UNKNOWN}\n  article: mars.md"})
    ran = terminal.run("index", "build")
    assert ran.code == 0
    assert f"A canary question fails: “{UNKNOWN}” is not answered; it should cite mars.md.\n" in ran.err


def test_an_index_is_verified_also_while_another_process_answers(terminal: Terminal) -> None:
    generation = terminal.run("index", "status", "--json").json["generation"]
    with chatting(terminal.folder):
        ran = terminal.run("index", "verify")
        assert (ran.code, ran.out) == (0, f"Generation {generation} is intact.\n")
    assert terminal.run("index", "verify", "--json").json == {"generation": generation, "findings": []}
    vectors = terminal.generations / generation / "sentences.i8"
    vectors.write_bytes(vectors.read_bytes() + b"?")
    ran = terminal.run("index", "verify")
    assert ran.code == 1
    assert ran.out.splitlines() == [
        "Damaged: sentences.i8 has been altered.",
        "Damaged: sentences.i8 has 3,457 bytes, and 9 vectors take 3,456.",
        "`footnote index build --full` builds it from scratch; `footnote index rollback` goes back.",
    ]
    ran = terminal.run("index", "verify", "--json")
    assert (ran.code, len(ran.json["findings"])) == (1, 2)
    assert terminal.run("index", "build", "--full").code == 0
    assert terminal.run("index", "verify").code == 0


def test_an_index_is_rolled_back_and_what_is_kept_is_listed(terminal: Terminal) -> None:
    first = terminal.run("index", "status", "--json").json["generation"]
    write_articles(terminal.articles, {"keys.txt": "Lost property\nThe lost keys are in the blue drawer."})
    second = terminal.run("index", "build", "--json").json["generation"]
    assert f"Kept: {first}, built " in terminal.run("index", "status").out
    status = terminal.run("index", "status", "--json").json
    assert [(kept["generation"], kept["articles"]) for kept in status["kept"]] == [(first, 3)]
    ran = terminal.run("index", "rollback")
    assert ran.out.startswith(f"Live again: generation {first}, built ")
    assert terminal.run("index", "show", "keys.txt").code == 1
    assert f"Available: {second} (" in terminal.run("index", "rollback").error
    assert terminal.run("index", "rollback", second).code == 0
    assert terminal.run("index", "show", "keys.txt").code == 0


def test_a_rollback_under_a_running_bot_is_for_the_bot(terminal: Terminal) -> None:
    with chatting(terminal.folder):
        assert terminal.run("index", "rollback").error == (
            "footnote: The data folder var is in use by another Footnote. "
            "Use /index rollback in Discord, or stop that one first."
        )
        assert terminal.run("index", "gc").error.startswith("footnote: The data folder var is in use")


def test_garbage_is_collected_and_reported(terminal: Terminal) -> None:
    left_behind = terminal.generations / "20200101-000000-dead"
    left_behind.mkdir()
    (left_behind / "catalogue.sqlite").write_bytes(b"half" * 1_000_000)
    ran = terminal.run("index", "gc")
    assert ran.out == "1 generations and 0 stored vectors deleted; 4.0 MB of disk space are free again.\n"
    assert not left_behind.exists()
    terminal.forget_index()
    assert terminal.run("index", "gc").error.startswith("footnote: The index is empty.")
