"""The records that a rep's figures are counted from, as a definition asks for them, whatever keeps them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from bot.core.enums import Decision, Outcome, Role
from bot.pipeline.domain.portfolio import HeldAccount
from bot.scorecards.domain.drilldown import Bearing


class Lead(Protocol):
    """A handoff; `decision` is None where the AE has not taken it."""

    @property
    def company(self) -> str: ...
    @property
    def passed_at(self) -> datetime: ...
    @property
    def decision(self) -> Decision | None: ...
    @property
    def decided_at(self) -> datetime | None: ...
    @property
    def criteria_met(self) -> bool | None: ...
    @property
    def teaches(self) -> bool: ...
    @property
    def reason(self) -> str: ...


class Debriefed(Protocol):
    """What a debrief says; None is unasked or unanswered."""

    @property
    def outcome(self) -> Outcome | None: ...
    @property
    def timeline_agreed(self) -> bool | None: ...
    @property
    def authority_reached(self) -> bool | None: ...


class DebriefedCall(Debriefed, Protocol):
    @property
    def call_started_at(self) -> datetime: ...
    @property
    def company(self) -> str: ...
    @property
    def reason(self) -> str: ...


class CallMade(Protocol):
    """A call that was completed or asked about."""

    @property
    def started_at(self) -> datetime: ...
    @property
    def completed(self) -> bool: ...
    @property
    def talk_seconds(self) -> int: ...
    @property
    def prompted(self) -> bool: ...
    @property
    def debriefed(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class DealBehind:
    """A deal open at any moment of the days; `closed_at` is None where it closed after them or not at all."""

    company: str
    opened_at: datetime | None
    closed_at: datetime | None
    won: bool
    from_accepted_lead: bool
    days_to_win: int | None
    loss_reason: str = ""
    amount: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class SessionGiven:
    """A session held as the coach, which ended in a commitment.

    `minutes` are those that count: none while the learner has not said that it was held, nor beyond a week's limit.
    """

    held_on: date
    learner: str
    minutes: int


@dataclass(frozen=True, slots=True)
class CommitmentDue:
    """A commitment made as the learner; `kept` is None while unanswered."""

    due_on: date
    words: str
    kept: bool | None


class Behind(Protocol):
    """One rep's records of some days, as far as they were known; each question reads them anew."""

    role: Role

    def leads_passed(self) -> Iterable[Lead]: ...
    def leads_decided(self) -> Iterable[Lead]: ...
    def deals(self) -> Iterable[DealBehind]: ...
    def accounts(self) -> Iterable[HeldAccount]: ...
    def calls(self) -> Iterable[CallMade]: ...
    def debriefs(self) -> Iterable[DebriefedCall]: ...
    def sessions_given(self) -> Iterable[SessionGiven]: ...
    def commitments(self) -> Iterable[CommitmentDue]: ...


def bearing(counts: bool) -> Bearing:
    """Of a record that is among what is divided by."""
    return Bearing.COUNTS if counts else Bearing.AGAINST
