"""How what happens reaches the app: signed, again if need be, to one of its sockets; and the troubles to order."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import httpx
import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier

from bot.sandbox import Member, Sandbox, Tokens
from tests.sandbox.listener import Listener
from tests.sandbox.roads import over_sockets

Json = dict[str, Any]
Run = Callable[[App], AbstractContextManager[None]]
HOME = {"type": "app_home_opened", "user": "U1", "tab": "home"}


@pytest.fixture
def listener(sandbox: Sandbox, tokens: Tokens) -> Iterator[Listener]:
    """A bare HTTP endpoint that keeps what it is sent."""
    with Listener() as listener:
        sandbox.deliver_over_http(listener.url)
        yield listener


def test_what_comes_over_http_is_signed(
    sandbox: Sandbox, tokens: Tokens, listener: Listener, ana: Member
) -> None:
    ana.commands("/scorecard")
    sandbox.emit(HOME)

    verifier = SignatureVerifier(tokens.signing_secret)
    assert all(verifier.is_valid_request(heard.body, heard.headers) for heard in listener.heard)
    assert len(listener.heard) == 2


def test_an_event_that_fails_is_sent_again_with_one_id(sandbox: Sandbox, listener: Listener) -> None:
    listener.answers = [500, 500, 200]

    delivery = sandbox.emit(HOME)

    assert [heard.headers.get("x-slack-retry-num") for heard in listener.heard] == [None, "1", "2"]
    assert listener.heard[1].headers["x-slack-retry-reason"] == "http_error"
    assert len({heard.json["event_id"] for heard in listener.heard}) == 1
    assert delivery.error == ""
    assert [attempt.error for attempt in sandbox.deliveries] == ["dispatch_failed", "dispatch_failed", ""]


def test_an_event_is_given_up_after_three_more_attempts(sandbox: Sandbox, listener: Listener) -> None:
    listener.answers = [500] * 9

    assert sandbox.emit(HOME).error == "dispatch_failed"
    assert len(listener.heard) == 4


def test_the_app_may_ask_for_no_more_attempts(sandbox: Sandbox, listener: Listener) -> None:
    listener.answers, listener.no_retry = [500] * 9, True

    sandbox.emit(HOME)

    assert len(listener.heard) == 1


def test_a_slow_answer_to_an_event_is_a_timeout(sandbox: Sandbox, listener: Listener) -> None:
    sandbox.courier.ack_seconds, listener.delays = 0.1, [0.3]

    sandbox.emit(HOME)

    assert listener.heard[1].headers["x-slack-retry-reason"] == "http_timeout"


def test_one_event_can_be_sent_twice(sandbox: Sandbox, listener: Listener) -> None:
    sandbox.emit(HOME, times=2)

    assert len({heard.json["event_id"] for heard in listener.heard}) == 1
    assert len(listener.heard) == 2


def test_commands_are_never_sent_again(sandbox: Sandbox, listener: Listener, ana: Member) -> None:
    listener.answers = [500]

    assert ana.commands("/scorecard").error == "dispatch_failed"
    assert len(listener.heard) == 1


def test_with_nobody_listening_a_command_fails(sandbox: Sandbox, tokens: Tokens, ana: Member) -> None:
    assert ana.commands("/scorecard").error == "dispatch_failed"
    assert [delivery.error for delivery in sandbox.deliveries] == ["nobody_listens"]


def test_only_what_was_subscribed_to_is_sent(sandbox: Sandbox, listener: Listener, ana: Member) -> None:
    ana.says(None, "Hello")
    assert listener.heard == []

    sandbox.subscribe({"message.im"})
    ana.says(None, "Hello again")
    sandbox.change(ana, deleted=True)

    assert [heard.json["event"]["type"] for heard in listener.heard] == ["message", "user_change"]
    assert listener.heard[1].json["event"]["user"]["deleted"]


def test_metadata_of_another_app_is_heard_in_channels_of_the_bot(
    sandbox: Sandbox, listener: Listener, ana: Member
) -> None:
    dialer, calls = sandbox.other_app("A0DIALER"), sandbox.add_channel("calls", [ana])
    metadata = {"event_type": "call_completed", "event_payload": {"call_id": "7"}}
    dialer.posts(calls, "A call ended", metadata)
    assert listener.heard == []

    sandbox.invite_bot(calls)
    dialer.posts(calls, "A call ended", metadata)

    event = listener.heard[0].json["event"]
    assert (event["app_id"], event["metadata"]) == ("A0DIALER", metadata)


def test_metadata_is_not_heard_without_its_scope(sandbox: Sandbox, listener: Listener, ana: Member) -> None:
    sandbox.install(scopes={"chat:write"})
    calls = sandbox.add_channel("calls", [ana])
    sandbox.invite_bot(calls)

    sandbox.other_app("A0DIALER").posts(calls, "x", {"event_type": "call_completed", "event_payload": {}})

    assert listener.heard == []


def test_leaving_tells_the_app_and_takes_its_token(
    sandbox: Sandbox, listener: Listener, client: WebClient
) -> None:
    sandbox.uninstall()

    assert [heard.json["event"]["type"] for heard in listener.heard] == ["tokens_revoked", "app_uninstalled"]
    with pytest.raises(SlackApiError, match="invalid_auth"):
        client.auth_test()


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


def test_a_dropped_reply_leaves_the_message_in_place(
    sandbox: Sandbox, client: WebClient, ana: Member
) -> None:
    sandbox.faults.drop_reply("chat.postMessage")

    with pytest.raises(OSError, match=r"closed|reset"):
        client.chat_postMessage(channel=ana.id, text="Hello")

    assert [message.text for message in ana.dm] == ["Hello"]


def test_a_dropped_reply_makes_the_default_client_say_it_twice(
    sandbox: Sandbox, tokens: Tokens, ana: Member
) -> None:
    sandbox.faults.drop_reply("chat.postMessage")

    WebClient(tokens.bot_token, base_url=sandbox.api_url).chat_postMessage(channel=ana.id, text="Hello")

    assert [message.text for message in ana.dm] == ["Hello", "Hello"]


def test_a_rate_limit_says_when_to_come_again(sandbox: Sandbox, client: WebClient, ana: Member) -> None:
    sandbox.faults.rate_limit("chat.postMessage", retry_after=7, times=1)

    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=ana.id, text="Hello")
    client.chat_postMessage(channel=ana.id, text="Hello again")

    assert refused.value.response.headers["Retry-After"] == "7"
    assert refused.value.response.status_code == 429
    assert [message.text for message in ana.dm] == ["Hello again"]


def test_errors_can_be_slacks_or_the_servers(sandbox: Sandbox, client: WebClient, ana: Member) -> None:
    sandbox.faults.error("users.info", status=503)
    sandbox.faults.slack_error("users.info", "fatal_error")

    with pytest.raises(SlackApiError) as server:
        client.users_info(user=ana.id)
    with pytest.raises(SlackApiError) as slack:
        client.users_info(user=ana.id)

    assert server.value.response.status_code == 503
    assert slack.value.response["error"] == "fatal_error"
    assert client.users_info(user=ana.id)["ok"]


def test_an_answer_can_be_late(sandbox: Sandbox, client: WebClient, ana: Member) -> None:
    sandbox.faults.delay("users.info", seconds=0.2)
    began = time.monotonic()

    client.users_info(user=ana.id)

    assert time.monotonic() - began >= 0.2


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.1"])
def test_only_loopback_names_are_answered(sandbox: Sandbox, host: str) -> None:
    with httpx.Client(trust_env=False) as web:
        assert web.post(f"{sandbox.url}/api/api.test", headers={"Host": host}).status_code == 400


def test_a_change_wakes_those_who_wait_for_it(sandbox: Sandbox, client: WebClient, ana: Member) -> None:
    later = threading.Timer(0.1, lambda: client.chat_postMessage(channel=ana.id, text="Hello"))
    later.start()

    assert ana.waits_for("Hello")
    later.join()
