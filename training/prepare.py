"""Questions, passages and claims -> examples as token ids, in the order in which they are trained on.

    python training/prepare.py --train train.open.jsonl --squad squad_v2_dev --wordnet /usr/share/wordnet \
        --tokenizer MODEL/tokenizer.json --out var/training/examples.npz

For the reader of other languages, `--tokenizer` is that of multilingual-e5-small, and `--dictionaries` and `--others`
add words and questions in other languages. It reads no part of SQuAD's dev split, as XQuAD is made of that.

An example is `[CLS] question [SEP] header [SEP] sentences [SEP]`; the header is the title, sometimes with a date.
What a run can read in its time decides how much of a long list is used: the order is random, with a fixed seed.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import asked_otherwise
import bm25s
import judged_claims
import made_claims
import made_passages
import natural_unanswerables
import numpy as np
import other_languages
import perturb
import search_questions
import Stemmer
import written
import yes_no_questions
from tokenizers import Tokenizer

if TYPE_CHECKING:
    from dictionaries import Dictionaries
    from wordnet import WordNet

SEED = 20261128
MAX_TOKENS, MAX_QUESTION, MAX_HEADER = 224, 56, 24
UNKNOWN = -1
"""A label that is not trained on."""

HELD_OUT = ("covidqa",)
"""Whole sources that are only measured on."""

TAKEN = {
    "squad11_train": 0.28,
    "squadshifts_newwiki": 1.0,
    "fairytaleqa": 0.75,
    "qamr_wikinews_wikipedia": 1.5,
    "timeqa_human": 1.0,
    "selqa": 1.5,
    "boolq_eraser": 0.8,
    yes_no_questions.SOURCE: 1.0,
    "2wiki_samples": 1.0,
    "hotpotqa_samples": 1.0,
    "evidence_inference_v2": 0.4,
    "fever_eraser": 0.8,
    "fm2": 1.0,
    "squad_v2_dev": 1.0,
}
"""How often a row of each source is used, on average."""

ABOUT_NAMES = 0.5
"""Of the passages with a sentence that begins with a name, how many are asked who that is."""
MISSPELLED = 0.05
OTHER_WORDS = 0.5
"""Of all questions, answered or not, how many have words exchanged for others that mean the same."""
MADE_PASSAGES = 12_000
AS_WRITTEN = 0.6
"""Of the written questions and those of searches, how many stay as they are."""
CUT_SHORT = 0.5
WHOLE_UP_TO = 3
"""How many of the written questions come once more beside a few sentences of a passage that has more than these."""
PASSAGES_WITHOUT_ANSWER = 2
"""For each question of a search, and each that was written beside two versions, those that BM25 finds and that do not
answer it.
"""
BESIDE_ANY_PASSAGE, ANY_PASSAGE, PIECES = 30_000, "any_passage", (1, 2, 2, 3, 4, 6, 9)
"""How many questions come beside a piece of any passage, under which source, and of how many sentences it is."""
AS_YES_OR_NO = 0.5
"""Of the claims, how many are asked as well."""
SWITCHED_QUESTIONS, SWITCHED_PASSAGES, SWITCHED_CLAIMS = 0.28, 0.08, 0.15
"""How many have words of another language, if dictionaries are given."""

SQUAD_DOCUMENTS_MEASURED = 10
"""Of the 35 documents of SQuAD 2.0's dev split, kept out of training."""

Row = Mapping[str, Any]

_FIGURE = re.compile(r"\d")
_NAME_WITHIN = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")
_ASKS_FOR_A_FIGURE = re.compile(
    r"\b(?:how (?:many|much|long|old|far|often|big|high|late|soon)|when|what (?:time|year|date|day)|prices?|costs?)\b",
    re.IGNORECASE,
)
_ASKS_FOR_A_NAME = re.compile(r"\b(?:who|whose|whom|where|which|name|called)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Example:
    """`gold`: for each sentence 1, 0 or UNKNOWN; `answered`: the same of the passage; `verdict`: see made_claims.py."""

    question: str
    header: str
    sentences: Sequence[str]
    gold: Sequence[int]
    answered: int
    verdict: int
    source: str


@dataclass(frozen=True, slots=True)
class Making:
    """What every change draws from."""

    words: WordNet
    rng: random.Random


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--squad", type=Path, help="the folder of SQuAD 2.0's dev split, for its natural unanswerables")
    parser.add_argument(
        "--unanswerable", type=Path, help="the folder of UnAnsQ's pairs, from SQuAD 2.0's training split"
    )
    parser.add_argument("--yes-no", type=Path, help="BoolQ's training split, as lines of JSON")
    parser.add_argument("--searched", type=Path, help="questions of searches, as QED has them")
    parser.add_argument("--measured-on", type=Path, help="a folder of articles, whose paragraphs are left out of these")
    parser.add_argument("--claims", type=Path, nargs="*", default=[], help="claims that people judged")
    parser.add_argument("--wordnet", type=Path, required=True, help="the folder of WordNet's files")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--dictionaries", type=Path, help="a folder of FreeDict's, for words of other languages")
    parser.add_argument(
        "--others", nargs="*", default=[], metavar="SOURCE=FILE", help="questions in other languages, in SQuAD's form"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    from wordnet import WordNet  # which needs lemminflect; what else reads this file does without

    rng = random.Random(given.seed)
    tokenizer = Tokenizer.from_file(str(given.tokenizer))
    words = WordNet(given.wordnet, {piece.removeprefix("▁") for piece in tokenizer.get_vocab()})
    rows = [row for row in read(given.train) if row["source"] not in HELD_OUT]
    if given.yes_no:
        rows += yes_no_questions.rows(given.yes_no)
    if given.limit:
        rows = rng.sample(rows, given.limit)
    squad = squad_rows(given.squad)[0] if given.squad else []
    chosen = [row for row in [*rows, *squad] for _ in range(times(TAKEN[row["source"]], rng))]
    told("rows", len(chosen))
    making = Making(words, rng)
    read_in = [*reading_examples(chosen, rows, making), *yes_or_no(chosen, making), *from_handbooks(making)]
    pairs = natural_unanswerables.rows(given.unanswerable, rows) if given.unanswerable else ()
    read_in += [example(row["question"], row, making) for row in pairs]
    read_in += from_written(rows, making)
    if given.searched:
        read_in += from_searches([*search_questions.rows(given.searched, given.measured_on)], rows, making)
    examples = [*read_in, *claim_examples(rows, rng, given.claims)]
    if given.dictionaries:
        from dictionaries import Dictionaries

        examples = [*switched(examples, Dictionaries(given.dictionaries), rng)]
    examples += in_other_languages(given.others, rng)
    rng.shuffle(examples)
    told("examples", len(examples))
    given.out.parent.mkdir(parents=True, exist_ok=True)
    save(given.out, examples, tokenizer, character_map(given.tokenizer))


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def times(share: float, rng: random.Random) -> int:
    return int(share) + (rng.random() < share % 1)


def told(what: str, count: int, began: float = time.monotonic()) -> None:
    print(f"{time.monotonic() - began:6.0f} s  {count:8,} {what}", flush=True)


def reading_examples(chosen: Sequence[Row], pool: Sequence[Row], making: Making) -> Iterator[Example]:
    """Each row as it is, and for some a passage of another place, or the question about something else."""
    rng = making.rng
    names = defaultdict(set)
    for row in pool:
        names[row["doc"]].update(perturb.names(" ".join(row["sentences"])))
    lists = {doc: sorted(found) for doc, found in names.items()}
    questions = [row for row in chosen if not row.get("claim")]
    told("questions", len(questions))
    for row in questions:
        yield example(row["question"], row, making)
        if row["gold"] and not row.get("multihop") and rng.random() < 0.42:
            passage, gold = " ".join(row["sentences"]), " ".join(row["sentences"][i] for i in row["gold"])
            names_there = lists.get(row["doc"], [])
            if changed := perturb.unanswerable(row["question"], passage, gold, names_there, rng, making.words):
                yield example(changed, {**row, "gold": [], "source": "made"}, making)
            yield from left_open(row, gold, making)
    yield from two_questions(questions, making)
    yield from about_names(questions, lists, making)
    wanting = [row for row in questions if row["gold"] and not row.get("multihop") and rng.random() < 0.34]
    for row, found in zip(wanting, mined(wanting, pool, rng), strict=True):
        if found:
            yield example(row["question"], {**found, "gold": [], "source": "mined"}, making)


def left_open(row: Row, gold: str, making: Making) -> Iterator[Example]:
    """The question turned to something that its passage does not tell."""
    rng = making.rng
    changed = asked_otherwise.about_another_side(row["question"], gold, rng)
    if not changed and rng.random() < 0.3:
        changed = asked_otherwise.about_another_thing(row["question"], row["sentences"], row["gold"], rng)
    if changed:
        yield example(changed, {**row, "gold": [], "source": "made"}, making)


def two_questions(questions: Sequence[Row], making: Making) -> Iterator[Example]:
    """Two questions about one passage as one, which both answers answer."""
    rng = making.rng
    by_passage = defaultdict(list)
    for row in questions:
        if row["gold"] and len(row["question"]) < 80:
            by_passage[" ".join(row["sentences"])].append(row)
    for rows in by_passage.values():
        first, second = rng.sample(rows, 2) if len(rows) > 1 else (rows[0], rows[0])
        if first["question"] != second["question"]:
            asked = asked_otherwise.both(first["question"], second["question"], rng)
            unsure = first.get("gold_ambiguous") or second.get("gold_ambiguous")
            yield example(asked, {**first, "gold": [*first["gold"], *second["gold"]], "gold_ambiguous": unsure}, making)


def about_names(questions: Sequence[Row], names: Mapping[str, Sequence[str]], making: Making) -> Iterator[Example]:
    """Who somebody is, and the same of somebody that the passage does not name."""
    rng = making.rng
    for row in {" ".join(row["sentences"]): row for row in questions}.values():
        found = asked_otherwise.about_a_name(row["sentences"])
        if not found or rng.random() > ABOUT_NAMES:
            continue
        question, name, number = found
        yield example(question, {**row, "gold": [number], "gold_ambiguous": False, "gold_coarse": False}, making)
        here = " ".join(row["sentences"])
        others = [other for other in names.get(row["doc"], []) if " " in other and other not in here]
        if others:
            changed = question.replace(name, rng.choice(others))
            yield example(changed, {**row, "gold": [], "source": "made"}, making)


def mined(wanting: Sequence[Row], pool: Sequence[Row], rng: random.Random) -> Iterator[Row | None]:
    """For each question one of the passages that BM25 finds for it and that do not hold its answer."""
    passages = list({" ".join(row["sentences"]): row for row in pool}.items())
    told("passages to mine", len(passages))
    stemmer = Stemmer.Stemmer("english")
    tokens = bm25s.tokenize([f"{title(row)} {text}" for text, row in passages], stemmer=stemmer, show_progress=False)
    index = bm25s.BM25()
    index.index(tokens, show_progress=False)
    told("indexed", len(passages))
    for start in range(0, len(wanting), 2000):
        asked = wanting[start : start + 2000]
        found, _ = index.retrieve(
            bm25s.tokenize([row["question"] for row in asked], stemmer=stemmer, show_progress=False),
            k=12,
            show_progress=False,
        )
        for row, numbers in zip(asked, found, strict=True):
            candidates = [passages[number] for number in numbers[:8] if _is_foreign(row, *passages[number])]
            yield rng.choice(candidates[:5])[1] if candidates else None
    told("mined", len(wanting))


def _is_foreign(row: Row, text: str, other: Row) -> bool:
    if other["sentences"] == row["sentences"]:
        return False
    if row["answer"] is None:
        return bool(other["doc"] != row["doc"])
    answer = row["answer"].casefold()
    return answer not in text.casefold() and (len(answer) > 3 or other["doc"] != row["doc"])


def example(question: str, row: Row, making: Making) -> Example:
    gold = [int(i in row["gold"]) for i in range(len(row["sentences"]))]
    if row.get("gold_coarse") or row.get("gold_ambiguous"):
        gold = [UNKNOWN if label else 0 for label in gold]
    return Example(
        asked(question, making),
        header(row, making.rng),
        row["sentences"],
        gold,
        int(bool(row["gold"])),
        UNKNOWN,
        row["source"],
    )


def asked(question: str, making: Making) -> str:
    """As people type: some in lower case, without a question mark, in other words or with a longer start."""
    rng = making.rng
    if rng.random() < OTHER_WORDS:
        question = making.words.reworded(question, rng)
    if rng.random() < 0.35:
        question = perturb.reworded(question, rng)
    if rng.random() < MISSPELLED:
        question = asked_otherwise.misspelled(question, rng)
    chance = rng.random()
    if chance < 0.3:
        return question.lower().rstrip("?").strip()
    if chance < 0.36:
        return question.rstrip("?").strip()
    if chance < 0.42:
        return (
            rng.choice(["Do you know ", "Can you tell me ", "please tell me ", "I wonder "])
            + question[:1].lower()
            + question[1:]
        )
    return question


def header(row: Row, rng: random.Random) -> str:
    """The title, and sometimes a day."""
    name = title(row) if rng.random() < 0.65 else ""
    day = perturb.spelled(perturb.resolved_day(rng)[0], rng) if rng.random() < 0.15 else ""
    return " · ".join(filter(None, [name, day]))


def title(row: Row) -> str:
    return str(row.get("title") or "").replace("_", " ").split(" / ")[0]


def yes_or_no(chosen: Sequence[Row], making: Making) -> Iterator[Example]:
    """Claims as questions: what supports or refutes one answers it."""
    for row in chosen:
        if row.get("claim") and making.rng.random() < AS_YES_OR_NO:
            yield example(asked_otherwise.whether(row["question"], making.rng), row, making)


def from_handbooks(making: Making) -> Iterator[Example]:
    for question, name, sentences, gold in made_passages.passages(MADE_PASSAGES, making.rng):
        row = {"title": name, "sentences": sentences, "gold": gold, "source": "handbook"}
        yield example(question, row, making)


def from_written(rows: Sequence[Row], making: Making) -> Iterator[Example]:
    """The questions that were written for this, most of them as they stand; some beside a few sentences only."""
    for row in [*written.rows(), *written.rows_about(rows), *written.rows_of_articles(making.rng)]:
        yield mostly_as_written(row, making)
    for row in written.rows():
        if len(row["sentences"]) > WHOLE_UP_TO and making.rng.random() < CUT_SHORT:
            yield mostly_as_written({**written.cut_short(row, making.rng), "source": f"{written.SOURCE}_cut"}, making)
    versions = [row for row in written.rows() if row["gold"] and row["source"] != written.SOURCE]
    yield from beside_foreign(versions, [*rows, *written.rows()], f"{written.SOURCE}_foreign", making)
    answered = [row for row in [*rows, *versions] if row["gold"] and not row.get("claim")]
    asking = making.rng.sample(answered, min(len(answered), BESIDE_ANY_PASSAGE))
    yield from beside_any(asking, [*rows, *written.rows()], making)


def from_searches(searched: Sequence[Row], rows: Sequence[Row], making: Making) -> Iterator[Example]:
    """What people typed into a search engine, with the passage that answers it, and with some that BM25 finds."""
    yield from (mostly_as_written(row, making) for row in searched)
    yield from beside_foreign(searched, [*rows, *searched], search_questions.SOURCE, making)


def beside_foreign(asking: Sequence[Row], pool: Sequence[Row], source: str, making: Making) -> Iterator[Example]:
    """The questions beside passages about something else, of those that share words with them."""
    asked = [*asking] * PASSAGES_WITHOUT_ANSWER
    for row, found in zip(asked, mined(asked, pool, making.rng), strict=True):
        if found:
            yield mostly_as_written({**found, "question": row["question"], "gold": [], "source": source}, making)


def beside_any(asking: Sequence[Row], pool: Sequence[Row], making: Making) -> Iterator[Example]:
    """The questions beside a piece of a passage that is drawn from all, with a figure or a name where they ask for one.

    What BM25 finds shares words with the question; of these pieces, most share only what is asked for.
    """
    rng = making.rng
    with_figures = [row for row in pool if any(map(_FIGURE.search, row["sentences"]))]
    with_names = [row for row in pool if any(map(_NAME_WITHIN.search, row["sentences"]))]
    for row in asking:
        within, wanted = pool, None
        if _ASKS_FOR_A_FIGURE.search(row["question"]):
            within, wanted = with_figures, _FIGURE
        elif _ASKS_FOR_A_NAME.search(row["question"]):
            within, wanted = with_names, _NAME_WITHIN
        other = rng.choice(within)
        if other["doc"] == row["doc"]:
            continue
        there = [i for i, one in enumerate(other["sentences"]) if wanted is None or wanted.search(one)]
        size = rng.choice(PIECES)
        start = max(0, rng.choice(there) - rng.randrange(size))
        piece = {**other, "sentences": other["sentences"][start : start + size], "gold": [], "source": ANY_PASSAGE}
        yield mostly_as_written({**piece, "question": row["question"]}, making)


def mostly_as_written(row: Row, making: Making) -> Example:
    one = example(row["question"], row, making)
    return replace(one, question=row["question"]) if making.rng.random() < AS_WRITTEN else one


def switched(examples: Iterable[Example], dictionaries: Dictionaries, rng: random.Random) -> Iterator[Example]:
    """Some with words of another language: in the question, in the passage, or in both a claim and its sentences."""
    told(f"words of {dictionaries.sizes}", sum(dictionaries.sizes.values()))
    for one in examples:
        chance, language, share = rng.random(), dictionaries.language(rng), rng.uniform(0.4, 1)

        def put(text: str, language: str = language, share: float = share) -> str:
            return dictionaries.switched(text, language, share, rng)

        if one.verdict != UNKNOWN:
            both = chance < SWITCHED_CLAIMS
            yield replace(one, question=put(one.question), sentences=[*map(put, one.sentences)]) if both else one
        elif chance < SWITCHED_QUESTIONS:
            yield replace(one, question=put(one.question))
        elif chance < SWITCHED_QUESTIONS + SWITCHED_PASSAGES:
            yield replace(one, header=put(one.header), sentences=[*map(put, one.sentences)])
        else:
            yield one


def in_other_languages(others: Sequence[str], rng: random.Random) -> Iterator[Example]:
    for source, _, file in (given.partition("=") for given in others):
        found = list(other_languages.rows(Path(file), source, rng))
        told(f"questions of {Path(file).name}", len(found))
        for row in found:
            gold = [int(number in row["gold"]) for number in range(len(row["sentences"]))]
            question = row["question"].rstrip("?？") if rng.random() < 0.3 else row["question"]
            name = title(row) if rng.random() < 0.65 else ""
            yield Example(question, name, row["sentences"], gold, int(any(gold)), UNKNOWN, source)


def claim_examples(rows: Sequence[Row], rng: random.Random, files: Sequence[Path]) -> Iterator[Example]:
    by_passage = defaultdict(list)
    by_people = [claim for file in files for claim in judged_claims.judged(file)]
    for row in rows:
        if row.get("claim"):
            by_people += made_claims.written(row, rng)
        elif row["source"] not in ("boolq_eraser", yes_no_questions.SOURCE, "evidence_inference_v2"):
            by_passage[" ".join(row["sentences"])].append(row)
    for passage in by_passage.values():
        first = passage[0]
        if first["source"].startswith(("squad", "qamr")) and rng.random() < 0.75:
            answered = [row for row in passage if row["gold"]]
            yield from map(_claim, made_claims.from_answers(rng.sample(answered, min(3, len(answered))), rng))
        for _ in range(2 if first.get("news") else int(rng.random() < 0.5)):
            yield from map(_claim, made_claims.from_sentences(first["sentences"], title(first), rng))
    about = [*written.claims_about(rows)]
    for source in written.CLAIM_SOURCES:
        own = [*map(written.with_days, written.claims([source])), *(about if source == written.CLAIMS else ())]
        yield from (_claim(claim, source) for claim in [*own, *judged_claims.among_others(own, rng)])
    more = [*judged_claims.compound(by_people, rng), *judged_claims.among_others(by_people, rng)]
    yield from (_claim(claim, "judged") for claim in [*by_people, *more])


def _claim(claim: made_claims.Claim, source: str = "claim") -> Example:
    unknown = [UNKNOWN] * len(claim.evidence)
    return Example(claim.text, claim.header, claim.evidence, unknown, UNKNOWN, claim.verdict, source)


def squad_rows(folder: Path) -> tuple[list[Row], list[Row]]:
    """SQuAD 2.0's dev split as rows: those to train on, and those of the documents that are only measured on."""
    from footnote.text.sentences import split_sentences

    paragraphs: dict[str, list[str]] = {}
    for article in (folder / "articles").glob("*.txt"):
        _, *blocks = article.read_text(encoding="utf-8").split("\n\n")
        paragraphs[article.stem] = [block.strip() for block in blocks if block.strip()]
    measured = sorted(paragraphs)[:: max(1, len(paragraphs) // SQUAD_DOCUMENTS_MEASURED)][:SQUAD_DOCUMENTS_MEASURED]
    kept: tuple[list[Row], list[Row]] = ([], [])
    for question in read(folder / "questions.dev.jsonl"):
        doc = question["context_doc"]
        if question["context_para"] >= len(paragraphs[doc]):
            continue
        text = paragraphs[doc][question["context_para"]]
        sentences = [text[s.start : s.end] for s in split_sentences(text)]
        wanted = {_bare(gold["text"]) for gold in question["gold_sentences"]}
        gold = [i for i, sentence in enumerate(sentences) if _bare(sentence) in wanted]
        if question["answerable"] and not gold:
            continue
        row = {
            **{name: question[name] for name in ("question", "answer")},
            "source": "squad_v2_dev",
            "doc": doc,
            "title": doc.removeprefix("squad_"),
            "sentences": sentences,
            "gold": gold,
            "gold_ambiguous": question.get("gold_sentence_ambiguous"),
        }
        kept[doc in measured].append(row)
    return kept


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def character_map(tokenizer: Path) -> Mapping[int, str]:
    """What single characters are read as, for a tokenizer that has such a map beside it."""
    file = tokenizer.with_name("characters.json")
    return str.maketrans(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else {}


def save(path: Path, examples: Sequence[Example], tokenizer: Tokenizer, characters: Mapping[int, str]) -> None:
    """Flat arrays: `ids` of all examples, `first` where each begins, `question` how many of its tokens are of type 0;
    `spans` (first and last token + 1) and `gold` of all sentences, `span_first` where those of an example begin.
    """
    tokenizer.no_padding()
    tokenizer.no_truncation()
    ids, first, question, spans, span_first, gold = (
        array("I"),
        array("q", [0]),
        array("H"),
        array("H"),
        array("q", [0]),
        array("b"),
    )
    for start in range(0, len(examples), 4096):
        for built, one in zip(
            tokenized(examples[start : start + 4096], tokenizer, characters),
            examples[start : start + 4096],
            strict=True,
        ):
            tokens, size, places = built
            ids.extend(tokens)
            first.append(len(ids))
            question.append(size)
            for place in places:
                spans.extend(place)
            gold.extend(one.gold[: len(places)])
            span_first.append(len(spans) // 2)
    told("tokens", len(ids))
    sources = sorted({one.source for one in examples})
    np.savez(
        path,
        ids=np.frombuffer(ids, np.uint32),
        first=np.frombuffer(first, np.int64),
        question=np.frombuffer(question, np.uint16),
        spans=np.frombuffer(spans, np.uint16).reshape(-1, 2),
        span_first=np.frombuffer(span_first, np.int64),
        gold=np.frombuffer(gold, np.int8),
        answered=np.array([one.answered for one in examples], np.int8),
        verdict=np.array([one.verdict for one in examples], np.int8),
        source=np.array([sources.index(one.source) for one in examples], np.uint8),
        sources=np.array(sources),
    )


def tokenized(
    examples: Sequence[Example], tokenizer: Tokenizer, characters: Mapping[int, str]
) -> Iterable[tuple[list[int], int, list[tuple[int, int]]]]:
    """Ids, how many of them are the question's, and the span of each sentence that still fits."""
    vocabulary = tokenizer.get_vocab()
    start, end = (vocabulary[bert if bert in vocabulary else e5] for bert, e5 in (("[CLS]", "<s>"), ("[SEP]", "</s>")))
    texts = [text for one in examples for text in (one.question, one.header, *one.sentences)]
    if characters:
        texts = [unicodedata.normalize("NFC", text).translate(characters) for text in texts]
    encoded = iter(tokenizer.encode_batch(texts, add_special_tokens=False))
    for one in examples:
        question, head = next(encoded).ids[:MAX_QUESTION], next(encoded).ids[:MAX_HEADER]
        ids = [start, *question, end, *head, end]
        places = []
        for _ in one.sentences:
            sentence = next(encoded).ids[: MAX_TOKENS - len(ids) - 1]
            if sentence:
                places.append((len(ids), len(ids) + len(sentence)))
                ids += sentence
        yield [*ids, end], len(question) + 2, places


if __name__ == "__main__":
    main()
