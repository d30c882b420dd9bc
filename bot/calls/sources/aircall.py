"""Aircall: `call.ended`, half a minute after the hang-up, is the record; `call.hungup`, at once, a hint.

- A sales call: somebody picked up. Whose: the user's, by email, else id; without one nobody picked up, so nobody's.
- With whom: the contact's name, else their number. From when to when: from the answer to the end; Aircall's own
  `duration` in seconds.

Nothing is signed: a token travels in the body, so it is compared in constant time and left out of what is stored.
"""

import json
from collections.abc import Sequence

from bot.calls.domain.call import Agent, EndedCall
from bot.calls.sources import fields as read
from bot.calls.sources.delivery import Delivery, Source, require_same
from bot.calls.sources.fields import Fields
from bot.core.enums import Disposition

HINT, RECORD = "call.hungup", "call.ended"


class Aircall(Source):
    name = "aircall"
    subscribe_to = "call.ended and call.hungup"
    try_it = "Make a call of a minute; its record comes half a minute after the hang-up."

    def verify(self, delivery: Delivery, secret: str) -> None:
        require_same(read.text(read.object_of(delivery), "token"), secret, "token")

    def kept(self, delivery: Delivery, secret: str) -> str:
        return json.dumps(
            {name: value for name, value in read.object_of(delivery).items() if name != "token"}
        )

    def kind(self, delivery: Delivery) -> str:
        return read.text(read.object_of(delivery), "event").strip()

    def parse(self, delivery: Delivery) -> Sequence[EndedCall]:
        said = read.object_of(delivery)
        event, about = read.text(said, "event"), read.child(said, "data")
        agent = _agent(read.child(about, "user"))
        started = read.epoch(about, "started_at", read.SECOND)
        if event not in (HINT, RECORD) or agent is None or started is None:
            return []
        answered = read.epoch(about, "answered_at", read.SECOND)
        if event == HINT and answered is None:
            return []
        ended = read.epoch(about, "ended_at", read.SECOND) or delivery.received_at
        talked = read.seconds(about, "duration", read.SECOND) if event == RECORD else None
        contact = read.child(about, "contact")
        return [
            EndedCall(
                source=self.name,
                account="",
                call_key=read.text(about, "id", required=True),
                agent=agent,
                started_at=answered or started,
                ended_at=max(answered or started, ended),
                talk_seconds=talked if answered else 0,
                direction=read.direction(about, "direction"),
                contact=_name(contact) or read.text(about, "raw_digits"),
                company=read.text(contact, "company_name"),
                disposition="" if answered else Disposition.NO_ANSWER,
                is_hint=event == HINT,
            )
        ]


def _agent(user: Fields) -> Agent | None:
    """None where nobody picked up."""
    email, key = read.text(user, "email"), read.text(user, "id")
    return Agent(email or None, key or None, read.text(user, "name")) if email or key else None


def _name(contact: Fields) -> str:
    return f"{read.text(contact, 'first_name')} {read.text(contact, 'last_name')}".strip()
