"""JSON for any source without an adapter of its own; signed as Slack signs (v0 scheme), or with a bearer token.

The sender says whose call it was, with whom and from when to when; it is a sales call because it was sent.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.calls.domain.call import Agent, EndedCall, implausible
from bot.calls.sources import fields as read
from bot.calls.sources.delivery import (
    BadSignature,
    Delivery,
    Source,
    Unreadable,
    is_same,
    require_v0,
    signature,
)
from bot.core.enums import Direction

__all__ = ["Generic", "ended_call", "signature"]


SHORTEST_TOKEN = 24
"""Characters; shorter ones could be guessed."""


class Generic(Source):
    name = "generic"
    subscribe_to = "nothing: each of its deliveries is a call"
    try_it = "Send one of the bodies of the page, signed with the secret."
    takes_token = True

    def verify(self, delivery: Delivery, secret: str) -> None:
        require_v0(delivery, secret, timestamp="X-Cornerman-Timestamp", header="X-Cornerman-Signature")

    def verify_token(self, delivery: Delivery, token: str) -> None:
        """For senders that cannot sign: `Authorization: Bearer …`. Raises `BadSignature`."""
        if len(token) < SHORTEST_TOKEN:
            raise BadSignature(f"The token set here has fewer than {SHORTEST_TOKEN} characters.")
        scheme, _, given = delivery.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not is_same(given.strip(), token):
            raise BadSignature("Authorization is not Bearer and the token of this source.")

    def parse(self, delivery: Delivery) -> Sequence[EndedCall]:
        ended = ended_call(read.object_of(delivery), source=self.name)
        doubt = implausible(ended, now=delivery.received_at)
        if doubt:
            raise Unreadable(doubt)
        return [ended]


def ended_call(fields: Mapping[str, Any], *, source: str) -> EndedCall:
    """The call in the fields of the contract; also what `call_completed` metadata carries. Raises `Unreadable`."""
    started = read.iso(fields, "started_at")
    if started is None:
        raise Unreadable("started_at is missing.")
    duration = read.seconds(fields, "duration_s", read.SECOND)
    ended = read.iso(fields, "ended_at") or started + timedelta(seconds=duration or 0)
    if ended < started:
        raise Unreadable("ended_at is before started_at.")
    return EndedCall(
        source=source,
        account=read.text(fields, "account"),
        call_key=read.text(fields, "call_id", required=True),
        agent=Agent(email=read.text(fields, "rep_email", required=True)),
        started_at=started,
        ended_at=ended,
        talk_seconds=duration,
        direction=_direction(fields),
        contact=read.text(fields, "contact"),
        company=read.text(fields, "company"),
        disposition=read.text(fields, "disposition"),
    )


def _direction(fields: Mapping[str, Any]) -> Direction | None:
    said = read.text(fields, "direction").lower()
    if said and said not in tuple(Direction):
        raise Unreadable("direction must be inbound or outbound.")
    return Direction(said) if said else None
