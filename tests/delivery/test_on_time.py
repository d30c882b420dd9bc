"""A job runs when its moment comes or its table changes, and not in between."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from bot.jobs import JOBS, Job
from bot.jobs.scheduler import OnTime
from storage.changes import WATCHED
from storage.database import Database
from storage.tables import Team
from tests.delivery.test_changes import NOON, Steps, hires
from tests.support.builders import workspace
from tests.support.office import StoppedClock
from tests.support.tools import tools


def test_a_job_runs_when_its_moment_comes_or_its_table_changes_and_not_in_between(db: Database) -> None:
    with db.begin() as session:
        build = workspace(session)
        build.team("East", zone="UTC", digest_next_at=NOON + timedelta(hours=1))
    given = tools(db, build.workspace_id, now=NOON)
    clock, steps = StoppedClock(NOON), Steps()
    job = OnTime(
        Job(steps, every=timedelta(hours=1), due="team.digest_next_at"), lambda _paused: [given], db, clock
    )

    job.step()
    assert steps.taken == 1
    job.step()
    assert steps.taken == 1
    hires(db, build.workspace_id)
    job.step()
    assert steps.taken == 1, "it does not wait for people"
    assert 0 < job.waits() <= 1
    clock.now = NOON + timedelta(hours=1)
    assert job.waits() == 0
    job.step()
    assert steps.taken == 2
    clock.now += timedelta(minutes=1)
    job.step()
    assert steps.taken == 2, "once for each moment"
    assert job.waits() > 1
    with db.begin() as session:
        session.execute(sa.update(Team).values(channel="C0EAST"))
    assert job.waits() <= 1


def test_what_jobs_wait_for_is_watched_and_there() -> None:
    tables = SQLModel.metadata.tables
    assert set(tables) >= WATCHED
    for job in JOBS:
        assert job.tables <= WATCHED, job
        if job.due:
            table, column = job.due.split(".")
            assert column in tables[table].c, job


def test_what_comes_due_while_a_job_runs_is_seen_to_right_after(db: Database) -> None:
    with db.begin() as session:
        build = workspace(session)
        build.team("East", zone="UTC", digest_next_at=NOON + timedelta(seconds=1))
    given, clock, ran_at = tools(db, build.workspace_id, now=NOON), StoppedClock(NOON), list[datetime]()

    def takes_two_seconds(_tools: Any) -> None:
        ran_at.append(clock())
        clock.advance(timedelta(seconds=2))

    tells = Job(takes_two_seconds, every=timedelta(hours=1), due="team.digest_next_at")
    job = OnTime(tells, lambda _paused: [given], db, clock)
    job.step()
    job.step()
    job.step()

    assert ran_at == [NOON, NOON + timedelta(seconds=2)], "and not again and again"
