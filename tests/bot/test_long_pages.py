"""Pages and reports with much content: complete and within Discord's limits in each language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from fake_services import REPORT

from footnote.models.collections import ServerCollections, Target
from footnote.records.policies import AtDeadline, Mode, Policy
from footnote_bot.render import builds, collections, setup
from footnote_bot.render.answers import EMBED_LIMIT, size
from footnote_bot.render.markdown import width
from footnote_bot.server_records.collection_setup import Shelves
from footnote_bot.server_records.server_setup import Chosen
from footnote_bot.translations.catalogue import _
from footnote_bot.translations.language import languages, speaking
from footnote_index.building.reports import Foreign, Skipped, Warned

LANGUAGES = sorted(languages())
ID = 10**18


@dataclass
class Guild:
    """With channels where everything is allowed, and no roles."""

    id: int = 1
    has_channels: bool = True
    text_channels: tuple[object, ...] = ()

    def get_channel(self, channel_id: int) -> Any:
        return channel_id or None if self.has_channels else None

    def get_role(self, _role_id: int) -> Any:
        return None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_settings_of_many_channels_leave_room_for_what_is_wrong(language: str) -> None:
    held = Policy(mode=Mode.HOLD, minutes=1425, at_deadline=AtDeadline.POST)
    channels = tuple(range(ID, ID + 12))
    chosen = Chosen(None, ID, channels, dict.fromkeys(channels, held))
    guild: Any = Guild()
    with speaking(language):
        page, of_all = setup.setup_page(chosen, guild), setup.of_channel(chosen, guild, 0)
        warning = _("⚠️ Answers are held, but without a review channel nobody can approve them.")
    assert page.endswith(warning)
    assert of_all.endswith(warning)
    assert max(width(page), width(of_all)) <= 2000
    assert page.count(f"<#{ID}>") == 2, "some channels are named with their policy"


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_has_collections_fits_into_a_message(language: str) -> None:
    given = {number: frozenset({"shelf " * 20}) for number in range(ID, ID + 9)}
    names = tuple(f"shelf {number}" for number in range(30))
    shelves = Shelves(ServerCollections(given, given), names, names)
    guild: Any = Guild(has_channels=False)
    with speaking(language):
        page = collections.overview(shelves, guild)
        assert page.endswith(_("⚠️ No article is in {names}.").format(names=collections._names(names)))
    assert width(page) <= 2000


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_of_many_problems_fits_into_an_embed(language: str) -> None:
    skipped = tuple(Skipped(f"{number} {'name ' * 30}", "reason " * 40) for number in range(20))
    warned = tuple(Warned(one.article_id, one.reason) for one in skipped)
    foreign, canaries = Foreign(31, 40, "e" * 50), ("When?",) * 20
    problem = replace(REPORT, skipped=skipped, warned=warned, foreign=foreign, failed_canaries=canaries)
    with speaking(language):
        embed = builds.report(problem)
    assert width(embed.description or "") <= 4096
    assert size(embed) <= EMBED_LIMIT


def test_a_deleted_channel_stands_where_any_noun_fits() -> None:
    shelves = Shelves(ServerCollections({5: frozenset({"guides"})}, {6: frozenset({"guides"})}), ("guides",))
    guild: Any = Guild(has_channels=False)
    with speaking("de"):
        assert collections.of_target(shelves, guild, Target.PLACE, 5) == (
            "ein gelöschter Kanal (5) – Fragen werden nur hieraus beantwortet: guides."
        )
        assert collections.of_target(shelves, guild, Target.ROLE, 6) == (
            "eine gelöschte Rolle (6) – was nur ein Mitglied mit dieser Rolle liest, wird auch hieraus beantwortet: "
            "guides."
        )
