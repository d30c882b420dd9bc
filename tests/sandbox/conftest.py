"""A workspace with one person, and a real Bolt app in it over either road."""

import contextlib
import threading
from collections.abc import Callable, Iterator

import pytest
import uvicorn
from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox import Member, Sandbox, Tokens

Run = Callable[[App], contextlib.AbstractContextManager[None]]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        sandbox.patience = 1.0
        yield sandbox


@pytest.fixture
def tokens(sandbox: Sandbox) -> Tokens:
    return sandbox.install()


@pytest.fixture
def ana(sandbox: Sandbox, tokens: Tokens) -> Member:
    return sandbox.add_person("Ana Lopez", email="ana@team.example", tz="Europe/Berlin")


@pytest.fixture
def client(sandbox: Sandbox, tokens: Tokens) -> WebClient:
    return WebClient(tokens.bot_token, base_url=sandbox.api_url, retry_handlers=[])


@pytest.fixture
def bolt(client: WebClient, tokens: Tokens) -> App:
    return App(
        client=client,
        token=tokens.bot_token,
        signing_secret=tokens.signing_secret,
        raise_error_for_unhandled_request=False,
    )


@contextlib.contextmanager
def over_sockets(app: App, sandbox: Sandbox, app_token: str) -> Iterator[None]:
    """Runs the app over one Socket Mode connection."""
    before = sandbox.sockets.connected
    handler = SocketModeHandler(app, app_token, web_client=WebClient(base_url=sandbox.api_url))
    handler.connect()
    assert sandbox.workspace.wait_until(lambda: sandbox.sockets.connected > before, 5.0)
    try:
        yield
    finally:
        handler.close()


@contextlib.contextmanager
def over_http(app: App, sandbox: Sandbox) -> Iterator[None]:
    """Runs the app behind a small Starlette route of its own."""

    async def events(request: Request) -> Response:
        body = (await request.body()).decode()
        headers = {name: [value] for name, value in request.headers.items()}
        answer = await run_in_threadpool(app.dispatch, BoltRequest(body=body, headers=headers))
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


@pytest.fixture(params=["socket", "http"])
def run(request: pytest.FixtureRequest, sandbox: Sandbox, tokens: Tokens) -> Run:
    """Starts a Bolt app, over each of the two roads in turn."""
    if request.param == "http":
        return lambda app: over_http(app, sandbox)
    return lambda app: over_sockets(app, sandbox, tokens.app_token)
