"""`footnote chat`: questions one after the other."""

from __future__ import annotations

import pytest
from article_files import write_articles
from terminal_stage import KNOWN, OUTCOME, UNKNOWN, Terminal


def test_chat_answers_one_question_after_the_other_until_the_input_ends(terminal: Terminal) -> None:
    ran = terminal.run("chat", stdin=f"{KNOWN}\n\n   \nHow long is the valley?\n")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.index("Ahmad Massoud leads the front.¹") < ran.out.index("The valley is 115 kilometres long.¹")


def test_a_chat_goes_on_from_what_was_asked_before(terminal: Terminal) -> None:
    first, follow_up = "How long is the Panjshir valley?", "Where is it?"
    ran = terminal.run("chat", stdin=f"{first}\n{follow_up}\n/new\n{follow_up}\n")
    assert ran.out.count("Understood as:") == 1
    assert f"{follow_up}\nUnderstood as: {follow_up} (Panjshir valley)\n" in ran.out
    assert ran.out.index("Understood as:") < ran.out.index("A new conversation.")


def test_a_single_question_is_shown_as_it_was_asked(terminal: Terminal) -> None:
    assert "Understood" not in terminal.run("ask", "Where is it?").out


@pytest.mark.parametrize("word", ["/quit", "/exit", "  /quit  "])
def test_a_word_ends_the_chat(terminal: Terminal, word: str) -> None:
    ran = terminal.run("chat", stdin=f"{word}\n{KNOWN}\n")
    assert ran.code == 0
    assert "Massoud" not in ran.out


def test_a_chat_goes_on_after_what_is_no_question(terminal: Terminal) -> None:
    ran = terminal.run("chat", stdin=f"?!\n{KNOWN}\n")
    assert ran.out.index("That is not a question") < ran.out.index("Ahmad Massoud leads the front.¹")


def test_chat_says_how_to_leave_before_it_asks(terminal: Terminal) -> None:
    ran = terminal.run("chat")
    assert ran.code == 0
    assert all(command in ran.out for command in ("/new", "/rebuild", "/quit"))


def test_a_rebuild_within_a_chat_takes_in_new_articles(terminal: Terminal) -> None:
    write_articles(terminal.articles, {"keys.txt": "Lost property\nThe lost keys are in the blue drawer."})
    question = "Where are the lost keys?"
    before, after = terminal.run("chat", stdin=f"{question}\n/rebuild\n{question}\n").out.split("1 added")
    assert "blue drawer" not in before
    assert "The lost keys are in the blue drawer.¹" in after


def test_a_chat_goes_on_after_an_error(terminal: Terminal) -> None:
    terminal.remove_articles()
    ran = terminal.run("chat", stdin=f"/rebuild\n{KNOWN}\n")
    assert ran.code == 0
    assert ran.out.index("There are no articles in articles.") < ran.out.index("Ahmad Massoud leads the front.¹")


def test_a_bot_without_a_token_says_so_and_answers_in_the_terminal(terminal: Terminal) -> None:
    ran = terminal.run("bot", stdin=f"{KNOWN}\n")
    assert ran.code == 0
    assert ran.err.startswith("No DISCORD_TOKEN is set")
    assert "Ahmad Massoud leads the front.¹" in ran.out


def test_small_talk_gets_a_line_and_is_neither_read_for_nor_recorded(terminal: Terminal) -> None:
    said = ["hello", "thanks!", "ok", "good morning", "bye", "who are you", "what can you do"]
    ran = terminal.run("chat", stdin="\n".join([*said, KNOWN, "Thanks, and how long is the valley?"]) + "\n")
    assert ran.out.count("I answer questions from a set of articles") == 4
    assert "You are welcome!" in ran.out
    assert "do not answer" not in ran.out
    assert "115 kilometres" in ran.out
    assert "Asked: 2 questions" in terminal.run("review", "stats").out


def test_a_follow_up_does_not_take_up_small_talk(terminal: Terminal) -> None:
    ran = terminal.run("chat", stdin="Who mines in the Panjshir valley?\nthanks\nHow long is it?\n")
    assert "Understood as: How long is it? (Panjshir valley)\n" in ran.out


def test_both_parts_of_a_question_are_answered_or_the_missing_one_is_named(terminal: Terminal) -> None:
    both = terminal.run("ask", "Who leads the front? And is the valley long in kilometres?").out
    assert "Ahmad Massoud leads the front." in both
    assert "115 kilometres" in both
    one = terminal.run("ask", "Who leads the front? And is there a swimming pool?").out
    assert "Ahmad Massoud leads the front." in one
    assert "The articles do not answer the second part of the question." in one


def test_a_single_greeting_is_answered_without_an_index(terminal: Terminal) -> None:
    terminal.remove_articles()
    ran = terminal.run("ask", "hello")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Hello! I answer questions from a set of articles")


def test_json_has_the_same_form_for_small_talk_which_is_not_recorded(terminal: Terminal) -> None:
    assert list(terminal.run("ask", "who are you", "--json").json) == OUTCOME
    terminal.run("ask", KNOWN, "--json")
    assert "Asked: 1 question," in terminal.run("review", "stats").out


def test_a_question_about_some_articles_is_recorded_as_such(terminal: Terminal) -> None:
    for limits in ([], ["--since", "2021-09-05"], ["--collection", "reports"]):
        terminal.run("ask", UNKNOWN, *limits)
    stats = terminal.run("review", "stats").out
    assert "Not answered:" in stats
    for limit in ("", " (since 2021-09-05)", " (only reports)"):
        assert f"  1 × {UNKNOWN}{limit}\n" in stats


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/foo", "There is no command /foo. /help shows those that there are."),
        ("/", "There is no command /. /help shows those that there are."),
        ("/rebuild now", "/rebuild stands alone. Type /rebuild, or ask your question without it."),
        ("/QUIT please", "/quit stands alone. Type /quit, or ask your question without it."),
        ("/NEW", "A new conversation."),
        ("/Rebuild", "Live: generation "),
        ("HELP", "Ask about the articles."),
    ],
)
def test_a_command_is_known_in_any_case_and_refused_in_words(terminal: Terminal, line: str, answer: str) -> None:
    out = terminal.run("chat", stdin=f"{line}\n").out.partition("\n? ")[2]
    assert answer in out
    assert ("Ask about the articles." in out) == (line == "HELP")


def test_words_after_new_are_the_first_question_of_the_new_conversation(terminal: Terminal) -> None:
    out = terminal.run("chat", stdin="How long is the Panjshir valley?\n/new Where is it?\n").out
    assert "Understood as:" not in out
    assert out.index("A new conversation.") < out.rindex("¹")


def test_any_case_of_quit_leaves(terminal: Terminal) -> None:
    assert "Massoud" not in terminal.run("chat", stdin=f"Quit\n{KNOWN}\n").out


# --- what was not read


def test_a_start_without_changes_says_in_one_line_that_files_are_skipped(terminal: Terminal) -> None:
    for name in ("one.txt", "two.txt"):
        (terminal.articles / name).write_bytes(b"\xff\xfe\xfa\x81\x8d")
    first, second = (terminal.run("ask", KNOWN, "--build").err for _ in range(2))
    assert "Skipped one.txt: " in first
    assert second == "2 files were skipped: `footnote index status --skipped` says why.\n"
    (terminal.articles / "two.txt").unlink()
    assert terminal.run("ask", KNOWN, "--build").err.startswith("1 file was skipped: ")
    (terminal.articles / "one.txt").unlink()
    assert terminal.run("ask", KNOWN, "--build").err == ""
