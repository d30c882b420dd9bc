"""Troubles to order: what the Web API does wrong the next few times a method is called."""

import threading
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong.

    `status` answers with that HTTP status (and Retry-After seconds with 429); `code` with that Slack error;
    `hang_up` does the work and closes the connection before any answer; `delay` only takes that many seconds.
    `raw` is what somebody else answers in Slack's place, after the work where it is `done`.
    """

    status: int = 200
    retry_after: int | str = 0
    code: str = ""
    hang_up: bool = False
    delay: float = 0.0
    raw: bytes | None = None
    done: bool = False

    @property
    def refuses(self) -> bool:
        """Whether the method is not even tried."""
        return bool(self.code) or self.status != 200 or (self.raw is not None and not self.done)


class Faults:
    """Faults wait in line per method; each is used up by one call."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, list[Fault]] = {}

    def drop_reply(self, method: str, times: int = 1) -> None:
        """The method is carried out, then the connection is closed without an answer."""
        self._add(method, Fault(hang_up=True), times)

    def rate_limit(self, method: str, retry_after: int | str = 1, times: int = 1) -> None:
        """429 with `Retry-After: retry_after`, in seconds or whatever else."""
        self._add(method, Fault(status=429, retry_after=retry_after, code="ratelimited"), times)

    def error(self, method: str, status: int = 500, times: int = 1) -> None:
        """An HTTP error without a Slack answer in it."""
        self._add(method, Fault(status=status), times)

    def slack_error(self, method: str, code: str = "internal_error", times: int = 1) -> None:
        """`{"ok": false, "error": code}`, nothing done."""
        self._add(method, Fault(code=code), times)

    def other_answer(
        self, method: str, raw: bytes, *, status: int = 200, done: bool = False, times: int = 1
    ) -> None:
        """Something else answers, a proxy say; with `done` the method was carried out all the same."""
        self._add(method, Fault(status=status, raw=raw, done=done), times)

    def delay(self, method: str, seconds: float, times: int = 1) -> None:
        """The answer comes, `seconds` late."""
        self._add(method, Fault(delay=seconds), times)

    def clear(self) -> None:
        with self._lock:
            self._waiting.clear()

    def next(self, method: str) -> Fault | None:
        """The fault for this call of the method, taken out of the line."""
        with self._lock:
            line = self._waiting.get(method)
            return line.pop(0) if line else None

    def _add(self, method: str, fault: Fault, times: int) -> None:
        with self._lock:
            self._waiting.setdefault(method, []).extend([fault] * times)
