"""Discord's refusals, in the shape in which its API sends them, and the user's own impossible acts."""

from typing import Any

# code -> (status, message), as in Discord's list of JSON error codes.
_KNOWN = {
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10013: (404, "Unknown User"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    40060: (400, "Interaction has already been acknowledged."),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50013: (403, "Missing Permissions"),
    50027: (401, "Invalid Webhook Token"),
    50035: (400, "Invalid Form Body"),
    50083: (400, "Thread is archived"),
    160002: (403, "Cannot reply without permission to read message history"),
    160004: (400, "A thread has already been created for this message"),
}


class NotPossible(Exception):
    """The user's client would not allow this: no such button, no such command, not their message."""


class ApiError(Exception):
    """A refusal that the bot gets as JSON."""

    def __init__(
        self, code: int, *, status: int | None = None, message: str | None = None, errors: dict[str, Any] | None = None
    ) -> None:
        known_status, known_message = _KNOWN.get(code, (400, "Bad Request"))
        self.status = status or known_status
        self.body: dict[str, Any] = {"message": message or known_message, "code": code}
        if errors:
            self.body["errors"] = errors
        super().__init__(f"{self.status} {self.body}")


class Form:
    """Collects what is wrong with a body, each fault at its path, as error 50035 reports them."""

    def __init__(self) -> None:
        self._errors: dict[str, Any] = {}

    def fault(self, path: str, code: str, message: str) -> None:
        node = self._errors
        for part in path.split("."):
            node = node.setdefault(part, {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def require(self, path: str, value: object) -> None:
        if value is None or value == "":
            self.fault(path, "BASE_TYPE_REQUIRED", "This field is required")

    def length(self, path: str, value: object, *, most: int, least: int = 0) -> None:
        """Texts and lists alike; a missing value is somebody else's concern."""
        if not isinstance(value, str | list):
            return
        if len(value) > most:
            self.fault(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
        elif len(value) < least:
            self.fault(path, "BASE_TYPE_MIN_LENGTH", f"Must be {least} or more in length.")

    def url(self, path: str, value: object, *, schemes: tuple[str, ...] = ("http", "https")) -> None:
        if value and str(value).partition("://")[0] not in schemes:
            allowed = ", ".join(schemes)
            self.fault(
                path, "URL_TYPE_INVALID_SCHEME", f"Scheme of {value!r} is not supported. Must be one of {allowed}."
            )

    def check(self) -> None:
        if self._errors:
            raise ApiError(50035, errors=self._errors)
