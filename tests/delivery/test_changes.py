"""Who waits is told: in one process at once, across processes soon, and nobody looks again and again."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from apscheduler.schedulers.background import BackgroundScheduler
from sqlmodel import select

from bot.jobs.scheduler import Worker, clock_went_back
from storage.changes import first_after
from storage.database import Database
from storage.tables import Person, Team
from tests.support.builders import workspace
from tests.support.databases import PostgreSQL
from tests.support.office import UNHURRIED

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
PEOPLE = frozenset({"person"})


def a_workspace(db: Database) -> int:
    with db.begin() as session:
        return workspace(session).workspace_id


def hires(db: Database, workspace_id: int, name: str = "Ana") -> None:
    with db.begin() as session:
        session.add(Person(workspace_id=workspace_id, name=name))


class Steps:
    """A step that says when it was taken, and that there was nothing to do."""

    def __init__(self) -> None:
        self.taken = 0
        self._told = threading.Condition()

    def __call__(self, *_tools: Any) -> int:
        with self._told:
            self.taken += 1
            self._told.notify_all()
        return 0

    def reach(self, count: int) -> bool:
        with self._told:
            return self._told.wait_for(lambda: self.taken >= count, UNHURRIED)


@contextmanager
def running(*workers: Worker) -> Iterator[None]:
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        for worker in workers:
            worker.stop()


def resting_for_ever(db: Database, step: Callable[[], int], name: str = "tested", group: str = "") -> Worker:
    return Worker(name, step, waits=lambda: 10 * UNHURRIED, changes=db.changes, tables=PEOPLE, group=group)


def rest(db: Database, count: int) -> None:
    """Returns once so many workers rest."""
    until = time.monotonic() + UNHURRIED
    while len(db.changes._waiting) < count:
        assert time.monotonic() < until, "they do not rest"
        time.sleep(0.01)


def test_a_worker_that_rests_is_woken_by_what_its_own_process_writes(db: Database) -> None:
    home, steps = a_workspace(db), Steps()

    with running(resting_for_ever(db, steps)):
        assert steps.reach(1)
        hires(db, home)
        assert steps.reach(2)


def test_of_those_who_do_the_same_work_one_is_woken(db: Database) -> None:
    home, same, other = a_workspace(db), Steps(), Steps()
    alike = [resting_for_ever(db, same, f"alike-{n}", "alike") for n in range(3)]

    with running(*alike, resting_for_ever(db, other, "else")):
        for n in range(1, 6):
            rest(db, 4)
            hires(db, home, f"Ana {n}")
            assert same.reach(3 + n) and other.reach(1 + n)
        rest(db, 4)
        assert same.taken == 3 + 5


def test_who_takes_something_up_wakes_the_next_who_could(db: Database) -> None:
    home, both_at_work = a_workspace(db), threading.Barrier(3)
    heap: list[int] = []

    def takes_one() -> int:
        if not heap:
            return 0
        hires(db, home, f"taken up {heap.pop()}")
        both_at_work.wait(UNHURRIED)
        return 1

    with running(*(resting_for_ever(db, takes_one, f"alike-{n}", "alike") for n in range(2))):
        rest(db, 2)
        heap.extend((1, 2))
        hires(db, home, "put")
        both_at_work.wait(UNHURRIED)


def test_it_is_woken_by_what_another_process_writes(any_db: Database) -> None:
    home, steps = a_workspace(any_db), Steps()
    elsewhere = Database(any_db.engine.url.render_as_string(hide_password=False))
    others = any_db.others()
    ears = Worker("others", others.look, waits=lambda: 0.01)
    seen = any_db.changes.seen(PEOPLE)

    with running(ears):
        any_db.changes.wait(
            PEOPLE, "ears", seen, at_most=UNHURRIED, unless=lambda: False
        )  # it has begun to listen
        with running(resting_for_ever(any_db, steps)):
            assert steps.reach(1)
            before = steps.taken
            hires(elsewhere, home)
            assert steps.reach(before + 1)
    others.close()
    elsewhere.close()


def test_what_it_wrote_itself_is_not_heard_again_from_the_server(postgresql: PostgreSQL) -> None:
    with postgresql.fresh() as db:
        home, others = a_workspace(db), db.others()
        elsewhere = Database(db.url.render_as_string(hide_password=False))
        others.look()
        seen = db.changes.seen(PEOPLE)
        for name in ("Ana", "Bo"):
            hires(db, home, name)

        others.look()
        assert db.changes.seen(PEOPLE) == seen + 2

        for name in ("Cy", "Dee"):
            hires(elsewhere, home, name)
        assert others.look() == 0, "what comes within the rest is heard after it"
        assert db.changes.seen(PEOPLE) == seen + 3, "all at once"
        others.close()
        elsewhere.close()


def test_nobody_is_woken_by_what_was_rolled_back_or_changed_no_row(any_db: Database) -> None:
    home = a_workspace(any_db)
    seen = any_db.changes.seen(PEOPLE)

    with any_db.begin() as session:
        session.add(Person(workspace_id=home, name="Ana"))
        session.flush()
        session.rollback()
    with any_db.begin() as session:
        session.execute(sa.update(Person).where(sa.false()).values(name="Bo"))

    assert any_db.changes.seen(PEOPLE) == seen
    hires(any_db, home)
    assert any_db.changes.seen(PEOPLE) == seen + 1


def test_the_first_moment_that_is_still_to_come_is_found_over_all_workspaces(any_db: Database) -> None:
    with any_db.begin() as session:
        build = workspace(session)
        for hours in (-1, 3, 2):
            build.team(f"Team {hours}", zone="UTC", digest_next_at=NOON + timedelta(hours=hours))

    with any_db.read() as session:
        assert first_after(session, "team.digest_next_at", NOON) == NOON + timedelta(hours=2)
        assert first_after(session, "team.digest_next_at", NOON + timedelta(hours=3)) is None


def test_what_was_due_before_the_clock_went_back_is_due_still_and_the_rest_waits_for_its_hour(
    any_db: Database,
) -> None:
    by = timedelta(hours=1)
    with any_db.begin() as session:
        build = workspace(session)
        for minutes in (-90, -10, 10):
            build.team(f"Team {minutes}", zone="UTC", digest_next_at=NOON + timedelta(minutes=minutes))
    for _process in range(2):
        clock_went_back(BackgroundScheduler(), any_db, NOON - by, by)

    with any_db.read() as session:
        due = {team.name: team.digest_next_at for team in session.exec(select(Team))}
    assert due["Team -90"] == NOON - timedelta(minutes=90)
    assert due["Team -10"] == NOON - by
    assert due["Team 10"] == NOON + timedelta(minutes=10)
