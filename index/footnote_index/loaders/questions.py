"""How lists of questions and answers are written: "Q: Is there Wi-Fi?", below it "A: Yes." Only what a line says."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_QUESTION = 300
"""Characters. A longer one is a paragraph of an interview."""

_NUMBER = r"[ \u00a0]?(?:#|No\.?[ ]?)?\d{0,3}[ \u00a0]?"
_AFTER = r"(?P<mark>[:.)：])[*_]{0,3}(?:\s+|\Z)"
_QUESTION = re.compile(rf"[*_]{{0,3}}(?P<label>Q|Question|Frage|F|Pregunta|P|Domanda|D){_NUMBER}{_AFTER}")
_ANSWER = re.compile(
    rf"[*_]{{0,3}}(?:A|Ans|Answer|Antwort|Réponse|Respuesta|Risposta|R){_NUMBER}{_AFTER}(?P<said>.*)\Z", re.DOTALL
)
_THEN_ANSWER = re.compile(r"(?<=\?)[*_]{0,3}\s+(?=[*_]{0,3}(?:A|Answer|Antwort|R)\d{0,3}[:.)])")
_IN_STARS = re.compile(r"(\*\*|__)(?=\S)(?P<said>.{1,300}\?)\s?\1")
_SECOND_CHOICE = re.compile(r"\(?[Bb][.:)]\s")
_EMPHASIS = " \t*_"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that its line marks as one. `mark` follows its label, if it has one: "Q." `is_sure`: it is one, even
    if nothing below says that this is the answer. `answer`: what the same line says after it.
    """

    text: str
    mark: str = ""
    is_sure: bool = True
    answer: str = ""


def asked_in(line: str) -> Asked | None:
    """The question of a line that begins with its label: "Q: …", "Question 2: …"."""
    found = _QUESTION.match(line)
    if not found:
        return None
    rest, mark = line[found.end() :], found["mark"]
    then = _THEN_ANSWER.search(rest, 0, LONGEST_QUESTION)
    if then and (answer := answer_in(rest[then.end() :], mark)):
        return Asked(rest[: then.start()].strip(_EMPHASIS), mark, answer=answer)
    text = rest.strip(_EMPHASIS)
    is_question = text.endswith(("?", "？"))
    if not text or len(text) > LONGEST_QUESTION or not (is_question or found["label"] in {"Q", "Question", "Frage"}):
        return None
    return Asked(text, mark, is_sure=is_question)


def asked_in_bold(line: str, *, is_bold: bool = False) -> Asked | None:
    """The question that a line in bold is, or a line between stars."""
    found = _IN_STARS.fullmatch(line.strip())
    text = found["said"] if found else line.strip() if is_bold else ""
    return Asked(text) if text.endswith(("?", "？")) and len(text) <= LONGEST_QUESTION else None


def answer_in(line: str, mark: str, after: str = "") -> str | None:
    """What a line says behind its label "A:". None without one. "A." may be a name unless the question has "Q.", and
    the first of several choices if the line `after` it begins with "B.".
    """
    found = _ANSWER.match(line)
    if not found or (found["mark"] != mark and found["mark"] not in ":：") or _SECOND_CHOICE.match(after):
        return None
    return found["said"].strip()


def is_labelled(line: str) -> bool:
    """Whether a line begins with the label of a question or an answer, with a colon."""
    found = _QUESTION.match(line) or _ANSWER.match(line)
    return bool(found and found["mark"] in ":：")
