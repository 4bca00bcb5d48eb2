"""Question and candidate sentences -> the messages for the model. Pure, but for `prompt.md`, which is read once."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from footnote.adapters.openai.dialect import Form
from footnote.models import Candidate

# What nobody sees can still be read by a model: control and format characters, and letters made of Unicode's tags. The
# joiners (200c, 200d) stay: Persian and Hindi are written with them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\U000e0000-\U000e0fff]"
)


def messages(question: str, candidates: Mapping[str, Candidate], form: Form) -> list[dict[str, str]]:
    """First the rules, the same for every question, so that servers can cache them; then the data."""
    sentences = "\n".join(_json(_sentence(key, candidate)) for key, candidate in candidates.items())
    data = f"<sentences>\n{sentences}\n</sentences>\n<question>\n{_json(question)}\n</question>"
    return [{"role": "system", "content": _rules(form)}, {"role": "user", "content": data}]


def _sentence(key: str, candidate: Candidate) -> dict[str, str]:
    article = candidate.article
    about = {
        "key": key,
        "article": article.title,
        "source": article.source,
        "date": article.published.isoformat() if article.published else None,
        "sentence": candidate.quote,
    }
    return {name: value for name, value in about.items() if value}


def _json(value: object) -> str:
    """On one line and without `<`: nothing that an article or a reader wrote can close the tag that it stands in."""
    return _UNSEEN.sub("", json.dumps(value, ensure_ascii=False)).replace("<", "\\u003c")


@cache
def _rules(form: Form) -> str:
    text = files(__package__).joinpath("prompt.md").read_text(encoding="utf-8")
    rules, *forms = re.split(r"^(?=# Form: )", text, flags=re.MULTILINE)
    heading = "# Form: lines" if form is Form.LINES else "# Form: JSON"
    (own,) = (one for one in forms if one.startswith(heading))
    return f"{rules}{own}".strip()
