"""A kind of record stops coming: it is told once, and nothing is named on the strength of old data."""

from datetime import UTC, date, datetime, timedelta

from sqlmodel import select

from bot.core.enums import DealStatus, OutboxKind, Role
from bot.digest import jobs
from bot.digest.domain.digest import Skip
from bot.digest.jobs import watch_feeds
from bot.pipeline.domain.feeds import silent_since
from storage.books import Books
from storage.database import Database
from storage.tables import Call, Debrief, Handoff, OutboxMessage
from tests.digest.composed import DUE, NOON, Office, a_full_team, office
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


def calls_stop(office: Office, since: datetime) -> None:
    office.session.flush()
    for call in office.session.exec(select(Call).where(Call.started_at > since)):
        office.session.delete(call)


def test_who_is_judged_partly_by_calls_is_not_judged_without_them_and_the_weeks_facts_stand(
    office: Office,
) -> None:
    a_full_team(office)
    calls_stop(office, NOON - timedelta(days=20))

    digest = office.compose()

    text = office.text(digest)
    assert "🔇 No calls have reached me since Oct 21, 2026" in text and "Top SDR" not in text
    assert "Ana: 5 of 6 leads qualified" in text, "leads still come"
    assert digest.own_lines == (), "nobody is asked to coach for being ahead of old"


def test_nothing_is_missed_that_could_not_have_come(office: Office) -> None:
    a_full_team(office)
    debrief = office.build.debrief(office.ids["Ana"], NOON - timedelta(days=60), outcome="advanced")
    call = office.session.get_one(Debrief, debrief).call_id
    office.session.get_one(Call, call).company = "Globex"
    assert office.compose().page.nothing_followed == 1

    calls_stop(office, NOON - timedelta(days=20))

    assert office.compose().page.nothing_followed == 0


def test_where_all_is_old_there_is_no_digest_and_its_manager_reads_why(office: Office) -> None:
    manager = office.build.rep("Mia", Role.MANAGER, office.team)
    a_full_team(office)
    office.session.flush()
    for lead in office.session.exec(select(Handoff).where(Handoff.passed_at > NOON - timedelta(days=20))):
        office.session.delete(lead)

    digest = office.compose()
    books = Books(office.session, office.build.workspace_id, DUE)

    assert jobs.post(books, digest)
    assert digest.skip is Skip.ALL_IS_OLD
    [told] = office.messages(OutboxKind.NOTICE)
    assert told.person_id == manager
    assert "records that it is made of have stopped coming, and all I could tell is old" in told.text


def test_the_manager_and_the_admin_hear_it_once(any_db: Database) -> None:
    with any_db.begin() as session:
        build = workspace(session)
        team = build.team(channel="C0SALES")
        manager = build.rep("Mia", Role.MANAGER, team)
        admin = build.rep("Ada", Role.MANAGER, build.team("Head office"), is_admin=True)
        caller = build.rep("Cal", Role.SDR, team)
        for day in working(8, date(2026, 11, 6)):
            build.call(caller, datetime(day.year, day.month, day.day, 10, tzinfo=UTC))

    night = DUE.replace(hour=1)
    for _look in range(2):
        watch_feeds(tools(any_db, build.workspace_id, now=night))

    with any_db.read() as session:
        told = session.exec(select(OutboxMessage).where(OutboxMessage.kind == OutboxKind.NOTICE)).all()
    assert sorted(row.person_id or 0 for row in told) == sorted([manager, admin])
    assert all(row.next_at > night + timedelta(hours=6) for row in told), "nobody is woken for it"
    assert all("No calls have reached me from East since Nov 6, 2026" in row.text for row in told)
    assert all("I propose no new pairs by them; pairs that run go on" in row.text for row in told)
