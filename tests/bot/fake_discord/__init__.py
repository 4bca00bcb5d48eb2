"""A fake Discord on loopback, which the unmodified discord.py client logs in to.

    async with FakeDiscord(openapi=path) as discord:
        guild = discord.add_guild("Library")
        channel = discord.add_channel(guild, "general")
        alice = discord.add_member(guild, "alice", permissions=Permissions(manage_messages=True))
        ...                                     point the client at discord.api_url, discord.gateway_url, discord.token
        await discord.wait_until_connected()
        asked = await alice.slash(channel, "ask", question="Who?")
        answer = await asked.response()         waits; thinking is not an answer yet
        await (await alice.click(answer, "Approve")).acknowledgement()
        assert not answer.pinged

Leaving the block raises an AssertionError if Discord would have objected to a request (`violations`). Acts that a
client would not allow (no such button, command not synced, no permission) raise `NotPossible`. Names are unique.

`FakeDiscord(token, openapi, rates, response_deadline, token_lifetime, heartbeat_interval, disallowed_intents)`
    world       add_guild  add_channel  add_thread  add_forum  change_thread  add_role  add_member  add_stranger
                change_permissions  set_overwrite  bot  add_file
    waiting     wait_for(predicate)  wait_for_reply(message)  wait_until_connected()
    time        skip(seconds)
    problem     fail_next  tear_next  slow_next (each returns a Fault with `used`)
                drop_gateway  request_reconnect  invalidate_session
    seen        violations  requests  requests_to(method, path_regex)  interactions  transcript()
                commands.names(guild or None)  checks_openapi
                gateway.identifies  .resumes  .heartbeats  .missed_heartbeats  .is_connected

`Person` (from add_member, add_stranger)
    acts        say  post  mention_bot  reply  dm  edit  delete  -> Message
                slash  use  click  select  submit  -> Interaction;  autocomplete -> the choices
    sees        sees(channel)  ephemerals(channel)  dms (the channel)  name  mention  user

`Interaction`   await acknowledgement()  outcome()  response()  followup()  modal()  failure()
                callback  messages  original  followups  is_thinking  failed  message  user
`Channel`       messages (what everybody sees)  typing_count  mention
`Message`       content  embeds  components  buttons  selects  text (all that can be read)  attachments  flags  author
                versions (each edit; the first is the original)  pinged  is_ephemeral  is_thinking  deleted  reply_to
                reactions  thread  visible_to
`Modal`         title  custom_id  components
"""

from .commands import OptionValue
from .errors import ApiError, NotPossible
from .faults import Fault
from .interactions import Callback, Interaction, Modal
from .people import Person
from .rates import GENEROUS, STRICT, Rates
from .routes import Request
from .server import FakeDiscord
from .world import Attachment, Channel, Guild, Message, Role, User, Version

__all__ = [
    "GENEROUS",
    "STRICT",
    "ApiError",
    "Attachment",
    "Callback",
    "Channel",
    "FakeDiscord",
    "Fault",
    "Guild",
    "Interaction",
    "Message",
    "Modal",
    "NotPossible",
    "OptionValue",
    "Person",
    "Rates",
    "Request",
    "Role",
    "User",
    "Version",
]
