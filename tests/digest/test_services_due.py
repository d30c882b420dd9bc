"""When a digest is due: its day, holidays, catching up, one process alone."""

from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import select

from bot.core.enums import OutboxKind, Role
from bot.digest import jobs
from bot.digest.services import compose as digests
from bot.digest.services import schedule as digest_schedule
from bot.digest.services.schedule import Do
from storage.books import Books
from storage.database import Database
from storage.tables import OutboxMessage, Team
from tests.digest.composed import DUE, WEEK, Office, office
from tests.support.builders import Builder, workspace
from tests.support.tools import tools

__all__ = ["office"]


def due(office: Office, now: datetime = DUE) -> list[digest_schedule.Due]:
    return digest_schedule.digests_due(Books(office.session, office.build.workspace_id, now))


def team_of(office: Office) -> Team:
    return office.session.get_one(Team, office.team)


def test_it_is_due_on_its_day_in_the_teams_zone_and_reports_the_week_before(office: Office) -> None:
    assert due(office, DUE - timedelta(seconds=1)) == []

    [one] = due(office)

    assert (one.do, one.week) == (Do.POST, WEEK)
    assert one.next_at == DUE + timedelta(weeks=1)


def test_a_team_without_a_channel_is_never_due(office: Office) -> None:
    team_of(office).channel = None
    office.session.flush()

    assert due(office) == []


def test_a_team_that_was_never_scheduled_gets_its_time_and_no_digest_at_once(office: Office) -> None:
    team_of(office).digest_next_at = None
    office.session.flush()

    [one] = due(office, DUE + timedelta(hours=1))

    assert (one.do, one.next_at) == (Do.MOVE, DUE + timedelta(weeks=1))


def test_on_a_public_holiday_it_waits_for_the_next_working_day(office: Office) -> None:
    team = team_of(office)
    team.country, team.digest_next_at = "DE", datetime(2027, 3, 29, 7, tzinfo=UTC)  # Easter Monday, 9:00
    office.session.flush()

    [moved] = due(office, datetime(2027, 3, 29, 7, tzinfo=UTC))
    assert moved.do is Do.MOVE
    assert digest_schedule.settle(Books(office.session, moved.workspace_id, DUE), moved)
    assert team.digest_next_at == datetime(2027, 3, 30, 7, tzinfo=UTC)
    [one] = due(office, datetime(2027, 3, 30, 7, tzinfo=UTC))
    assert (one.do, one.week) == (Do.POST, date(2027, 3, 22))
    assert one.next_at == datetime(2027, 4, 5, 7, tzinfo=UTC)


def test_a_day_late_is_caught_up_and_later_is_skipped(office: Office) -> None:
    [late] = due(office, DUE + timedelta(hours=24))
    [too_late] = due(office, DUE + timedelta(hours=25))

    assert (late.do, too_late.do) == (Do.POST, Do.SKIP)
    assert late.week == too_late.week == WEEK


def test_only_one_process_settles_what_is_due(office: Office) -> None:
    [one] = due(office)

    assert digest_schedule.settle(Books(office.session, one.workspace_id, DUE), one)
    assert not digest_schedule.settle(Books(office.session, one.workspace_id, DUE), one)


def scheduled(any_db: Database, *, at: time = time(9)) -> tuple[int, int, int]:
    """A workspace whose team has a digest due, an SDR with a week to tell of, and a manager."""
    with any_db.begin() as session:
        office = Office(any_db, workspace(session))
        office.team = office.build.team(channel="C0SALES", digest_next_at=DUE, digest_time=at)
        office.ae = office.build.rep("Decider", Role.AE, office.build.team("Elsewhere"))
        office.sdr("Ana", 5, 6, lately=(3, 4))
        return office.build.workspace_id, office.team, office.build.rep("Mia", Role.MANAGER, office.team)


def sent(any_db: Database) -> list[tuple[OutboxKind, int | None, str]]:
    with any_db.read() as session:
        return [(row.kind, row.person_id, row.text) for row in session.exec(select(OutboxMessage))]


def test_what_is_due_is_told_and_the_next_time_is_set(any_db: Database) -> None:
    workspace_id, team_id, _manager = scheduled(any_db)

    assert jobs.post_digests(tools(any_db, workspace_id, now=DUE)) == 1
    assert jobs.post_digests(tools(any_db, workspace_id, now=DUE)) == 0

    assert [kind for kind, _, _ in sent(any_db)].count(OutboxKind.DIGEST) == 1
    with any_db.read() as session:
        assert session.get_one(Team, team_id).digest_next_at == DUE + timedelta(weeks=1)


def test_a_team_whose_digest_fails_does_not_keep_the_others_waiting(any_db: Database) -> None:
    workspace_id, _team_id, _manager = scheduled(any_db)
    with any_db.begin() as session:
        build = Builder(session, workspace_id)
        first = build.team("First", channel="C0FIRST", digest_next_at=DUE - timedelta(seconds=1))
        build.rep("Max", Role.MANAGER, first, zone="A/Zone_Unknown_Here")

    assert jobs.post_digests(tools(any_db, workspace_id, now=DUE)) == 1

    assert [kind for kind, _, _ in sent(any_db)].count(OutboxKind.DIGEST) == 1


def test_one_that_is_days_late_is_skipped_and_the_manager_hears_of_it(any_db: Database) -> None:
    workspace_id, team_id, manager = scheduled(any_db)

    assert jobs.post_digests(tools(any_db, workspace_id, now=DUE + timedelta(days=3))) == 1

    [(kind, person, text)] = sent(any_db)
    assert (kind, person) == (OutboxKind.NOTICE, manager)
    assert "more than a day ago" in text
    with any_db.writing(workspace_id, DUE) as books:
        digest = digests.compose(books, team_id, WEEK, as_of=DUE)
        assert not jobs.post(books.at(DUE + timedelta(days=3)), digest)
        assert jobs.post(books.at(DUE + timedelta(days=3)), digest, by_hand=True)
