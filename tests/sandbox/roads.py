"""The two roads on which a real Bolt app meets the sandbox."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

import uvicorn
from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox import Sandbox

Run = Callable[[App], contextlib.AbstractContextManager[None]]
UNHURRIED = 60.0
"""Seconds that nobody waits on a machine that does nothing else."""


@contextlib.contextmanager
def over_sockets(app: App, sandbox: Sandbox, app_token: str) -> Iterator[None]:
    """Runs the app over one Socket Mode connection."""
    before = sandbox.sockets.connected
    client = SocketModeHandler(app, app_token, web_client=WebClient(base_url=sandbox.api_url)).client
    client.connect()
    assert sandbox.workspace.wait_until(lambda: sandbox.sockets.connected > before, UNHURRIED)
    try:
        yield
    finally:
        client.auto_reconnect_enabled = False
        sandbox.sockets.drop()  # else the client's own close waits for its receive timeout of 3 s
        while client.is_connected():
            time.sleep(0.005)
        client.close()


@contextlib.contextmanager
def over_http(app: App, sandbox: Sandbox) -> Iterator[None]:
    """Runs the app behind a small Starlette route of its own."""

    async def events(request: Request) -> Response:
        body = (await request.body()).decode()
        asked = BoltRequest(body=body, headers=dict(request.headers))
        answer = await run_in_threadpool(app.dispatch, asked)
        return Response(
            answer.body, answer.status, {name: values[0] for name, values in answer.headers.items()}
        )

    server = uvicorn.Server(
        uvicorn.Config(
            Starlette(routes=[Route("/slack/events", events, methods=["POST"])]), port=0, log_level="error"
        )
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    sandbox.deliver_over_http(f"http://127.0.0.1:{port}/slack/events")
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()
