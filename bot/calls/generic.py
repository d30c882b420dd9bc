"""Signed JSON for any source without an adapter of its own; signed as Slack signs (v0 scheme)."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.calls import fields as read
from bot.calls.delivery import Delivery, Source, Unreadable
from bot.calls.signing import require_v0, signature
from bot.domain.calls import Agent, EndedCall
from bot.words import Direction

__all__ = ["Generic", "ended_call", "signature"]


class Generic(Source):
    name = "generic"

    def verify(self, delivery: Delivery, secret: str) -> None:
        require_v0(delivery, secret, timestamp="X-Cornerman-Timestamp", header="X-Cornerman-Signature")

    def parse(self, delivery: Delivery) -> Sequence[EndedCall]:
        return [ended_call(read.object_of(delivery), source=self.name)]


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
    said = read.text(fields, "direction")
    if said and said not in tuple(Direction):
        raise Unreadable("direction must be inbound or outbound.")
    return Direction(said) if said else None
