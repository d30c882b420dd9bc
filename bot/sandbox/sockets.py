"""Socket Mode: the open connections, and envelopes that go to one of them and come back acknowledged."""

import asyncio
import concurrent.futures
import contextlib
import itertools
import json
import uuid
from collections.abc import Coroutine
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.state import Json, Workspace

SECONDS_TO_SEND = 5.0


class Sockets:
    """Sends from any thread but the server's own; each envelope goes to the next connection in turn."""

    MOST = 10

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.loop: asyncio.AbstractEventLoop | None = None
        self._open: list[WebSocket] = []
        self._turn = itertools.count()
        self._waiting: dict[str, concurrent.futures.Future[Json]] = {}

    @property
    def connected(self) -> int:
        return len(self._open)

    async def serve(self, socket: WebSocket, app_id: str) -> None:
        """One connection, from its hello until it is closed by either side."""
        await socket.accept()
        if len(self._open) >= self.MOST:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return
        with self._workspace.lock:
            self._open.append(socket)
            self._workspace.changed()
        await socket.send_json(self._hello(app_id))
        with contextlib.suppress(WebSocketDisconnect):
            while True:
                self._acknowledged(json.loads(await socket.receive_text()))
        self._forget(socket)

    def _hello(self, app_id: str) -> Json:
        debug = {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060}
        info = {"app_id": app_id}
        return {
            "type": "hello",
            "num_connections": self.connected,
            "debug_info": debug,
            "connection_info": info,
        }

    def _acknowledged(self, message: Json) -> None:
        waiting = self._waiting.pop(str(message.get("envelope_id")), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(message.get("payload") or {})

    def _forget(self, socket: WebSocket) -> None:
        with self._workspace.lock:
            self._open = [other for other in self._open if other is not socket]
            self._workspace.changed()

    def send(self, kind: str, payload: Json, *, within: float, retry: int = 0, reason: str = "") -> Json:
        """The acknowledgement's payload; raises `TimeoutError` if none comes within so many seconds.

        `kind` is Slack's `events_api`, `interactive` or `slash_commands`.
        """
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": retry, "retry_reason": reason}
        answer: concurrent.futures.Future[Json] = concurrent.futures.Future()
        self._waiting[envelope["envelope_id"]] = answer
        self._do(self._next().send_json(envelope))
        try:
            return answer.result(timeout=within)
        finally:
            self._waiting.pop(envelope["envelope_id"], None)

    def _next(self) -> WebSocket:
        there = list(self._open)
        if not there:
            raise TimeoutError("the last connection has just closed")
        return there[next(self._turn) % len(there)]

    def refresh(self, reason: str = "refresh_requested") -> None:
        """Asks every connection to come anew and closes it, as Slack does every few hours."""
        for socket in list(self._open):
            self._forget(socket)
            self._do(self._say_goodbye(socket, reason))

    def drop(self) -> None:
        """Closes every connection without a word, as a broken line does."""
        for socket in list(self._open):
            self._forget(socket)
            self._do(socket.close())

    @staticmethod
    async def _say_goodbye(socket: WebSocket, reason: str) -> None:
        await socket.send_json({"type": "disconnect", "reason": reason})
        await socket.close()

    def _do(self, what: Coroutine[Any, Any, None]) -> None:
        if self.loop is None:
            what.close()
            return
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):  # the other side may just have gone
            asyncio.run_coroutine_threadsafe(what, self.loop).result(SECONDS_TO_SEND)
