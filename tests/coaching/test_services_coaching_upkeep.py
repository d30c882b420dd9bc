"""Coaching debt, what managers see to, what coaching earned, and the coach of the month."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from bot.blocks.reader import reader
from bot.calendar.periods import Period
from bot.calendar.wallclock import start_of_day
from bot.coaching.domain.plans import PairsOfWeek
from bot.coaching.services import coaching_debt, pairing_inputs
from bot.coaching.services.pay import months
from bot.core.enums import PairingStatus, Role
from bot.core.errors import BadInput
from bot.people.domain.someone import Someone
from bot.workbook import views as export
from storage.books import Books
from storage.database import Database
from storage.tables import Workspace
from tests.support.builders import Builder, workspace

TODAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 9, tzinfo=ZoneInfo("UTC"))
MONDAY = date(2026, 11, 16)
UTC = ZoneInfo("UTC")
OCTOBER = Period("2026-10", start_of_day(date(2026, 10, 1), UTC), start_of_day(date(2026, 11, 1), UTC), UTC)


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def reps(session: Session, acme: Builder, team: int) -> dict[int, Someone]:
    session.flush()
    return pairing_inputs.reps_of(Books(session, acme.workspace_id, NOW), team, TODAY)


def owed(session: Session, acme: Builder, team: int) -> list[tuple[str, int | None]]:
    found = coaching_debt.owed(Books(session, acme.workspace_id, NOW), reps(session, acme, team), TODAY)
    return [(one.person.name, one.days) for one in found]


def test_who_has_gone_too_long_without_coaching_is_told_longest_first(any_db: Database) -> None:
    with any_db.begin() as session:
        acme = workspace(session)
        east = acme.team()
        coach = acme.rep("Coach", Role.AE, east, wants_coaching=False)
        lately, long_ago, longer_ago = (acme.rep(name, Role.AE, east) for name in ("Ana", "Ben", "Cem"))
        acme.rep("Never", Role.AE, east)
        acme.rep("New", Role.AE, east, started_on=days_ago(20))
        acme.rep("Unwilling", Role.AE, east, wants_coaching=False)
        for learner, days in ((lately, 28), (long_ago, 29), (longer_ago, 60)):
            acme.coached(coach, learner, days_ago(days))

        assert owed(session, acme, east) == [("Never", None), ("Cem", 60), ("Ben", 29)]
        coaching_debt.set_limit(Books(session, acme.workspace_id, NOW), 40)
        assert owed(session, acme, east) == [("Never", None), ("Cem", 60)]


def test_where_nobody_coaches_nobody_is_told_of_debt(db: Database) -> None:
    with db.begin() as session:
        acme = workspace(session)
        east = acme.team()
        acme.rep("Ana", Role.AE, east)

        assert owed(session, acme, east) == []


@pytest.mark.parametrize("days", [0, 6, 366, 9000])
def test_a_limit_nobody_can_mean_is_refused(db: Database, days: int) -> None:
    with db.begin() as session, pytest.raises(BadInput, match="from 7 to 365"):
        coaching_debt.set_limit(Books(session, workspace(session).workspace_id, NOW), days)


def test_what_managers_pairs_came_to_is_counted_week_by_week(any_db: Database) -> None:
    with any_db.begin() as session:
        acme = workspace(session)
        east, west = acme.team("East"), acme.team("West")
        mia, zoe = acme.rep("Mia", Role.MANAGER, east), acme.rep("Zoe", Role.MANAGER, west)
        coach = acme.rep("Coach", Role.AE, east)
        last, status = MONDAY - timedelta(weeks=1), PairingStatus
        for n, stands in enumerate(
            (status.MET, status.MET, status.MISSED, status.ACCEPTED, status.DECLINED, status.PROPOSED)
        ):
            acme.pairing(east, coach, acme.rep(f"Rep {n}", Role.AE, east), last, status=stands)
        acme.pairing(east, coach, acme.rep("Now", Role.AE, east), MONDAY, status=status.ACCEPTED)
        acme.coached(mia, coach, days_ago(3))
        session.flush()

        told = coaching_debt.of_teams(Books(session, acme.workspace_id, NOW), None, today=TODAY)
        own = coaching_debt.of_teams(Books(session, acme.workspace_id, NOW), {west}, today=TODAY)

    assert [one.manager for one in told] == ["Mia", "Zoe"]
    assert told[0].weeks[-2:] == (
        PairsOfWeek(last, started=4, met=2, missed=2),
        PairsOfWeek(MONDAY, started=1, met=0, missed=0),
    )
    assert (told[0].held, told[1].held) == (1, 0)
    assert [one.manager for one in own] == ["Zoe"]
    assert zoe != mia


def test_a_months_credit_is_told_coach_by_coach_with_its_limits(any_db: Database) -> None:
    with any_db.begin() as session:
        acme = workspace(session)
        session.get_one(Workspace, acme.workspace_id).credit_rate = Decimal(40)
        east, west = acme.team("East"), acme.team("West")
        ana, bo, elsewhere = (
            acme.rep("Ana", Role.AE, east),
            acme.rep("Bo", Role.AE, east),
            acme.rep("X", Role.AE, west),
        )
        acme.coached(
            ana, bo, date(2026, 9, 28), minutes=100
        )  # in the week of 1 October: counts towards its limit
        acme.coached(ana, bo, date(2026, 10, 1), minutes=60)
        acme.coached(ana, bo, date(2026, 10, 6), minutes=30)
        acme.coached(ana, bo, date(2026, 10, 20), minutes=45, commitment=" ")
        acme.coached(bo, ana, date(2026, 11, 1), minutes=30)
        acme.coached(elsewhere, bo, date(2026, 10, 7), minutes=30)
        session.flush()

        told = months.of_teams(Books(session, acme.workspace_id, NOW), {east}, OCTOBER.dates()[0])

    [one] = told.coaches
    assert (one.coach, one.sessions, one.minutes) == ("Ana", 3, 20 + 30)
    assert one.amount == Decimal("33.33")
    words = export.monthly(date(2026, 10, 1), 3, told, reader(None, UTC))
    assert "Coaching in October 2026:\n• Ana: 3 sessions, 50 min credited, $33.33" in words


def test_the_coach_of_the_month_is_one_who_may_be_named(any_db: Database) -> None:
    with any_db.begin() as session:
        acme = workspace(session)
        east = acme.team()
        shy, ana, ben = (
            acme.rep(name, Role.AE, east, named_publicly=name != "Shy") for name in ("Shy", "Ana", "Ben")
        )
        for coach, learner, count in ((shy, ben, 4), (ana, ben, 3)):
            for n in range(count):
                acme.coached(coach, learner, date(2026, 10, 5) + timedelta(weeks=n), rating=4)
        found = reps(session, acme, east)

        best = months.best_coach(Books(session, acme.workspace_id, NOW), found, date(2026, 11, 2))
        not_now = months.best_coach(Books(session, acme.workspace_id, NOW), found, date(2026, 11, 9))

    assert best is not None and best.name == "Ana"
    assert not_now is None
