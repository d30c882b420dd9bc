"""The HTTP side: call sources, Slack over HTTP, and what a monitor asks; and how long a connection may take."""

import asyncio
import resource
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.app import Cornerman
from bot.calls.sources import Delivery
from bot.http import call_webhooks as webhooks
from bot.http import monitoring
from bot.http import slack_requests as slack_road
from bot.slack import tenancy

LARGEST_BODY = 1_000_000
SECONDS_FOR_BODY = 10.0
WEBHOOK_THREADS = 40
"""Of their own, so that call sources and Slack do not stand in each other's line."""

ALWAYS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}
"""What every answer says to browsers."""
BY_HTTPS = {"Strict-Transport-Security": "max-age=31536000"}


class TooLarge(Exception):
    """A body over `LARGEST_BODY`."""


class TooSlow(Exception):
    """A body that did not arrive within `SECONDS_FOR_BODY`."""


def web(corner: Cornerman, unready: Callable[[], str]) -> ASGIApp:
    """The ASGI app; `unready` says in a sentence what keeps this process from serving.

    Slack's requests run in the thread pool: on the event loop one slow ack would stop everybody.
    """
    secrets, threads = webhooks.secrets(corner), ThreadPoolExecutor(WEBHOOK_THREADS, "webhook")

    async def slack_events(request: Request) -> Response:
        return await slack_road.answer(corner, request, await _body(request))

    async def call_ended(request: Request) -> Response:
        delivery = Delivery(
            headers=dict(request.headers),
            body=await _body(request),
            received_at=corner.clock(),
            url=_as_the_sender_wrote_it(request, corner.settings.public_url),
        )
        source, team = request.path_params["source"], request.path_params.get("team")
        return await asyncio.get_running_loop().run_in_executor(
            threads, webhooks.answer, corner, secrets, source, team, delivery
        )

    app = Starlette(
        routes=[
            *([Route("/slack/events", slack_events, methods=["POST"])] if slack_road.is_open(corner) else ()),
            Route("/calls/{source}", call_ended, methods=["POST"]),
            Route("/calls/{source}/{team}", call_ended, methods=["POST"]),
            *(tenancy.routes(corner.installing) if corner.installing else ()),
            *monitoring.routes(corner, unready),
        ],
        exception_handlers={
            TooLarge: _too_large,
            ClientDisconnect: _too_large,
            TooSlow: _too_slow,
        },
    )
    return Guarded(app, public_url=corner.settings.public_url)


def _as_the_sender_wrote_it(request: Request, public_url: str | None) -> str:
    """Some sources sign the address; behind a proxy the one that arrives here is another."""
    base = public_url or f"{request.url.scheme}://{request.url.netloc}"
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{base.rstrip('/')}{request.url.path}{query}"


async def _body(request: Request) -> bytes:
    """The whole body; raises TooLarge before more than `LARGEST_BODY` is in memory, TooSlow when it trickles."""
    read = bytearray()
    try:
        async with asyncio.timeout(SECONDS_FOR_BODY):
            async for chunk in request.stream():
                read += chunk
                if len(read) > LARGEST_BODY:
                    raise TooLarge
    except TimeoutError as error:
        raise TooSlow from error
    return bytes(read)


def _too_large(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse(f"the body is over {LARGEST_BODY:,} bytes or was cut off", 413)


def _too_slow(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse(
        f"the body took over {SECONDS_FOR_BODY:.0f} seconds", 408, {"Connection": "close"}
    )


class Guarded:
    """Wraps the whole app, so that answers to errors bear the headers too."""

    def __init__(self, app: ASGIApp, *, public_url: str | None) -> None:
        self._app = app
        by_https = (public_url or "").startswith("https://")
        self._headers = {**ALWAYS, **(BY_HTTPS if by_https else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        await self._app(scope, receive, guarded if scope["type"] == "http" else send)


class WebServer:
    """Uvicorn in a thread; `port` is the one it really listens on (0 asks for any free one)."""

    def __init__(self, app: ASGIApp, *, host: str, port: int) -> None:
        config = uvicorn.Config(
            app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            ws="none",
            http=PatientForAWhile,
            timeout_graceful_shutdown=8,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, name="web", daemon=True)

    def start(self) -> None:
        """Returns once it listens; raises OSError when it cannot."""
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise OSError(f"port {self._server.config.port} cannot be listened on")
            self._thread.join(0.01)

    @property
    def port(self) -> int:
        return int(self._server.servers[0].sockets[0].getsockname()[1])

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)


SECONDS_FOR_HEADERS = 10.0
MOST_CONNECTIONS = 400
"""At once, or half of the files that this process may open, where those are fewer."""


class PatientForAWhile(H11Protocol):
    """Closes a connection whose headers are not whole in time.

    Where there are too many, whoever has waited longest without a whole request, body and all, makes room for the next.
    """

    _waiting: dict["PatientForAWhile", None] = {}  # noqa: RUF012  of the whole process, oldest first
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
        elif self._has_headers:
            self._hurry_no_more()  # the body has its own time; until it is whole others may take the place
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
    def _has_headers(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    @property
    def _is_at_work(self) -> bool:
        return self._has_headers and not self.cycle.more_body

    def _await_headers(self) -> None:
        self._stop_waiting()
        self._waiting[self] = None
        self._deadline = self.loop.call_later(SECONDS_FOR_HEADERS, self._give_up)

    def _stop_waiting(self) -> None:
        self._waiting.pop(self, None)
        self._hurry_no_more()

    def _hurry_no_more(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _make_room(self) -> None:
        """At once, though its end is told a little later: of many who come together each has its own to go."""
        self._stop_waiting()
        self.connections.discard(self)
        self.transport.abort()

    def _give_up(self) -> None:
        if not self._has_headers:
            self.transport.abort()


def most_connections() -> int:
    files: Any = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return MOST_CONNECTIONS if files == resource.RLIM_INFINITY else min(MOST_CONNECTIONS, files // 2)
