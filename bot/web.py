"""The HTTP side: call sources, Slack over HTTP, and what a monitor asks."""

import threading
from collections.abc import Callable
from hashlib import sha256
from typing import Any
from uuid import uuid4

import structlog
import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST
from slack_bolt import BoltRequest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot import telemetry
from bot.app import Cornerman
from bot.calls import SOURCES, BadSignature, Delivery, Unreadable
from bot.clock import stopwatch
from bot.inbox import NotStored
from bot.services import health

log = structlog.get_logger()

LARGEST_BODY = 1_000_000


class TooLarge(Exception):
    """A body over `LARGEST_BODY`."""


def web(corner: Cornerman, unready: Callable[[], str]) -> Starlette:
    """The ASGI app; `unready` says in a sentence what keeps this process from serving.

    Slack's requests run in the thread pool: on the event loop one slow ack would stop everybody.
    """
    secrets = corner.settings.call_secrets()

    async def slack_events(request: Request) -> Response:
        stamp = request.headers.get("x-slack-request-timestamp", "")
        if not (stamp.isascii() and stamp.isdecimal()):
            return PlainTextResponse("unsigned", 401)
        body = (await _body(request)).decode("utf-8", "replace")
        bolt_request = BoltRequest(body=body, query=request.url.query, headers=dict(request.headers))
        began = stopwatch()
        answer = await run_in_threadpool(corner.slack.dispatch, bolt_request)
        telemetry.ACK_SECONDS.labels("http").observe(stopwatch() - began)
        if answer.status == 401:
            log.warning("an unsigned or stale request was refused", path="/slack/events")
        return Response(
            answer.body, answer.status, {name: values[0] for name, values in answer.headers.items()}
        )

    async def call_ended(request: Request) -> Response:
        body = await _body(request)
        name = request.path_params["source"]
        return await run_in_threadpool(_store_call, corner, secrets, name, dict(request.headers), body)

    def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok")

    def readyz(_request: Request) -> Response:
        missing = unready()
        return PlainTextResponse(missing or "ready", 503 if missing else 200)

    def metrics(_request: Request) -> Response:
        with corner.db.read() as session:
            depths = health.depths(session, now=corner.clock())
        return Response(telemetry.page(depths), media_type=CONTENT_TYPE_LATEST)

    return Starlette(
        routes=[
            Route("/slack/events", slack_events, methods=["POST"]),
            Route("/calls/{source}", call_ended, methods=["POST"]),
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route("/metrics", metrics),
        ],
        exception_handlers={TooLarge: _too_large, ClientDisconnect: _too_large},
    )


def _store_call(
    corner: Cornerman, secrets: dict[str, str], name: str, headers: dict[str, str], body: bytes
) -> Response:
    """Store first, answer then: 503 only when it could not be stored, so that the sender tries again."""
    source, secret = SOURCES.get(name), secrets.get(name)
    if source is None or secret is None:
        return PlainTextResponse("not found", 404)
    delivery = Delivery(headers, body, corner.clock())
    try:
        source.verify(delivery, secret)
        source.parse(delivery)
    except BadSignature as error:
        log.warning("an unsigned or stale request was refused", path=f"/calls/{name}", reason=str(error))
        return PlainTextResponse(str(error), 401)
    except Unreadable as error:
        return PlainTextResponse(str(error), 400)
    event_key = sha256(body).hexdigest()
    kept: dict[str, Any] = {"text": body.decode()}
    try:
        corner.inbox.take(corner.tools.workspace_id, f"calls/{name}", event_key, kept, uuid4().hex[:12])
    except NotStored as error:
        log.error("a call could not be stored", source=name, error=str(error))
        return PlainTextResponse("not stored, try again", 503)
    return PlainTextResponse("stored")


async def _body(request: Request) -> bytes:
    """The whole body; raises TooLarge before more than `LARGEST_BODY` is in memory."""
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > LARGEST_BODY:
            raise TooLarge
    return bytes(read)


def _too_large(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse(f"the body is over {LARGEST_BODY:,} bytes or was cut off", 413)


class WebServer:
    """Uvicorn in a thread; `port` is the one it really listens on (0 asks for any free one)."""

    def __init__(self, app: Starlette, *, host: str, port: int) -> None:
        config = uvicorn.Config(
            app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            ws="none",
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
