"""Microsoft Teams: Graph says that a record of a call was made or changed; the record has to be asked for.

- A sales call: somebody outside was there, by tenant, as a guest or by phone. Voice applications are nobody.
- Whose: the organizer's, where that is one of ours; else of the only one of ours who was there. By user name, which is
  an email mostly, else by id. With whom: those outside. From when to when: as the record says.
- Nobody was reached where every session failed.

Nothing is signed: `clientState`, which the subscription was made with, comes back in every notice. A new subscription
proves the address by a token in it, which is given back.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from bot.calls.domain.call import Agent, EndedCall
from bot.calls.sources import fields as read
from bot.calls.sources.delivery import BadSignature, Delivery, Pointer, Reply, Source, Unreadable, is_same
from bot.calls.sources.fields import Fields
from bot.core.enums import Disposition

RECORDS = "communications/callrecords"
MOST_NOTICES = 1_000
LONGEST_TOKEN = 4_096
MOST_NAMES = 3
NOBODY = ("applicationInstance", "application", "device")
"""Kinds of identities that are no person."""


class Teams(Source):
    name = "teams"
    subscribe_to = "/communications/callRecords, created and updated"
    try_it = "Within an hour the bot makes the subscription and Graph tests the address; then call somebody outside."

    def verify(self, delivery: Delivery, secret: str) -> None:
        if _handshake(delivery):
            return
        notices = _notices(delivery)
        if not notices or not all(is_same(read.text(one, "clientState"), secret) for one in notices):
            raise BadSignature("clientState is not the one of the subscription.")

    def reply(self, delivery: Delivery, secret: str) -> Reply | None:
        token = _handshake(delivery)
        return Reply(token, {"Content-Type": "text/plain; charset=utf-8"}) if token else None

    def kept(self, delivery: Delivery, secret: str) -> str:
        notices = [
            {name: said for name, said in one.items() if name != "clientState"} for one in _notices(delivery)
        ]
        return json.dumps({"value": notices})

    def kind(self, delivery: Delivery) -> str:
        first = next(iter(_notices(delivery)), {})
        return read.text(first, "lifecycleEvent") or read.text(first, "resource").partition("/")[0]

    def parse(self, delivery: Delivery) -> Sequence[Pointer]:
        """Each record once."""
        return list(dict.fromkeys(_pointers(delivery)))


def _handshake(delivery: Delivery) -> str:
    if delivery.body.strip():
        return ""
    try:
        return parse_qs(urlsplit(delivery.url).query).get("validationToken", [""])[0][:LONGEST_TOKEN]
    except ValueError:
        return ""


def _notices(delivery: Delivery) -> Sequence[Fields]:
    notices = read.children(read.object_of(delivery), "value")
    if len(notices) > MOST_NOTICES:
        raise Unreadable(f"The body holds more than {MOST_NOTICES} notices.")
    return notices


def _pointers(delivery: Delivery) -> Iterator[Pointer]:
    for one in _notices(delivery):
        if read.text(one, "resource").lower().lstrip("/").startswith(RECORDS):
            key = read.text(read.child(one, "resourceData"), "id")
            if key:
                yield Pointer(read.text(one, "tenantId"), key)


@dataclass(frozen=True, slots=True)
class _There:
    """Somebody who took part."""

    key: str
    email: str
    name: str
    tenant: str


def ended_call(tenant: str, record: Fields, sessions: Sequence[Fields]) -> EndedCall | None:
    """What a record says with its participants (`participants_v2`), for the company of this tenant."""
    started, ended = read.iso(record, "startDateTime"), read.iso(record, "endDateTime")
    people = [one for found in read.children(record, "participants_v2") if (one := _person(found))]
    outside = [one for one in people if one.tenant != tenant]
    whose = _whose(tenant, _person(read.child(record, "organizer_v2")), people)
    if started is None or ended is None or whose is None or not outside:
        return None
    names = list(dict.fromkeys(filter(None, (one.name or one.email or one.key for one in outside))))
    has_failed = bool(sessions) and all(read.child(one, "failureInfo") for one in sessions)
    return EndedCall(
        source=Teams.name,
        account=tenant,
        call_key=read.text(record, "id", required=True),
        agent=Agent(whose.email or None, whose.key or None, whose.name),
        started_at=started,
        ended_at=max(started, ended),
        talk_seconds=0 if has_failed else None,
        contact=", ".join(sorted(names)[:MOST_NAMES]),
        disposition=Disposition.NO_ANSWER if has_failed else "",
        is_anew=True,
    )


def _whose(tenant: str, organizer: _There | None, people: Sequence[_There]) -> _There | None:
    """With the user name, which only the participants have."""
    ours = {one.key: one for one in people if one.tenant == tenant}
    if organizer is not None and organizer.tenant == tenant:
        return ours.get(organizer.key, organizer)
    return next(iter(ours.values())) if len(ours) == 1 else None


def _person(found: Fields) -> _There | None:
    """None for what is no person; whoever is no user of a tenant comes from outside."""
    identity = read.child(found, "identity")
    kind = next((name for name, one in identity.items() if isinstance(one, dict) and one), "")
    if not kind or kind in NOBODY:
        return None
    said = read.child(identity, kind)
    user = read.text(said, "userPrincipalName")
    tenant = read.text(said, "tenantId") if kind == "user" else ""
    return _There(read.text(said, "id"), user if "@" in user else "", read.text(said, "displayName"), tenant)
