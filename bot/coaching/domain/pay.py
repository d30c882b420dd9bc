"""A coach's credit of a month, and what was said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from bot.coaching.domain.sessions import Statement, credit
from bot.core.coaching_enums import PaidBy
from bot.people.domain.access import Subject, Viewer
from bot.people.domain.someone import Someone

STATEMENTS_FOR = 14
"""Days of the new month in which the one before is told of: who was away longer asks for it."""
APPROVALS_FROM = 3
"""The day of the new month from which it is put to managers: the last days' meetings are written down by then."""


class State(StrEnum):
    """CHANGED: approved, and sessions were written down or corrected since."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was said, by whom and when, of so many sessions and credited minutes at a rate an hour."""

    approved: bool
    reason: str
    by: str
    at: datetime
    sessions: int
    minutes: int
    rate: Decimal
    currency: str
    paid_by: PaidBy

    @property
    def amount(self) -> Decimal:
        return credit(self.minutes, self.rate)


@dataclass(frozen=True, slots=True)
class CoachPay:
    """`teams` are those the coach was in last that month, by id; `statement` is as the sessions stand now.

    `relief` is the share by which the month's targets are lower for it, None where coaching is paid in money.
    """

    coach: Someone
    teams: dict[int, str]
    month: date
    statement: Statement
    currency: str
    relief: float | None
    decision: Decision | None

    @property
    def state(self) -> State:
        said = self.decision
        if said is None:
            return State.WAITING
        if not said.approved:
            return State.REFUSED
        same = (said.minutes, said.sessions) == (self.statement.minutes, len(self.statement.credits))
        return State.APPROVED if same else State.CHANGED

    @property
    def is_open(self) -> bool:
        """Whether a manager has still to say something."""
        return self.state in (State.WAITING, State.CHANGED)

    def is_decided_by(self, viewer: Viewer) -> bool:
        """Whoever leads one of the teams, or an admin; nobody approves their own."""
        if viewer.person_id == self.coach.id:
            return False
        return viewer.is_admin or not viewer.managed_team_ids.isdisjoint(self.teams)

    @property
    def subject(self) -> Subject:
        return Subject(person_id=self.coach.id, team_ids=frozenset(self.teams))


def month_before(today: date) -> date:
    """Its first day."""
    return first_of(today.replace(day=1) - timedelta(days=1))


def first_of(day: date) -> date:
    return day.replace(day=1)


def held_last(spells: Iterable[tuple[int, str, date | None]], last_day: date) -> dict[int, str]:
    """Of one person's teams in a month, each with its last day there, those held last: who left is still paid."""
    listed = [(team_id, name, min(ended or last_day, last_day)) for team_id, name, ended in spells]
    latest = max((until for _id, _name, until in listed), default=None)
    return {team_id: name for team_id, name, until in listed if until == latest}
