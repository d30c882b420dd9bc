"""Calls told leg by leg: each notice says how one party of a session stands, in any order, some twice.

What is known of a leg only grows (the earliest answer, the latest leave, the state of the highest sequence), so the
same notices make the same calls in whatever order they come.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from bot.domain.calls import Agent, EndedCall
from bot.words import Direction, LegState


@dataclass(frozen=True, slots=True)
class Leg:
    """One party of one session, as far as it is known.

    `agent_key` is blank for a party outside the company; `contact` is who is at the other end, `external` whether
    that is somebody outside.
    """

    source: str
    account: str
    session_key: str
    leg_key: str
    sequence: int
    state: LegState
    agent_key: str = ""
    agent_name: str = ""
    contact: str = ""
    external: bool = False
    direction: Direction | None = None
    answered_at: datetime | None = None
    left_at: datetime | None = None


def merged(one: Leg, other: Leg) -> Leg:
    """Both notices of one leg as one; in either order the same."""
    late, early = (one, other) if one.sequence >= other.sequence else (other, one)
    return Leg(
        source=late.source,
        account=max(one.account, other.account),
        session_key=late.session_key,
        leg_key=late.leg_key,
        sequence=late.sequence,
        state=late.state,
        agent_key=max(one.agent_key, other.agent_key),
        agent_name=max(one.agent_name, other.agent_name),
        contact=max(one.contact, other.contact),
        external=one.external or other.external,
        direction=late.direction or early.direction,
        answered_at=min((at for at in (one.answered_at, other.answered_at) if at), default=None),
        left_at=max((at for at in (one.left_at, other.left_at) if at), default=None),
    )


def is_over(legs: Sequence[Leg]) -> bool:
    """Whether nobody of the session talks any more: each party has left, and not all of them for another place.

    A menu that hands the caller on leaves long before the caller does.
    """
    states = {leg.state for leg in legs}
    return LegState.OPEN not in states and LegState.ENDED in states


def ended_calls(legs: Iterable[Leg]) -> list[EndedCall]:
    """One call per agent who answered, once the session is over; a session without an outsider is no call."""
    legs = list(legs)
    if not is_over(legs) or not any(leg.external for leg in legs):
        return []
    outsider = max((leg.contact for leg in legs if leg.external), default="")
    talked = sorted((leg for leg in legs if leg.agent_key and leg.answered_at), key=_agent)
    return [_call(key, list(mine), outsider) for key, mine in groupby(talked, key=_agent)]


def _agent(leg: Leg) -> str:
    return leg.agent_key


def _call(agent_key: str, legs: Sequence[Leg], outsider: str) -> EndedCall:
    first = legs[0]
    started = min(leg.answered_at for leg in legs if leg.answered_at)
    ended = max([started, *(leg.left_at for leg in legs if leg.left_at)])
    return EndedCall(
        source=first.source,
        account=first.account,
        call_key=first.session_key,
        agent=Agent(key=agent_key, name=max(leg.agent_name for leg in legs)),
        started_at=started,
        ended_at=ended,
        talk_seconds=int((ended - started) / timedelta(seconds=1)),
        direction=next((leg.direction for leg in legs if leg.direction), None),
        contact=outsider,
        is_hint=True,
    )
