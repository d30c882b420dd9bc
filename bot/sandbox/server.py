"""The sandbox's HTTP side on loopback: Web API, response URLs, uploads, downloads and sockets."""

import asyncio
import base64
import json
import socket
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from bot.sandbox import api
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.responses import respond
from bot.sandbox.sockets import Sockets
from bot.sandbox.state import Installation, Json, Workspace
from bot.sandbox.tickets import Tickets

LOOPBACK = ["127.0.0.1", "localhost"]
HANG_UP = "sandbox.hang_up"
SECONDS_TO_START = 10.0


@dataclass(frozen=True, slots=True)
class RecordedCall:
    """A Web API call as it came in, and what was answered."""

    method: str
    args: Json
    answer: Json
    at: datetime
    since: int
    """The workspace's version when it was answered."""


@dataclass(slots=True)
class Slack:
    """What the HTTP side works with."""

    workspace: Workspace
    tickets: Tickets
    sockets: Sockets
    faults: Faults = field(default_factory=Faults)
    calls: list[RecordedCall] = field(default_factory=list)
    neighbours: "list[Slack]" = field(default_factory=list)

    async def call(self, request: Request) -> Response:
        """Whose call it is tells the token, or the code of a consent."""
        args = await _arguments(request)
        token = _token(request, args)
        here = (slack for slack in (self, *self.neighbours) if api.knows(slack.workspace, token, args))
        return await next(here, self)._call(request, token, args)

    async def _call(self, request: Request, token: str, args: Json) -> Response:
        name = request.path_params["method"]
        fault = self.faults.next(name) or Fault()
        await asyncio.sleep(fault.delay)
        refuses = fault.refuses and not fault.done
        answer = self._refusal(fault) if refuses else self._answer(name, token, args)
        with self.workspace.lock:
            self.calls.append(
                RecordedCall(name, args, answer, self.workspace.clock(), self.workspace.version)
            )
            self.workspace.changed()
        if fault.hang_up:
            request.scope[HANG_UP]()
            await asyncio.sleep(0)  # lets the connection be lost before an answer is written to it
        if fault.raw is not None:
            return Response(fault.raw, status_code=fault.status, media_type="text/html")
        headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after else {}
        app = self.workspace.installation
        if app is not None and token == app.bot_token:
            headers["X-OAuth-Scopes"] = ",".join(sorted(app.scopes))
        return JSONResponse(answer, status_code=fault.status, headers=headers)

    def _refusal(self, fault: Fault) -> Json:
        return {"ok": False, "error": fault.code or f"http_{fault.status}"}

    def _answer(self, name: str, token: str, args: Json) -> Json:
        with self.workspace.lock:
            return api.answer(self.workspace, self.tickets, name, token, args)

    async def respond(self, request: Request) -> Response:
        body = json.loads(await request.body() or b"{}")
        with self.workspace.lock:
            error = respond(self.workspace, self.tickets, request.path_params["key"], body)
            self.workspace.changed()
        return PlainTextResponse(error or "ok", status_code=404 if error else 200)

    async def upload(self, request: Request) -> Response:
        content = await request.body()
        fault = self.faults.next("upload") or Fault()
        await asyncio.sleep(fault.delay)
        if fault.hang_up:
            request.scope[HANG_UP]()
        if fault.refuses:
            return PlainTextResponse("", status_code=fault.status if fault.status != 200 else 500)
        with self.workspace.lock:
            file = self.workspace.files.get(request.path_params["file"])
            if file is None or file.complete or len(content) != file.length:
                return PlainTextResponse(
                    "the file is unknown, or not as long as it was said to be", status_code=400
                )
            file.content = content
        return PlainTextResponse(f"OK - {len(content)}")

    async def download(self, request: Request) -> Response:
        app, token = self._app(), _token(request, {})
        if token != app.bot_token or "files:read" not in app.scopes:
            return PlainTextResponse("sign in first", status_code=403)
        file = self.workspace.files.get(request.path_params["file"])
        if file is None or file.content is None:
            return PlainTextResponse("no such file", status_code=404)
        return Response(file.content, media_type="application/octet-stream")

    async def connect(self, websocket: WebSocket) -> None:
        if not self.tickets.use_socket(websocket.path_params["ticket"]):
            await websocket.close()
            return
        await self.sockets.serve(websocket, self.workspace.registered.app_id)

    def _app(self) -> Installation:
        app = self.workspace.installation
        if app is None:
            raise RuntimeError("no app is installed in this workspace: call install() first")
        return app

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/api/{method}", self.call, methods=["GET", "POST"]),
            Route("/response/{key}", self.respond, methods=["POST"]),
            Route("/upload/{file}", self.upload, methods=["POST"]),
            Route("/files/{file}/{name}", self.download),
            WebSocketRoute("/socket/{ticket}", self.connect),
        ]

    @asynccontextmanager
    async def running(self, _: Starlette) -> AsyncIterator[None]:
        self.sockets.loop = asyncio.get_running_loop()
        yield
        self.sockets.loop = None


class Server:
    """Uvicorn in a thread of its own; listens as soon as it is made, answers once started."""

    def __init__(self, slack: Slack, port: int, more: Sequence[BaseRoute] = ()) -> None:
        self._listening = socket.create_server(("127.0.0.1", port))
        slack.workspace.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        guard = Middleware(TrustedHostMiddleware, allowed_hosts=LOOPBACK)
        self._slack = slack
        self._app = Starlette(routes=[*slack.routes(), *more], middleware=[guard], lifespan=slack.running)
        config = uvicorn.Config(
            _can_hang_up(self._app),
            ws="websockets-sansio",
            log_level="error",
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)

    def admit(self, neighbour: Slack) -> None:
        """Another workspace at the same address; what is not the Web API it has under its team id."""
        self._slack.neighbours.append(neighbour)
        team = neighbour.workspace.team
        neighbour.workspace.url = f"{self._slack.workspace.url}/{team.id}"
        self._app.router.routes.append(Mount(f"/{team.id}", routes=neighbour.routes()))

    def _run(self) -> None:
        self._server.run(sockets=[self._listening])

    def start(self) -> None:
        self._thread.start()
        tick = threading.Event()
        for _ in range(int(SECONDS_TO_START * 100)):
            if self._server.started:
                return
            tick.wait(0.01)
        raise RuntimeError("the sandbox did not start")

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(SECONDS_TO_START)
        self._listening.close()


def _can_hang_up(app: ASGIApp) -> ASGIApp:
    """Puts into each request a way to close its connection without an answer.

    ASGI has no such word, so the transport is taken from uvicorn's own request cycle.
    """

    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            cycle: Any = getattr(send, "__self__", None)
            scope[HANG_UP] = cycle.transport.abort
        await app(scope, receive, send)

    return asgi


async def _arguments(request: Request) -> Json:
    """Query, form and JSON arguments alike; an app may also name itself and its secret in the header."""
    args: Json = dict(request.query_params)
    how, _, named = request.headers.get("Authorization", "").partition(" ")
    if how == "Basic":
        args["client_id"], _, args["client_secret"] = base64.b64decode(named).decode().partition(":")
    body, kind = await request.body(), request.headers.get("Content-Type", "")
    if kind.startswith("application/json"):
        args |= json.loads(body or b"{}")
    elif kind.startswith("multipart/form-data"):
        args |= dict((await request.form()).items())
    else:
        args |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    return args


def _token(request: Request, args: Json) -> str:
    header = request.headers.get("Authorization", "")
    return header.removeprefix("Bearer ") if header.startswith("Bearer ") else str(args.pop("token", ""))
