"""What a model writes -> claims: tolerant about style, strict about form."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.adapters.openai.claims import MOST_CLAIMS_READ, claims_so_far, read_claims
from footnote.adapters.openai.completion import read_completion
from footnote.adapters.openai.one_claim import LONGEST_CLAIM
from footnote.adapters.openai.thoughts import without_thoughts
from footnote.answering.candidates import OFFERED
from footnote.errors import AnswererError
from footnote.ports import DraftClaim

ONE = DraftClaim("It is long.", ("S1",))
JSON = '{"in_articles": true, "claims": [{"text": "It is long.", "sources": ["S1"]}]}'


def claims(*texts: str, sources: tuple[str, ...] = ("S1",)) -> str:
    return json.dumps({"claims": [{"text": text, "sources": sources} for text in texts]})


@pytest.mark.parametrize(
    "text",
    [
        JSON,
        f"```json\n{JSON}\n```",
        f"```\n{JSON}```",
        f"Here is the answer:\n\n```JSON\n{JSON}\n```\nI hope it helps.",
        f"<think>\nIs it {{long}}? Yes.\n</think>\n\n{JSON}",
        '{"claims": [{"text": "It is long.", "sources": ["S1"], "why": "it says so"}], "model": "x"}',
        '{"claims": [{"text": " It  is\\nlong. ", "sources": ["S1", "S1"]}]}',
        '{"claims": [{"text": "It is long. [S1]", "sources": []}]}',
        '{"claims": [{"text": "It is long [S1].", "sources": ["[s1]"]}]}',
        '{"claims": [{"text": "- It is **long** [S1].", "sources": []}]}',
        '{"claims": [{"text": "![It](https://evil.example/a.png) is [long](http://b).", "sources": ["S1"]}]}',
        '{"claims": [{"text": "It is long.", "sources": ["S1", "S12345", "S", "1", "the end"]}]}',
        '{"claims": [{"text": "It is long.", "sources": [1]}]}',
        '{"claims": [{"text": "It is long.", "sources": 1}]}',
        '{"claims": [{"text": "It is long.", "sources": "S1"}]}',
        '{"claims": [{"text": "It is long.", "sources": "(S1)"}]}',
        '{"claims": ["It is long. [S1]"]}',
        '{"claims": [{"text": "It is long.", "sources": ["S1"]}, {"text": 3}, 7, null, {"claim": "It"}]',
        '{"claims": [{"text": "It is "quite" so.", "sources": ["S1"]}, {"text": "It is long.", "sources": ["S1"]}]}',
        f"Here is the answer: {JSON}",
        f"Is it {{long}}? Yes.</think>{JSON}",
        f'First {{"claims": []}}, but then: {JSON}',
        "It is long. [S1]",
        '{"claims": [{"text": "It is\\u0000 lo\\u200bng.\\u202e\\udb40\\udc41", "sources": ["key S1"]}]}',
        '{"claims": [{"text": "It is long.", "sources": ["S1"]}, {"text": "IT IS LONG.", "sources": ["S2"]}]}',
        '{"claims": [{"text": "It is long.", "sources": ["S1"]}, {"text": "…", "sources": ["S2"]}]}',
    ],
    ids=[
        *("plain", "fenced", "bare fence", "with words around the fence", "with thoughts", "with more keys"),
        *(
            "with blanks",
            "with markers",
            "with markers and brackets",
            "with marks",
            "with links",
            "with no keys",
        ),
        *("a number", "only a number", "a text", "a text in brackets", "claims as texts", "other things", "a mistake"),
        *("with a preface", "with the end of thoughts", "after a draft", "as lines"),
        *("with unseen letters", "twice", "with nothing"),
    ],
)
def test_json_is_read_in_every_dress(text: str) -> None:
    body = json.dumps({"choices": [{"message": {"content": text}}]}).encode()
    assert read_claims(read_completion(body).text()) == (ONE,)


@pytest.mark.parametrize(
    "text",
    [
        '[{"text": "It is long.", "sources": ["S1"]}]',
        'Here: [{"text": "It is long.", "sources": ["S1"]}, {"text": "So.", "sources": []}, 7]',
        '["It is long. [S1]"]',
        '{"text": "It is long.", "sources": ["S1"]}',
        '{"text": "It is long.", "sources": ["S1"]}\n{"text": "It is LONG.", "sources": ["S2"]}',
        '{"claims": {"text": "It is long.", "sources": ["S1"]}}',
        '{"answer": {"claims": [{"text": "It is long.", "sources": ["S1"]}]}}',
        '{"question": "How long?", "result": {"answer": [{"text": "It is long.", "sources": ["S1"]}]}}',
        '{"claims": [{"text": "It\nis\tlong.", "sources": ["S1"]}]}',
        '{"claims": [{"claim": "It is long.", "sources": ["S1"]}]}',
        '{"claims": [{"statement": "It is long.", "keys": ["S1"]}]}',
        '{"claims": [{"text": "It is long.", "citations": [{"key": "S1", "quote": "The valley"}]}]}',
        '{"claims": [{"text": "S1: It is long.", "sources": []}]}',
        '{"reasoning": "It says {so}.", "claims": [{"text": "It is long.", "sources": ["S1"]}, {"tex',
        '{"thoughts": ["a", {"b": 1}], "in_articles": true, "claims": [{"claim": "It is long.", "keys": "S1"}',
    ],
)
def test_json_is_read_in_every_wrapper(text: str) -> None:
    assert read_claims(text) == (ONE,)


@pytest.mark.parametrize(
    "text",
    [
        '[{"text": "It is long."}, {"text": "It is wide.", "sources": []}]',
        '{"text": "It is long.", "sources": ["the end"]}',
        '{"claims": [{"claim": "It is long."}, {"sentence": "It is long.", "key": "S1"}]}',
        '{"one": {"claims": [{"text": "It is long.", "sources": ["S1"]}]}, "other": {"claims": []}}',
        '{"why": {"claims": [{"text": "It is long.", "sources": ["S1"]}',
        '{"x": [{"text": "It is long.", "sources": ["S1"]}',
        '[1, ["S1"], {}]',
    ],
)
def test_what_is_in_another_form_and_names_no_source_is_no_answer(text: str) -> None:
    with pytest.raises(AnswererError):
        read_claims(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is long. [S1]", [("It is long.", "S1")]),
        ("It is long. [1]\nIt is wide. [2]\n", [("It is long.", "S1"), ("It is wide.", "S2")]),
        ("It is long. {S3}", [("It is long.", "S3")]),
        ("It is long (see S3).", [("It is long.", "S3")]),
        ("It is long. [Source: S3]\nIt is wide. (sources S4, S5)", [("It is long.", "S3"), ("It is wide.", "S4 S5")]),
        ("S3: It is long.\n- S4: It is wide.", [("It is long.", "S3"), ("It is wide.", "S4")]),
        ("**S3:** It is long.\n[S4]: It is wide.", [("It is long.", "S3"), ("It is wide.", "S4")]),
        ("It is long. S3\nIt is wide. S4, S5.", [("It is long.", "S3"), ("It is wide.", "S4 S5")]),
        ("It is long. [S3|S7]\nIt is wide. [S4/S5]", [("It is long.", "S3 S7"), ("It is wide.", "S4 S5")]),
        ("It is long. [S3", [("It is long.", "S3")]),
        ("It is long. **[S3]**\n**It is wide. [S4]**", [("It is long.", "S3"), ("It is wide.", "S4")]),
        ("It is long. *[S3]* `[S4]`", [("It is long.", "S3 S4")]),
        ("It is long. [S 3]", [("It is long.", "S3")]),
        ("It is long. [[S3]]\nIt is wide ([S4]).", [("It is long.", "S3"), ("It is wide.", "S4")]),
        ("It is long ([S3], [S4]).\nIt is wide. [S5], [S6]", [("It is long.", "S3 S4"), ("It is wide.", "S5 S6")]),
        ("It is long. Source: S3\nIt is wide. – S4", [("It is long.", "S3"), ("It is wide.", "S4")]),
        ('{"answer": "It is wide. [S3]"}\nIt is long. [S4]', [("It is long.", "S4")]),
        ('It prints {"a": 1}. [S3]', [('It prints {"a": 1}.', "S3")]),
        ("It has an S3 class [S1", [("It has an S3 class", "S1")]),
        ("The S3: it is long. [S1]", [("The S3: it is long.", "S1")]),
        ("Platform S3 is long. [S1]", [("Platform S3 is long.", "S1")]),
        ("- It is long [S1].\n\n2) It is high. 【S2】", [("It is long.", "S1"), ("It is high.", "S2")]),
        ("It is long. [S1] [S2]\r\nIt is high. [s3; S4]", [("It is long.", "S1 S2"), ("It is high.", "S3 S4")]),
        ("Here you are:\n\nIt is long. [S1]\n\nI hope it helps!", [("It is long.", "S1")]),
        ("**It** is `long`. [S1]", [("It is long.", "S1")]),
        ("It is long. (S3, S7)", [("It is long.", "S3 S7")]),
        ("It is long [S3-S6].", [("It is long.", "S3 S4 S5 S6")]),
        ("It is long. [S3 and S5]", [("It is long.", "S3 S5")]),
        ("It is [sic] long. [S12]", [("It is [sic] long.", "S12")]),
        ("In 1932 it was long. [S1]", [("In 1932 it was long.", "S1")]),
        ("It was long [S1] (1932).", [("It was long (1932).", "S1")]),
        ("NOT IN THE ARTICLES", []),
        (" *Not in the articles.* ", []),
        ("- Not in the articles.", []),
        ("I am sorry, that is not in the articles.", []),
        ("It is long. [S1]\nNOT IN THE ARTICLES", []),
        ("They say it is not in the articles. [S1]", [("They say it is not in the articles.", "S1")]),
    ],
)
def test_lines_are_claims_when_they_name_their_sources(text: str, expected: list[tuple[str, str]]) -> None:
    drafts = tuple(DraftClaim(words, tuple(keys.split())) for words, keys in expected)
    assert read_claims(text) == drafts


@pytest.mark.parametrize(
    "text",
    [
        *("It is long.", "[S1]", "It is long [1].", "(S1)", "S1: S2", "**[S1]**", "It has (#3) rank.", "It is S3"),
        *("He took the S3.", "In the (S3 class) it is.", "The town's 3 rivers."),
    ],
)
def test_lines_without_a_source_are_no_answer(text: str) -> None:
    with pytest.raises(AnswererError):
        read_claims(text)


def test_a_claim_without_a_source_is_left_to_the_checks() -> None:
    assert read_claims(claims("It is long.", sources=())) == (DraftClaim("It is long.", ()),)


def test_a_model_that_goes_on_and_on_is_cut_short() -> None:
    many = [f"It is {number} km long." for number in range(100)]
    assert [claim.text for claim in read_claims(claims(*many))] == many[:MOST_CLAIMS_READ]
    endless = "It is " + "very " * LONGEST_CLAIM + "long."
    assert read_claims(claims(endless, "It is long.")) == (ONE,)


PIECES = st.sampled_from(
    [
        *(
            "{",
            "}",
            "[",
            "]",
            '"',
            ":",
            ",",
            "\\",
            "```",
            "json",
            "claims",
            "text",
            "sources",
            "in_articles",
            "S1",
            "[S2]",
        ),
        *("true", "null", "\n", " ", "NOT IN THE ARTICLES", "It is long.", "<think>", "</think>", "\ud800", "\0", JSON),
    ]
)


@given(st.lists(PIECES).map("".join) | st.text())
def test_whatever_a_model_writes_is_claims_or_one_error(text: str) -> None:
    try:
        read = read_claims(text)
    except AnswererError:
        return
    for claim in read:
        assert claim.text == " ".join(claim.text.split())
        assert re.search(r"\w", claim.text)
        assert all(re.fullmatch(r"S[0-9]{1,4}", key) for key in claim.keys)
        claim.text.encode()


@given(st.binary() | st.lists(PIECES).map("".join).map(lambda text: text.encode(errors="replace")))
def test_whatever_a_server_sends_is_a_completion_or_one_error(body: bytes) -> None:
    try:
        assert read_completion(body).text()
    except AnswererError:
        return


@pytest.mark.parametrize("part", ["```", "[S1", "[S1 ", "{", "<think>", "S1 ", " ", "\n", "- ", "``` "])
def test_text_made_to_be_slow_is_read_at_once(part: str) -> None:
    for text in (part * 100_000, claims(part * 100_000)):
        body = json.dumps({"choices": [{"message": {"content": f"It is{text}!"}}]}).encode()
        began = process_time()
        with pytest.raises(AnswererError):
            read_claims(read_completion(body).text())
        assert process_time() - began < 1.0


def test_the_prompt_is_a_file_of_the_package() -> None:
    prompt = files("footnote.adapters.openai").joinpath("prompts", "answer.md").read_text(encoding="utf-8")
    assert re.findall(r"^# .*", prompt, re.MULTILINE) == ["# Rules", "# Form: JSON", "# Form: lines"]


def test_an_example_of_the_prompt_says_nothing_when_it_is_copied() -> None:
    prompt = files("footnote.adapters.openai").joinpath("prompts", "answer.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^\{.*\}$", prompt, re.MULTILINE)
    lines = prompt.split("# Form: lines")[1].strip().splitlines()
    for copied in (example, lines[2]):
        with pytest.raises(AnswererError):
            read_claims(copied)
    assert min(int(key) for key in re.findall(r"\bS(\d+)\b", prompt)) > OFFERED
    assert read_claims(example.replace("…", "It is long.")) == (DraftClaim("It is long.", ("S97", "S98")),)
    assert read_claims(lines[-1]) == ()


@pytest.mark.parametrize(
    ("sources", "keys"),
    [
        ([3, 7], "S3 S7"),
        (["S3", 7, "8"], "S3 S7 S8"),
        ("S3", "S3"),
        ("S3, 7", "S3 S7"),
        ("(S3, S7)", "S3 S7"),
        ("[S3-S7]", "S3 S4 S5 S6 S7"),
        (["S3–S5"], "S3 S4 S5"),
        (["S1-S9999"], "S1 S9999"),
        (["sentences S3 and S7"], "S3 S7"),
        (["S 3", "#4", ["S5"], {"key": "S6"}, {"id": 7}, 8.0], "S3 S4 S5 S6 S7 S8"),
        ("#3, #7", "S3 S7"),
        (["{S3}", "S4|S5"], "S3 S4 S5"),
        (["the town's 3 rivers", [[[[["S4"]]]]], {"quote": "S5"}], ""),
        (["in 1932", True, None, -1, 2.5, 10**30, float("nan"), float("inf")], ""),
        (None, ""),
    ],
)
def test_keys_are_read_in_every_dress(sources: object, keys: str) -> None:
    text = json.dumps({"claims": [{"text": "It is long.", "sources": sources}]})
    assert read_claims(text) == (DraftClaim("It is long.", tuple(keys.split())),)


def test_a_text_is_no_thought_because_an_article_says_so() -> None:
    hostile = claims("It is </think> long.")
    assert without_thoughts(hostile) == hostile


@pytest.mark.parametrize(
    "text",
    [
        '{"claims": [{"text": "It is long.", "sources": ["S1"]}, {"text": "It is wi',
        '```json\n{"claims": [{"text": "It is long.", "sources": ["S1"]},',
        '[{"text": "It is long.", "sources": ["S1"]}, {"te',
        '{"text": "It is long.", "sources": ["S1"]}\n{"te',
        '{"why": "It is so.", "claims": [{"text": "It is long.", "sources": ["S1"]}, {"te',
        '{"answer": {"claims": [{"claim": "It is long.", "sources": ["S1"]}, {"te',
        "It is long. [S1]\nIt is wi",
    ],
)
def test_of_a_text_that_is_cut_off_the_whole_claims_are_read(text: str) -> None:
    assert claims_so_far(text) == (ONE,)


@pytest.mark.parametrize(
    "text",
    [
        JSON,
        f"<think>\nIs it?\n</think>\n```json\n{JSON}\n```",
        claims("It is long.", "It is wide.", "It is wide.", 'It is "deep".'),
        "It is long. [S1]\nAnd so on.\nIt is wide. [S2]\n",
    ],
)
def test_of_a_growing_text_each_claim_is_reported_once_it_is_complete(text: str) -> None:
    seen = [claims_so_far(without_thoughts(text[:end])) for end in range(len(text) + 1)]
    final = read_claims(without_thoughts(text))
    assert seen[-1] == final
    assert all(before == now[: len(before)] for before, now in pairwise(seen))
    assert {len(claims) for claims in seen} == set(range(len(final) + 1))


@pytest.mark.parametrize("end", ["", "]}", ' {"text": 3, "sources": []}', " {]", ' "x"'])
def test_invalid_text_ends_the_claims(end: str) -> None:
    assert claims_so_far(JSON[:-2] + "," + end) == (ONE,)


@pytest.mark.parametrize(
    "text",
    [
        '{"in_articles": false, "claims": [{"text": "It is long.", "sources": ["S1"]}',
        '<think>{"claims": [{"text": "It is long.", "sources": ["S1"]}',
        '{"why": {"claims": [{"text": "It is long.", "sources": ["S1"]}',
        '{"x": [{"text": "It is long.", "sources": ["S1"]}',
        '{"why": {"claims": [{"text": "It is long.", "sources": ["S1"]}]}, "in_articles": false',
        '{"why": {"text": "It is long.", "sources": ["S1"]}',
    ],
)
def test_refusals_are_not_reported_as_claims(text: str) -> None:
    assert claims_so_far(without_thoughts(text)) == ()
