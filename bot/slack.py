"""One message to Slack, and what came of it, in five words: sent, try later, unsure, refused, gone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

import httpx
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)
from slack_sdk.http_retry.handler import RetryHandler

METADATA_TYPE = "cornerman_outbox"
TIMEOUT = 20
LOOK_BACK = timedelta(seconds=60)
TEMPORARY = frozenset({"ratelimited", "service_unavailable", "team_added_to_org", "accesslimited"})
PERHAPS_DONE = frozenset({"internal_error", "fatal_error", "request_timeout"})


@dataclass(frozen=True, slots=True)
class Delivery:
    workspace_id: int
    key: str
    user: str | None
    channel: str | None
    text: str
    blocks: Sequence[Mapping[str, Any]]
    updates: bool
    earlier_channel: str | None
    earlier_ts: str | None
    file_name: str | None
    file_body: bytes | None
    file_id: str | None
    attempted_at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    channel: str
    ts: str | None
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class TryLater:
    """Slack did not take it; `after` is how long it asked us to wait, if it did."""

    why: str
    after: timedelta | None = None
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class Unsure:
    """It may have arrived."""

    why: str
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Slack will never take it as it stands."""

    why: str
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """The message it belongs to was never sent, or the person is not in Slack: there is no place for it."""

    why: str
    file_id: str | None = None


Outcome = Sent | TryLater | Unsure | Refused | Gone


def client(api_url: str, token: str, *, retries: bool = False) -> WebClient:
    """Writes are never repeated by the client (the outbox asks first); reads may be."""
    handlers: list[RetryHandler] = (
        [ConnectionErrorRetryHandler(), RateLimitErrorRetryHandler(), ServerErrorRetryHandler()]
        if retries
        else []
    )
    made = WebClient(token=token, base_url=api_url, timeout=TIMEOUT, retry_handlers=handlers)
    if not api_url.startswith("https://"):
        made.proxy = None  # slack_sdk does not read NO_PROXY, and a Slack on loopback is behind no proxy
    return made


def deliver(client: WebClient, delivery: Delivery) -> Outcome:
    """Say it, once. The client must not retry by itself (`retry_handlers=[]`)."""
    if delivery.updates and delivery.earlier_ts is None:
        return Gone("the message it updates was not sent")
    try:
        channel = delivery.earlier_channel or delivery.channel or _dm(client, delivery)
        if channel is None:
            return Gone("the person is not linked to a Slack user")
        if delivery.updates:
            return _update(client, delivery)
        if delivery.file_body is not None or delivery.file_id is not None:
            return _share(client, delivery, channel)
        return _post(client, delivery, channel)
    except SlackApiError as error:
        return _judged(error)
    except (SlackRequestError, httpx.HTTPError, HTTPException, OSError) as error:
        return _lost(error, can_repeat=delivery.updates)


def arrived(client: WebClient, delivery: Delivery) -> Sent | TryLater | None:
    """Ask Slack whether the message is there: Sent; TryLater (it is not); None when it cannot be asked."""
    if delivery.updates:
        return TryLater("an update can be repeated")
    channel = delivery.earlier_channel or delivery.channel
    if channel is None or delivery.file_name is not None:
        return None
    try:
        found = client.conversations_history(
            channel=channel,
            oldest=str((delivery.attempted_at - LOOK_BACK).timestamp()),
            include_all_metadata=True,
            limit=200,
        )
    except (SlackApiError, SlackRequestError, HTTPException, OSError):
        return None
    for message in found["messages"]:
        payload = message.get("metadata", {}).get("event_payload", {})
        if payload.get("k") == delivery.key:
            return Sent(channel, message["ts"])
    return TryLater("it had not arrived")


def _dm(client: WebClient, delivery: Delivery) -> str | None:
    if delivery.user is None:
        return None
    return str(client.conversations_open(users=delivery.user)["channel"]["id"])


def _post(client: WebClient, delivery: Delivery, channel: str) -> Sent:
    posted = client.chat_postMessage(
        channel=channel,
        text=delivery.text,
        blocks=delivery.blocks or None,
        thread_ts=delivery.earlier_ts,
        metadata={"event_type": METADATA_TYPE, "event_payload": {"k": delivery.key}},
        unfurl_links=False,
        unfurl_media=False,
    )
    return Sent(str(posted["channel"]), str(posted["ts"]))


def _update(client: WebClient, delivery: Delivery) -> Sent:
    channel, ts = delivery.earlier_channel or "", delivery.earlier_ts or ""
    client.chat_update(channel=channel, ts=ts, text=delivery.text, blocks=delivery.blocks or [])
    return Sent(channel, ts)


def _share(client: WebClient, delivery: Delivery, channel: str) -> Outcome:
    """Three steps; the file's id is kept after the second, so that only the third is ever in doubt."""
    name, body = delivery.file_name or "file", delivery.file_body or b""
    file_id = delivery.file_id
    if file_id is None:
        place = client.files_getUploadURLExternal(filename=name, length=len(body))
        file_id = str(place["file_id"])
        with httpx.Client(timeout=TIMEOUT, trust_env=not client.base_url.startswith("http://")) as uploads:
            taken = uploads.post(str(place["upload_url"]), content=body)
        if taken.is_error:
            return TryLater(f"the upload answered {taken.status_code}")
    try:
        client.files_completeUploadExternal(
            files=[{"id": file_id, "title": name}], channel_id=channel, initial_comment=delivery.text
        )
    except SlackApiError as error:
        judged = _judged(error)
        return Unsure(judged.why, file_id) if isinstance(judged, Unsure) else judged
    return Sent(channel, None, file_id)


def _judged(error: SlackApiError) -> TryLater | Unsure | Refused:
    code = str(error.response.get("error", "")) or f"HTTP {error.response.status_code}"
    if error.response.status_code == 429 or code in TEMPORARY:
        wait = error.response.headers.get("Retry-After") or error.response.headers.get("retry-after")
        return TryLater(code, timedelta(seconds=float(wait)) if wait else None)
    if error.response.status_code >= 500 or code in PERHAPS_DONE:
        return Unsure(code)
    return Refused(code)


def _lost(error: Exception, *, can_repeat: bool) -> TryLater | Unsure:
    """No answer came. Only a connection that was never made is known to have carried nothing."""
    cause = error.reason if isinstance(error, URLError) else error
    if can_repeat or isinstance(cause, ConnectionRefusedError | httpx.ConnectError):
        return TryLater(f"Slack cannot be reached ({type(cause).__name__})")
    return Unsure(f"no answer from Slack ({type(cause).__name__})")
