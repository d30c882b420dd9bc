"""A call that was put through leg by leg, each with two ends: is it a sales call, whose, with whom, from when to when.

- An end in the company's own software (a browser, a desk phone) is a rep; a leg between two of these is no sales call.
- A leg that a program dials first is the rep's, and what it dials next the customer's (click to call); the other way
  round where what it dials next is a rep's software.
- A leg that is dialled for a caller rings a rep; that of the caller itself is then nobody's, only a way in.
- A rep's call is with whoever their own leg was put through to, for as long as that lasted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.calls.domain.call import Agent, EndedCall, completed
from bot.core.enums import Direction


@dataclass(frozen=True, slots=True)
class Phone:
    """One end of a leg; `is_ours` where its very kind says that it is a rep."""

    address: str = ""
    is_ours: bool = False

    @property
    def agent(self) -> Agent:
        is_email = self.is_ours and "@" in self.address
        return Agent(email=self.address) if is_email else Agent(key=self.address)


@dataclass(frozen=True, slots=True)
class DialledLeg:
    """A leg that has ended. `by_program`: dialled by an API; `for_another`: dialled to put `parent` through."""

    source: str
    account: str
    key: str
    parent: str
    caller: Phone
    called: Phone
    status: str
    seconds: int
    ended_at: datetime
    by_program: bool = False
    for_another: bool = False

    @property
    def started_at(self) -> datetime:
        return self.ended_at - timedelta(seconds=self.seconds)

    @property
    def is_a_reps(self) -> bool:
        """Whether the leg by itself says that it is a rep who dials, or who is dialled first."""
        return self.caller.is_ours or self.by_program


def ended_calls(told: Iterable[DialledLeg]) -> list[EndedCall]:
    """The calls of one session, as far as its legs are known; a leg that is told alone is taken for the rep's."""
    legs = {leg.key: leg for leg in sorted(set(told), key=repr)}
    return [call for leg in legs.values() if (call := _call(leg, legs)) is not None]


def _call(leg: DialledLeg, legs: dict[str, DialledLeg]) -> EndedCall | None:
    parent = legs.get(leg.parent)
    put_through = sorted((one for one in legs.values() if one.parent == leg.key), key=_first)
    if leg.caller.is_ours and leg.called.is_ours:
        return None
    if leg.is_a_reps:
        return _outbound(leg, put_through)
    if parent is not None and parent.is_a_reps:
        return _put_through(leg, parent)
    if not leg.called.is_ours and not leg.for_another and put_through:
        return None  # the way in
    other = parent.caller if parent is not None and not parent.caller.is_ours else leg.caller
    return _told(leg, leg.called, other.address, [leg], Direction.INBOUND)


def _put_through(leg: DialledLeg, parent: DialledLeg) -> EndedCall | None:
    """Mostly the customer's; a rep's where the program dialled the customer first."""
    if parent.caller.is_ours or parent.called.is_ours or not leg.called.is_ours:
        return None
    return _told(leg, leg.called, parent.called.address, [leg], Direction.OUTBOUND)


def _outbound(leg: DialledLeg, put_through: Sequence[DialledLeg]) -> EndedCall | None:
    """With the customer's leg where that is known: the rep's own is longer, by the ringing."""
    customers = [one for one in put_through if not one.called.is_ours]
    if put_through and not customers:
        return None
    rep, other = (leg.caller, leg.called.address) if leg.caller.is_ours else (leg.called, "")
    if not rep.address:
        return None
    reached = [one for one in customers if completed(one.status)] or customers
    if reached:
        return _told(leg, rep, reached[0].called.address, reached, Direction.OUTBOUND)
    return _told(leg, rep, other, [leg], Direction.OUTBOUND)


def _told(
    leg: DialledLeg, rep: Phone, contact: str, talked: Sequence[DialledLeg], direction: Direction
) -> EndedCall | None:
    if not rep.address:
        return None
    return EndedCall(
        source=leg.source,
        account=leg.account,
        call_key=leg.key,
        agent=rep.agent,
        started_at=min(one.started_at for one in talked),
        ended_at=max(one.ended_at for one in talked),
        talk_seconds=sum(one.seconds for one in talked),
        direction=direction,
        contact=contact,
        disposition=talked[0].status,
        is_hint=True,
        is_anew=True,
    )


def _first(leg: DialledLeg) -> tuple[datetime, str]:
    return (leg.started_at, repr(leg))
