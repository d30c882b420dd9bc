"""The Web API as slack_sdk's own client meets it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import DividerBlock, ImageBlock
from slack_sdk.models.blocks.basic_components import SlackFile

from bot.sandbox import Member, Sandbox, Tokens
from bot.sandbox.state import Channel, Installation
from bot.sandbox.tickets import Tickets

Json = dict[str, Any]
METADATA = {"event_type": "coach_outbox", "event_payload": {"k": "7"}}


@pytest.fixture
def sales(sandbox: Sandbox, tokens: Tokens, ana: Member) -> Channel:
    """A public channel with the bot in it."""
    channel = sandbox.add_channel("sales", [ana])
    sandbox.invite_bot(channel)
    return channel


def error_of(call: Any, **args: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(**args)
    return str(refused.value.response["error"])


def home(text: str = "Hello") -> Json:
    return {"type": "home", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": text}}]}


def modal() -> Json:
    return home() | {"type": "modal", "title": {"type": "plain_text", "text": "Hello"}}


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


def test_a_message_is_seen_by_those_in_the_channel(
    sandbox: Sandbox, client: WebClient, sales: Channel
) -> None:
    ben = sandbox.add_person("Ben")
    client.chat_postMessage(channel=sales.id, text="Ana: 5 of 6", blocks=[DividerBlock()])

    ana = next(iter(sales.members))
    assert [message.text for message in sales.messages] == ["Ana: 5 of 6"]
    assert ana != ben.id
    assert ben.reads(sales) == []


def test_channels_the_bot_is_not_in_are_closed_to_it(
    sandbox: Sandbox, client: WebClient, ana: Member
) -> None:
    public, private = sandbox.add_channel("sales", [ana]), sandbox.add_channel("board", [ana], private=True)

    assert error_of(client.chat_postMessage, channel=public.id, text="Hello") == "not_in_channel"
    assert error_of(client.chat_postMessage, channel=private.id, text="Hello") == "channel_not_found"
    assert error_of(client.conversations_info, channel=private.id) == "channel_not_found"
    sandbox.invite_bot(private)
    sandbox.archive(private)
    assert error_of(client.chat_postMessage, channel=private.id, text="Hello") == "is_archived"


def test_refused_blocks_say_where_and_nothing_is_posted(client: WebClient, sales: Channel) -> None:
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=sales.id, text="x", blocks=[{"type": "divider"}] * 51)

    assert refused.value.response["error"] == "invalid_blocks"
    assert refused.value.response["response_metadata"]["messages"] == [
        "[ERROR] no more than 50 items allowed [json-pointer:/blocks]"
    ]
    assert sales.messages == []


def test_long_text_is_cut_and_no_text_is_refused(client: WebClient, sales: Channel) -> None:
    client.chat_postMessage(channel=sales.id, text="x" * 40_001)

    assert len(sales.messages[0].text) == 40_000
    assert error_of(client.api_call, api_method="chat.postMessage", json={"channel": sales.id}) == "no_text"


def test_text_alone_takes_the_old_blocks_away(client: WebClient, sales: Channel) -> None:
    posted = client.chat_postMessage(channel=sales.id, text="Keep it?", blocks=[DividerBlock()])

    client.chat_update(channel=sales.id, ts=posted["ts"], text="Kept.")

    assert (sales.messages[0].text, sales.messages[0].blocks) == ("Kept.", [])


def test_only_ones_own_messages_can_be_changed(client: WebClient, sales: Channel, ana: Member) -> None:
    said = ana.says(sales, "Hello")

    assert error_of(client.chat_update, channel=sales.id, ts=said.ts, text="Bye") == "cant_update_message"
    assert error_of(client.chat_delete, channel=sales.id, ts=said.ts) == "cant_delete_message"
    assert error_of(client.chat_update, channel=sales.id, ts="1.0", text="Bye") == "message_not_found"


def test_an_ephemeral_message_is_for_one_person(
    sandbox: Sandbox, client: WebClient, sales: Channel, ana: Member
) -> None:
    ben = sandbox.add_person("Ben")
    sales.members.append(ben.id)

    client.chat_postEphemeral(channel=sales.id, user=ana.id, text="Only you")

    assert [message.text for message in ana.reads(sales)] == ["Only you"]
    assert ben.reads(sales) == []
    assert client.conversations_history(channel=sales.id)["messages"] == []


def test_history_hides_the_payload_of_metadata_unless_asked(client: WebClient, sales: Channel) -> None:
    client.chat_postMessage(channel=sales.id, text="Hello", metadata=METADATA)

    plain = client.conversations_history(channel=sales.id)["messages"][0]
    full = client.conversations_history(channel=sales.id, include_all_metadata=True)["messages"][0]

    assert plain["metadata"] == {"event_type": "coach_outbox"}
    assert full["metadata"] == METADATA
    assert error_of(client.chat_postMessage, channel=sales.id, text="x", metadata={"event_type": "x"}) == (
        "invalid_metadata_format"
    )


def test_history_is_newest_first_between_two_instants(
    sandbox: Sandbox, client: WebClient, sales: Channel
) -> None:
    stamps = [client.chat_postMessage(channel=sales.id, text=str(number))["ts"] for number in range(4)]
    client.chat_postMessage(channel=sales.id, text="in the thread", thread_ts=stamps[0])

    found = client.conversations_history(channel=sales.id, oldest=stamps[0], latest=stamps[3])["messages"]
    thread = client.conversations_replies(channel=sales.id, ts=stamps[0])["messages"]

    assert [message["text"] for message in found] == ["2", "1"]
    assert [message["text"] for message in thread] == ["0", "in the thread"]


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


def test_a_stale_hash_is_a_conflict(client: WebClient, ana: Member) -> None:
    first = client.views_publish(user_id=ana.id, view=home("one"))["view"]["hash"]
    client.views_publish(user_id=ana.id, view=home("two"), hash=first)

    assert error_of(client.views_publish, user_id=ana.id, view=home("three"), hash=first) == "hash_conflict"
    assert ana.home is not None
    assert ana.home.blocks[0]["text"]["text"] == "two"


def test_a_trigger_works_once_and_for_three_seconds(sandbox: Sandbox, client: WebClient, ana: Member) -> None:
    fresh, stale = sandbox.tickets.trigger(ana.id), sandbox.tickets.trigger(ana.id, seconds=0.0)

    client.views_open(trigger_id=fresh, view=modal())

    assert error_of(client.views_open, trigger_id=fresh, view=modal()) == "exchanged_trigger_id"
    assert error_of(client.views_open, trigger_id=stale, view=modal()) == "expired_trigger_id"
    assert error_of(client.views_open, trigger_id="made up", view=modal()) == "invalid_trigger_id"
    assert Tickets(sandbox.workspace).trigger_seconds == 3


def test_no_fourth_modal_goes_on_the_stack(sandbox: Sandbox, client: WebClient, ana: Member) -> None:
    first = client.views_open(trigger_id=sandbox.tickets.trigger(ana.id), view=modal())["view"]["id"]
    for _ in range(2):
        client.views_push(trigger_id=sandbox.tickets.trigger(ana.id, first), view=modal())

    trigger = sandbox.tickets.trigger(ana.id, first)
    assert error_of(client.views_push, trigger_id=trigger, view=modal()) == "push_limit_reached"
    assert [view.root_id or view.id for view in ana.person.modals] == [first] * 3


def test_a_view_that_is_too_large_or_wrong_is_refused(
    sandbox: Sandbox, client: WebClient, ana: Member
) -> None:
    text = {"type": "mrkdwn", "text": "x" * 3000}
    large = {"type": "home", "blocks": [{"type": "section", "text": text}] * 90}

    assert error_of(client.views_publish, user_id=ana.id, view=large) == "view_too_large"
    assert error_of(client.views_publish, user_id=ana.id, view=home("x" * 151)) == "invalid_arguments"
    assert error_of(client.views_publish, user_id=ana.id, view=modal()) == "invalid_arguments"


@pytest.fixture
def response_url(sandbox: Sandbox, ana: Member) -> str:
    return f"{sandbox.url}/response/{sandbox.tickets.response(ana.id, ana.dm_channel.id)}"


@pytest.fixture
def web() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as client:
        yield client


def test_a_response_url_is_good_for_five_answers(response_url: str, web: httpx.Client, ana: Member) -> None:
    answers = [web.post(response_url, json={"text": str(number)}) for number in range(6)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert answers[-1].text == "used_url"
    assert [message.text for message in ana.reads()] == ["0", "1", "2", "3", "4"]


def test_a_response_url_runs_out_after_half_an_hour(
    sandbox: Sandbox, response_url: str, web: httpx.Client, ana: Member
) -> None:
    late = datetime.now(UTC) + timedelta(minutes=31)
    sandbox.workspace.clock = lambda: late

    assert web.post(response_url, json={"text": "late"}).text == "expired_url"
    assert ana.reads() == []


def test_a_file_is_uploaded_shared_and_shown(sandbox: Sandbox, client: WebClient, ana: Member) -> None:
    client.files_upload_v2(
        content=b"PK..", filename="scorecards.xlsx", channel=ana.dm_channel.id, title="Week 46"
    )
    picture = client.files_upload_v2(content=b"png", filename="week.png")["file"]["id"]

    client.chat_postMessage(
        channel=ana.id,
        text="Week 46",
        blocks=[ImageBlock(alt_text="calls", slack_file=SlackFile(id=picture))],
    )

    assert [(file.title, file.content) for file in ana.files] == [("Week 46", b"PK..")]
    assert client.files_info(file=picture)["file"]["name"] == "week.png"


def test_a_picture_that_was_never_uploaded_is_refused(client: WebClient, ana: Member) -> None:
    reserved = client.files_getUploadURLExternal(filename="week.png", length=3)["file_id"]
    block = ImageBlock(alt_text="calls", slack_file=SlackFile(id=reserved))

    assert error_of(client.chat_postMessage, channel=ana.id, text="x", blocks=[block]) == "invalid_blocks"
    assert error_of(client.files_completeUploadExternal, files=[{"id": reserved}]) == "file_not_found"


def test_a_persons_file_is_downloaded_with_the_bots_token(
    sandbox: Sandbox, tokens: Tokens, ana: Member, web: httpx.Client
) -> None:
    sandbox.subscribe({"message.im"})
    sandbox.deliver_over_http(f"{sandbox.url}/api/api.test")
    ana.uploads(b"email,name\n", "reps.csv")

    event = sandbox.deliveries[-1].payload["event"]
    url = event["files"][0]["url_private_download"]

    assert (event["subtype"], event["channel_type"]) == ("file_share", "im")
    assert web.get(url, headers={"Authorization": f"Bearer {tokens.bot_token}"}).content == b"email,name\n"
    assert web.get(url).status_code == 403
    narrow = sandbox.install(scopes={"files:write"}).bot_token
    assert web.get(url, headers={"Authorization": f"Bearer {narrow}"}).status_code == 403


def test_an_upload_must_be_as_long_as_it_was_said_to_be(client: WebClient, web: httpx.Client) -> None:
    reserved = client.files_getUploadURLExternal(filename="week.png", length=3)

    assert web.post(reserved["upload_url"], content=b"png!").status_code == 400
    assert web.post(reserved["upload_url"], content=b"png").text == "OK - 3"


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
