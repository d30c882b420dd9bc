"""RingCentral: telephony session notifications, one party's state at a time and in any order.

They are not signed: the verification token of the subscription comes in a header. `domain.legs` knows when a session
is over; there is no duration in them, so it is counted from the first answer to the last hang-up.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.calls import fields as read
from bot.calls.delivery import BadSignature, Delivery, Reply, Source
from bot.calls.fields import Fields
from bot.calls.signing import is_same
from bot.domain.legs import Leg
from bot.words import Direction, LegState

TOKENS = ("verification-token", "validation-token")
LONGEST_ECHO = 512
"""RingCentral wants the whole answer in 1,024 bytes."""

STATES = {"Disconnected": LegState.ENDED, "Gone": LegState.MOVED, "Parked": LegState.MOVED}


class RingCentral(Source):
    name = "ringcentral"

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

    def parse(self, delivery: Delivery) -> Sequence[Leg]:
        about = read.child(read.object_of(delivery), "body")
        if not read.text(about, "telephonySessionId"):
            return []
        at = read.iso(about, "eventTime") or delivery.received_at
        return [leg for party in read.children(about, "parties") if (leg := _leg(about, party, at))]


def _is_handshake(delivery: Delivery) -> bool:
    return not delivery.body.strip() and "validation-token" in delivery.headers


def _leg(about: Fields, party: Fields, at: datetime) -> Leg | None:
    leg_key, code = read.text(party, "id"), read.text(read.child(party, "status"), "code")
    if not leg_key or not code:
        return None
    outbound = read.text(party, "direction") == "Outbound"
    mine, other = (read.child(party, name) for name in (("from", "to") if outbound else ("to", "from")))
    number = read.text(other, "phoneNumber")
    state = STATES.get(code, LegState.OPEN)
    return Leg(
        source=RingCentral.name,
        account=read.first_text(party, "accountId") or read.text(about, "accountId"),
        session_key=read.text(about, "telephonySessionId"),
        leg_key=leg_key,
        sequence=read.whole(about, "sequence"),
        state=state,
        agent_key=read.text(party, "extensionId"),
        agent_name=read.text(mine, "name"),
        contact=read.text(other, "name") or number,
        external=bool(number) and not read.text(other, "extensionId"),
        direction=Direction.OUTBOUND if outbound else Direction.INBOUND,
        answered_at=at if code == "Answered" else None,
        left_at=at if state is not LegState.OPEN else None,
    )
