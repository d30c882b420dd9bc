"""Signed JSON for any source without an adapter of its own; signed as Slack signs (v0 scheme)."""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.calls.delivery import BadSignature, Delivery, Unreadable
from bot.domain.calls import Agent, EndedCall
from bot.words import Direction

WINDOW = timedelta(minutes=5)
LONGEST_FIELD = 10_000


class Generic:
    name = "generic"

    def verify(self, delivery: Delivery, secret: str) -> None:
        stamp = delivery.headers.get("x-cornerman-timestamp", "")
        if not stamp.isdecimal() or not stamp.isascii() or len(stamp) > 12:
            raise BadSignature("X-Cornerman-Timestamp is missing or not a number of seconds.")
        if abs(delivery.received_at.timestamp() - int(stamp)) > WINDOW.total_seconds():
            raise BadSignature("X-Cornerman-Timestamp is more than five minutes away from now.")
        given = delivery.headers.get("x-cornerman-signature", "")
        if not hmac.compare_digest(signature(secret, stamp, delivery.body).encode(), given.encode()):
            raise BadSignature("X-Cornerman-Signature does not fit the body and the secret.")

    def parse(self, delivery: Delivery) -> Sequence[EndedCall]:
        try:
            fields = json.loads(delivery.body)
        except (ValueError, RecursionError) as error:
            raise Unreadable("The body is not JSON in UTF-8.") from error
        if not isinstance(fields, dict):
            raise Unreadable("The body must be one JSON object.")
        return [ended_call(fields, source=self.name)]


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """`v0=` and the hex HMAC-SHA256 of `v0:{timestamp}:{body}`."""
    signed = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def ended_call(fields: Mapping[str, Any], *, source: str) -> EndedCall:
    """The call in the fields of the contract; also what `call_completed` metadata carries. Raises `Unreadable`."""
    started = _instant(fields, "started_at")
    duration = _seconds(fields.get("duration_s"))
    ended = _instant(fields, "ended_at") if fields.get("ended_at") else None
    if ended is None:
        ended = started + timedelta(seconds=duration or 0)
    if ended < started:
        raise Unreadable("ended_at is before started_at.")
    return EndedCall(
        source=source,
        account=_text(fields, "account"),
        call_key=_text(fields, "call_id", required=True),
        agent=Agent(email=_text(fields, "rep_email", required=True)),
        started_at=started,
        ended_at=ended,
        talk_seconds=duration,
        direction=_direction(fields.get("direction")),
        contact=_text(fields, "contact"),
        company=_text(fields, "company"),
        disposition=_text(fields, "disposition"),
    )


def _text(fields: Mapping[str, Any], name: str, *, required: bool = False) -> str:
    value = fields.get(name)
    if value is None or value == "":
        if required:
            raise Unreadable(f"{name} is missing.")
        return ""
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise Unreadable(f"{name} must be text.")
    text = str(value).replace("\x00", "").strip()  # PostgreSQL has no place for NUL
    if len(text) > LONGEST_FIELD or not _is_unicode(text):
        raise Unreadable(f"{name} is longer than {LONGEST_FIELD} characters or not valid text.")
    return text


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _instant(fields: Mapping[str, Any], name: str) -> datetime:
    text = _text(fields, name, required=True)
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise Unreadable(f"{name} is not an ISO 8601 instant such as 2026-11-21T14:03:00+01:00.") from error
    if instant.tzinfo is None:
        raise Unreadable(f"{name} has no offset; write it as 2026-11-21T14:03:00+01:00 or end it with Z.")
    if not 1971 <= instant.year <= 2999:
        raise Unreadable(f"{name} is not in this era.")
    return instant


def _seconds(value: object) -> int | None:
    if value is None or value == "":
        return None
    if isinstance(value, str) and value.isdecimal() and value.isascii() and len(value) < 10:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 7 * 86_400:
        raise Unreadable("duration_s must be a number of seconds, from 0 to a week.")
    return int(value)


def _direction(value: object) -> Direction | None:
    if value is None or value == "":
        return None
    if value not in tuple(Direction):
        raise Unreadable("direction must be inbound or outbound.")
    return Direction(str(value))
