"""Messages through slack_sdk's own client: who sees them, who may change them, and their history."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import DividerBlock

from bot.sandbox import Member, Sandbox, Tokens
from bot.sandbox.state import Channel
from tests.sandbox.calling import error_of

METADATA = {"event_type": "coach_outbox", "event_payload": {"k": "7"}}


@pytest.fixture
def sales(sandbox: Sandbox, tokens: Tokens, ana: Member) -> Channel:
    """A public channel with the bot in it."""
    channel = sandbox.add_channel("sales", [ana])
    sandbox.invite_bot(channel)
    return channel


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
