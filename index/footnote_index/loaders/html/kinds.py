"""Pages that are not articles: what they are instead, in a few words."""

from __future__ import annotations

import re

from footnote_index.loaders.markup.trees import Element

_SHORT = 600
_A_LINE = 20  # words
_WORDS = re.compile(r"\w+")
_NOT_FOUND = re.compile(
    r"^[^\w\n]*+404[^\w\n]*+$|\berror:? 404|\b404\W+(?:error|not found|page|fehler|erreur)"
    r"|(?:page|file|document|site|article)(?: was| is)?(?: could)? ?not (?:be )?found"
    r"|page (?:does ?n.t|does not|no longer) exist|(?:seite|dokument|artikel) (?:wurde )?(?:leider )?nicht gefunden"
    r"|page (?:non trouv|introuvable)|p[aá]gina no (?:encontrada|existe)|pagina niet gevonden|pagina non trovata"
    r"|p[aá]gina n[aã]o encontrada|страница не найдена|ページが見つかりません|页面(?:不存在|未找到)",
    re.IGNORECASE | re.MULTILINE,
)
_NO_SUCH_PAGE = re.compile(
    r"the (?:page|article|document) (?:that )?you (?:requested|(?:are|were) looking for|tried)", re.IGNORECASE
)
_SCRIPT = re.compile(
    r"(?:enable|activate|turn on|requires?|needs?|without) javascript"
    r"|javascript (?:is |must be |to be |seems to be )?(?:required|disabled|enabled|not enabled|deaktiviert)"
    r"|javascript (?:aktivieren|activé)",
    re.IGNORECASE,
)
_LEADS_ON = re.compile(
    r"redirecting|redirected|(?:has|have) moved|moved (?:permanently|here)|object moved|weitergeleitet|redirection"
    r"|umgezogen",
    re.IGNORECASE,
)
_ROBOTS = re.compile(
    r"checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|just a moment|captcha|unusual traffic"
    r"|are you a robot|access (?:to this page has been )?denied|attention required",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"cookie|consent|personali[sz]ed (?:advert|content)|partners|privacy|einwilligung|datenschutz|rgpd|gdpr"
    r"|(?:store|access|process)\w* (?:and \w+ )?(?:information|(?:your |personal )*data)|verarbeitung|personenbezogen"
    r"|traitement d|données personnelles|tratamiento de|datos personales|trattamento dei|dati personali",
    re.IGNORECASE,
)
_CHOICE = re.compile(
    r"\b(?:accept|reject|allow|agree|decline|akzeptieren|ablehnen|zustimmen|accepter|refuser|aceptar|rechazar)\b",
    re.IGNORECASE,
)
_LONGEST_CONSENT = 1_500
_MOSTLY = 0.6
_ENDS = re.compile(r"(?<=[.!?])\s+|\n")


def why_no_article(page: Element, title: str, text: str, whole: str, *, has_script: bool) -> str | None:
    """`text` is what was taken for the article, `whole` everything that the page shows. None if it seems to be an
    article.
    """
    is_short = len(text) < _SHORT
    if is_short and (_NOT_FOUND.search(f"{title}\n{text.lstrip('# ')[:100]}") or _NO_SUCH_PAGE.search(text)):
        return "it says that there is no such page"
    if is_short and _ROBOTS.search(f"{title}\n{text}") and len(_WORDS.findall(text)) < 2 * _A_LINE:
        return "it is a bot check, not the page itself"
    if _only_leads_on(page, title, text, whole):
        return "it only redirects to another page"
    if _is_about_consent(text, whole):
        return "it is only a cookie notice"
    if len(text) < _SHORT and _needs_script(text, whole, has_script=has_script):
        return "its text only appears when JavaScript runs; save the page from a browser"
    return None


def _only_leads_on(page: Element, title: str, text: str, whole: str) -> bool:
    if _refreshes(page) and len(_WORDS.findall(text)) < _A_LINE:
        return True
    return len(_WORDS.findall(whole)) < 2 * _A_LINE and bool(_LEADS_ON.search(f"{title}\n{whole}"))


def _refreshes(page: Element) -> bool:
    return any(
        (meta.get("http-equiv") or "").lower() == "refresh" and "url" in (meta.get("content") or "").lower()
        for meta in page.iter("meta")
    )


def _is_about_consent(text: str, whole: str) -> bool:
    if len(text) > _LONGEST_CONSENT or not _CHOICE.search(whole):
        return False
    sentences = [part for part in _ENDS.split(text) if len(_WORDS.findall(part)) > 3]
    return sum(bool(_CONSENT.search(sentence)) for sentence in sentences) > _MOSTLY * len(sentences)


def _needs_script(text: str, whole: str, *, has_script: bool) -> bool:
    if _SCRIPT.search(f"{text}\n{whole[:1000]}") and len(_WORDS.findall(text)) < 60:
        return True
    return has_script and len(_WORDS.findall(whole)) < 5
