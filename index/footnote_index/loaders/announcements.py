"""Lines in which a site speaks, and not the article: what else there is to read, to follow, to subscribe to."""

from __future__ import annotations

import re

_LONGEST_LABEL = 12  # words
_LONGEST_APPEAL = 45
_TAIL = r"(?:\s.{1,80})?"
_LABELS = (
    *(
        r"related(?: (?:articles?|stories|posts?|links|content|topics|news))?",
        r"recommended(?: (?:for you|reading|articles))?",
    ),
    *(
        rf"read (?:more|next|also){_TAIL}",
        rf"more (?:stories|articles|news|on this topic|from\b){_TAIL}",
        "most (?:read|popular)",
    ),
    *("you (?:may|might) also (?:like|be interested in)", "(?:no )?comments?(?: yet)?", "leave a (?:comment|reply)"),
    *("share(?: this)?(?: article| story| post)?", "tags", "topics", "categor(?:y|ies)(?: .{1,40})?", "advertisement"),
    *("(?:next|previous) (?:article|post|story)", "don.t miss", "what to read next"),
    (
        r"(?:weitere|mehr|empfohlene|ähnliche|verwandte|passende|neueste) "
        r"(?:themen|beiträge|artikel|infos?|links|meldungen|news)"
    ),
    *(
        rf"mehr zum thema{_TAIL}",
        rf"lesen sie (?:auch|dazu|mehr){_TAIL}",
        rf"lies auch{_TAIL}",
        "schon gelesen",
        "lust auf mehr",
    ),
    *(
        rf"(?:das|dies)? ?könnte (?:sie|dich|euch) auch {_TAIL}",
        "keine kommentare",
        "kommentare?(?: schreiben)?",
        "anzeige",
    ),
    *(
        "schlagwort(?:e|wörter)",
        "vorschau auf den nächsten artikel",
        "(?:nächster|vorheriger) artikel",
        "inhaltsverzeichnis",
    ),
    *("pressemitteilungen", "beiträge aus dem forum", f"letzte (?:änderung|aktualisierung){_TAIL}", "artikel teilen"),
    *(
        rf"(?:à )?(?:lire|voir) (?:aussi|également){_TAIL}",
        "sur le même (?:sujet|thème)",
        "articles (?:liés|similaires)",
    ),
    *("commentaires", "partager", "temas(?: relacionados)?", rf"te puede interesar{_TAIL}", "noticias relacionadas"),
    *(
        rf"(?:le[ae]|leer|ve[ar]) también{_TAIL}",
        "más (?:noticias|información)",
        "etiquetas",
        "comentarios",
        "compartir",
    ),
    *(rf"leggi anche{_TAIL}", "articoli correlati", rf"potrebbe interessarti{_TAIL}", "commenti", "condividi"),
    *(rf"(?:czytaj|zobacz) (?:też|także|również|więcej){_TAIL}", "polecane(?: .{1,40})?", "komentarze"),
    *(
        rf"lees ook{_TAIL}",
        "gerelateerde? .{1,40}",
        "reacties",
        rf"leia (?:também|mais){_TAIL}",
        rf"veja também{_TAIL}",
    ),
    *(rf"читайте (?:также|ещё|еще){_TAIL}", "по теме", "комментарии", "поделиться", "теги"),
)
_LABEL = re.compile(rf"(?:{'|'.join(_LABELS)})\W*", re.IGNORECASE)
_APPEAL = re.compile(
    r"\W*(?:subscribe|sign up|register) (?:now |today |here )?(?:to|for) "
    r"|\W*follow (?:us|.{2,40}) on (?:twitter|facebook|instagram|x\b)"
    r"|\W*(?:download|get) (?:the|our) .{0,30}\bapp\b|\W*for (?:the |more )?latest (?:stories|news|breaking)"
    r"|\W*we want to hear (?:from you|what you think)|\W*(?:submit|send) (?:us )?your (?:letter|story|comment)"
    r"|\W*(?:abonnieren sie|folgen sie uns|jetzt abonnieren)|\W*suscr[ií]b(?:ete|ase)|\W*abonnez-vous|\W*iscriviti"
    r"|\W*pour (?:lire la suite|accéder en illimité)|\W*zapraszamy (?:też )?do subskrypcji|\W*puede escribirnos",
    re.IGNORECASE,
)


def is_label(text: str) -> bool:
    """Whether a whole line only says what stands below it: other articles, comments, tags."""
    return len(text.split()) <= _LONGEST_LABEL and bool(_LABEL.fullmatch(text))


def is_appeal(text: str) -> bool:
    """Whether a short paragraph begins by asking its readers to subscribe, follow or write."""
    return len(text.split()) <= _LONGEST_APPEAL and bool(_APPEAL.match(text))
