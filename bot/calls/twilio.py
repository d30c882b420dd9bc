"""Twilio: status callbacks of a call's leg, form-encoded, signed over the public address and every parameter.

The address is that of CORNERMAN_PUBLIC_URL: behind a proxy the one that arrives here is another.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, urlsplit

from bot.calls import fields as read
from bot.calls.delivery import BadSignature, Delivery, Source, Unreadable
from bot.calls.signing import base64_hmac, is_same
from bot.domain.calls import Agent, EndedCall
from bot.words import Direction

ENDS = ("completed", "busy", "no-answer", "failed", "canceled")
CLIENT = "client:"
MOST_PARAMETERS = 1_000


class Twilio(Source):
    name = "twilio"

    def verify(self, delivery: Delivery, secret: str) -> None:
        signed = b"".join(f"{name}{value}".encode() for name, value in sorted(set(_pairs(delivery))))
        given = delivery.headers.get("x-twilio-signature", "")
        wanted = (base64_hmac(secret, url.encode() + signed, "sha1") for url in _addresses(delivery.url))
        if not any(is_same(given, one) for one in wanted):
            raise BadSignature(
                "X-Twilio-Signature does not fit; is CORNERMAN_PUBLIC_URL the address that Twilio calls?"
            )

    def parse(self, delivery: Delivery) -> Sequence[EndedCall]:
        said = dict(_pairs(delivery))
        status = read.text(said, "CallStatus")
        if status not in ENDS:
            return []
        agent, contact = _ends(said)
        talked = read.seconds(said, "CallDuration", read.SECOND) or 0  # `Duration` is in minutes, as billed
        ended = _timestamp(said) or delivery.received_at
        return [
            EndedCall(
                source=self.name,
                account=read.text(said, "AccountSid"),
                call_key=read.text(said, "CallSid", required=True),
                agent=agent,
                started_at=ended - timedelta(seconds=talked),
                ended_at=ended,
                talk_seconds=talked,
                direction=_direction(said),
                contact=contact,
                disposition=status,
            )
        ]


def _pairs(delivery: Delivery) -> list[tuple[str, str]]:
    """Empty parameters count."""
    try:
        return parse_qsl(
            delivery.text, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS
        )
    except ValueError as error:
        raise Unreadable("The body is not a form in UTF-8.") from error


def _addresses(url: str) -> list[str]:
    """As configured, and with the standard port written out or left out: Twilio signs either."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return [url]
    bare = parts.hostname or ""
    standard = 443 if parts.scheme == "https" else 80
    other = bare if port else f"{bare}:{standard}"
    return [url, parts._replace(netloc=other).geturl()]


def _ends(said: Mapping[str, str]) -> tuple[Agent, str]:
    """Who is ours and who is the other: a `client:` is ours, else whom the direction makes so."""
    caller, called = read.text(said, "From"), read.text(said, "To")
    if caller.startswith(CLIENT):
        return _agent(caller), called
    if called.startswith(CLIENT) or read.text(said, "Direction") in ("inbound", "outbound-dial"):
        return _agent(called), caller
    return _agent(caller), called


def _agent(end: str) -> Agent:
    identity = end.removeprefix(CLIENT)
    if not identity:
        raise Unreadable("From and To do not say who was on the phone.")
    return Agent(email=identity) if "@" in identity and end.startswith(CLIENT) else Agent(key=identity)


def _direction(said: Mapping[str, str]) -> Direction | None:
    """A leg that a call dials (`outbound-dial`) is inbound for the rep it rings."""
    if read.text(said, "From").startswith(CLIENT):
        return Direction.OUTBOUND
    if read.text(said, "Direction") == "outbound-dial":
        return Direction.INBOUND
    return read.direction(said, "Direction")


def _timestamp(said: Mapping[str, str]) -> datetime | None:
    written = read.text(said, "Timestamp")
    if not written:
        return None
    try:
        instant = parsedate_to_datetime(written)
    except (ValueError, OverflowError) as error:
        raise Unreadable("Timestamp is no date of RFC 2822.") from error
    return read.in_this_era(instant if instant.tzinfo else instant.replace(tzinfo=UTC), "Timestamp")
