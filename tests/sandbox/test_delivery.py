"""How what happens reaches the app over HTTP: signed, subscribed to, and again if need be."""

import threading
from collections.abc import Iterator

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier

from bot.sandbox import Member, Sandbox, Tokens
from tests.sandbox.calling import HOME
from tests.sandbox.listener import Listener


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


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.1"])
def test_only_loopback_names_are_answered(sandbox: Sandbox, host: str) -> None:
    with httpx.Client(trust_env=False) as web:
        assert web.post(f"{sandbox.url}/api/api.test", headers={"Host": host}).status_code == 400


def test_a_change_wakes_those_who_wait_for_it(sandbox: Sandbox, client: WebClient, ana: Member) -> None:
    later = threading.Timer(0.1, lambda: client.chat_postMessage(channel=ana.id, text="Hello"))
    later.start()

    assert ana.waits_for("Hello")
    later.join()
