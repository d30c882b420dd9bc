"""A telephony session, party by party: is it a sales call, whose, with whom, from when to when.

- A party with an extension is one of ours (a rep, a menu, a queue); one without is the customer's side.
- Who is at the other end of a leg: `from` of an inbound one, `to` of an outbound one. The latest notice that says
  something wins; an end that any notice of the session gives an extension is a colleague, also where an earlier one
  did not.
- A sales call has somebody outside at the other end, and is the call of whoever of ours answered them, from the first
  answer to the last hang-up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from bot.calls.domain.call import Agent, EndedCall
from bot.core.enums import Direction, LegState


@dataclass(frozen=True, slots=True)
class End:
    """One end of a leg as a notice names it; `extension` is blank outside the company, and while nobody has said."""

    extension: str = ""
    name: str = ""
    number: str = ""

    def __bool__(self) -> bool:
        return bool(self.extension or self.name or self.number)


@dataclass(frozen=True, slots=True)
class Leg:
    """How one party of a session stood at one moment; `mine` is that party's end, `other` whom it talks to."""

    source: str
    account: str
    session_key: str
    leg_key: str
    sequence: int
    state: LegState
    at: datetime
    answered: bool = False
    mine: End = End()
    other: End = End()
    direction: Direction | None = None


def ended_calls(notices: Iterable[Leg]) -> list[EndedCall]:
    """One call per agent who answered somebody outside, once the session is over."""
    legs = _by_leg(notices)
    if not _is_over(legs):
        return []
    inside = {end.number for leg in legs for one in leg for end in (one.mine, one.other) if end.extension}
    inside.discard("")
    outsiders = [end for leg in legs if not _extension(leg) and (end := _outsider(leg, inside, mine=True))]
    talked = [leg for leg in legs if _extension(leg) and any(one.answered for one in leg)]
    calls = []
    for extension, group in groupby(sorted(talked, key=_extension), key=_extension):
        mine = list(group)
        contact = _contact(mine, inside, outsiders)
        if contact is not None:
            calls.append(_call(extension, mine, contact))
    return calls


def _by_leg(notices: Iterable[Leg]) -> list[list[Leg]]:
    """Each leg's notices, the earliest first; those of one sequence number in an order of their own."""
    told = sorted(set(notices), key=lambda one: (one.leg_key, one.sequence, one.at, repr(one)))
    return [list(leg) for _, leg in groupby(told, key=lambda one: one.leg_key)]


def _is_over(legs: Sequence[Sequence[Leg]]) -> bool:
    """Whether nobody of the session talks any more: each party has left, and not all of them for another place.

    A menu that hands the caller on leaves long before the caller does.
    """
    states = {leg[-1].state for leg in legs}
    return LegState.OPEN not in states and LegState.ENDED in states


def _extension(leg: Sequence[Leg]) -> str:
    return next((one.mine.extension for one in reversed(leg) if one.mine.extension), "")


def _outsider(leg: Sequence[Leg], inside: set[str], *, mine: bool = False) -> End | None:
    """Who is outside at that end of the leg; None where it is a colleague, a blank end where nobody says."""
    ends = [one.mine if mine else one.other for one in leg]
    latest = next((end for end in reversed(ends) if end), End())
    if latest.extension or latest.number in inside:
        return None
    name = next((end.name for end in reversed(ends) if end.name and end.number == latest.number), "")
    return End(name=latest.name or name, number=latest.number)


def _contact(mine: Sequence[Sequence[Leg]], inside: set[str], outsiders: Sequence[End]) -> str | None:
    """Who was outside, by name, else number; "" for somebody withheld, None where nobody was.

    The rep's own legs say it best; where they say nothing, the legs of those outside do.
    """
    found = [end for leg in mine if (end := _outsider(leg, inside)) is not None]
    if not found:
        return None
    named = next((end for end in reversed(found) if end), None) or next(iter(outsiders), None)
    if named is None:
        return None
    return named.name or named.number


def _call(extension: str, legs: Sequence[Sequence[Leg]], contact: str) -> EndedCall:
    told = sorted((one for leg in legs for one in leg), key=lambda one: (one.sequence, repr(one)))
    started = min(one.at for one in told if one.answered)
    ended = max([started, *(one.at for one in told if one.state is not LegState.OPEN)])
    return EndedCall(
        source=told[0].source,
        account=max(one.account for one in told),
        call_key=told[0].session_key,
        agent=Agent(key=extension, name=_latest_name(told)),
        started_at=started,
        ended_at=ended,
        talk_seconds=int((ended - started) / timedelta(seconds=1)),
        direction=next((one.direction for one in told if one.direction), None),
        contact=contact,
        is_hint=True,
        is_anew=True,
    )


def _latest_name(told: Sequence[Leg]) -> str:
    return next((one.mine.name for one in reversed(told) if one.mine.name), "")
