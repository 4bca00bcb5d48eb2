"""Recorded requests and replies of language models -> questions, the sentences they were asked with, and claims.

A line has `request` and `response` (bodies of Chat Completions); `wrong` may list the texts of its claims that a person
found wrong. Or it has a `claim`, its `question`, the sentences `cited`, and whether it is `right`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from footnote.adapters.openai.claims import claims_so_far, read_claims
from footnote.adapters.openai.completion import Completion, read_completion
from footnote.errors import AnswererError
from footnote.evaluation import squeeze
from footnote.models import Article, Candidate, Passage, Sentence
from footnote.ports import DraftClaim
from footnote_index.loaders.folder import read_article
from footnote_index.passages import split_passages

_SENTENCES_A_PASSAGE = 6


@dataclass(frozen=True, slots=True)
class Reply:
    """What was asked, with which sentences, and what came of it. `problem` says why there are no claims to look at;
    `wrong` and `right` are texts of claims that a person has judged. `seconds` and the prompt's size, where known.
    """

    question: str
    candidates: dict[str, Candidate]
    claims: tuple[DraftClaim, ...] = ()
    problem: str | None = None
    wrong: frozenset[str] = frozenset()
    right: frozenset[str] = frozenset()
    answerable: bool | None = None
    prompt: int = 0
    prompt_tokens: int | None = None
    seconds: float | None = None
    passages: tuple[Passage, ...] = field(default=(), repr=False)


def read_replies(file: Path, articles: Path) -> Iterator[Reply]:
    """Those to questions; other tasks of a model are left out."""
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "claim" in row:
            yield _of_claim(row, articles)
        elif row.get("request") and "<sentences>\n" in row["request"]["messages"][-1]["content"]:
            yield _of_request(row)


def _of_request(row: dict[str, Any]) -> Reply:
    messages = row["request"]["messages"]
    data = messages[-1]["content"]
    passages, candidates = _offered(_inside(data, "sentences"))
    claims, problem, tokens = _said(row)
    return Reply(
        question=str(json.loads(_inside(data, "question"))),
        candidates=candidates,
        claims=claims,
        problem=problem,
        wrong=frozenset(row.get("wrong", ())),
        answerable=row.get("answerable"),
        prompt=sum(len(message["content"]) for message in messages),
        prompt_tokens=tokens,
        seconds=row.get("seconds"),
        passages=passages,
    )


def _said(row: dict[str, Any]) -> tuple[tuple[DraftClaim, ...], str | None, int | None]:
    """Claims, what is wrong with the reply, and the tokens of its prompt."""
    if row.get("status", 200) != 200 or not row.get("response"):
        return (), f"status {row.get('status')}", None
    try:
        completion = read_completion(_in_one_piece(row["response"]).encode())
        usage = completion.tokens()
        return _claims(completion), None, usage.prompt if usage else None
    except AnswererError as error:
        return (), str(error), None


def _in_one_piece(response: str) -> str:
    """A completion, also of a stream of events."""
    if not response.startswith("data:"):
        return response
    lines = [line.removeprefix("data:").strip() for line in response.splitlines()]
    chunks = [json.loads(line) for line in lines if line.startswith("{")]
    choices = [choice for chunk in chunks for choice in chunk.get("choices", [])]
    content = "".join(choice.get("delta", {}).get("content") or "" for choice in choices)
    ended = next((choice["finish_reason"] for choice in reversed(choices) if choice.get("finish_reason")), "length")
    usage = next((chunk["usage"] for chunk in reversed(chunks) if chunk.get("usage")), None)
    return json.dumps({"choices": [{"message": {"content": content}, "finish_reason": ended}], "usage": usage})


def _claims(completion: Completion) -> tuple[DraftClaim, ...]:
    text = completion.text()
    if not completion.is_cut_off:
        return read_claims(text)
    claims = claims_so_far(text)
    if not claims:
        raise AnswererError("The language model's answer was cut off.")
    return claims


def _offered(lines: str) -> tuple[tuple[Passage, ...], dict[str, Candidate]]:
    """The sentences of a prompt, as articles of nothing else."""
    about: dict[str, str] = {}
    texts: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for line in lines.split("\n"):
        fields = json.loads(line) if line.startswith("{") else {}
        about = fields if "article" in fields else about
        key, sentence = (fields.get("key"), fields.get("sentence")) if fields else _keyed(line)
        if sentence:
            known = tuple(about.get(name, "") for name in ("article", "source", "date"))
            texts.setdefault(known, []).append((str(key), sentence))
    passages: list[Passage] = []
    candidates: dict[str, Candidate] = {}
    for (title, source, _), sentences in texts.items():
        article, spans = _article(title, source, [text for _, text in sentences])
        for start in range(0, len(spans), _SENTENCES_A_PASSAGE):
            passage = Passage(article, tuple(spans[start : start + _SENTENCES_A_PASSAGE]))
            passages.append(passage)
            keys = [key for key, _ in sentences[start : start + _SENTENCES_A_PASSAGE]]
            pairs = zip(keys, passage.sentences, strict=True)
            candidates |= {key: Candidate(passage, span, 0.0) for key, span in pairs if key != "-"}
    return tuple(passages), candidates


def _keyed(line: str) -> tuple[str, str]:
    key, _, sentence = line.partition(": ")
    return key, str(json.loads(sentence))


def _article(title: str, source: str, sentences: list[str]) -> tuple[Article, list[Sentence]]:
    spans, position = [], 0
    for sentence in sentences:
        spans.append(Sentence(position, position + len(sentence)))
        position += len(sentence) + 2
    return Article(f"{title}.md", title or "?", "\n\n".join(sentences), source or None), spans


def _of_claim(row: dict[str, Any], articles: Path) -> Reply:
    """With all sentences of the articles that it cites."""
    names = dict.fromkeys(one["article"] for one in row["cited"])
    passages = [one for name in names for one in split_passages(read_article(name, (articles / name).read_bytes()))]
    every = [Candidate(passage, sentence, 0.0) for passage in passages for sentence in passage.sentences]
    candidates = {f"S{number}": one for number, one in enumerate(every, 1)}
    cited = {(one["article"], squeeze(one["sentence"])) for one in row["cited"]}
    keys = tuple(key for key, one in candidates.items() if (one.article.id, squeeze(one.quote)) in cited)
    judged = frozenset([row["claim"]])
    return Reply(
        question=row["question"],
        candidates=candidates,
        claims=(DraftClaim(row["claim"], keys),),
        right=judged if row["right"] else frozenset(),
        wrong=frozenset() if row["right"] else judged,
        passages=tuple(passages),
    )


def _inside(data: str, tag: str) -> str:
    return data.partition(f"<{tag}>\n")[2].partition(f"\n</{tag}>")[0]
