"""The rollup by week is never behind, whatever is not committed yet, moved, erased, upgraded or written at one time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from bot.core.enums import Role
from storage import schema
from storage.database import Database
from storage.tables import (
    Membership,
    RepTouched,
    RepWeek,
    Team,
    Workspace,
)
from tests.storage.counting.seasons import AUCKLAND, BERLIN, by_rollup, by_rows, over, season, weeks
from tests.storage.counting.worlds import START
from tests.support.builders import Builder


def test_what_is_not_committed_yet_is_read_from_the_rows(
    any_db: Database, builder_in: Callable[[Session], Builder]
) -> None:
    with any_db.begin() as session:
        made = builder_in(session)
        reps = season(made)
    spans = [over(rep, date(2026, 10, 5), date(2026, 11, 2), BERLIN) for rep in reps]

    with any_db.begin() as session:
        before = by_rollup(session, made.workspace_id, spans, BERLIN)
        Builder(session, made.workspace_id).call(reps[0], START + timedelta(days=8))
        after = by_rollup(session, made.workspace_id, spans, BERLIN)

    assert after[0]["calls"] == before[0]["calls"] + 1


def test_a_rep_whose_team_moved_to_another_zone_is_counted_by_its_days_at_once(
    any_db: Database, builder_in: Callable[[Session], Builder]
) -> None:
    with any_db.begin() as session:
        made = builder_in(session)
        reps = season(made)
    with any_db.begin() as session:
        session.execute(sa.update(Team).values(time_zone="Pacific/Auckland"))
        session.execute(sa.update(Membership).values(started_on=date(2026, 1, 1)))
    spans = [over(rep, date(2026, 10, 5), date(2026, 11, 2), AUCKLAND) for rep in reps]

    with any_db.read() as session:
        assert by_rollup(session, made.workspace_id, spans, AUCKLAND) == by_rows(
            session, made.workspace_id, spans
        )


def test_a_workspace_can_be_erased_with_all_it_counted(
    any_db: Database, builder_in: Callable[[Session], Builder]
) -> None:
    with any_db.begin() as session:
        made = builder_in(session)
        season(made)
    with any_db.begin() as session:
        session.execute(sa.delete(Workspace).where(col(Workspace.id) == made.workspace_id))

    with any_db.read() as session:
        assert weeks(session) == []
        assert not session.scalar(sa.select(sa.func.count()).select_from(RepTouched))


def test_an_upgrade_keeps_what_notes_the_changes(
    any_db: Database, builder_in: Callable[[Session], Builder]
) -> None:
    schema.upgrade(any_db)

    with any_db.begin() as session:
        made = builder_in(session)
        made.call(made.rep("Ana", Role.SDR, made.team()), START)

    with any_db.read() as session:
        assert len(weeks(session)) == 1


def test_writers_at_one_time_lose_nothing(any_db: Database, builder_in: Callable[[Session], Builder]) -> None:
    with any_db.begin() as session:
        made = builder_in(session)
        team = made.team()
        reps = [made.rep(name, Role.SDR, team) for name in ("Ana", "Ben")]

    def work(n: int) -> None:
        with any_db.begin() as session:
            for rep in reps if n % 2 else reversed(reps):
                Builder(session, made.workspace_id).call(rep, START + timedelta(minutes=n))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(24)))

    with any_db.read() as session:
        assert session.scalars(sa.select(col(RepWeek.calls)).order_by(col(RepWeek.id))).all() == [24, 24]
