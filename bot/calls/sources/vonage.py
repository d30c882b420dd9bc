"""Vonage's Voice API: the event webhook of each leg of a conversation, with a JWT (HS256) that names the body's hash.

`domain.dialled` says from the legs whose call it was and with whom. What is Vonage's own:

- An end that is no plain number (an app's user, a SIP address) is a rep.
- The leg that came in puts the others of its conversation through. Where none did, a program dialled: the rep first.
- `duration` counts seconds; `end_time` is when the leg was over.
"""

import json
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import jwt
from jwt.types import Options

from bot.calls.domain import dialled
from bot.calls.domain.call import EndedCall
from bot.calls.domain.dialled import DialledLeg, Phone
from bot.calls.domain.notices import Notice
from bot.calls.sources import fields as read
from bot.calls.sources.delivery import BadSignature, Delivery, Source, is_lately, is_same
from bot.calls.sources.fields import Fields

STATUSES = {
    "completed": "completed",
    "busy": "busy",
    "cancelled": "canceled",
    "failed": "failed",
    "rejected": "rejected",
    "timeout": "no_answer",
    "unanswered": "no_answer",
}
"""Of a leg that is over, as Vonage and as we call it."""
INBOUND = "inbound"
NUMBER = re.compile(r"\+?\d{3,15}")
OUR_CLOCK: Options = {"verify_exp": False, "verify_iat": False, "verify_nbf": False, "verify_aud": False}
"""PyJWT would ask the machine what time it is; whether `iat` fits is decided here."""


class Vonage(Source):
    name = "vonage"
    subscribe_to = "the event webhook of the application, by POST, with signed webhooks on"
    try_it = "Make a call of a minute; a 401 means that the signature secret is another."

    def verify(self, delivery: Delivery, secret: str) -> None:
        given = delivery.headers.get("authorization", "").strip()
        token = given[7:].strip() if given.lower().startswith("bearer ") else given
        try:
            said: dict[str, Any] = jwt.decode(token, secret, algorithms=["HS256"], options=OUR_CLOCK)
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
            raise BadSignature(
                "Authorization is no JWT signed with HS256 and the signature secret."
            ) from error
        if not is_same(str(said.get("payload_hash", "")).lower(), sha256(delivery.body).hexdigest()):
            raise BadSignature("payload_hash of the JWT does not fit the body.")
        issued = said.get("iat")
        if not isinstance(issued, int | float) or not is_lately(issued, delivery.received_at):
            raise BadSignature("The JWT's iat is missing, or more than five minutes away from now.")

    def kind(self, delivery: Delivery) -> str:
        return read.text(read.object_of(delivery), "status")

    def parse(self, delivery: Delivery) -> Sequence[Notice]:
        said = read.object_of(delivery)
        status, key = read.text(said, "status"), read.text(said, "uuid")
        if status not in STATUSES or not key:
            return []
        ended = read.iso(said, "end_time") or read.iso(said, "timestamp") or delivery.received_at
        leg = {
            "key": key,
            "caller": _address(said, "from"),
            "called": _address(said, "to"),
            "direction": read.text(said, "direction"),
            "status": STATUSES[status],
            "seconds": read.seconds(said, "duration", read.SECOND) or 0,
            "ended_at": ended.isoformat(),
        }
        session = read.text(said, "conversation_uuid") or key
        return [Notice(self.name, "", session, f"{key}/{status}", json.dumps(leg))]

    def ended(self, notices: Sequence[Notice]) -> Sequence[EndedCall]:
        return dialled.ended_calls(_legs([notice.fields for notice in notices]))


def _address(said: Fields, name: str) -> str:
    """Without what a SIP address has around it."""
    return re.sub(r"^sips?:|[;?].*$", "", read.text(said, name), flags=re.IGNORECASE)


def _legs(told: Sequence[Fields]) -> list[DialledLeg]:
    """The first leg puts the others through: the one that came in, else the one that began first."""
    in_order = sorted(told, key=lambda leg: (leg["direction"] != INBOUND, _began(leg), leg["key"]))
    first = in_order[0]["key"] if in_order else ""
    return [_leg(leg, first) for leg in in_order]


def _began(leg: Fields) -> datetime:
    return datetime.fromisoformat(leg["ended_at"]) - timedelta(seconds=leg["seconds"])


def _leg(said: Fields, first: str) -> DialledLeg:
    is_first, came_in = said["key"] == first, said["direction"] == INBOUND
    return DialledLeg(
        source=Vonage.name,
        account="",
        key=said["key"],
        parent="" if is_first else first,
        caller=_phone(said["caller"], came_in),
        called=_phone(said["called"], not came_in),
        status=said["status"],
        seconds=said["seconds"],
        ended_at=datetime.fromisoformat(said["ended_at"]),
        by_program=is_first and not came_in,
        for_another=not is_first,
    )


def _phone(address: str, is_the_far_end: bool) -> Phone:
    """The near end of a leg is Vonage itself, whatever it shows there."""
    return Phone(address, is_ours=is_the_far_end and bool(address) and not NUMBER.fullmatch(address))
