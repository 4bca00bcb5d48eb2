"""Follow-ups, rewritten by a language model so that they stand alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from footnote.adapters.openai.chat import Chat
from footnote.adapters.openai.prompt import rewrite_messages
from footnote.adapters.openai.task import Task
from footnote.answering.conversation import LONGEST_REWRITTEN, is_faithful, points_back
from footnote.answering.questions import clean_question
from footnote.errors import AnswererError, NoQuestion
from footnote.ports import Asker, Turn


class OpenAIRewriter:
    """Implements `Rewriter`. A model that answers instead, brings in what nobody has said, or leaves a word that points
    back is not listened to.
    """

    def __init__(self, chat: Chat, *, seconds: float) -> None:
        self._chat = chat
        self._seconds = seconds

    async def rewrite(self, question: str, conversation: Sequence[Turn], *, asker: Asker | None = None) -> str:
        task = Task(
            messages=partial(rewrite_messages, question, conversation),
            seconds=self._seconds,
            read=_question,
            parts=len(conversation),
            asker=asker,
        )
        rewritten = (await self._chat.write(task)).said
        if len(rewritten) > LONGEST_REWRITTEN or not is_faithful(rewritten, question, conversation):
            raise AnswererError("The language model wrote more than the question.", of_question=True)
        if points_back(rewritten):
            raise AnswererError("The language model's question does not stand alone.", of_question=True)
        return rewritten


def _question(text: str) -> str:
    try:
        return clean_question(text.strip().strip('"“”'))
    except NoQuestion as error:
        raise AnswererError("The language model wrote no question.", of_question=True) from error
