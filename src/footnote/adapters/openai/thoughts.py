"""What a model thinks aloud before it answers, in the marks of different models. Pure."""

from __future__ import annotations

import re

_CHANNELS = re.compile(r"<\|channel\|>final[^<]{0,40}(?:<\|constrain\|>[^<]{0,40})?<\|message\|>")
_MARKS = {
    **{f"<{name}>": re.compile(f"</{name}>") for name in ("think", "thinking", "thought")},
    "[THINK]": re.compile(r"\[/THINK\]"),
    "<|channel|>": _CHANNELS,
    "<|start|>": _CHANNELS,
}
"""What begins the thoughts, and what ends them: those of Magistral in capitals, those of gpt-oss in channels."""

_ANY_END = re.compile(r"</(?:think|thinking|thought)>|\[/THINK\]")
_NO_END = re.compile(r"(?!)")
_LONGEST_MARK = 120
_ENDS_OF_ANSWERS = ("<|return|>", "<|end|>")

_BLANK = re.compile(r"\s*")
_JSON = re.compile(r'[{`]|\[\s*(?:[{"\]]|\Z)')


def without_thoughts(text: str) -> str:
    """What models think aloud before they answer is left out, also while they still think."""
    answer = Thoughts().left_out_of(text) or ""
    end = next(filter(answer.rstrip().endswith, _ENDS_OF_ANSWERS), None)
    return answer.rstrip().removesuffix(end) if end else answer


class Thoughts:
    """The thoughts at the beginning of a text that grows. What was looked at is not looked at again."""

    def __init__(self) -> None:
        self._end: re.Pattern[str] | None = None
        self._begin = 0
        self._looked = 0
        self._are_open = False
        self._have_ended = False

    def left_out_of(self, text: str) -> str | None:
        """The text behind them; None as long as they go on, or may be about to begin."""
        while end := self._end or self._end_at_beginning(text):
            found = end.search(text, self._looked)
            if not found:
                self._looked = max(self._begin, len(text) - _LONGEST_MARK)
                return None if self._are_open else text[self._begin :]
            self._begin = found.end()
            self._end = None
            self._have_ended = True
        return None

    def _end_at_beginning(self, text: str) -> re.Pattern[str] | None:
        """Some servers send only the end of the marks. What begins as JSON is no thought, whatever stands inside."""
        blank = _BLANK.match(text, self._begin)
        self._begin = self._looked = blank.end() if blank else self._begin
        start = text[self._begin : self._begin + _LONGEST_MARK]
        opened = next((end for mark, end in _MARKS.items() if start.startswith(mark)), None)
        if not opened and any(mark.startswith(start) for mark in _MARKS):
            return None
        self._are_open = bool(opened)
        self._end = opened or (_NO_END if self._have_ended or _JSON.match(start) else _ANY_END)
        return self._end
