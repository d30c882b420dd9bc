"""A kind of record stops coming: it is told once, and nothing is named on the strength of old data."""

from datetime import UTC, date, datetime, timedelta

from sqlmodel import select

from bot.core.enums import DealStatus, OutboxKind, Role
from bot.digest.domain.feeds import silent_since
from bot.digest.jobs import watch_feeds
from storage.database import Database
from storage.tables import OutboxMessage
from tests.digest.test_services_compose import DUE, NOON, Office, a_full_team, office
from tests.support.builders import workspace
from tests.support.tools import tools

__all__ = ["office"]

MONDAY = date(2026, 11, 16)


def working(weeks: int, until: date) -> set[date]:
    days = (until - timedelta(days=n) for n in range(7 * weeks))
    return {day for day in days if day.weekday() < 5}


def test_what_comes_every_day_is_missed_after_some_and_not_over_a_weekend() -> None:
    days = working(8, date(2026, 11, 13))

    assert silent_since(days, MONDAY, frozenset()) is None
    assert silent_since(days, date(2026, 11, 18), frozenset()) is None
    assert silent_since(days, date(2026, 11, 19), frozenset()) == date(2026, 11, 13)
    holidays = frozenset({MONDAY, date(2026, 11, 17)})
    assert silent_since(days, date(2026, 11, 19), holidays) is None


def test_what_comes_once_a_week_may_pause_longer_and_what_hardly_came_is_not_missed() -> None:
    weekly = {MONDAY - timedelta(weeks=n) for n in range(8)}

    assert silent_since(weekly, MONDAY + timedelta(days=8), frozenset()) is None
    assert silent_since(weekly, MONDAY + timedelta(days=9), frozenset()) == MONDAY
    assert (
        silent_since({MONDAY - timedelta(weeks=n) for n in range(5)}, date(2027, 1, 1), frozenset()) is None
    )


def test_no_name_no_progress_and_no_stuck_deal_on_old_data(office: Office) -> None:
    a_full_team(office)
    closer = office.build.rep("Cleo", Role.AE, office.team)
    for n in range(40):
        day = NOON - timedelta(days=21 + n)
        office.build.deal(closer, day - timedelta(days=9), status=DealStatus.WON, closed_at=day)
    office.build.deal(closer, NOON - timedelta(days=90), expected_close=date(2026, 10, 1))

    digest = office.compose()

    text = office.text(digest)
    assert "🔇 No news of deals has reached me since Oct 21, 2026, so nothing is said of them here." in text
    assert [top.role for top in digest.tops] == [Role.SDR], "leads still come"
    assert (digest.most_improved, digest.pipeline) == (None, None)
    assert "stuck" not in text and "Cleo" not in text


def test_the_manager_and_the_admin_hear_it_once(any_db: Database) -> None:
    with any_db.begin() as session:
        build = workspace(session)
        team = build.team(channel="C0SALES")
        manager = build.rep("Mia", Role.MANAGER, team)
        admin = build.rep("Ada", Role.MANAGER, build.team("Head office"), is_admin=True)
        caller = build.rep("Cal", Role.SDR, team)
        for day in working(8, date(2026, 11, 6)):
            build.call(caller, datetime(day.year, day.month, day.day, 10, tzinfo=UTC))

    for _look in range(2):
        watch_feeds(tools(any_db, build.workspace_id, now=DUE))

    with any_db.read() as session:
        told = session.exec(select(OutboxMessage).where(OutboxMessage.kind == OutboxKind.NOTICE)).all()
    assert sorted(row.person_id or 0 for row in told) == sorted([manager, admin])
    assert all("No calls have reached me from East since Nov 6, 2026" in row.text for row in told)
