"""Addresses of the reading room: signed, and valid until a day.

    /answers/12-ab12cd34?k=TOKEN          an answer; with the token of its receipt, also how it was made
    /c/12-ab12cd34/1?k=TOKEN              the sentence of footnote 1, wherever it is shown: short enough for a message
    /articles/PATH?v=VERSION&s=12-80&k=TOKEN#s12-80

A token is the last day, and an HMAC over the kind of page, what it shows and that day: it can only be made with the
key.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

from footnote.errors import SettingsError
from footnote.models import Article, Citation
from footnote.records.answers import AnswerKey, AnswerRecord

KEY_FILE = "web.key"
VERSION_LENGTH = 16
"""Hexadecimal digits of an article's version in an address."""

_KEY_BYTES = 32
_SIGNATURE_BYTES = 16
_FOR_EVER = 0


class Page(StrEnum):
    """What a token is for: a token for one kind of page does not open another."""

    ANSWER = "answer"
    RECEIPT = "receipt"
    CITATION = "citation"
    ARTICLE = "article"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class LinkedSentence:
    """A sentence of an article in a version."""

    article_id: str
    version: str
    start: int
    end: int

    @property
    def anchor(self) -> str:
        return f"s{self.start}-{self.end}"


class Links:
    """`base` is the public address without a slash at its end, empty for pages of this machine; links are valid for
    this many `days` after the question was asked, forever if 0.
    """

    def __init__(self, key: bytes, base: str, *, days: int) -> None:
        self._key = key
        self.base = base.rstrip("/")
        self._days = days

    def answer(self, record: AnswerRecord) -> str:
        subject = str(record.key)
        return f"{self.base}/answers/{subject}?k={self._token(Page.ANSWER, subject, self.until(record))}"

    def receipt(self, record: AnswerRecord) -> str:
        """The answer with its receipt: only for those who may see that."""
        subject = str(record.key)
        return f"{self.base}/answers/{subject}?k={self._token(Page.RECEIPT, subject, self.until(record))}"

    def citation(self, record: AnswerRecord, number: int) -> str:
        subject = f"{record.key}/{number}"
        return f"{self.base}/c/{subject}?k={self._token(Page.CITATION, subject, self.until(record))}"

    def article(self, place: LinkedSentence, until: int) -> str:
        """The article in that version, at that sentence."""
        version = place.version[:VERSION_LENGTH]
        token = self._token(Page.ARTICLE, article_subject(place.article_id, version), until)
        span = f"{place.start}-{place.end}"
        return f"{self.base}/articles/{quote(place.article_id)}?v={version}&s={span}&k={token}#{place.anchor}"

    def present(self, article: Article, until: int) -> str:
        """The article as it is now."""
        version = article.version[:VERSION_LENGTH]
        token = self._token(Page.ARTICLE, article_subject(article.id, version), until)
        return f"{self.base}/articles/{quote(article.id)}?v={version}&k={token}"

    def picture(self, place: LinkedSentence, until: int) -> str:
        """The page of a PDF that the sentence is on, as a picture."""
        version = place.version[:VERSION_LENGTH]
        subject = picture_subject(place.article_id, version, f"{place.start}-{place.end}")
        token = self._token(Page.PICTURE, subject, until)
        return f"{self.base}/pages/{quote(place.article_id)}?v={version}&s={place.start}-{place.end}&k={token}"

    def with_links(self, record: AnswerRecord) -> AnswerRecord:
        """The record as a message shows it: footnotes of articles without their own address lead here. An attached file
        has no page.
        """

        def linked(citation: Citation) -> Citation:
            return (
                citation
                if citation.url or citation.is_attached
                else replace(citation, url=self.citation(record, citation.number))
            )

        claims = tuple(replace(claim, citations=tuple(map(linked, claim.citations))) for claim in record.claims)
        return replace(record, claims=claims, citations=tuple(map(linked, record.citations)))

    def until(self, record: AnswerRecord) -> int:
        """The last day of its links, as an ordinal: it stays the same when its message is edited."""
        return (record.asked_at + timedelta(days=self._days)).date().toordinal() if self._days else _FOR_EVER

    def valid_until(self, token: str, page: Page, subject: str, *, now: datetime) -> int | None:
        """The last day of a token that opens this page now; None: it opens nothing."""
        day, _, _ = token.partition("-")
        if not (day.isascii() and day.isalnum() and len(day) <= 6):
            return None
        try:
            until = int(day, 36)
        except ValueError:
            return None
        is_ours = hmac.compare_digest(token.encode(), self._token(page, subject, until).encode())
        return until if is_ours and _is_in_time(until, now) else None

    def work_for(self, record: AnswerRecord, *, now: datetime) -> bool:
        """Whether links to the answer have not expired."""
        return _is_in_time(self.until(record), now)

    def _token(self, page: Page, subject: str, until: int) -> str:
        message = f"{page}\0{subject}\0{until}".encode()
        signature = hmac.new(self._key, message, hashlib.sha256).digest()[:_SIGNATURE_BYTES]
        return f"{_base36(until)}-{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def article_subject(article_id: str, version: str) -> str:
    """What the token of an article's page is for."""
    return f"{version}/{article_id}"


def picture_subject(article_id: str, version: str, span: str) -> str:
    """What the token of a page's picture is for."""
    return f"{version}/{span}/{article_id}"


def last_day(until: int) -> date | None:
    """None: forever."""
    return date.fromordinal(until) if until else None


def answer_key(text: str) -> AnswerKey | None:
    """`12-ab12cd34` as the key of an answer; None: it is not one."""
    number, _, mark = text.partition("-")
    is_key = number.isascii() and number.isdigit() and len(number) <= 18
    return AnswerKey(int(number), mark) if is_key else None


def signing_key(data: Path) -> bytes:
    """The key of this data folder, created at the first call. Raises SettingsError."""
    file = data / KEY_FILE
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            key = file.read_bytes()
        else:
            key = secrets.token_bytes(_KEY_BYTES)
            with os.fdopen(descriptor, "wb") as target:
                target.write(key)
    except OSError as error:
        raise SettingsError(f"The key {file} for links cannot be read or written: {error.strerror}.") from error
    if len(key) != _KEY_BYTES:
        raise SettingsError(
            f"The key {file} for links is damaged. Delete it; links given out so far then stop working."
        )
    return key


def _is_in_time(until: int, now: datetime) -> bool:
    return until == _FOR_EVER or now.date().toordinal() <= until


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"
