"""Twilio: status callbacks of a call's legs, as a form or as JSON of Event Streams; signed over the public address.

`domain.dialled` says from the legs whose call it was and with whom. What is Twilio's own:

- `client:` and `sip:` ends are reps; Flex writes an email as `ana_40example_2Ecom`.
- `outbound-api` is a leg that a program dials, `outbound-dial` one that puts another (`ParentCallSid`) through.
- `CallDuration` counts seconds; `Duration` minutes, as billed.

The address is that of CORNERMAN_PUBLIC_URL: behind a proxy the one that arrives here is another.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from urllib.parse import parse_qs, parse_qsl, urlsplit

from bot.calls.domain import dialled
from bot.calls.domain.call import EndedCall
from bot.calls.domain.dialled import DialledLeg, Phone
from bot.calls.domain.notices import Notice
from bot.calls.sources import fields as read
from bot.calls.sources.delivery import BadSignature, Delivery, Source, Unreadable, base64_hmac, is_same
from bot.calls.sources.fields import Fields

ENDS = ("completed", "busy", "no-answer", "failed", "canceled")
OURS = re.compile(r"(client|sips?):(?P<address>[^;?]*)", re.IGNORECASE)
FLEX = re.compile(r"_([0-9A-F]{2})")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
MOST_PARAMETERS = 1_000
MOST_EVENTS = 1_000


class Twilio(Source):
    name = "twilio"
    subscribe_to = "the status callback of the event completed"
    try_it = "Make a call of a minute; a 401 means that the public address or the auth token is another."
    signs_its_address = True

    def verify(self, delivery: Delivery, secret: str) -> None:
        body = _body_hash(delivery.url)
        if body and not is_same(body.lower(), sha256(delivery.body).hexdigest()):
            raise BadSignature("bodySHA256 does not fit the body.")
        pairs = [] if body else sorted(set(_pairs(delivery)))
        signed = b"".join(f"{name}{value}".encode() for name, value in pairs)
        given = delivery.headers.get("x-twilio-signature", "")
        wanted = (base64_hmac(secret, url.encode() + signed, "sha1") for url in _addresses(delivery.url))
        if not any(is_same(given, one) for one in wanted):
            raise BadSignature(
                "X-Twilio-Signature does not fit; is CORNERMAN_PUBLIC_URL the address that Twilio calls?"
            )

    def kind(self, delivery: Delivery) -> str:
        if delivery.body.lstrip().startswith((b"{", b"[")):
            return "events"
        return read.text(dict(_pairs(delivery)), "CallStatus")

    def parse(self, delivery: Delivery) -> Sequence[Notice]:
        if not delivery.body.lstrip().startswith((b"{", b"[")):
            return _notices(dict(_pairs(delivery)), delivery.received_at)
        said = read.json_of(delivery)
        events = said if isinstance(said, list) else [said]
        if len(events) > MOST_EVENTS:
            raise Unreadable(f"The body holds more than {MOST_EVENTS} events.")
        return [one for event in events for one in _notices(_parameters(event), delivery.received_at)]

    def ended(self, notices: Sequence[Notice]) -> Sequence[EndedCall]:
        return dialled.ended_calls(_leg(notice) for notice in notices)


def _body_hash(url: str) -> str:
    """With a JSON body Twilio puts its hash into the address, and signs that alone."""
    try:
        return parse_qs(urlsplit(url).query).get("bodySHA256", [""])[0]
    except ValueError:
        return ""


def _parameters(event: object) -> Fields:
    """Event Streams carries the status callback as it was sent."""
    data = read.child(event, "data") if isinstance(event, dict) else {}
    return read.child(read.child(data, "request"), "parameters") or data


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


def _notices(said: Fields, received_at: datetime) -> list[Notice]:
    status = read.text(said, "CallStatus")
    if status not in ENDS:
        return []
    sid, parent = read.text(said, "CallSid", required=True), read.text(said, "ParentCallSid")
    ended = _timestamp(said) or received_at
    told = {
        "key": sid,
        "parent": parent,
        "caller": read.text(said, "From"),
        "called": read.text(said, "To"),
        "direction": read.text(said, "Direction"),
        "status": status,
        "seconds": read.seconds(said, "CallDuration", read.SECOND) or 0,
        "ended_at": ended.isoformat(),
    }
    if not (told["caller"] or told["called"]):
        raise Unreadable("From and To do not say who was on the phone.")
    account = read.text(said, "AccountSid")
    return [Notice(Twilio.name, account, parent or sid, f"{sid}/{status}", json.dumps(told))]


def _leg(notice: Notice) -> DialledLeg:
    said = notice.fields
    direction = said["direction"].lower()
    return DialledLeg(
        source=notice.source,
        account=notice.account,
        key=said["key"],
        parent=said["parent"],
        caller=_phone(said["caller"]),
        called=_phone(said["called"]),
        status=said["status"],
        seconds=said["seconds"],
        ended_at=datetime.fromisoformat(said["ended_at"]),
        by_program=direction == "outbound-api",
        for_another=direction == "outbound-dial",
    )


def _phone(end: str) -> Phone:
    ours = OURS.fullmatch(end.partition(";")[0].partition("?")[0])
    return Phone(_identity(ours["address"]), is_ours=True) if ours else Phone(end)


def _identity(written: str) -> str:
    """Flex encodes what is no letter or digit: decoded where that makes an email of it."""
    plain = FLEX.sub(lambda code: chr(int(code[1], 16)), written)
    return plain if EMAIL.fullmatch(plain) else written


def _timestamp(said: Mapping[str, str]) -> datetime | None:
    written = read.text(said, "Timestamp")
    if not written:
        return None
    try:
        instant = parsedate_to_datetime(written)
    except (ValueError, OverflowError) as error:
        raise Unreadable("Timestamp is no date of RFC 2822.") from error
    return read.in_this_era(instant if instant.tzinfo else instant.replace(tzinfo=UTC), "Timestamp")
