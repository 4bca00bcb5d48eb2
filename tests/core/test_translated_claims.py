"""A question in another language than the articles: claims as the articles say it, translations that may be shown."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from openai_stage import Meter, offered
from scripted_openai import Asked, Reply, ScriptedOpenAI, answer, says, streams

from footnote.adapters.openai import Chat, OpenAIAnswerer
from footnote.adapters.openai.claims import claims_so_far, read_claims
from footnote.adapters.openai.window import Window
from footnote.answering.pipeline import Answering
from footnote.checks.translation import LanguageText, first_failed_by_translation
from footnote.grounding.translated_claims import are_asked_for, with_checked
from footnote.models import Abstention, Answer, Candidate, Claim, Fate, Hit, Reading
from footnote.ports import DraftClaim, Drafting, Retrieved
from footnote.records.receipts import from_json, kept, to_json

GERMAN, ENGLISH = "Wie lang ist das Tal?", "How long is the valley?"
TEXT = "The valley is 115 km long. The port in Bazarak was opened on 6 September 1902. Most people are Tajiks."
LONG, PORT, PEOPLE = (one.quote for one in offered(TEXT).values())
TAL, HAFEN = "Das Tal ist 115 km lang.", "Der Hafen in Bazarak wurde am 6. September 1902 eröffnet."
BERLIN = "Das Tal ist 115 km lang. Die meisten Menschen dort sind Tadschiken. Im Winter fällt dort viel Schnee."


class Shelf:
    """Finds the same sentences for every question, and trusts them."""

    def __init__(self, text: str) -> None:
        self.candidates = offered(text)

    async def retrieve(self, question: str, **_: Any) -> Retrieved:  # noqa: ARG002 - it knows the answer
        return Retrieved((), "g1")

    async def read(self, question: str, hits: Sequence[Hit]) -> Reading:  # noqa: ARG002
        return Reading(tuple(self.candidates.values()), 0.9)


def translated(*claims: tuple[str, str, object]) -> str:
    """What a model writes that was asked for translations."""
    written = [{"text": text, "sources": [key], "translation": translation} for text, key, translation in claims]
    return json.dumps({"claims": written})


async def asked(
    question: str, reply: Reply, text: str = TEXT, seen: list[Drafting] | None = None
) -> tuple[Answer | Abstention, Asked]:
    """The outcome of a question, and what was sent to the model."""
    async with ScriptedOpenAI(reply) as server:
        chat = Chat.connect(Meter(), model="m", base_url=server.base_url, window=Window())
        answerer = OpenAIAnswerer(chat, seconds=7.0, today=lambda: date(2026, 11, 28))
        answering = Answering(Shelf(text), Shelf(text), answerer, abstain_below=0.5)
        try:
            outcome = await answering.ask(question, on_drafting=seen.append if seen is not None else None)
            return outcome, server.requests[0]
        finally:
            await chat.close()


async def claimed(question: str, *claims: tuple[str, str, object], text: str = TEXT) -> tuple[Claim, ...]:
    outcome, _ = await asked(question, says(translated(*claims)), text)
    assert isinstance(outcome, Answer)
    return outcome.claims


# --- what a model is asked for


async def test_a_request_in_the_language_of_the_articles_is_byte_for_byte_what_it_was() -> None:
    _, request = await asked(ENGLISH, says(answer((LONG, ["S1"]))))
    body = json.dumps(request.body, sort_keys=True).encode()
    assert hashlib.sha256(body).hexdigest() == "d7d653af890dc548c4242980d3be064a7a74a09c81f3d634c1812a8a8828612f"


async def test_a_question_in_another_language_asks_for_translations() -> None:
    _, request = await asked(GERMAN, says(translated((LONG, "S1", TAL))))
    claim = request.body["response_format"]["json_schema"]["schema"]["properties"]["claims"]["items"]
    assert claim["required"] == ["text", "sources", "translation"]
    assert "Write in the language of the question" not in request.system
    assert "Write each claim in the language of its sentences" in request.system
    assert request.system.count("# Form") == 1
    assert '"translation": "…"' in request.system


@pytest.mark.parametrize(
    ("question", "text", "is_asked"),
    [
        (GERMAN, TEXT, True),
        ("谷有多长？", TEXT, True),
        (ENGLISH, BERLIN, True),
        (ENGLISH, TEXT, False),
        (GERMAN, BERLIN, False),
    ],
)
def test_translations_are_asked_for_where_the_languages_differ(question: str, text: str, is_asked: bool) -> None:
    assert are_asked_for(question, offered(text)) is is_asked


# --- how they are read


@pytest.mark.parametrize(
    "text", [translated((LONG, "S1", TAL)), f"{LONG} [S1]\n= {TAL}\n", f"{LONG} [S1]\n\n== {TAL} [S1]\n"]
)
def test_a_translation_is_read_in_each_form(text: str) -> None:
    assert read_claims(text) == (DraftClaim(LONG, ("S1",), TAL),)


@pytest.mark.parametrize(("text", "claims"), [(translated((LONG, "S1", TAL))[:-9], []), (f"{LONG} [S1]\n= D", [LONG])])
def test_a_claim_without_the_end_of_its_translation_is_not_lost(text: str, claims: list[str]) -> None:
    assert [one.text for one in claims_so_far(text)] == claims


@pytest.mark.parametrize("nothing", [None, "", " ", 3, ["Das Tal"], "x" * 1001, "[S1]"])
def test_what_is_no_translation_leaves_the_claim(nothing: object) -> None:
    assert read_claims(translated((LONG, "S1", nothing))) == (DraftClaim(LONG, ("S1",)),)


# --- which may be shown


async def test_a_german_question_over_english_articles_is_answered_in_german_from_the_english_sentence() -> None:
    first, second = await claimed(GERMAN, (LONG, "S1", TAL), (PORT, "S2", HAFEN))
    assert (first.text, first.translation, first.shown) == (LONG, TAL, TAL)
    assert first.citations[0].quote == LONG
    assert (second.text, second.translation) == (PORT, HAFEN)


async def test_an_english_question_over_german_articles_is_answered_in_english() -> None:
    (claim,) = await claimed(ENGLISH, (TAL, "S1", LONG), text=BERLIN)
    assert (claim.text, claim.translation) == (TAL, LONG)


async def test_a_model_that_leaves_the_translation_out_is_quoted_in_the_language_of_the_articles() -> None:
    outcome, _ = await asked(GERMAN, says(answer((LONG, ["S1"]))))
    assert isinstance(outcome, Answer)
    assert [(one.text, one.translation, one.shown) for one in outcome.claims] == [(LONG, None, LONG)]


async def test_the_translation_of_a_claim_that_is_dropped_is_not_shown() -> None:
    outcome, _ = await asked(GERMAN, says(translated(("The valley is 116 km long.", "S1", "Das Tal ist 116 km lang."))))
    assert isinstance(outcome, Answer)
    assert all(claim.translation is None for claim in outcome.claims)
    assert "116" not in outcome.text


async def test_a_claim_in_the_asker_s_own_language_needs_no_translation() -> None:
    (claim,) = await claimed(ENGLISH, (LONG, "S1", "The valley measures 115 km."))
    assert claim.translation is None


async def test_a_translation_with_a_changed_number_is_not_shown_and_the_receipt_says_why() -> None:
    outcome, _ = await asked(GERMAN, says(translated((LONG, "S1", "Das Tal ist 116 km lang."))))
    assert isinstance(outcome, Answer)
    assert [(one.text, one.translation) for one in outcome.claims] == [(LONG, None)]
    (checked,) = from_json(to_json(kept(outcome.receipt))).checked
    assert (checked.fate, checked.translation, checked.untranslated) == (Fate.KEPT, None, "numbers")


async def test_the_receipt_keeps_the_claim_and_its_translation() -> None:
    outcome, _ = await asked(GERMAN, says(translated((LONG, "S1", TAL))))
    (checked,) = from_json(to_json(kept(outcome.receipt))).checked
    assert (checked.text, checked.translation, checked.untranslated) == (LONG, TAL, None)


async def test_an_answer_that_is_still_written_shows_only_translations_that_hold() -> None:
    seen: list[Drafting] = []
    text = translated((LONG, "S1", TAL), (PORT, "S2", "Der Hafen wurde am 7. September 1902 eröffnet."))
    await asked(GERMAN, streams(text[:150], text[150:]), seen=seen)
    assert [claim.translation for claim in seen[-1].claims] == [TAL, None]


HOLD = [
    ("de", TAL, LONG),
    ("de", HAFEN, PORT),
    ("de", "Der Hafen in Bazarak wurde am 6.9.1902 eröffnet.", PORT),
    ("de", "Spanien liegt südlich von Frankreich.", "The country Spain lies south of France."),
    ("es", "El puerto de Bazarak fue inaugurado el 6 de septiembre de 1902.", PORT),
    ("ru", "Порт в Базараке был открыт 6 сентября 1902 года.", PORT),
    ("zh", "巴扎拉克港口于1902年9月6日开放。", PORT),
    ("zh", "山谷长115公里。", LONG),
    ("de", "Es kostete 1.250,5 Millionen Mark und war sehr teuer.", "It cost 1,250.5 million marks and was very dear."),
    ("ru", "Компания IBM основана в 1911 году.", "The company IBM was founded in 1911."),
    ("de", "Der Markt ist montags und am Freitagabend.", "The market is on Mondays and on Friday evening."),
    ("de", "Der Markt war gestern und ist heute wieder.", "The market was on Monday and is open again."),
    ("es", "El mercado de Domingo abre los lunes.", "The market of Domingo opens on Mondays."),
    ("pt", "O mercado da cidade abre na segunda-feira.", "The market of the town opens on Monday."),
    ("ru", "В пятницу она изучала окружающую среду города.", "On Friday she studied the environment of the town."),
    ("zh", "市场星期一和星期天开放。", "The market is open on Monday and Sunday."),
    ("de", "Der Hafen kostete 3 Milliarden Mark.", "The port cost 3 billion marks."),
    ("de", "Der Hafen kostete 3 Mio. Mark.", "The port cost 3 million marks."),
    ("es", "El puerto costó 3 mil millones de coronas.", "The port cost 3 billion crowns."),
    ("pt", "O porto custou 3 bilhões de coroas.", "The port cost 3 billion crowns."),
    ("ru", "Порт стоил 3 млрд крон.", "The port cost 3 billion crowns."),
    ("de", "Der Hafen ist nicht für Autos offen.", "The port is not open for cars."),
    ("de", "Der Hafen ist für Autos gesperrt.", "The port is closed to cars."),
    ("de", "Der Hafen darf von Autos nicht befahren werden.", "The port is closed to cars."),
    ("de", "Der Hafen öffnet erst im Mai.", "The port does not open until May."),
    ("de", "Der Hafen kostet höchstens drei Mark.", "The port costs no more than three marks."),
    ("fr", "Le port n'a pas encore été ouvert.", "The port has not been opened yet."),
    ("zh", "港口没有对汽车开放。", "The port is not open for cars."),
    ("de", "Hunde sind im Park verboten.", "Dogs are not allowed in the park."),
    ("de", "Die Ursache des Brandes ist unbekannt.", "The cause of the fire is not known."),
    ("de", "Das Konzert fand nicht statt.", "The concert was cancelled."),
    ("tr", "Müze pazartesi günleri açılmıyor.", "The museum does not open on Mondays."),
    ("cs", "Nepřežil bitvu u řeky.", "He did not survive the battle at the river."),
    ("fr", "C'est le plus grand navire jamais construit.", "It is the largest ship ever built."),
    ("ja", "会員は年会費を払わなければなりません。", "Members must pay an annual fee."),
]


@pytest.mark.parametrize(("asked_in", "translation", "claim"), HOLD)
def test_a_translation_that_says_the_same_holds(asked_in: str, translation: str, claim: str) -> None:
    assert first_failed_by_translation(LanguageText(translation, asked_in), LanguageText(claim, "en")) is None


ALTERED = [
    ("de", LONG, LONG, "language"),
    ("de", "La vallée est longue de 115 km, et les gens sont heureux.", LONG, "language"),
    ("ru", TAL, LONG, "language"),
    ("de", f"{TAL} {' '.join(['Das ist die ganze Wahrheit über das Tal.'] * 3)}", LONG, "length"),
    ("de", "Ja, das ist so.", "Most of the people who live there come from the mountains.", "length"),
    ("de", "Das Tal ist lang und schön.", LONG, "numbers"),
    ("de", "Das Tal ist 115 km lang und 3 km breit.", LONG, "numbers"),
    ("de", "Der Hafen in Bazarak wurde am 7. September 1902 eröffnet.", PORT, "numbers"),
    ("de", "Der Hafen in Bazarak wurde am 6. Oktober 1902 eröffnet.", PORT, "dates"),
    ("de", "Der Hafen in Bazarak wurde am 6.9.1903 eröffnet.", PORT, "numbers"),
    ("zh", "巴扎拉克港口于1902年10月6日开放。", PORT, "dates"),
    ("de", "Der Hafen in Kandahar wurde am 6. September 1902 eröffnet.", PORT, "names"),
    ("es", "El puerto de Kandahar fue inaugurado el 6 de septiembre de 1902.", PORT, "names"),
    ("ru", "Компания Microsoft основана в 1911 году.", "The company IBM was founded in 1911.", "names"),
    ("de", "@everyone Das Tal ist 115 km lang.", LONG, "plain text"),
    ("de", "Das Tal ist 115 km lang, <@123>.", LONG, "plain text"),
    ("de", "Das **Tal** ist 115 km lang.", LONG, "plain text"),
    ("de", "Das [Tal](https://evil.example) ist 115 km lang.", LONG, "plain text"),
    ("de", "Das Tal ist 115 km lang: evil.example/x und mehr.", LONG, "plain text"),
    ("de", "Das Tal (S1) ist 115 km lang.", LONG, "numbers"),
    ("de", "Der Markt der Stadt ist am Dienstag.", "The market of the town is on Monday.", "dates"),
    ("es", "El mercado de la ciudad abre los martes.", "The market of the town is open on Mondays.", "dates"),
    ("ru", "Рынок города открыт в среду.", "The market of the town is open on Friday.", "dates"),
    ("zh", "市场星期二开放。", "The market is open on Monday.", "dates"),
    ("de", "Der Hafen kostete 3 Millionen Mark.", "The port cost 3 billion marks.", "numbers"),
    ("de", "Der Hafen kostete 3 Billionen Mark.", "The port cost 3 billion marks.", "numbers"),
    ("es", "El puerto costó 3 millones de coronas.", "The port cost 3 billion crowns.", "numbers"),
    ("ru", "Порт стоил 3 млн крон.", "The port cost 3 billion crowns.", "numbers"),
    ("de", "Das Tal ist nicht 115 km lang.", LONG, "same sense"),
    ("de", "Der Hafen ist für Autos offen.", "The port is not open for cars.", "same sense"),
    ("es", "El puerto está abierto a los coches.", "The port isn't open for cars.", "same sense"),
    ("ru", "Порт не открыт для машин.", "The port was opened for cars.", "same sense"),
    ("zh", "港口对汽车开放。", "The port never opened for cars.", "same sense"),
]


@pytest.mark.parametrize(("asked_in", "translation", "claim", "failed"), ALTERED)
def test_a_translation_that_says_more_or_something_else_fails(
    asked_in: str, translation: str, claim: str, failed: str
) -> None:
    assert first_failed_by_translation(LanguageText(translation, asked_in), LanguageText(claim, "en")) == failed


@pytest.mark.parametrize(("asked_in", "translation", "claim", "failed"), ALTERED)
async def test_and_its_claim_is_shown_in_its_own_language(
    asked_in: str, translation: str, claim: str, failed: str
) -> None:
    questions = {
        "de": GERMAN,
        "es": "¿Cuándo fue inaugurado el puerto?",
        "ru": "Когда открыли порт?",
        "zh": "何时开放？",
    }
    candidates: Mapping[str, Candidate] = offered(claim)
    (checked,) = with_checked([DraftClaim(claim, ("S1",), translation)], questions[asked_in], candidates)
    assert (checked.text, checked.translation, checked.untranslated) == (claim, None, failed)
