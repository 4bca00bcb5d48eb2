"""The gateway: sessions that number what they send, so that a client which fell off can resume and miss nothing."""

import asyncio
import contextlib
import importlib
import json
import secrets
import zlib
from collections.abc import Callable
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web
from discord import Intents

from . import payloads
from .payloads import Payload
from .world import Channel, Message, World

_DISPATCH, _HEARTBEAT, _IDENTIFY, _PRESENCE, _RESUME = 0, 1, 2, 3, 6
_RECONNECT, _INVALID_SESSION, _HELLO, _HEARTBEAT_ACK = 7, 9, 10, 11
_GUILD_EVENTS = ("GUILD_CREATE", "GUILD_DELETE", "GUILD_UPDATE")
_UNKNOWN_OPCODE, _NOT_AUTHENTICATED, _AUTHENTICATION_FAILED, _DISALLOWED_INTENTS = 4001, 4003, 4004, 4014

Encoder = Callable[[str], str | bytes]


class _Connection:
    """One socket; a task of its own writes, so that everything else can send without waiting."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request, encode: Encoder) -> None:
        self.socket = socket
        self.session: _Session | None = None
        self.last_heartbeat = asyncio.get_running_loop().time()
        self._request = request
        self._encode = encode
        self._outgoing: asyncio.Queue[Payload | int] = asyncio.Queue()

    def send(self, payload: Payload) -> None:
        self._outgoing.put_nowait(payload)

    def close(self, code: int) -> None:
        """After what is queued, as the last word."""
        self._outgoing.put_nowait(code)

    def abort(self) -> None:
        """As a cable that is pulled: no closing handshake."""
        if self._request.transport:
            self._request.transport.abort()

    async def write(self) -> None:
        with contextlib.suppress(ConnectionError):
            while not isinstance(item := await self._outgoing.get(), int):
                encoded = self._encode(json.dumps(item))
                if isinstance(encoded, bytes):
                    await self.socket.send_bytes(encoded)
                else:
                    await self.socket.send_str(encoded)
            await self.socket.close(code=item)


class _Session:
    """`shard` and of how many: it hears of the guilds that are that one's, the first one of direct messages."""

    def __init__(self, intents: Intents, shard: tuple[int, int] = (0, 1)) -> None:
        self.id = secrets.token_hex(16)
        self.intents = intents
        self.shard = shard
        self.connection: _Connection | None = None
        self._sent: list[Payload] = []

    def has(self, guild_id: int) -> bool:
        number, count = self.shard
        return (guild_id >> 22) % count == number

    def dispatch(self, event: str, data: Payload) -> None:
        payload = {"op": _DISPATCH, "t": event, "s": len(self._sent) + 1, "d": data}
        self._sent.append(payload)
        if self.connection:
            self.connection.send(payload)

    def replay(self, after: int) -> None:
        for payload in self._sent[after:]:
            if self.connection:
                self.connection.send(payload)
        self.dispatch("RESUMED", {})


class Gateway:
    """Counts what happened to it: `identifies`, `resumes`, `heartbeats`, `missed_heartbeats`."""

    def __init__(
        self,
        world: World,
        *,
        token: str,
        heartbeat_interval: float,
        disallowed: Intents,
        report: Callable[[str], None],
        changed: Callable[[], None],
    ) -> None:
        self.identifies = 0
        self.resumes = 0
        self.heartbeats = 0
        self.missed_heartbeats = 0
        self.url = ""
        self._world = world
        self._token = token
        self._interval = heartbeat_interval
        self._disallowed = disallowed
        self._report = report
        self._changed = changed
        self._sessions: dict[str, _Session] = {}
        self._connections: set[_Connection] = set()
        self._shut_out: dict[int, list[tuple[_Connection, Any]]] = {}

    @property
    def is_connected(self) -> bool:
        return any(session.connection for session in self._sessions.values())

    @property
    def application_flags(self) -> int:
        """What the developer portal allows; REST hides message content by it too."""
        return 0 if self._disallowed.message_content else 1 << 19

    def dispatch(self, event: str, data: Payload, *, intent: str | None = None) -> None:
        guild_id = int(data["id"] if event.startswith(_GUILD_EVENTS) else data.get("guild_id") or 0)
        for session in self._sessions.values():
            if session.has(guild_id) and (intent is None or getattr(session.intents, intent)):
                session.dispatch(event, data)

    def dispatch_message(self, event: str, message: Message) -> None:
        """Without the message content intent only DMs, the bot's own messages and mentions of it are readable. A reply
        with the ping off is no mention, nor is one to the response of an interaction.
        """
        guild_id = message.channel.guild.id if message.channel.guild else 0
        for session in self._sessions.values():
            if session.has(guild_id) and getattr(session.intents, _messages_intent(message.channel)):
                hides = not session.intents.message_content and self.is_private(message)
                session.dispatch(event, payloads.message_event(message, hides_content=hides))

    def dispatch_deletion(self, message: Message) -> None:
        data = {"id": str(message.id), "channel_id": str(message.channel.id)}
        if message.channel.guild:
            data["guild_id"] = str(message.channel.guild.id)
        self.dispatch("MESSAGE_DELETE", data, intent=_messages_intent(message.channel))

    def is_private(self, message: Message) -> bool:
        """Whether its content is the users' business unless the bot holds the intent."""
        bot = self._world.bot
        answers_interaction = message.reply_to is not None and message.reply_to.interaction is not None
        mentions_bot = bot.mention in message.content or (bot.name in message.pinged and not answers_interaction)
        return message.channel.guild is not None and message.author is not bot and not mentions_bot

    def drop(self) -> None:
        for connection in list(self._connections):
            connection.abort()
            self._detach(connection)

    def ask_to_reconnect(self, shard: int | None = None) -> None:
        self._send_all({"op": _RECONNECT, "d": None}, shard)

    def invalidate(self, *, resumable: bool) -> None:
        self._send_all({"op": _INVALID_SESSION, "d": resumable})
        if not resumable:
            self._sessions.clear()

    def shut_out(self, shard: int) -> None:
        """Its session is lost at once, and a new one has to wait until it is let in."""
        self._shut_out[shard] = []
        self._send_all({"op": _INVALID_SESSION, "d": False}, shard)
        self._sessions = {key: each for key, each in self._sessions.items() if each.shard[0] != shard}

    def is_waiting(self, shard: int) -> bool:
        return bool(self._shut_out[shard])

    def let_in(self, shard: int) -> None:
        for connection, data in self._shut_out.pop(shard):
            self._identify(connection, data)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(timeout=1.0)
        await socket.prepare(request)
        connection = _Connection(socket, request, _encoder(request.query.get("compress")))
        self._connections.add(connection)
        writing = asyncio.create_task(connection.write())
        watching = asyncio.create_task(self._watch_heartbeats(connection))
        connection.send({"op": _HELLO, "d": {"heartbeat_interval": int(self._interval * 1000)}})
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._receive(connection, json.loads(message.data))
        finally:
            watching.cancel()
            writing.cancel()
            self._disconnected(connection)
        return socket

    def _receive(self, connection: _Connection, payload: Payload) -> None:
        opcode, data = payload["op"], payload.get("d")
        if opcode == _HEARTBEAT:
            self.heartbeats += 1
            connection.last_heartbeat = asyncio.get_running_loop().time()
            connection.send({"op": _HEARTBEAT_ACK, "d": None})
        elif opcode == _IDENTIFY:
            self._identify(connection, data)
        elif opcode == _RESUME:
            self._resume(connection, data)
        elif connection.session is None:
            connection.close(_NOT_AUTHENTICATED)
        elif opcode != _PRESENCE:
            self._report(f"gateway: the fake does not know opcode {opcode}")
            connection.close(_UNKNOWN_OPCODE)
        self._changed()

    def _identify(self, connection: _Connection, data: Any) -> None:
        intents = Intents._from_value(data["intents"])
        if data["token"] != self._token:
            connection.close(_AUTHENTICATION_FAILED)
        elif intents.value & self._disallowed.value:
            connection.close(_DISALLOWED_INTENTS)
        elif (shard := tuple(data.get("shard") or (0, 1)))[0] in self._shut_out:
            self._shut_out[shard[0]].append((connection, data))
        else:
            self.identifies += 1
            session = _Session(intents, shard)
            self._sessions[session.id] = session
            self._attach(connection, session)
            self._greet(session)

    def _greet(self, session: _Session) -> None:
        guilds = [guild for guild in self._world.guilds.values() if session.has(guild.id)]
        ready = {
            "v": 10,
            "user": payloads.user(self._world.bot),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": list(session.shard),
            "application": {"id": str(self._world.application_id), "flags": self.application_flags},
        }
        session.dispatch("READY", ready)
        for guild in guilds if session.intents.guilds else ():
            session.dispatch("GUILD_CREATE", payloads.guild_event(self._world, guild))

    def _resume(self, connection: _Connection, data: Any) -> None:
        session = self._sessions.get(data["session_id"])
        if session is None or data["token"] != self._token:
            connection.send({"op": _INVALID_SESSION, "d": False})
            return
        self.resumes += 1
        self._attach(connection, session)
        session.replay(data["seq"])

    def _attach(self, connection: _Connection, session: _Session) -> None:
        connection.session = session
        session.connection = connection

    def _detach(self, connection: _Connection) -> None:
        self._connections.discard(connection)
        if connection.session and connection.session.connection is connection:
            connection.session.connection = None
        self._changed()

    def _disconnected(self, connection: _Connection) -> None:
        self._detach(connection)
        # A client that says goodbye ends its session; one that vanishes may resume it.
        if connection.session and connection.socket.close_code in (WSCloseCode.OK, WSCloseCode.GOING_AWAY):
            self._sessions.pop(connection.session.id, None)

    def _send_all(self, payload: Payload, shard: int | None = None) -> None:
        for connection in self._connections:
            if shard is None or (connection.session and connection.session.shard[0] == shard):
                connection.send(payload)

    async def _watch_heartbeats(self, connection: _Connection) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(self._interval)
            # Half an interval of grace: clients start theirs a little after ours.
            if loop.time() - connection.last_heartbeat > 1.5 * self._interval:
                self.missed_heartbeats += 1
                self._changed()


def _messages_intent(channel: Channel) -> str:
    return "guild_messages" if channel.guild else "dm_messages"


def _encoder(compression: str | None) -> Encoder:
    """One compression context for the whole connection, flushed after each message, as the client expects."""
    if compression == "zlib-stream":
        deflate = zlib.compressobj()
        return lambda text: deflate.compress(text.encode()) + deflate.flush(zlib.Z_SYNC_FLUSH)
    if compression == "zstd-stream":
        # Asked for only by clients that have the same package.
        zstandard = importlib.import_module("zstandard")
        stream = zstandard.ZstdCompressor().compressobj()
        flush_block = zstandard.COMPRESSOBJ_FLUSH_BLOCK
        return lambda text: bytes(stream.compress(text.encode()) + stream.flush(flush_block))
    return str
