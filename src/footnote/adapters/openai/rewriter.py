"""Follow-ups, rewritten by a language model so that they stand alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from footnote.adapters.openai.chat import Chat, Task
from footnote.adapters.openai.prompt import rewrite_messages
from footnote.conversation import LONGEST_REWRITTEN, is_faithful
from footnote.errors import AnswererError, NoQuestion
from footnote.ports import Asker, Turn
from footnote.questions import clean_question


class OpenAIRewriter:
    """Implements `Rewriter`. A model that answers instead, or brings in what nobody has said, is not listened to."""

    def __init__(self, chat: Chat, *, seconds: float = 7.0) -> None:
        self._chat = chat
        self._seconds = seconds

    async def rewrite(self, question: str, conversation: Sequence[Turn], *, asker: Asker | None = None) -> str:
        messages = partial(rewrite_messages, question, conversation)
        text = (await self._chat.write(Task(messages, self._seconds, asker=asker))).text
        try:
            rewritten = clean_question(text.strip().strip('"“”'))
        except NoQuestion as error:
            raise AnswererError("The language model wrote no question.", of_question=True) from error
        if len(rewritten) > LONGEST_REWRITTEN or not is_faithful(rewritten, question, conversation):
            raise AnswererError("The language model wrote more than the question.", of_question=True)
        return rewritten
