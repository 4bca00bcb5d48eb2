"""All buttons and menus that the client must know, so that those of earlier messages still work."""

from __future__ import annotations

from typing import Any

from discord import ui

from footnote_bot.views import setup, setup_collections, setup_ways
from footnote_bot.views.answer import SourcesButton
from footnote_bot.views.builds import CancelButton, RebuildButton, RollbackButton
from footnote_bot.views.card import ShowButton, UndoButton, VerdictButton
from footnote_bot.views.deleting import DeleteButton
from footnote_bot.views.edit import EditButton, StateButton
from footnote_bot.views.feedback import FlagButton, ThumbButton
from footnote_bot.views.forgetting import ForgetButton
from footnote_bot.views.further import FurtherButton
from footnote_bot.views.menus import AnswerMessageButton
from footnote_bot.views.page_picture import PageButton
from footnote_bot.views.person import NeedsPersonButton
from footnote_bot.views.queue import QueueButton
from footnote_bot.views.rulings import BetterButton, JudgeSelect, RulingButton, SentenceSelect, TakeBackButton
from footnote_bot.views.suggesting import SuggestionButton
from footnote_bot.views.teaching import AskPersonButton, TeachButton
from footnote_bot.views.waiting import TellMeButton

CONTROLS: tuple[type[ui.DynamicItem[Any]], ...] = (
    *(SourcesButton, CancelButton, RebuildButton, RollbackButton),
    *(VerdictButton, ShowButton, UndoButton, EditButton, StateButton),
    *(JudgeSelect, RulingButton, TakeBackButton, BetterButton, SentenceSelect),
    *(
        ThumbButton,
        FlagButton,
        TellMeButton,
        QueueButton,
        ForgetButton,
        FurtherButton,
        SuggestionButton,
        DeleteButton,
        AnswerMessageButton,
    ),
    *(AskPersonButton, TeachButton, NeedsPersonButton, PageButton),
    *setup.ITEMS,
    *setup_ways.ITEMS,
    *setup_collections.ITEMS,
)
