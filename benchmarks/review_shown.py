"""What a fake Discord shows of answers, compared with what is on record. See `review.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fake_discord import FakeDiscord, Message
from fake_discord.components import with_ids

from footnote.models.collections import EVERYTHING
from footnote.records.answers import AnswerRecord
from footnote_bot.cited_contexts import contexts_of
from footnote_bot.discord_services import IndexService
from footnote_bot.posts.replies import content_of
from footnote_bot.render.cards import card as render_card
from footnote_bot.views.card import card_view


def number_of(message: Message) -> int:
    """The answer's, from the footer of its message or card."""
    return int(message.embeds[0]["footer"]["text"].split(" ")[0].removeprefix("#"))


async def unlike_record(fake: FakeDiscord, records: Sequence[AnswerRecord], index: IndexService) -> list[str]:
    """Messages that do not show what is on record."""
    problems = []
    for record in records:
        assert record.posted
        assert record.card
        content = content_of(record)
        embed = render_card(record, await contexts_of(index, record.citations, readable=EVERYTHING))
        for what, place, shown, view in (
            ("message", record.posted, content.embed, content.view),
            ("card", record.card, embed, card_view(record)),
        ):
            message = fake.world.message(fake.world.channel(place.channel_id), place.message_id)
            assert shown
            buttons = with_ids(view.to_components()) if view else []
            if message.embeds != [{"type": "rich"} | shown.to_dict()] or message.components != buttons:
                problems.append(f"the {what} of answer {record.id} does not show what is on record")
    return problems


def posted_twice(posts: Sequence[Message], records: Sequence[AnswerRecord]) -> list[str]:
    """Answers, and the messages that askers got about them."""
    answers = Counter(number_of(message) for message in posts if message.embeds)
    told = Counter(
        (message.reply_to and number_of(message.reply_to), message.content) for message in posts if message.content
    )
    problems = [f"answer {number} is posted {times} times" for number, times in answers.items() if times > 1]
    problems += [f"answer {record.id} is not posted" for record in records if record.id not in answers]
    return problems + [f"an asker got {times} messages: {line}" for (_, line), times in told.items() if times > 1]
