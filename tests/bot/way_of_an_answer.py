"""The path of one answer: asked, found wrong, corrected, approved, reused, and expired when its source changes.

The client on the fake Discord, the index, MiniLM, the answers and the database are real.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

from article_files import write_articles
from discord_stage import Stage, line, until
from fake_discord import Interaction, Message
from word_reader import ABSTAIN_BELOW, WordReader

from footnote.answering.extractive import ExtractiveAnswerer
from footnote.answering.pipeline import VERIFIED_NOTE, Answering
from footnote.records.overview import QueueState
from footnote.review.revisions import Revisions
from footnote.review.verified import VerifiedAnswers
from footnote_bot.decided_questions import approved_answers
from footnote_index.embedders import Embedder
from footnote_index.index import Index

QUESTION = "Who opened the old bridge over the Lune, and when?"
IN_OTHER_WORDS = "By whom was the old bridge over the Lune opened, and when?"

PLAY = "In the play at the festival, mayor Ada Holt opened the old bridge over the Lune."
PAGE = "Mayor Ada Holt opened the old bridge over the Lune in May 1932."
CHRONICLE = "The old bridge over the Lune was opened by Ada Holt, then mayor of the town."
BETTER = "Ada Holt, then mayor of the town, cut the ribbon."
CHANGED = "Mayor Ada Holt opened the old bridge over the Lune in June 1932."

ARTICLES = {
    "bridge.md": f"# The old bridge\n\n{PAGE} Before it, people crossed by ferry. It was painted red.",
    "festival.md": f"# The festival\n\n{PLAY} The children laughed. Cake was sold.",
    "chronicle.md": f"# Chronicle of the town\n\n{CHRONICLE} It replaced the ferry.",
    "sundays.md": f"# Sundays by the river\n\nPeople walked there. {BETTER} A band played.",
    "bread.md": "# Baking bread\n\nKnead the dough for ten minutes. Let it rest overnight.",
}


class Way:
    """The stage with the articles above in a real index. `tell` is called with what has happened, line by line."""

    def __init__(self, stage: Stage, embedder: Embedder, *, tell: Callable[[str], None]) -> None:
        self._stage = stage
        self._tell = tell
        write_articles(stage.articles, ARTICLES)
        stores = stage.stores
        self._index = Index(
            stage.articles,
            stage.data,
            lambda: embedder,
            approved=partial(approved_answers, stores.reviewed),
            reader=WordReader(),
        )
        self._memory = VerifiedAnswers(
            stores.answers,
            stores.reviewed,
            self._index,
            self._index,
        )

    @asynccontextmanager
    async def _running(self) -> AsyncIterator[None]:
        stage, index, reader = self._stage, self._index, WordReader()
        answering = Answering(index, reader, ExtractiveAnswerer(), abstain_below=ABSTAIN_BELOW, memory=self._memory)
        revisions = Revisions(stage.store, stage.stores.verdicts, index, reader, clock=stage.now)
        try:
            await index.build(started_by="The stage", on_progress=lambda _: None)
            async with stage.running(ask=answering.ask, index=index, revisions=revisions):
                await stage.set_up_review()
                yield
        finally:
            await index.close()

    async def go(self) -> None:
        """All of it; an AssertionError when something else happens than expected."""
        async with self._running():
            answer, card = await self._asked()
            await self._found_wanting(answer, card)
            await self._corrected(answer, card)
            await self._approved(answer, card)
            await self._given_again()
            await self._expired(answer, card)
            await self._not_given_again()

    async def _asked(self) -> tuple[Message, Message]:
        answer = await self._stage.slash_ask(QUESTION)
        card = await self._stage.card()
        assert description(answer) == f"{PAGE}¹\n{CHRONICLE}²\n{PLAY}³"
        assert footer(card) == "#1 · waiting for a verdict"
        self._tell(f"alice asked “{QUESTION}”: three sentences answer, and its card waits for a verdict")
        return answer, card

    async def _found_wanting(self, answer: Message, card: Message) -> None:
        await self._done(await self._stage.mod.click(await self._panel(card, 3), "Wrong"))
        assert description(answer) == f"{PAGE}¹\n{CHRONICLE}²"
        assert PLAY not in answer.text
        assert "✗ ³ The festival" in card.text
        self._tell("mod found sentence 3 wrong, a play: the posted answer has lost it")

    async def _corrected(self, answer: Message, card: Message) -> None:
        panel = await self._panel(card, 2)
        await self._done(await self._stage.mod.click(panel, "Better sentence"))
        offered = panel.selects[0]["options"]
        chosen = next(option["value"] for option in offered if BETTER[:60] in option["label"])
        await self._done(await self._stage.mod.select(panel, chosen))
        assert f"> {BETTER}" in answer.text
        assert f"> {CHRONICLE}" not in answer.text
        self._tell(f"mod chose a better sentence for 2, of {len(offered)}: the posted answer quotes that one")

    async def _approved(self, answer: Message, card: Message) -> None:
        await self._done(await self._stage.other_mod.click(card, "Approve"))
        assert footer(answer) == "#1 · corrected by a moderator"
        assert footer(card) == "#1 · corrected"
        [notice] = [message for message in self._stage.channel.messages if message.reply_to is answer]
        assert "a moderator has corrected the answer to your question" in notice.content
        assert notice.pinged == {"alice"}
        self._tell("other approved it: the posted answer says “corrected by a moderator”, and alice got a message")

    async def _given_again(self) -> None:
        again = await self._stage.slash_ask(IN_OTHER_WORDS)
        await self._idle()
        assert description(again) == f"{PAGE}¹\n{CHRONICLE}²"
        assert VERIFIED_NOTE in footer(again)
        record = await self._stage.store.get(2)
        assert (record.answerer, record.reused_from) == ("verified", 1)
        self._tell(f"alice asked “{IN_OTHER_WORDS}”: answer 1 was given again, marked as verified")

    async def _expired(self, answer: Message, card: Message) -> None:
        write_articles(self._stage.articles, {"bridge.md": ARTICLES["bridge.md"].replace(PAGE, CHANGED)})
        passes = self._stage.store.passes
        await line(await self._stage.admin.slash(self._stage.channel, "index rebuild"))
        await until(lambda: self._stage.store.passes > passes)
        await self._idle()
        assert description(answer).startswith("⚠ A source of this answer has changed since.")
        record = await self._stage.store.get(1)
        assert (record.round, record.verdict) == (2, None)
        assert footer(card) == "#1 · waiting for a verdict"
        assert not any(button.get("disabled") for button in card.buttons)
        queue = await self._stage.stores.overview.queue(self._stage.guild.id, QueueState.EXPIRED)
        assert [queued.id for queued in queue.records] == [1]
        self._tell("the article was edited and the index rebuilt: the posted answer is marked, its card open again")

    async def _not_given_again(self) -> None:
        anew = await self._stage.slash_ask(IN_OTHER_WORDS)
        await self._idle()
        record = await self._stage.store.get(3)
        assert (record.answerer, record.reused_from) == ("extractive", None)
        assert CHANGED in anew.text
        assert PLAY not in anew.text
        self._tell("alice asked again: the articles answered as they are now, without the play")

    async def _panel(self, card: Message, number: int) -> Message:
        return await (await self._stage.mod.select(card, str(number))).response()

    async def _done(self, interaction: Interaction) -> None:
        await interaction.outcome()
        await self._idle()

    async def _idle(self) -> None:
        await until(lambda: self._stage.client.in_flight.is_idle)


def description(message: Message) -> str:
    return str(message.embeds[0].get("description") or message.content)


def footer(message: Message) -> str:
    return str(message.embeds[0]["footer"]["text"])
