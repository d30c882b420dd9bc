"""How what happens reaches the app over its sockets: each payload by one of them, and again after a refresh."""

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.sandbox import Member, Sandbox, Tokens
from tests.sandbox.calling import HOME
from tests.sandbox.roads import over_sockets


def test_of_two_sockets_each_gets_every_other_payload(
    sandbox: Sandbox, tokens: Tokens, bolt: App, ana: Member
) -> None:
    other = App(client=bolt.client, signing_secret=tokens.signing_secret)
    bolt.command("/who")(lambda ack: ack("one"))
    other.command("/who")(lambda ack: ack("two"))

    with over_sockets(bolt, sandbox, tokens.app_token), over_sockets(other, sandbox, tokens.app_token):
        answers = [ana.commands("/who").text for _ in range(4)]

    assert sorted(answers) == ["one", "one", "two", "two"]


def test_an_event_nobody_acknowledges_comes_again(sandbox: Sandbox, tokens: Tokens, bolt: App) -> None:
    """Bolt does not acknowledge an event that none of its listeners takes."""
    sandbox.courier.ack_seconds = 0.05

    with over_sockets(bolt, sandbox, tokens.app_token):
        delivery = sandbox.emit(HOME)

    assert delivery.error == "operation_timeout"
    assert [attempt.attempt for attempt in sandbox.deliveries] == [0, 1, 2, 3]


def test_after_a_refresh_the_app_comes_back_and_hears_again(
    sandbox: Sandbox, tokens: Tokens, bolt: App, ana: Member
) -> None:
    @bolt.command("/scorecard")
    def show(ack: Ack) -> None:
        ack("5 of 6")

    with over_sockets(bolt, sandbox, tokens.app_token):
        sandbox.sockets.refresh()
        assert sandbox.sockets.connected == 0
        assert sandbox.workspace.wait_until(lambda: sandbox.sockets.connected == 1, 10.0)
        assert ana.commands("/scorecard").text == "5 of 6"


def test_a_socket_needs_a_ticket_of_its_own(sandbox: Sandbox, tokens: Tokens) -> None:
    client = WebClient(base_url=sandbox.api_url)
    url = client.apps_connections_open(app_token=tokens.app_token)["url"]

    ticket = url.rpartition("/")[2]
    assert sandbox.tickets.use_socket(ticket)
    assert not sandbox.tickets.use_socket(ticket)
