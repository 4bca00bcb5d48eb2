"""Rate limits: 50 requests a second over all, and a bucket per route and channel, with the headers clients read."""

import hashlib
from dataclasses import dataclass, field

from .clock import Clock


@dataclass(frozen=True, slots=True)
class Rates:
    """How many requests within how many seconds; `buckets` is looked up by "METHOD template"."""

    per_second: int
    default: tuple[int, float]
    buckets: dict[str, tuple[int, float]] = field(default_factory=dict)


GENEROUS = Rates(per_second=100_000, default=(10_000, 1.0))
STRICT = Rates(
    per_second=50,
    default=(10, 10.0),
    buckets={
        "POST /channels/{channel_id}/messages": (5, 5.0),
        "PATCH /channels/{channel_id}/messages/{message_id}": (5, 5.0),
        "DELETE /channels/{channel_id}/messages/{message_id}": (5, 1.0),
        "PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me": (1, 0.25),
        "POST /channels/{channel_id}/typing": (5, 5.0),
        "POST /webhooks/{webhook_id}/{webhook_token}": (5, 2.0),
        "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original": (5, 2.0),
    },
)


@dataclass
class _Window:
    ends: float = 0.0
    used: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the limiter says of one request; `retry_after` is None when it may pass."""

    headers: dict[str, str]
    retry_after: float | None = None
    is_global: bool = False


class RateLimits:
    def __init__(self, clock: Clock, rates: Rates) -> None:
        self._clock = clock
        self._rates = rates
        self._windows: dict[str, _Window] = {}

    def count(self, route: str, major: str, *, counts_globally: bool) -> Verdict:
        """Counts a request in its bucket (`major` is the channel, guild or webhook) and in the global one."""
        if counts_globally:
            window = self._use("global", self._rates.per_second, 1.0)
            if window is None:
                retry_after = self._remaining_time("global")
                headers = {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
                return Verdict(headers, retry_after, is_global=True)
        limit, seconds = self._rates.buckets.get(route, self._rates.default)
        key = f"{route} {major}"
        window = self._use(key, limit, seconds)
        reset_after = self._remaining_time(key)
        headers = {
            "X-RateLimit-Bucket": hashlib.sha256(route.encode()).hexdigest()[:32],
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(limit - window.used if window else 0),
            "X-RateLimit-Reset": f"{self._clock.now() + reset_after:.3f}",
            "X-RateLimit-Reset-After": f"{reset_after:.3f}",
        }
        if window is None:
            return Verdict(headers | {"X-RateLimit-Scope": "user"}, reset_after)
        return Verdict(headers)

    def _use(self, key: str, limit: int, seconds: float) -> _Window | None:
        window = self._windows.setdefault(key, _Window())
        now = self._clock.now()
        if now >= window.ends:
            window.ends, window.used = now + seconds, 0
        if window.used >= limit:
            return None
        window.used += 1
        return window

    def _remaining_time(self, key: str) -> float:
        return max(0.0, self._windows[key].ends - self._clock.now())
