"""The question whether a message of unknown fate arrived."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.delivery import SHARE, UPDATE, Delivery, place
from bot.slack.outcomes import NETWORK, AskLater, Gone, Outcome, Sent, TryLater, Unknown, judged

log = structlog.get_logger()

ASK = "conversations.history"
LOOK_BACK = timedelta(minutes=5)
"""How far Slack's clock may be behind ours."""
MAY_NOT_ASK = frozenset(
    {"missing_scope", "channel_not_found", "not_in_channel", "no_permission", "thread_not_found"}
)


def ask(client: WebClient, delivery: Delivery) -> Outcome:
    """Whether a message of unknown fate is there: Sent, or TryLater where it is not; else AskLater or Unknown."""
    if delivery.method == UPDATE or (delivery.file_name is not None and delivery.file_id is None):
        return TryLater("it can be repeated")
    try:
        channel = place(client, delivery)
        if channel is None:
            return Gone("the person is not linked to a Slack user")
        if delivery.file_id is not None and delivery.method == SHARE:
            return _find_file(client, delivery.file_id, channel)
        return _find(client, delivery, channel)
    except SlackApiError as error:
        fate = judged(error)
        if error.response.get("error") in MAY_NOT_ASK:
            return Unknown(fate.why)
        return AskLater(fate.why, fate.after if isinstance(fate, TryLater) else None)
    except NETWORK as error:
        return AskLater(f"Slack cannot be asked ({type(error).__name__})", unreached=True)
    except Exception as error:
        log.error("something nobody has foreseen came of asking Slack", exc_info=error)
        return AskLater(f"unforeseen ({type(error).__name__})")


def _find(client: WebClient, delivery: Delivery, channel: str) -> Sent | TryLater:
    """Look for the key in the conversation, or in the thread, all pages since the message was written."""
    cursor: str | None = ""
    while cursor is not None:
        page = _said_since(client, delivery, channel, cursor)
        for message in page["messages"]:
            if message.get("metadata", {}).get("event_payload", {}).get("k") == delivery.key:
                return Sent(channel, message["ts"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
    return TryLater("it had not arrived")


def _said_since(client: WebClient, delivery: Delivery, channel: str, cursor: str) -> Mapping[str, Any]:
    span: dict[str, Any] = {
        "channel": channel,
        "oldest": str((delivery.written_at - LOOK_BACK).timestamp()),
        "include_all_metadata": True,
        "limit": 200,
        "cursor": cursor,
    }
    if delivery.earlier_ts is not None:
        answer = client.conversations_replies(ts=delivery.earlier_ts, **span)
    else:
        answer = client.conversations_history(**span)
    return answer.data if isinstance(answer.data, dict) else {}


def _find_file(client: WebClient, file_id: str, channel: str) -> Sent | TryLater:
    """Where the file is shared; one that is not complete is not found at all."""
    try:
        file = client.files_info(file=file_id)["file"]
    except SlackApiError as error:
        if error.response.get("error") == "file_not_found":
            return TryLater("it had not arrived")
        raise
    places = [*file.get("channels", []), *file.get("groups", []), *file.get("ims", [])]
    return Sent(channel, None) if channel in places else TryLater("it had not arrived")
