"""Dialpad: call events as a JWT (HS256). One customer's call has many legs, each with a hang-up of its own.

- A sales call: the contact is no user of the company's, and somebody picked up.
- Whose: the target's, where that is a person; a call centre's or a department's is nobody's.
- With whom: the contact's name, else their number. From when to when: from the answer to the end, in milliseconds.

Dialpad tries again for some fifteen seconds and only after 5xx; what was answered with 4xx is lost.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import jwt
from jwt.types import Options

from bot.calls.domain.call import Agent, EndedCall
from bot.calls.sources import fields as read
from bot.calls.sources.delivery import WINDOW, BadSignature, Delivery, Source, Unreadable
from bot.calls.sources.fields import Fields
from bot.core.enums import Disposition

ENDS = ("hangup", "missed")
TIMES = ("event_timestamp", "date_ended", "date_connected", "date_started")
BELIEVED_FOR = timedelta(days=1)
"""After it was made, where the JWT does not say until when; Dialpad tries again for seconds only."""
COLLEAGUE = "user"
"""The contact's type where it is one of the company's own."""
OUR_CLOCK: Options = {"verify_exp": False, "verify_iat": False, "verify_nbf": False, "verify_aud": False}
"""PyJWT would ask the machine what time it is; whether `exp` and `iat` fit is decided here."""


class Dialpad(Source):
    name = "dialpad"
    subscribe_to = "the call states hangup and missed"
    try_it = "Make a call of a minute with somebody outside; the hang-up comes at once."

    def verify(self, delivery: Delivery, secret: str) -> None:
        try:
            said = jwt.decode(delivery.body.strip(), secret, algorithms=["HS256"], options=OUR_CLOCK)
        except (jwt.InvalidTokenError, RecursionError) as error:
            raise BadSignature("The body is not a JWT signed with HS256 and the secret.") from error
        _require_lately(said, delivery)

    def kind(self, delivery: Delivery) -> str:
        return read.text(_claims(delivery), "state")

    def parse(self, delivery: Delivery) -> Sequence[EndedCall]:
        said = _claims(delivery)
        target = read.child(said, "target")
        started = read.epoch(said, "date_started", read.MILLISECOND)
        if read.text(said, "state") not in ENDS or read.text(target, "type") != "user" or started is None:
            return []
        contact = read.child(said, "contact")
        if read.text(contact, "type") == COLLEAGUE:
            return []
        answered = read.epoch(said, "date_connected", read.MILLISECOND)
        ended = read.epoch(said, "date_ended", read.MILLISECOND) or delivery.received_at
        return [
            EndedCall(
                source=self.name,
                account="",
                call_key=read.first_text(said, "master_call_id", "call_id"),
                agent=_agent(target),
                started_at=answered or started,
                ended_at=max(answered or started, ended),
                talk_seconds=_talked(said) if answered else 0,
                direction=read.direction(said, "direction"),
                contact=read.text(contact, "name") or read.text(said, "external_number"),
                disposition="" if answered else Disposition.NO_ANSWER,
            )
        ]


def _require_lately(said: dict[str, Any], delivery: Delivery) -> None:
    """Dialpad does not promise either claim; where they are, they count, else the times of the event itself do.

    Whoever caught a body once cannot send it for ever.
    """
    try:
        issued, expires = (read.epoch(said, claim, read.SECOND) for claim in ("iat", "exp"))
    except Unreadable as error:
        raise BadSignature("The JWT's iat or exp is no time.") from error
    if expires is not None and expires < delivery.received_at:
        raise BadSignature("The JWT has expired.")
    if issued is not None and issued > delivery.received_at + WINDOW:
        raise BadSignature("The JWT is from the future.")
    if issued is not None and delivery.received_at - issued > BELIEVED_FOR:
        raise BadSignature("The JWT was made more than a day ago.")
    if issued is None and (expires is None or expires - delivery.received_at > BELIEVED_FOR):
        _require_todays(said, delivery)


def _require_todays(said: dict[str, Any], delivery: Delivery) -> None:
    """What has no time at all tells of no call."""
    try:
        times = [told for name in TIMES if (told := read.epoch(said, name, read.MILLISECOND))]
    except Unreadable as error:
        raise BadSignature("The JWT holds no time that can be read.") from error
    if times and abs(delivery.received_at - max(times)) > BELIEVED_FOR:
        raise BadSignature("The JWT has no iat, no exp within a day, and tells of more than a day ago.")


def _claims(delivery: Delivery) -> Fields:
    """Verified before it was stored."""
    try:
        said: dict[str, Any] = jwt.decode(
            delivery.body.strip(), options={**OUR_CLOCK, "verify_signature": False}
        )
    except (jwt.InvalidTokenError, RecursionError) as error:
        raise Unreadable("The body is not a JWT.") from error
    return said


def _agent(target: Fields) -> Agent:
    email, key = read.text(target, "email"), read.text(target, "id")
    if not (email or key):
        raise Unreadable("target has neither email nor id.")
    return Agent(email or None, key or None, read.text(target, "name"))


def _talked(said: Fields) -> int | None:
    talked = read.seconds(said, "talk_time", read.MILLISECOND)
    return read.seconds(said, "duration", read.MILLISECOND) if talked is None else talked
