"""The page of corrections: what moderators corrected or withdrew where everybody could read it, newest first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from footnote.models.collections import Readable
from footnote.records.answers import AnswerRecord
from footnote.records.corrections import Correction, Moment
from footnote.stores import Corrections
from footnote_bot.citation_format import on_one_line
from footnote_bot.page_links import Links

ON_A_PAGE = 20

LOOKS = 10
"""How often the database is queried for one page: if nearly all channels are private, pages are short."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """`says` is None when the answer is withdrawn, `href` when its page is not shown or its links have expired."""

    number: int
    question: str
    said: str
    says: str | None
    asked_at: datetime
    changed_at: datetime
    href: str | None
    is_taught: bool

    @property
    def is_other_source(self) -> bool:
        """Whether the text is the same, and only its citations were changed."""
        return self.says == self.said


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """`older` is the address of the next page; None: this is the last one."""

    views: tuple[CorrectionView, ...]
    older: str | None


class PublicCorrections:
    """`may_show`: whether everybody may read the answer now; `readable_at`: what the answer's channel is answered
    from.
    """

    def __init__(
        self,
        corrections: Corrections,
        links: Links,
        *,
        may_show: Callable[[AnswerRecord], bool],
        readable_at: Callable[[AnswerRecord], Awaitable[Readable]],
        clock: Callable[[], datetime],
    ) -> None:
        self._corrections = corrections
        self._links = links
        self._may_show = may_show
        self._readable_at = readable_at
        self._clock = clock

    async def page(self, before: str) -> CorrectionsPage:
        """`before` is from the address of a page; an invalid one begins with the newest."""
        at = _moment(before)
        shown: list[Correction] = []
        for _ in range(LOOKS):
            batch = await self._corrections.newest(before=at, limit=ON_A_PAGE)
            shown += [one for one in batch.found if await self._is_shown(one)]
            if len(shown) > ON_A_PAGE:
                shown = shown[:ON_A_PAGE]
                return self._page(shown, shown[-1].moment)
            at = batch.end
            if at is None:
                break
        return self._page(shown, at)

    def _page(self, shown: list[Correction], end: Moment | None) -> CorrectionsPage:
        return CorrectionsPage(tuple(map(self._view, shown)), f"/corrections?before={_written(end)}" if end else None)

    async def _is_shown(self, correction: Correction) -> bool:
        if correction.record.is_withheld or not self._may_show(correction.record):
            return False
        readable = await self._readable_at(correction.record)
        return all(map(readable.allows, correction.cited))

    def _view(self, correction: Correction) -> CorrectionView:
        record = correction.record
        is_open = not correction.is_withdrawn and self._links.work_for(record, now=self._clock())
        return CorrectionView(
            number=record.id,
            question="" if record.is_question_deleted else on_one_line(record.question),
            said=correction.said,
            says=correction.says,
            asked_at=record.asked_at,
            changed_at=correction.at,
            href=self._links.answer(record) if is_open else None,
            is_taught=record.is_taught,
        )


def _written(moment: Moment) -> str:
    return f"{(moment.at - _EPOCH) // _MICROSECOND}-{moment.answer_id}"


def _moment(text: str) -> Moment | None:
    at, _, answer_id = text.partition("-")
    if not all(part.isascii() and part.isdigit() and len(part) <= 18 for part in (at, answer_id)):
        return None
    try:
        return Moment(_EPOCH + int(at) * _MICROSECOND, int(answer_id))
    except OverflowError:
        return None
