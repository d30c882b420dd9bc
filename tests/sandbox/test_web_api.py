"""The Web API as slack_sdk's own client meets it: tokens, scopes, people, and what was called."""

from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox import Member, Sandbox, Tokens
from bot.sandbox.state import Installation
from tests.sandbox.calling import error_of


def test_tokens_are_asked_for_and_checked(sandbox: Sandbox, tokens: Tokens) -> None:
    bot = WebClient(tokens.bot_token, base_url=sandbox.api_url)
    assert bot.auth_test()["user_id"] == sandbox.app.bot_user

    assert error_of(WebClient("xoxb-wrong", base_url=sandbox.api_url).auth_test) == "invalid_auth"
    assert error_of(WebClient(base_url=sandbox.api_url).auth_test) == "not_authed"
    assert error_of(bot.apps_connections_open, app_token=tokens.bot_token) == "not_allowed_token_type"
    assert error_of(bot.api_call, api_method="chat.postMassage") == "unknown_method"


def test_a_missing_scope_is_named_with_those_provided(sandbox: Sandbox, ana: Member) -> None:
    client = WebClient(sandbox.install(scopes={"chat:write"}).bot_token, base_url=sandbox.api_url)

    with pytest.raises(SlackApiError) as refused:
        client.conversations_open(users=ana.id)

    assert refused.value.response["needed"] == "im:write"
    assert refused.value.response["provided"] == "chat:write"


def test_a_group_message_and_a_private_history_need_scopes_of_their_own(
    sandbox: Sandbox, ana: Member
) -> None:
    ben = sandbox.add_person("Ben")
    token = sandbox.install(scopes={"im:write", "channels:history"}).bot_token
    client = WebClient(token, base_url=sandbox.api_url)
    private = sandbox.add_channel("board", [ana], private=True)
    sandbox.invite_bot(private)

    assert client.conversations_open(users=ana.id)["channel"]["id"].startswith("D")
    assert error_of(client.conversations_open, users=[ana.id, ben.id]) == "missing_scope"
    assert error_of(client.conversations_history, channel=private.id) == "missing_scope"


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_pages_together_are_everybody_once(
    sandbox: Sandbox, client: WebClient, ana: Member, limit: int
) -> None:
    for name in ("Ben", "Cy", "Dee", "Eli"):
        sandbox.add_person(name)

    pages = [[person["id"] for person in page["members"]] for page in client.users_list(limit=limit)]

    assert all(len(page) <= limit for page in pages)
    assert [person for page in pages for person in page] == list(sandbox.workspace.people)


def test_people_are_found_with_their_zone_locale_and_email(client: WebClient, ana: Member) -> None:
    user = client.users_info(user=ana.id, include_locale=True)["user"]

    assert (user["tz"], user["locale"]) == ("Europe/Berlin", "en-US")
    assert client.users_lookupByEmail(email="ANA@team.example")["user"]["id"] == ana.id
    assert error_of(client.users_lookupByEmail, email="nobody@team.example") == "users_not_found"


def test_an_email_is_told_only_with_its_scope(sandbox: Sandbox, ana: Member) -> None:
    client = WebClient(sandbox.install(scopes={"users:read"}).bot_token, base_url=sandbox.api_url)

    assert "email" not in client.users_info(user=ana.id)["user"]["profile"]


def test_do_not_disturb_is_told(client: WebClient, ana: Member) -> None:
    start = datetime(2026, 11, 23, 18, tzinfo=UTC)
    ana.pauses_notifications(start, start + timedelta(hours=12))

    answer = client.dnd_info(user=ana.id)

    assert answer["dnd_enabled"]
    assert answer["next_dnd_end_ts"] - answer["next_dnd_start_ts"] == 12 * 3600
    assert client.dnd_teamInfo(users=[ana.id])["users"][ana.id]["dnd_enabled"]


def test_timestamps_bear_the_clock_and_never_repeat(client: WebClient, sandbox: Sandbox, ana: Member) -> None:
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    sandbox.workspace._last_ts = 0
    sandbox.workspace.clock = lambda: noon

    stamps = [client.chat_postMessage(channel=ana.id, text="x")["ts"] for _ in range(3)]

    assert stamps[0] == f"{int(noon.timestamp())}.000000"
    assert sorted(set(stamps)) == stamps


def test_calls_are_recorded_with_arguments_and_answer(
    sandbox: Sandbox, client: WebClient, ana: Member
) -> None:
    client.chat_postMessage(channel=ana.id, text="Hello")

    call = sandbox.calls("chat.postMessage")[0]

    assert (call.args["text"], call.answer["ok"]) == ("Hello", True)


def test_blocks_validate_needs_no_token(sandbox: Sandbox, tokens: Tokens) -> None:
    client = WebClient(base_url=sandbox.api_url)

    assert client.blocks_validate(blocks=[{"type": "divider"}])["ok"]
    assert error_of(client.blocks_validate, blocks=[{"type": "banner"}]) == "invalid_blocks"


def test_installing_anew_replaces_the_tokens_and_keeps_the_bot(sandbox: Sandbox, client: WebClient) -> None:
    before: Installation = sandbox.app

    sandbox.install()

    assert sandbox.app.bot_user == before.bot_user
    assert error_of(client.auth_test) == "invalid_auth"
