"""A workspace with one person, and a real Bolt app in it over either road."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.sandbox import Member, Sandbox, Tokens
from tests.sandbox.parts import Json
from tests.sandbox.roads import UNHURRIED, Run, over_http, over_sockets


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        sandbox.patience = sandbox.tickets.trigger_seconds = UNHURRIED
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


@pytest.fixture
def run(sandbox: Sandbox) -> Run:
    """Starts a Bolt app over HTTP, the quicker road."""
    return lambda app: over_http(app, sandbox)


@pytest.fixture(params=["socket", "http"])
def run_either_way(request: pytest.FixtureRequest, sandbox: Sandbox, tokens: Tokens) -> Run:
    """Starts a Bolt app, over each of the two roads in turn."""
    if request.param == "http":
        return lambda app: over_http(app, sandbox)
    return lambda app: over_sockets(app, sandbox, tokens.app_token)


@pytest.fixture
def in_a_form(
    bolt: App, run: Run, client: WebClient, ana: Member
) -> Callable[..., AbstractContextManager[None]]:
    """A running app that shows this view on `/form`."""

    def start(view: Json) -> AbstractContextManager[None]:
        @bolt.command("/form")
        def show(ack: Ack, body: Json) -> None:
            client.views_open(trigger_id=body["trigger_id"], view=view)
            ack()

        return run(bolt)

    return start
