"""Claims that a language model writes about sentences which are not in English."""

from __future__ import annotations

from datetime import date

import pytest

from footnote.checks import QuotedSource, first_doubt, first_failed, support
from footnote.checks.other_languages import has_local_numbers, has_same_local_sense
from footnote.grounding.best_sources import Look, carried
from footnote.grounding.claims import ground
from footnote.models import Article, Candidate, Passage
from footnote.ports import DraftClaim
from footnote.text.languages import language_of
from footnote.text.local_dates import local_dates
from footnote.text.sentences import split_sentences

HARBOUR = QuotedSource(
    "Der Hafen wurde am 6. September 1902 eröffnet und kostete 1.250,5 Millionen Mark.", language="de"
)
PORT = QuotedSource("El puerto fue inaugurado por Ana Torres el 6 de septiembre de 1902.", language="es")
GAVAN = QuotedSource("Порт был открыт в Москве 6 сентября 1902 года при участии Иванова.", language="ru")
GANGKOU = QuotedSource("港口于1902年9月6日建成，耗资1250万元。", language="zh")


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Der Hafen wurde am 6. September 1902 eröffnet.", HARBOUR),
        ("Die Eröffnung des Hafens war am 6.9.1902.", HARBOUR),
        ("Der Hafen kostete 1250,5 Mark.", HARBOUR),
        ("El puerto fue inaugurado por Torres en septiembre de 1902.", PORT),
        ("Иванов участвовал в открытии порта в Москва.", GAVAN),
        ("港口建成于1902年9月6日。", GANGKOU),
        ("港口耗资1250万元。", GANGKOU),
    ],
)
def test_what_the_sentences_say_passes(claim: str, source: QuotedSource) -> None:
    assert first_failed(claim, [source]) is None
    assert first_doubt(claim, [source]) is None


@pytest.mark.parametrize(
    ("claim", "source", "failed"),
    [
        ("Der Hafen wurde am 6. September 1903 eröffnet.", HARBOUR, "numbers"),
        ("Der Hafen kostete 12.505 Mark.", HARBOUR, "numbers"),
        ("Der Hafen wurde am 6. Oktober 1902 eröffnet.", HARBOUR, "dates"),
        ("Der Hafen wurde am 6.10.1902 eröffnet.", HARBOUR, "numbers"),
        ("El puerto fue inaugurado por Ana Ruiz en 1902.", PORT, "names"),
        ("Порт был открыт в Киеве в 1902 году.", GAVAN, "names"),
        ("港口于1902年10月6日建成。", GANGKOU, "numbers"),
        ("Der Hafen „ist ein Wunder“.", HARBOUR, "quoted words"),
        ("Der Hafen steht auf hafen.example.org.", HARBOUR, "known addresses"),
    ],
)
def test_what_was_altered_fails_the_check_of_it(claim: str, source: QuotedSource, failed: str) -> None:
    assert first_failed(claim, [source]) == failed


@pytest.mark.parametrize(
    ("language", "plain", "negated"),
    [
        (
            "de",
            "Die Brücke wurde 1902 für den Verkehr gesperrt.",
            "Die Brücke wurde 1902 nicht für den Verkehr gesperrt.",
        ),
        ("de", "Der Rat hat Pläne für einen Tunnel.", "Der Rat hat keine Pläne für einen Tunnel."),
        ("fr", "Le pont a été ouvert au trafic.", "Le pont n'a pas été ouvert au trafic."),
        ("fr", "Le pont appartient à la ville.", "Le pont n’appartient plus à la ville."),
        ("es", "El puente fue abierto al tráfico.", "El puente no fue abierto al tráfico."),
        ("it", "Il ponte è stato aperto al traffico.", "Il ponte non è stato aperto al traffico."),
        ("pt", "A ponte foi aberta ao trânsito.", "A ponte não foi aberta ao trânsito."),
        ("nl", "De brug werd geopend voor verkeer.", "De brug werd niet geopend voor verkeer."),
        ("pl", "Most został otwarty dla ruchu.", "Most nie został otwarty dla ruchu."),
        ("ru", "Мост был открыт для движения.", "Мост не был открыт для движения."),
        ("uk", "Міст був відкритий для руху.", "Міст не був відкритий для руху."),
        ("sv", "Bron öppnades för trafik.", "Bron öppnades inte för trafik."),
        ("fi", "Silta on suljettu liikenteeltä.", "Silta ei ole suljettu liikenteeltä."),
        ("tr", "Köprü trafiğe kapalı.", "Köprü trafiğe kapalı değil."),
        ("zh", "这座桥对车辆开放了。", "这座桥没有对车辆开放。"),
        ("ja", "この橋は車両に閉鎖された。", "この橋は車両に閉鎖されなかった。"),
        ("ar", "أغلق الجسر أمام حركة المرور.", "لم يغلق الجسر أمام حركة المرور."),
    ],
)
def test_a_negation_is_neither_added_nor_left_out(language: str, plain: str, negated: str) -> None:
    said, denied = (QuotedSource(text, language=language) for text in (plain, negated))
    assert has_same_local_sense(plain, [said])
    assert has_same_local_sense(negated, [denied])
    assert not has_same_local_sense(negated, [said])
    assert not has_same_local_sense(plain, [denied])


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        (
            "Die Brücke ist auch für Autos gesperrt.",
            "Die Brücke ist nicht nur für Räder, sondern auch für Autos gesperrt.",
        ),
        ("Der Tunnel wurde 1910 gebaut.", "Der Tunnel wurde 1910 gebaut, die Brücke aber kam nicht."),
        (
            "Le pont est aussi fermé aux voitures.",
            "Le pont n'est pas seulement fermé aux vélos, mais aussi aux voitures.",
        ),
    ],
)
def test_what_is_negated_elsewhere_or_only_in_form_does_not_count(claim: str, quote: str) -> None:
    assert has_same_local_sense(claim, [QuotedSource(quote, language=language_of(quote))])


@pytest.mark.parametrize(
    ("claim", "is_given"),
    [
        ("Der Sturm kam am 15. März 2024.", True),
        ("The storm came on 15 March 2024.", True),
        ("Im Sturm starben 15 Menschen.", False),
        ("Der Beitrag kostet 2024 Euro.", False),
    ],
)
def test_the_day_of_publication_gives_only_numbers_of_dates(claim: str, *, is_given: bool) -> None:
    storm = QuotedSource("Der Sturm kam am Freitag.", published=date(2024, 3, 15), language="de")
    assert has_local_numbers(claim, [storm]) is is_given


@pytest.mark.parametrize(
    "claim",
    [
        "Der Hafen wurde im Jahr 1902 eröffnet.",  # no word of it is an English name, number or negation
        "Im September eröffnete der Hafen, der 1.250,5 Mark kostete.",
    ],
)
def test_checks_that_know_english_words_do_not_fail_it(claim: str) -> None:
    assert first_failed(claim, [HARBOUR]) is None
    assert carried(claim, [HARBOUR], Look.FIRST) > 0.5


def test_support_is_counted_by_the_words_of_the_language() -> None:
    assert support("Der Hafen wurde eröffnet.", [HARBOUR]) == 1
    assert support("港口建成", [GANGKOU]) > 0.5
    assert support("Die Katze schläft.", [HARBOUR]) == 0
    assert carried("Die Katze schläft auf dem Sofa im Hafen.", [HARBOUR]) == 0


def test_the_day_of_publication_counts() -> None:
    published = QuotedSource("Der Hafen wurde gestern eröffnet.", published=date(1902, 9, 7), language="de")
    assert first_failed("Der Hafen wurde vor dem 7. September eröffnet.", [published]) is None


def test_the_trained_reader_is_not_asked_about_other_languages() -> None:
    text = "Der Hafen wurde am 6. September 1902 eröffnet. Er hat drei Leuchttürme und liegt im Norden des Landes."
    article = Article("a.md", "Der Hafen", text)
    (first, second) = split_sentences(text)
    candidates = {"a": Candidate(Passage(article, (first, second)), first, 1.0)}
    draft = [DraftClaim("Eröffnet wurde der Hafen am 6.9.1902.", ("a",))]
    grounded = ground(draft, candidates, look=Look.FIRST)
    assert [claim.text for claim in grounded.claims] == [draft[0].text]
    assert grounded.to_read == ()
    assert grounded.settled.claims == grounded.claims


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "am 6. September 1902", {(6, 9)}),
        ("de", "im September", {(None, 9)}),
        ("es", "el 6 de septiembre", {(6, 9)}),
        ("fr", "le 1er août", {(1, 8)}),
        ("ru", "6 сентября", {(6, 9)}),
        ("de", "6.9.1902", {(6, 9)}),
        ("en", "1902-09-06", {(6, 9)}),
        ("zh", "1902年9月6日", {(6, 9)}),
        ("ja", "九月ではなく9月", {(None, 9)}),
        ("ko", "9월 6일", {(6, 9)}),
        ("hi", "6 सितंबर", {(6, 9)}),
        ("xx", "6 September", set()),
    ],
)
def test_days_and_months(language: str, text: str, expected: set[tuple[int | None, int]]) -> None:
    assert local_dates(text, language) == expected
