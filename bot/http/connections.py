"""How long a connection may take to say what it wants, and how many there may be: uvicorn itself limits neither."""

import asyncio
import resource
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

SECONDS_FOR_HEADERS = 10.0
MOST_CONNECTIONS = 400
"""At once, or half of the files that this process may open, where those are fewer."""


class PatientForAWhile(H11Protocol):
    """Closes a connection whose headers are not whole in time.

    Where there are too many, whoever has waited longest without saying anything whole makes room for who comes.
    """

    _waiting: dict["PatientForAWhile", None] = {}  # noqa: RUF012  all connections of the process, oldest first
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_headers()
        if len(self.connections) > most_connections():
            next(iter(self._waiting), self)._make_room()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._is_at_work:
            self._stop_waiting()
        elif self._deadline is None:
            self._await_headers()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self.transport.is_closing():
            self._await_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    @property
    def _is_at_work(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _await_headers(self) -> None:
        self._stop_waiting()
        self._waiting[self] = None
        self._deadline = self.loop.call_later(SECONDS_FOR_HEADERS, self._give_up)

    def _stop_waiting(self) -> None:
        self._waiting.pop(self, None)
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _make_room(self) -> None:
        """At once, though its end is told a little later: of many who come together each has its own to go."""
        self._stop_waiting()
        self.connections.discard(self)
        self.transport.abort()

    def _give_up(self) -> None:
        if not self._is_at_work:
            self.transport.abort()


def most_connections() -> int:
    files: Any = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return MOST_CONNECTIONS if files == resource.RLIM_INFINITY else min(MOST_CONNECTIONS, files // 2)
