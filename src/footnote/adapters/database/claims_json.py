"""Claims as JSON, for what an answer said before it was changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from footnote.models import Citation, Claim, Standing


def claims_json(claims: Sequence[Claim]) -> str:
    return json.dumps([asdict(claim) for claim in claims], default=str, ensure_ascii=False)


def claims_of(text: str) -> tuple[Claim, ...]:
    """The claims that `claims_json` wrote."""
    return tuple(_claim(found) for found in json.loads(text))


def _claim(found: dict[str, Any]) -> Claim:
    return Claim(**found | {"citations": tuple(map(_citation, found["citations"]))})


def _citation(found: dict[str, Any]) -> Citation:
    published = date.fromisoformat(found["published"]) if found["published"] else None
    return Citation(**found | {"published": published, "standing": Standing(found["standing"])})
