"""RingCentral: telephony session notifications, one party's state at a time and in any order.

They are not signed: the verification token of the subscription comes in a header. `domain.legs` says when a session is
over, whose call it was and with whom; there is no duration in them, so it is counted from the first answer to the last
hang-up.
"""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.calls.domain import legs
from bot.calls.domain.call import EndedCall
from bot.calls.domain.legs import End, Leg
from bot.calls.domain.notices import Notice
from bot.calls.sources import fields as read
from bot.calls.sources.delivery import BadSignature, Delivery, Reply, Source, is_same
from bot.calls.sources.fields import Fields
from bot.core.enums import LegState

TOKENS = ("verification-token", "validation-token")
LONGEST_ECHO = 512
"""RingCentral wants the whole answer in 1,024 bytes."""

ANSWERED = "Answered"
STATES = {"Disconnected": LegState.ENDED, "Gone": LegState.MOVED, "Parked": LegState.MOVED}


class RingCentral(Source):
    name = "ringcentral"
    subscribe_to = "/restapi/v1.0/account/~/telephony/sessions"
    try_it = "Create the subscription (RingCentral tests the address), then make a call of a minute."

    def verify(self, delivery: Delivery, secret: str) -> None:
        if _is_handshake(delivery):
            return
        if not any(is_same(delivery.headers.get(name, ""), secret) for name in TOKENS):
            raise BadSignature("Verification-Token is not the one of the subscription.")

    def reply(self, delivery: Delivery, secret: str) -> Reply | None:
        """A new subscription proves the address by a token that it wants back."""
        if not _is_handshake(delivery):
            return None
        return Reply(headers={"Validation-Token": delivery.headers["validation-token"][:LONGEST_ECHO]})

    def kind(self, delivery: Delivery) -> str:
        """The subscription's filter, without the numbers of accounts and extensions."""
        return re.sub(r"/\d+", "/~", read.text(read.object_of(delivery), "event"))

    def parse(self, delivery: Delivery) -> Sequence[Notice]:
        about = read.child(read.object_of(delivery), "body")
        if not read.text(about, "telephonySessionId"):
            return []
        at = read.iso(about, "eventTime") or delivery.received_at
        return [notice for party in read.children(about, "parties") if (notice := _notice(about, party, at))]

    def ended(self, notices: Sequence[Notice]) -> Sequence[EndedCall]:
        return legs.ended_calls(_leg(notice) for notice in notices)


def _is_handshake(delivery: Delivery) -> bool:
    return not delivery.body.strip() and "validation-token" in delivery.headers


def _notice(about: Fields, party: Fields, at: datetime) -> Notice | None:
    leg_key, code = read.text(party, "id"), read.text(read.child(party, "status"), "code")
    if not leg_key or not code:
        return None
    sequence = read.whole(about, "sequence")
    outbound = read.text(party, "direction") == "Outbound"
    mine, other = (_end(read.child(party, name)) for name in (("from", "to") if outbound else ("to", "from")))
    mine["extension"] = read.text(party, "extensionId") or mine["extension"]
    said: dict[str, Any] = {
        "leg": leg_key,
        "sequence": sequence,
        "at": at.isoformat(),
        "code": code,
        "direction": read.text(party, "direction"),
        "mine": mine,
        "other": other,
    }
    return Notice(
        source=RingCentral.name,
        account=read.first_text(party, "accountId") or read.text(about, "accountId"),
        session_key=read.text(about, "telephonySessionId"),
        key=f"{leg_key}/{sequence}/{code}/{read.text(about, 'eventTime')}",
        said=json.dumps(said),
    )


def _end(end: Fields) -> dict[str, str]:
    number = read.text(end, "phoneNumber")
    return {
        "extension": read.text(end, "extensionId"),
        "name": read.text(end, "name"),
        "number": "" if number.lower() == "anonymous" else number,
    }


def _leg(notice: Notice) -> Leg:
    said = notice.fields
    return Leg(
        source=notice.source,
        account=notice.account,
        session_key=notice.session_key,
        leg_key=said["leg"],
        sequence=said["sequence"],
        state=STATES.get(said["code"], LegState.OPEN),
        at=datetime.fromisoformat(said["at"]),
        answered=said["code"] == ANSWERED,
        mine=End(**said["mine"]),
        other=End(**said["other"]),
        direction=read.direction(said, "direction"),
    )
