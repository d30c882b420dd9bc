"""One message to Slack, said once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.client import TIMEOUT
from bot.slack.outcomes import (
    MENDABLE,
    NETWORK,
    Gone,
    Outcome,
    Refused,
    Sent,
    TryLater,
    Unsure,
    Uploaded,
    judged,
    lost,
)

log = structlog.get_logger()

METADATA_TYPE = "cornerman_outbox"
POST, UPDATE, SHARE = "chat.postMessage", "chat.update", "files.completeUploadExternal"

NOT_WHERE = "Slack said yes and not where"
PICTURE_TRIES = 3
"""Tries to upload or to show a message's picture, before its text goes alone."""

InTime = Callable[[], bool]
"""Whether a step that cannot be repeated may still be begun."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message as Slack needs to know it. `earlier_*` is the message it updates or answers in a thread."""

    workspace_id: int
    key: str
    method: str
    user: str | None
    channel: str | None
    text: str
    blocks: Sequence[dict[str, Any]]
    follows: bool
    earlier_channel: str | None
    earlier_ts: str | None
    file_name: str | None
    file_body: bytes | None
    file_id: str | None
    written_at: datetime
    chart: Mapping[str, Any] | None = None
    attempt: int = 1


def deliver(client: WebClient, delivery: Delivery, *, in_time: InTime) -> Outcome:
    """Say it, once. The client must not retry by itself (`retry_handlers=[]`)."""
    if delivery.follows and delivery.earlier_ts is None:
        return Gone("the message it belongs to was not sent")
    try:
        channel = place(client, delivery)
        if channel is None:
            return Gone("the person is not linked to a Slack user")
        if delivery.file_name is not None and delivery.file_id is None:
            uploaded = _upload(client, delivery) if delivery.method == SHARE else _picture(client, delivery)
            if uploaded is not None:
                return uploaded
    except SlackApiError as error:
        fate = _judged(error, delivery)
        return TryLater(fate.why) if isinstance(fate, Unsure) else fate
    except NETWORK as error:  # none of these steps says anything
        silence = lost(error)
        return TryLater(silence.why) if isinstance(silence, Unsure) else silence
    except Exception as error:  # noqa: BLE001  whatever it is, it is written down, and others go on
        return TryLater(_unforeseen(error))
    return _say(client, delivery, channel) if in_time() else TryLater("Slack was too slow")


def _say(client: WebClient, delivery: Delivery, channel: str) -> Outcome:
    """The step that nobody sees undone."""
    try:
        return SAYINGS[delivery.method](client, delivery, channel)
    except SlackApiError as error:
        return _judged(error, delivery)
    except NETWORK as error:
        return lost(error)
    except Exception as error:  # noqa: BLE001  it may have been said; whatever it is, it is written down
        return Unsure(_unforeseen(error))


def _judged(error: SlackApiError, delivery: Delivery) -> TryLater | Unsure | Refused:
    """Whoever wants a file waits for it: one that the app may not send is refused at once, and has another way."""
    if delivery.method == SHARE and error.response.get("error") == "missing_scope":
        return Refused("missing_scope")
    return judged(error)


def _unforeseen(error: Exception) -> str:
    log.error("something nobody has foreseen came of speaking to Slack", exc_info=error)
    return f"unforeseen ({type(error).__name__})"


def place(client: WebClient, delivery: Delivery) -> str | None:
    known = delivery.earlier_channel or delivery.channel
    if known is not None or delivery.user is None:
        return known
    return str(client.conversations_open(users=delivery.user)["channel"]["id"])


def _post(client: WebClient, delivery: Delivery, channel: str) -> Sent | TryLater | Unsure:
    """A message whose picture is refused was not posted, so it may be said again: a little later, then without."""
    try:
        return _posted(client, delivery, channel, delivery.file_id)
    except SlackApiError as error:
        if delivery.file_id is None or error.response.get("error") != "invalid_blocks":
            raise
    if delivery.attempt < PICTURE_TRIES:
        return TryLater("Slack does not show the picture yet")
    return _posted(client, delivery, channel, None)


def _posted(client: WebClient, delivery: Delivery, channel: str, file_id: str | None) -> Sent | Unsure:
    posted = client.chat_postMessage(
        channel=channel,
        text=delivery.text,
        blocks=list(_illustrated(delivery.blocks, file_id)) or None,
        thread_ts=delivery.earlier_ts,
        metadata={"event_type": METADATA_TYPE, "event_payload": {"k": delivery.key}},
        unfurl_links=False,
        unfurl_media=False,
    )
    if not (posted.get("channel") and posted.get("ts")):
        return Unsure(NOT_WHERE)
    return Sent(str(posted["channel"]), str(posted["ts"]))


def _illustrated(blocks: Sequence[dict[str, Any]], file_id: str | None) -> Iterator[dict[str, Any]]:
    """The image that waits for its file shows it; without a file it is left out."""
    for block in blocks:
        waits = block.get("slack_file") == {"id": ""}
        if file_id and waits:
            yield {**block, "slack_file": {"id": file_id}}
        elif not waits:
            yield block


def _update(client: WebClient, delivery: Delivery, channel: str) -> Sent | TryLater:
    """Which may be repeated."""
    ts = delivery.earlier_ts or ""
    told = client.chat_update(channel=channel, ts=ts, text=delivery.text, blocks=delivery.blocks or [])
    return Sent(channel, ts) if told.get("ts") else TryLater(NOT_WHERE)


def _upload(client: WebClient, delivery: Delivery) -> Uploaded | TryLater:
    """The steps that may be repeated: a file that is not shared is seen by nobody."""
    body = delivery.file_body or b""
    place = client.files_getUploadURLExternal(filename=delivery.file_name or "file", length=len(body))
    with httpx.Client(timeout=TIMEOUT, trust_env=not client.base_url.startswith("http://")) as uploads:
        taken = uploads.post(str(place["upload_url"]), content=body)
    if taken.is_error:
        return TryLater(f"the upload answered {taken.status_code}")
    return Uploaded(str(place["file_id"]))


def _picture(client: WebClient, delivery: Delivery) -> Uploaded | TryLater | None:
    """A file that nobody sees until a message shows it; None where Slack will not have it."""
    try:
        uploaded = _upload(client, delivery)
        if isinstance(uploaded, Uploaded):
            title: dict[str, str | None] = {"id": uploaded.file_id, "title": delivery.file_name or "chart"}
            client.files_completeUploadExternal(files=[title])
    except SlackApiError as error:
        if isinstance(judged(error), Refused) or error.response.get("error") in MENDABLE:
            return None
        raise
    return uploaded


def _share(client: WebClient, delivery: Delivery, channel: str) -> Sent | Unsure:
    told = client.files_completeUploadExternal(
        files=[{"id": delivery.file_id or "", "title": delivery.file_name or "file"}],
        channel_id=channel,
        initial_comment=delivery.text,
    )
    return Sent(channel, None) if told.get("files") else Unsure(NOT_WHERE)


SAYINGS: Mapping[str, Callable[[WebClient, Delivery, str], Sent | TryLater | Unsure]] = {
    POST: _post,
    UPDATE: _update,
    SHARE: _share,
}
