"""Builds the bot in Discord: every service around the client, and the client with all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from discord.ext import commands

from footnote_bot.access.ask_limits import AskLimits, Turns
from footnote_bot.access.audiences import Askers
from footnote_bot.access.collection_access import CollectionAccess
from footnote_bot.access.direct_messages import DirectMessages
from footnote_bot.access.gate import Gate
from footnote_bot.access.privacy import Privacy
from footnote_bot.asking import Asking
from footnote_bot.audit import Audit
from footnote_bot.building.article_changes import ArticleChanges
from footnote_bot.building.build_messages import BuildMessages
from footnote_bot.building.progress_messages import ProgressMessages
from footnote_bot.building.rebuilds import Rebuilds
from footnote_bot.building.rollbacks import Rollbacks
from footnote_bot.building.switches import Switches
from footnote_bot.building.watching import Watch
from footnote_bot.cited_contexts import Contexts
from footnote_bot.client import Face, FootnoteClient, ShardedClient
from footnote_bot.cogs.add_message import AddMessageCog
from footnote_bot.cogs.ask import AskCog
from footnote_bot.cogs.audit import AuditCog
from footnote_bot.cogs.changed_questions import ChangedQuestionsCog
from footnote_bot.cogs.channels import ChannelsCog
from footnote_bot.cogs.connections import ConnectionsCog
from footnote_bot.cogs.forget_me import ForgetMeCog
from footnote_bot.cogs.forms import FormsCog
from footnote_bot.cogs.help import HelpCog
from footnote_bot.cogs.index import IndexCog
from footnote_bot.cogs.message_menu import MessageMenuCog
from footnote_bot.cogs.privacy import PrivacyCog
from footnote_bot.cogs.review import ReviewCog, WhyCog
from footnote_bot.cogs.setup import SetupCog
from footnote_bot.discord_services import Core
from footnote_bot.inquiries.changed import ChangedQuestions
from footnote_bot.inquiries.files import Files
from footnote_bot.inquiries.hints import ThreadHints
from footnote_bot.inquiries.inquiries import Inquiries
from footnote_bot.inquiries.menus import MessageMenus
from footnote_bot.inquiries.messages import MessageQuestions
from footnote_bot.inquiries.missed import Missed
from footnote_bot.inquiries.people import People
from footnote_bot.inquiries.rules import QuestionRules
from footnote_bot.inquiries.scopes import Scopes
from footnote_bot.operator_choices import Access, Habits, QuestionUse
from footnote_bot.posts.ageing import Ageing
from footnote_bot.posts.awaiting import Awaiting
from footnote_bot.posts.digest import Digest
from footnote_bot.posts.history import History
from footnote_bot.posts.holding import Holding
from footnote_bot.posts.lost_review import LostReview
from footnote_bot.posts.posting import Posting
from footnote_bot.posts.presence import Presence
from footnote_bot.posts.queues import Queues
from footnote_bot.posts.replies import Replies
from footnote_bot.posts.threads import Threads
from footnote_bot.server_records.collection_setup import CollectionSetup
from footnote_bot.server_records.retention import Retention
from footnote_bot.server_records.server_setup import ServerSetup
from footnote_bot.upkeep import Loop, Upkeep
from footnote_bot.views.host import Builds, Host
from footnote_bot.wire.inflight import InFlight


def make_client(
    core: Core, *, habits: Habits, access: Access | None = None, questions: QuestionUse | None = None
) -> FootnoteClient:
    """A client that is ready to log in."""
    access, questions = access or Access(), questions or QuestionUse()
    make_face = partial(_face, core, access, habits, questions)
    kind, share = (ShardedClient, access.shards.share) if access.shards else (FootnoteClient, None)
    return kind(make_face, timing=habits.timing, reads_messages=access.reads_messages, share=share)


@dataclass(frozen=True, slots=True)
class _Common:
    """What most services need."""

    client: FootnoteClient
    core: Core
    habits: Habits
    gate: Gate
    audit: Audit
    posting: Posting
    in_flight: InFlight
    collections: CollectionAccess


def _face(core: Core, access: Access, habits: Habits, questions: QuestionUse, client: FootnoteClient) -> Face:
    gate, privacy = Gate(client, access.guild_ids, sees_all=access.share.is_whole), Privacy(client)
    direct = DirectMessages(client, gate, core.stores.policies, are_answered=access.answers_directly)
    collections = CollectionAccess(client, core.stores.collections, direct, sees_all=access.share.is_whole)
    askers, contexts = Askers(privacy, direct, collections), Contexts(core.index, collections)
    asking = _asking(core, askers, habits)
    posting = _posting(client, core, habits, gate, privacy, contexts)
    common = _Common(client, core, habits, gate, Audit(core.stores.audit), posting, InFlight(), collections)
    build_messages = BuildMessages(core.stores.running, posting.edit, gate.languages, clock=core.review.now)
    upkeep = _upkeep(common, asking, build_messages)
    rebuilds, rollbacks, queues = *_builds(common, upkeep, build_messages), Queues(core.stores.overview)
    inquiries = _inquiries(common, asking, access.ask_limits)
    changes = ArticleChanges(core.index, core.articles, core.sources, common.audit, gate, collections)
    missed = _missed(common, inquiries)
    host = Host(
        core=core,
        privacy=privacy,
        collections=collections,
        contexts=contexts,
        posting=posting,
        queues=queues,
        inquiries=inquiries,
        builds=Builds(rebuilds, rollbacks, changes),
        server_setup=_server_setup(common),
        collection_setup=CollectionSetup(core.index, core.stores.collections, common.audit, gate),
        people=_people(common),
        show_changes=upkeep.show_changes,
        on_forgotten=questions.on_forgotten,
    )
    cogs = (
        *_question_cogs(common, inquiries, missed),
        ChannelsCog(posting.lost_review, common.in_flight, show_changes=upkeep.show_changes),
        *_index_cogs(common, rebuilds, rollbacks, changes),
        *_other_cogs(common, host, queues, questions),
    )
    loops, syncs = tuple(_loops(common, upkeep, missed, questions)), access.share.has(None)
    return Face(gate, access.leaves_others, syncs, host, cogs, upkeep, loops, common.in_flight, habits.retry)


def _asking(core: Core, askers: Askers, habits: Habits) -> Asking:
    policies, limit = core.stores.policies, habits.answer_within
    return Asking(core.ask, core.review, policies, askers, core.suggest, core.files, time_limit=limit)


def _posting(
    client: FootnoteClient, core: Core, habits: Habits, gate: Gate, privacy: Privacy, contexts: Contexts
) -> Posting:
    lost_review = LostReview(client, core.review, core.stores.audit, habits.retry, gate.languages)
    replies = Replies(client, core.review, habits.retry, gate.languages, core.links, timing=habits.timing)
    return Posting(client, core.review, core.stores, contexts, habits.retry, privacy, lost_review, replies)


def _upkeep(common: _Common, asking: Asking, build_messages: BuildMessages) -> Upkeep:
    client, core, habits, posting = common.client, common.core, common.habits, common.posting
    return Upkeep(
        posting,
        Ageing(core.index, core.review, posting, within=habits.answers_age, seconds_between=habits.timing.between_aged),
        Retention(core.stores.forgetting, core.review, keep=habits.keep_questions),
        Awaiting(client, asking, core.index, core.review, core.stores.waiting, posting, habits.retry),
        build_messages,
        common.in_flight,
        served=lambda: [guild.id for guild in client.guilds if common.gate.serves(guild.id)],
        between_passes=habits.timing.between_passes,
    )


def _builds(common: _Common, upkeep: Upkeep, messages: BuildMessages) -> tuple[Rebuilds, Rollbacks]:
    client, index, audit, gate = common.client, common.core.index, common.audit, common.gate
    timing, on_end = common.habits.timing, upkeep.catch_up
    shown = ProgressMessages(client, common.habits.retry, messages, seconds_between_edits=timing.between_edits)
    rebuilds = Rebuilds(index, audit, gate, shown, on_end=on_end)
    return rebuilds, Rollbacks(client, index, audit, gate, shown, on_end=on_end, seconds_unseen=timing.to_roll_back)


def _inquiries(common: _Common, asking: Asking, limits: AskLimits) -> Inquiries:
    client, core = common.client, common.core
    return Inquiries(
        client,
        asking,
        common.posting,
        History(client, core.review.store, seconds=common.habits.timing.for_history),
        Turns(limits, core.stores.policies),
        Threads(client, core.stores.policies, common.habits.retry),
        Files(core.files),
        pace=common.habits.pace,
    )


def _server_setup(common: _Common) -> ServerSetup:
    core, reads_messages = common.core, common.client.intents.message_content
    return ServerSetup(core.review, core.stores.policies, common.audit, common.gate, reads_messages=reads_messages)


def _people(common: _Common) -> People:
    stores, retry, clock = common.core.stores, common.habits.retry, common.core.review.now
    return People(stores.policies, stores.feedback, common.audit, common.posting, retry, clock=clock)


def _missed(common: _Common, inquiries: Inquiries) -> Missed:
    client, core, gate, stores = common.client, common.core, common.gate, common.core.stores
    rules = QuestionRules(client, stores.answers, stores.questions, stores.policies, gate)
    hints = ThreadHints(client, rules)
    messages = MessageQuestions(client, inquiries, stores.questions, common.in_flight, rules, hints, gate.languages)
    return Missed(client, messages, core.stores.running, gate, clock=core.review.now)


def _question_cogs(common: _Common, inquiries: Inquiries, missed: Missed) -> tuple[commands.Cog, ...]:
    core, in_flight, gate, messages = common.core, common.in_flight, common.gate, missed.messages
    changed = ChangedQuestions(messages, core.stores.questions, common.posting, in_flight)
    return (
        AskCog(inquiries, messages, Scopes(core.index, gate, common.collections), in_flight),
        ConnectionsCog(common.client, missed),
        ChangedQuestionsCog(changed, gate),
        MessageMenuCog(common.client.tree, in_flight, MessageMenus(inquiries, core.fact_check)),
    )


def _index_cogs(
    common: _Common, rebuilds: Rebuilds, rollbacks: Rollbacks, changes: ArticleChanges
) -> tuple[commands.Cog, ...]:
    core, in_flight, gate = common.core, common.in_flight, common.gate
    index_cog = IndexCog(core.index, in_flight, rebuilds, rollbacks, changes, core.sources, gate)
    return index_cog, AddMessageCog(common.client.tree, in_flight, changes)


def _other_cogs(common: _Common, host: Host, queues: Queues, questions: QuestionUse) -> tuple[commands.Cog, ...]:
    core, in_flight = common.core, common.in_flight
    stores, verdicts, vectors_of = core.stores, core.verdicts, questions.vectors_of
    return (
        FormsCog(common.gate),
        SetupCog(host.server_setup, in_flight),
        ReviewCog(stores, queues, verdicts, common.posting, common.audit, in_flight, vectors_of=vectors_of),
        WhyCog(stores, common.collections, in_flight, core.links),
        ForgetMeCog(in_flight),
        PrivacyCog(in_flight, keep=common.habits.keep_questions, model_host=questions.model_host),
        HelpCog(core, common.collections, in_flight, model_host=questions.model_host),
        AuditCog(stores.audit, in_flight),
    )


def _loops(common: _Common, upkeep: Upkeep, missed: Missed, questions: QuestionUse) -> Iterator[Loop]:
    client, core, habits, gate = common.client, common.core, common.habits, common.gate
    stores, timing, retry = core.stores, habits.timing, habits.retry
    holding = Holding(client, stores.answers, stores.holds, stores.policies, common.posting, clock=core.review.now)
    yield partial(missed.run, seconds=timing.between_signs)
    yield partial(holding.run, seconds=timing.between_deadlines)
    yield partial(Presence(client, core.index).run, seconds=timing.between_presences)
    yield partial(Switches(core.index, on_switch=upkeep.catch_up).run, seconds=timing.between_switches)
    if habits.seconds_between_looks is not None:
        watch = Watch(client, core.index, core.review.store, gate, retry, on_end=upkeep.catch_up)
        yield partial(watch.run, seconds=habits.seconds_between_looks)
    if days := habits.digest_days:
        digest = Digest(client, stores.overview, retry, gate.languages, days=days, vectors_of=questions.vectors_of)
        yield partial(digest.run, seconds=timing.between_digests)
