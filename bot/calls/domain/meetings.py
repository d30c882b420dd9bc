"""A meeting by who was there: is it a sales call, whose, with whom, from when to when.

- It is the host's, over when the meeting has ended.
- Somebody outside was there: an email of another domain than the host's, or somebody who did not sign in. Meetings
  among colleagues are left out, and so are those in which the host waited alone.
- Where nobody was told of but the host, nobody knows: then it counts, with the topic for a contact.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.calls.domain.call import Agent, EndedCall

MOST_NAMES = 3
FOR_EVERYBODY = frozenset(
    {
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "yahoo.com",
        "icloud.com",
        "gmx.de",
    }
)
"""Domains whose people are not colleagues of each other."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody in a meeting; `key` is the source's own for people who signed in."""

    key: str = ""
    email: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class MeetingNotice:
    """One thing told of a meeting: that it ended (`ended_at`), or that somebody was there (`guest`)."""

    host_key: str
    host_email: str = ""
    topic: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    guest: Guest | None = None


def ended_call(
    notices: Iterable[MeetingNotice], *, source: str, account: str, call_key: str
) -> EndedCall | None:
    told = sorted(notices, key=repr)
    ended = max((one.ended_at for one in told if one.ended_at), default=None)
    started = min((one.started_at for one in told if one.started_at), default=None)
    if ended is None or started is None:
        return None
    host = _host(told)
    others = _others(told, host)
    outside = [guest for guest in others if _is_outside(guest, host, others)]
    if not outside and any(one.guest for one in told):
        return None
    names = sorted({guest.name or guest.email for guest in outside} - {""})
    return EndedCall(
        source=source,
        account=account,
        call_key=call_key,
        agent=Agent(email=host.email or None, key=host.key or None, name=host.name),
        started_at=started,
        ended_at=max(started, ended),
        contact=", ".join(names[:MOST_NAMES]) or max(one.topic for one in told),
        is_hint=True,
        is_anew=True,
    )


def _host(told: Sequence[MeetingNotice]) -> Guest:
    key = max(one.host_key for one in told)
    email = max(one.host_email for one in told)
    seen = [one.guest for one in told if one.guest and _is(one.guest, key, email)]
    email = email or max((guest.email for guest in seen), default="")
    return Guest(key, email, max((guest.name for guest in seen), default=""))


def _is(guest: Guest, key: str, email: str) -> bool:
    return bool(key and guest.key == key) or bool(email and guest.email.lower() == email.lower())


def _others(told: Sequence[MeetingNotice], host: Guest) -> list[Guest]:
    """Each once, with what any notice says of them."""
    known: dict[str, Guest] = {}
    for guest in sorted({one.guest for one in told if one.guest}, key=repr):
        key = guest.key or guest.email or guest.name
        before = known.get(key, guest)
        known[key] = Guest(guest.key, max(guest.email, before.email), max(guest.name, before.name))
    return [guest for guest in known.values() if not _is(guest, host.key, host.email)]


def _is_outside(guest: Guest, host: Guest, others: Sequence[Guest]) -> bool:
    """Where nobody knows the host's email, people of one domain are taken for colleagues."""
    if not guest.email:
        return True
    home = _domain(host.email) or min(_domain(one.email) for one in others if one.email)
    return _domain(guest.email) != home or home in FOR_EVERYBODY


def _domain(email: str) -> str:
    return email.rpartition("@")[2].lower()
