"""The troubles that can be ordered: lost replies, rate limits, errors, and answers that come late."""

import time

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox import Member, Sandbox, Tokens


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
