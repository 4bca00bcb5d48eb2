"""Lines that were broken only because they were full are joined again; all others stay."""

from __future__ import annotations

import pytest

from footnote_index.loaders.wrapping import runs, unwrapped, words_of

FULL = [
    "The bridge over the river was opened in the spring",
    "of 1932 by the mayor of the town, who had spoken",
    "for it in the council for more than eleven years.",
]


def test_full_lines_are_one_paragraph() -> None:
    assert unwrapped(FULL) == [" ".join(FULL)]


@pytest.mark.parametrize(
    "lines",
    [
        ["Marta Quill", "12 Harbour Street", "Norvik"],
        ["A headline", "The bridge opened in 1932."],
        ["The bridge opened in 1932.", "It has six arches."],
        ["- bread", "- tea"],
        ["1. bread", "2) tea"],
        ["A line of some length that goes on here", "# and a heading"],
        ["A line of some length that goes on here", "| a table |"],
        [
            "Q: When was the dam built across the river in the valley?",
            "A: The dam was built in 2019 by the council of the valley.",
            "Q: How much did the dam cost the people of this old valley?",
        ],
    ],
)
def test_other_lines_stay(lines: list[str]) -> None:
    assert unwrapped(lines) == lines


LISTS = [
    [
        "Dog licence for one year ................ 50 euros",
        "Cat licence for one year ................ 20 euros",
        "Horse licence for one year ............. 120 euros",
    ],
    [
        "bread of the day, small ................. 50 cents",
        "bread of the day, large ................ 120 cents",
        "cake of the day ........................ 220 cents",
    ],
    [
        "rye bread of the day, a whole loaf        50 cents",
        "wheat bread of the day, a whole loaf     120 cents",
        "half a cake                              220 cents",
    ],
    [
        "Monday: 9 a.m. to 5 p.m., closed over lunch",
        "Tuesday: 9 a.m. to 5 p.m., closed over lunch",
        "Wednesday: 9 a.m. to 1 p.m., then it is closed",
        "Thursday: 9 a.m. to 8 p.m., open over lunch",
    ],
    [
        "2024-05-01  Town council meeting, main hall, entry is free",
        "2024-05-08  Planning committee, small hall, members only",
        "2024-05-15  Spring fair on the square, from 9 in the morning",
        "2024-05-22  Concert of the fire brigade, entry 5 euros",
    ],
    [
        "Anna Smith, mayor, room 101, telephone 555-0101",
        "Robert Jones, clerk, room 102, telephone 555-0102",
        "Maria Garcia, treasurer, room 103, phone 555-0103",
        "Peter Miller, fire chief, room 9, phone 555-0104",
    ],
]


@pytest.mark.parametrize("lines", LISTS)
def test_lists_of_similar_lines_stay(lines: list[str]) -> None:
    assert unwrapped(lines) == lines
    assert runs(["Title", "", *lines]) == [["Title"], *([line] for line in lines)]


@pytest.mark.parametrize(
    "lines",
    [
        [
            "The bridge over the river was opened in the spring of",
            "1932 by the mayor of Norvik, Anna Smith, and her friend",
            "Robert Jones, who had spoken for it in the council for",
            "years, and who lived to see the day.",
        ],
        [
            "Die Brücke über den Fluss wurde im Frühjahr von der",
            "Bürgermeisterin der Stadt eröffnet, die sich in dem",
            "Stadtrat elf Jahre lang dafür eingesetzt hatte.",
        ],
        [
            "Die Brücke über den breiten Fluss wurde im Frühjahr am",
            "12. Mai 1932 von der Bürgermeisterin eröffnet, die sich",
            "dafür im Rat eingesetzt hatte.",
        ],
        [
            "Le prix de la Ville de Lyon est allé à une",
            "Lyonnaise, Anne Morel, pour ses photos de",
            "Venise et de Rome.",
        ],
        [
            "She called it the longest bridge of the whole country,",
            "“and the best of all,” said the paper of the same day.",
            "The town agreed.",
        ],
        [
            "الجسر فوق النهر افتتح في الربيع من قبل رئيس البلدية",
            "الذي تحدث عنه في المجلس لأكثر من أحد عشر عاما كاملة",
            "وكان سعيدا بذلك.",
        ],
    ],
)
def test_names_nouns_and_figures_may_begin_full_lines(lines: list[str]) -> None:
    assert unwrapped(lines) == [" ".join(lines)]
    assert runs(lines) == [lines]


def test_a_list_may_be_below_its_underlined_heading() -> None:
    head = ["The fees", "--------"]
    assert runs([*head, *LISTS[0]]) == [head, *([line] for line in LISTS[0])]


def test_an_entry_of_a_list_may_be_wrapped() -> None:
    names = [f"{name} Smith, member of the council, telephone 101" for name in ("Anna", "Bert", "Cleo", "Dora", "Emil")]
    assert runs([*names, "or to be met in the town hall, the second floor"]) == [
        *([name] for name in names[:-1]),
        [names[-1], "or to be met in the town hall, the second floor"],
    ]


@pytest.mark.parametrize("lines", [["- Anna Smith, member", "- Bert Smith, member"], ["Norvik", "Harbour", "Town"]])
def test_items_and_short_lines_are_one_run(lines: list[str]) -> None:
    assert runs(lines) == [lines]


def test_numbered_items_after_an_open_line_stay() -> None:
    lines = ["The keeper takes care of", "1. the gate, and", "2. the lock and the", "- bridge"]
    assert unwrapped(lines) == unwrapped(lines, breaks_are_soft=True) == lines


def test_an_indented_line_goes_on_with_its_item() -> None:
    assert unwrapped(["- The bridge opened", "  in 1932.", "- Tea"]) == ["- The bridge opened in 1932.", "- Tea"]


def test_two_spaces_at_the_end_break_a_line_on_purpose() -> None:
    assert unwrapped(["- The bridge  ", "  Opened in 1932"]) == ["- The bridge  ", "  Opened in 1932"]


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        (frozenset(), "It was longstanding."),
        (frozenset({"long-standing"}), "It was long-standing."),
        (frozenset({"long", "standing"}), "It was long-standing."),
        (frozenset({"long"}), "It was longstanding."),
    ],
)
def test_a_hyphen_at_the_end_stays_where_the_text_knows_the_word(words: frozenset[str], joined: str) -> None:
    assert unwrapped(["It was long-", "standing."], words) == [joined]


def test_the_words_of_a_text_leave_out_those_that_lines_cut() -> None:
    assert words_of("The long-standing bridge was re-\nopened") == {"the", "long-standing", "bridge", "was"}
    assert words_of("Nothing is cut here") == frozenset()


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["The bridge", "opened in 1932"], ["The bridge opened in 1932"]),
        (["The bridge over the river", "Norvik was red"], ["The bridge over the river Norvik was red"]),
        (["Norvik", "The bridge"], ["Norvik", "The bridge"]),
        (["It opened.", "then it closed"], ["It opened.", "then it closed"]),
        (["Open from nine: the bridge", "Closed at night"], ["Open from nine: the bridge", "Closed at night"]),
        (["The bridge\\", "opened"], ["The bridge\\", "opened"]),
        (["Bread and tea and", "> a quote"], ["Bread and tea and", "> a quote"]),
        (["Sie kam am", "12. Mai an."], ["Sie kam am 12. Mai an."]),
        (["The dam was opened on May", "12. It holds."], ["The dam was opened on May 12. It holds."]),
        (["These are the steps:", "2. Open it", "3. Close it"], ["These are the steps:", "2. Open it", "3. Close it"]),
    ],
)
def test_soft_breaks_are_kept_only_after_sentences_and_short_lines(lines: list[str], joined: list[str]) -> None:
    assert unwrapped(lines, breaks_are_soft=True) == joined


def test_blank_lines_part_runs() -> None:
    assert runs(["", "a", "b", " ", "", "c", ""]) == [["a", "b"], ["c"]]
    assert runs([]) == []


def test_values_behind_colons_do_not_continue() -> None:
    lines = ["Parking: no", "A lift? no", "Language: en", "Things to do", "Other"]
    assert unwrapped(lines, breaks_are_soft=True) == lines
