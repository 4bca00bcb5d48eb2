"""Pages that are not articles: what they are instead, in a few words."""

from __future__ import annotations

import re

from footnote_index.loaders.trees import Element

_SHORT = 600
_BEGINNING = 100  # characters
_A_LINE = 20  # words
_WORDS = re.compile(r"\w+")
_ENDED = (
    r"(?=\W*$|[^\S\n]*[.!?:;|–—-]|[^\S\n]*(?:on (?:this|our|the|that) (?:server|(?:web ?)?site)|any ?more\b|here\b"
    r"|at this (?:address|url|location)|or (?:has|have|is|may|might|does|no)\b|,? ?(?:please|sorry|try|check)\b))"
)
_BEGINS = r"(?:^|[.!?:|–—-])[^\w\n]{0,5}"
_NOT_FOUND = re.compile(
    r"^[^\w\n]*+404[^\w\n]*+$|\berror:? 404\b|\b404\W+(?:(?:error|page|fehler|erreur)\b|not found)"
    rf"|(?:page|file|document|site|article)(?: was| is)?(?: could)? ?not (?:be )?found{_ENDED}"
    rf"|page (?:can(?:no|['’])t|couldn['’]t) be found{_ENDED}"
    rf"|page (?:does ?n.t exist|does not exist|no longer exists?){_ENDED}"
    rf"|(?:seite|dokument|artikel) (?:wurde )?(?:leider )?nicht gefunden{_ENDED}"
    r"|page (?:non trouv|introuvable)|p[aá]gina no (?:encontrada|existe)|pagina niet gevonden|pagina non trovata"
    r"|p[aá]gina n[aã]o encontrada|страница не найдена|ページが見つかりません|页面(?:不存在|未找到)",
    re.IGNORECASE | re.MULTILINE,
)
_NO_SUCH_PAGE = re.compile(
    r"the (?:page|article|document) (?:that )?you(?: requested|(?: are|.re| were) looking for| tried)", re.IGNORECASE
)
_GONE = re.compile(
    r"\b(?:not|cannot|no longer|unable|moved|removed|deleted|gone|missing|unavailable|expired|sorry)\b|n['’]t\b",
    re.IGNORECASE,
)
_SCRIPT = re.compile(
    r"(?:enable|activate|turn on) javascript"
    r"|(?:requires?|needs?|without) javascript"
    r"(?=\W*$|[^\S\n]*[.,;:!)]|[^\S\n]+(?:to|enabled|support|in your|or|and)\b)"
    r"|javascript (?:is |must be |to be |seems to be )(?:required|disabled|enabled|not enabled|deaktiviert)"
    r"|(?:with|have|has|having) javascript (?:enabled|disabled)"
    rf"|{_BEGINS}javascript (?:required|(?:not )?enabled|disabled|deaktiviert){_ENDED}"
    r"|javascript (?:aktivieren|activé)",
    re.IGNORECASE | re.MULTILINE,
)
_LEADS_ON = re.compile(
    r"\byou\b[^.\n]{0,40}\bredirected\b"
    rf"|{_BEGINS}redirect(?:ing|ed|ion)?(?=\W*$|[^\S\n]*[.…]|\W+(?:you|to|notice|in|en cours|vers)\b)"
    r"|\b(?:page|(?:web ?)?site|document|article|blog|content|url|resource|file|we) (?:has|have)(?: been)?(?: now)?"
    r"(?: permanently| temporarily)? moved(?=\W*$|[^\S\n]*[.!:;]"
    r"|[^\S\n]*(?:(?:permanently|temporarily|here|please)\b|to (?:here|(?:an?|our|the) new|the following|http|www)))"
    rf"|{_BEGINS}(?:(?:30[12378]\W{{1,3}}|object |page )moved|moved(?= permanently| temporarily| here))"
    rf"(?: permanently| temporarily)?(?: to)?(?: here)?{_ENDED}"
    r"|\bsie werden\b[^.\n]{0,40}\bweitergeleitet|\b(?:seite|website|homepage|blog|wir)\b[^.\n]{0,30}\bumgezogen",
    re.IGNORECASE | re.MULTILINE,
)
_ROBOTS = re.compile(
    r"checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot"
    rf"|{_BEGINS}(?:just a moment\b|(?:access denied|attention required|(?:re)?captcha){_ENDED})"
    r"|(?:detected unusual traffic|unusual traffic (?:from|on) your)|access to this page has been denied"
    rf"|(?:{_BEGINS}|\b(?:please|must|need to|have to) )(?:complete|solve|enter|fill in|fill out|type|pass|submit)\b"
    r"[^.\n]{0,30}captcha",
    re.IGNORECASE | re.MULTILINE,
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
    if is_short and _misses_page(title, text):
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


def _misses_page(title: str, text: str) -> bool:
    found = _NOT_FOUND.search(f"{title}\n{text.lstrip('# ')}")
    if found and found.start() <= len(title) + _BEGINNING:
        return True
    return any(_NO_SUCH_PAGE.search(sentence) and _GONE.search(sentence) for sentence in _ENDS.split(text))


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
