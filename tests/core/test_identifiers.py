"""Settings, options, commands and files that a question names."""

from __future__ import annotations

import pytest

from footnote.reading.identifiers import identifiers_in, is_entry_of, lacks_identifier


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What replaces RUSTUP_DIST_ROOT?", {"rustup-dist-root"}),
        ("what does --no-self-update do", {"no-self-update"}),
        ("What is the default of `cache.ttl`?", {"cache.ttl"}),
        ("Where is settings.toml?", {"settings.toml"}),
        ("Who may use /setup?", {"setup"}),
        ("what does getUserById return", {"get-user-by-id"}),
        ("Where is user_list.txt, or userList.json?", {"user-list.txt", "user-list.json"}),
        ("what does --server.port do", {"server.port"}),
        ("Is www.norvik.example safe?", {"norvik.example"}),
        ("Is it true and/or false?", set()),
        ("How many students /teachers are there, per day /week?", set()),
        ("I lost my password.please help", set()),
        ("Who is Dr.berg?", set()),
        ("Is it open.when does it close", set()),
        ("Was it built by McDonald in the U.S. or the E.U.?", set()),
        ("Is the iPhone on the YouTube page 3.5 cm long, e.g. in 2.0?", set()),
        ("Does a well-known e-mail address end in @norvik.example?", set()),
    ],
)
def test_identifiers_are_what_nobody_writes_in_prose(question: str, expected: set[str]) -> None:
    assert identifiers_in(question) == expected


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What is RUSTUP_HOME?", "- `RUSTUP_HOME` (default: none)."),
        ("What is RUSTUP_HOME?", "It is in ${RUSTUP_HOME}/settings.toml."),
        ("what does --force do", "| `--force` | Overwrites files |"),
        ("what does --force do", "Option: force; Meaning: Overwrites files"),
        ("what is max_connections", "The max connections are 5."),
        ("what is max_connections", "Set max-connections=5."),
        ("Where is settings.toml?", "See settings.toml."),
        ("Where is user_list.txt?", "It is in user_list.txt."),
        ("what does getUserById return", "`get_user_by_id` returns a user."),
        ("what is max_connections", "`maxConnections` is 5."),
        ("Who owns Booking.com?", "Booking belongs to Priceline."),
        ("Does it run on Node.js?", "It runs on Node.js 18."),
        ("Who may use /setup?", "Only owners may use `/setup`."),
        ("Who is it?", "Anna."),
    ],
)
def test_an_identifier_is_there_in_any_spelling(question: str, text: str) -> None:
    assert not lacks_identifier(identifiers_in(question), text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What is RUSTUP_HOME?", "RUSTUP_HOME_DIR is the folder."),
        ("What is RUSTUP_HOME?", "OLD_RUSTUP_HOME is the folder."),
        ("Where is user_list.txt?", "It is in user_list.json."),
        ("what does --self-update do", "`--no-self-update` leaves it as it is."),
        ("What is cache.ttl?", "cache.ttl.max is 5."),
        ("what is max_connections", "The maximum of connections is 5."),
    ],
)
def test_another_identifier_is_not_the_one_that_was_asked_for(question: str, text: str) -> None:
    assert lacks_identifier(identifiers_in(question), text)


@pytest.mark.parametrize(
    ("begins", "expected"),
    [
        ("- `RUSTUP_HOME` (default: none).", True),
        ("| `RUSTUP_HOME` | The folder |", True),
        ("RUSTUP_HOME", True),
        ("1. RUSTUP_HOME is the folder.", True),
        ("- The folder in `RUSTUP_HOME`.", False),
        ("- `RUSTUP_HOME_DIR`", False),
        ("", False),
    ],
)
def test_an_entry_begins_with_the_identifier(begins: str, expected: bool) -> None:
    assert is_entry_of(identifiers_in("What is RUSTUP_HOME?"), begins) is expected
    assert not is_entry_of(identifiers_in("What is it?"), begins)
