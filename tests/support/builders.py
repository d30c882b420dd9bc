"""Rows for tests, with everything unsaid filled in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from sqlmodel import Session, SQLModel

from bot.core.enums import DealStatus, Decision, Metric, PairingStatus, Role, StoryKind
from storage.tables import (
    EVER,
    AccountValue,
    Call,
    CoachingSession,
    Deal,
    Debrief,
    DebriefTag,
    ExchangeRate,
    Handoff,
    Leave,
    Membership,
    Pairing,
    PairWish,
    Person,
    Story,
    Team,
    WishKind,
    Workspace,
)

_keys = count()
_SAID: dict[str, Any] = {"commitment": "Ask who signs", "confirmed": True}


@dataclass(frozen=True, slots=True)
class Builder:
    """Adds rows to one workspace. People, teams and what others refer to come back as ids; the many facts of a test

    (leads, deals, values, sessions, stories) are written at the session's next flush.
    """

    session: Session
    workspace_id: int

    def team(self, name: str = "East", *, zone: str = "Europe/Berlin", **about: Any) -> int:
        return self._add(Team, name=name, time_zone=zone, **about)

    def rep(
        self,
        name: str,
        role: Role,
        team_id: int,
        *,
        started_on: date = EVER,
        zone: str | None = None,
        in_slack: bool = True,
        **about: Any,
    ) -> int:
        """A person in the team; `about` are columns of the person, such as `willing`."""
        person_id = self._add(
            Person,
            name=name,
            email=f"{name.lower().replace(' ', '.')}.{next(_keys)}@example.com",
            slack_user_id=f"UB{next(_keys):07}" if in_slack else None,
            time_zone=zone,
            **about,
        )
        self._add(Membership, person_id=person_id, team_id=team_id, role=role, started_on=started_on)
        return person_id

    def away(self, person_id: int, first_day: date, last_day: date) -> int:
        return self._add(Leave, person_id=person_id, first_day=first_day, last_day=last_day)

    def call(self, person_id: int, started_at: datetime, *, minutes: int = 10) -> int:
        return self._add(
            Call,
            person_id=person_id,
            source="test",
            call_key=f"call {next(_keys)}",
            started_at=started_at,
            ended_at=started_at + timedelta(minutes=minutes),
            talk_seconds=minutes * 60,
        )

    def debrief(
        self, person_id: int, started_at: datetime, *, tags: Iterable[str] = (), **answers: Any
    ) -> int:
        """A call and its debrief, submitted right after."""
        debrief_id = self._add(
            Debrief,
            call_id=self.call(person_id, started_at),
            person_id=person_id,
            call_started_at=started_at,
            submitted_at=started_at + timedelta(minutes=15),
            **{"outcome": "continued"} | answers,
        )
        for tag in tags:
            self._add(DebriefTag, debrief_id=debrief_id, tag=tag)
        return debrief_id

    def handoff(
        self,
        sdr_id: int,
        ae_id: int,
        passed_at: datetime,
        *,
        accepted: bool | None = None,
        reason: str = "",
        criteria_met: bool | None = None,
    ) -> None:
        """A lead passed; decided a day later, unless `accepted` is None."""
        decision = {True: Decision.ACCEPTED, False: Decision.REJECTED, None: None}[accepted]
        self._put(
            Handoff,
            handoff_key=f"handoff {next(_keys)}",
            sdr_id=sdr_id,
            ae_id=ae_id,
            company="Acme",
            passed_at=passed_at,
            decision=decision,
            decided_at=passed_at + timedelta(days=1) if decision else None,
            reason=reason,
            criteria_met=criteria_met,
        )

    def deal(
        self,
        ae_id: int,
        opened_at: datetime,
        *,
        status: DealStatus = DealStatus.OPEN,
        closed_at: datetime | None = None,
        **about: Any,
    ) -> None:
        self._put(
            Deal,
            deal_key=f"deal {next(_keys)}",
            ae_id=ae_id,
            status=status,
            opened_at=opened_at,
            first_seen_at=opened_at,
            closed_at=closed_at,
            **about,
        )

    def account(self, am_id: int, key: str, as_of: date, value: int, currency: str = "") -> None:
        self._put(
            AccountValue, account_key=key, am_id=am_id, as_of=as_of, value=Decimal(value), currency=currency
        )

    def rate(self, currency: str, base: str, from_day: date, rate: str) -> None:
        self._put(ExchangeRate, currency=currency, base=base, from_day=from_day, rate=Decimal(rate))

    def coached(
        self, coach_id: int, learner_id: int, held_on: date, *, metric: Metric = Metric.WIN_RATE, **about: Any
    ) -> None:
        self._put(
            CoachingSession,
            session_key=f"session {next(_keys)}",
            coach_id=coach_id,
            learner_id=learner_id,
            metric=metric,
            held_on=held_on,
            due_on=held_on + timedelta(days=7),
            **{**_SAID, **about},
        )

    def pairing(
        self,
        team_id: int,
        coach_id: int,
        learner_id: int,
        week: date,
        *,
        metric: Metric = Metric.WIN_RATE,
        status: PairingStatus = PairingStatus.PROPOSED,
    ) -> int:
        return self._add(
            Pairing,
            week=week,
            team_id=team_id,
            coach_id=coach_id,
            learner_id=learner_id,
            metric=metric,
            value=1.0,
            reason="Because.",
            status=status,
            proposed_at=datetime.combine(week, time(9), UTC),
        )

    def wish(self, kind: WishKind, coach_id: int, learner_id: int, *, week: date | None = None) -> None:
        self._put(
            PairWish,
            kind=kind,
            coach_id=coach_id,
            learner_id=learner_id,
            week=week,
            said_at=datetime(2026, 1, 1, tzinfo=UTC),
        )

    def story(self, author_id: int, told: str, told_at: datetime, *, shared: bool = True) -> None:
        self._put(Story, author_id=author_id, kind=StoryKind.WIN, told=told, shared=shared, told_at=told_at)

    def _put(self, table: type[SQLModel], **columns: Any) -> SQLModel:
        row = table(workspace_id=self.workspace_id, **columns)
        self.session.add(row)
        return row

    def _add(self, table: type[SQLModel], **columns: Any) -> int:
        row = self._put(table, **columns)
        self.session.flush()
        id: int = row.id  # type: ignore[attr-defined]  # every table has one
        return id


def workspace(session: Session, name: str = "Acme") -> Builder:
    """A builder for a new workspace."""
    row = Workspace(name=name)
    session.add(row)
    session.flush()
    return Builder(session, row.id)
