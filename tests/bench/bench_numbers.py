"""What numbers cost beside the least that could give them: `python -m tests.bench.bench_numbers [--large]`.

SDRs of a whole role with a thousand calls each in a year, every sixth asked about and debriefed; on both databases.
One rep's 13 weeks stand beside hand-written SQL for the same counts, through `text()` and through the bare driver; a
role's beside the bare sum over its rollup, and a ranking beside bare draws and one partition. Every figure is a median,
taken turn about in this run: of processor time on SQLite, which a busy machine alters least; on PostgreSQL, where
another process does the work, of the time that passes.
"""

import random
import re
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import sqlalchemy as sa
from sqlmodel import Session

from bot.calendar.periods import Period, trailing_weeks
from bot.core.enums import Role
from bot.people.services import people
from bot.scorecards.domain.estimates import RoleEstimates
from bot.scorecards.domain.inference.posteriors import Beta, Gamma
from bot.scorecards.domain.ranking import DRAWS, rank_estimates, scored
from bot.scorecards.services import estimates as role_estimates
from bot.scorecards.services import scorecard as scorecards
from bot.scorecards.services import tallies
from storage.books import Books
from storage.database import Database
from storage.tables import Call, Debrief, Prompt
from tests.bench.table import Row, compared, demand, in_turn, written
from tests.support.builders import Builder, workspace
from tests.support.databases import PostgreSQL, SQLiteFiles

SIZES = (10_000, 100_000)
LARGE = 1_000_000
CALLS_PER_REP = 1_000
ROUNDS = 15
NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
YEAR = timedelta(weeks=52)
PERIOD: Period = trailing_weeks(NOW, ZoneInfo("UTC"), 13)

_BY_HAND = (
    """SELECT m.role, m.started_on, m.ended_on, t.time_zone, t.country FROM membership m
       JOIN team t ON t.workspace_id = :w AND t.id = m.team_id WHERE m.workspace_id = :w AND m.person_id = :p""",
    """SELECT first_day, last_day FROM leave WHERE workspace_id = :w AND person_id = :p
       AND first_day <= :last AND last_day >= :first""",
    """SELECT count(*), sum(talk_seconds) FROM call WHERE workspace_id = :w AND person_id = :p
       AND started_at >= :since AND started_at < :until AND completed""",
    """SELECT count(*), count(*) FILTER (WHERE outcome = 'advanced'),
              count(*) FILTER (WHERE timeline_agreed), count(*) FILTER (WHERE NOT timeline_agreed),
              count(*) FILTER (WHERE authority_reached), count(*) FILTER (WHERE NOT authority_reached)
       FROM debrief WHERE workspace_id = :w AND person_id = :p
       AND call_started_at >= :since AND call_started_at < :until AND submitted_at <= :now""",
    """SELECT count(*), count(d.id) FROM prompt p JOIN call c ON c.id = p.call_id
       LEFT JOIN debrief d ON d.workspace_id = :w AND d.call_id = c.id
       WHERE p.workspace_id = :w AND p.person_id = :p AND p.asked_at >= :since AND p.asked_at <= :now
       AND c.started_at >= :since AND c.started_at < :until AND c.joins_id IS NULL""",
    """SELECT count(*), count(*) FILTER (WHERE decided_at <= :now),
              count(*) FILTER (WHERE decision = 'accepted' AND criteria_met IS NOT FALSE)
       FROM handoff WHERE workspace_id = :w AND sdr_id = :p AND passed_at >= :since AND passed_at < :until""",
    """SELECT minutes FROM coaching_session WHERE workspace_id = :w AND coach_id = :p
       AND held_on BETWEEN :first AND :last""",
    """SELECT count(*), count(*) FILTER (WHERE kept) FROM coaching_session
       WHERE workspace_id = :w AND learner_id = :p AND due_on BETWEEN :first AND :last""",
)
_BY_ROLLUP = (
    """SELECT person_id, max(known_at), sum(calls), sum(talk_seconds), sum(debriefs), sum(advanced),
              sum(timeline_yes), sum(timeline_no), sum(authority_yes), sum(authority_no), sum(prompted),
              sum(prompted_debriefed), sum(commitments_due), sum(commitments_kept), sum(passed), sum(decided),
              sum(qualified)
       FROM rep_week WHERE workspace_id = :w AND week BETWEEN :first AND :last GROUP BY person_id""",
)


def run(sizes: tuple[int, ...] = SIZES) -> list[Row]:
    server = PostgreSQL()
    try:
        with tempfile.TemporaryDirectory() as folder:
            return [
                line
                for size in sizes
                for files in (SQLiteFiles(Path(folder)), server)
                for line in _measured(files, size)
            ]
    finally:
        server.stop()


def _measured(files: SQLiteFiles | PostgreSQL, size: int) -> list[Row]:
    with files.fresh() as db:
        with db.begin() as session:
            home, reps = _fill(session, size)
        if not db.is_sqlite:  # autovacuum does so within a minute of an import
            with db.begin() as session:
                session.connection().exec_driver_sql("ANALYZE")
        with db.read() as session:
            return _compare(db, session, home, reps[len(reps) // 2], size)


def _fill(session: Session, size: int) -> tuple[int, list[int]]:
    build = workspace(session)
    team = build.team(zone="UTC")
    reps = [build.rep(f"Rep {n}", Role.SDR, team) for n in range(size // CALLS_PER_REP)]
    ae = build.rep("Bo", Role.AE, team)
    dice = random.Random(size)
    for at, rep in enumerate(reps):
        _calls(session, build.workspace_id, rep, first_id=1 + at * CALLS_PER_REP, dice=dice)
        _leads(build, rep, ae, dice)
    return build.workspace_id, reps


def _calls(session: Session, home: int, rep: int, *, first_id: int, dice: random.Random) -> None:
    calls: list[dict[str, Any]] = []
    for n in range(CALLS_PER_REP):
        started = NOW - YEAR * dice.random()
        calls.append(
            {"id": first_id + n, "workspace_id": home, "person_id": rep, "source": "x", "account": "",
             "call_key": str(n), "started_at": started, "ended_at": started, "talk_seconds": 100,
             "contact": "Dana", "company": "Acme", "disposition": "completed", "completed": True,
             "imported": False}
        )  # fmt: skip
    asked = calls[::6]
    session.execute(sa.insert(Call), calls)
    session.execute(
        sa.insert(Prompt),
        [
            {"workspace_id": home, "call_id": call["id"], "person_id": rep, "status": "answered",
             "asked_at": call["started_at"]}
            for call in asked
        ],
    )  # fmt: skip
    session.execute(
        sa.insert(Debrief),
        [
            {"workspace_id": home, "call_id": call["id"], "person_id": rep, "version": 1, "reason": "",
             "call_started_at": call["started_at"], "submitted_at": call["started_at"], "measure": "Ask who",
             "went_well": "They talked", "improve": "", "next_step": "", "timeline_agreed": True,
             "outcome": dice.choice(["advanced", "continued"])}
            for call in asked
        ],
    )  # fmt: skip


def _leads(build: Builder, rep: int, ae: int, dice: random.Random) -> None:
    for n in range(60):
        build.handoff(rep, ae, NOW - timedelta(days=6 * n + 2), accepted=dice.random() < 0.4)


def _compare(db: Database, session: Session, home: int, rep: int, size: int) -> list[Row]:
    """Ours and the least that could give it, by what it is."""
    given = {"w": home, "p": rep, "since": _text(PERIOD.start), "until": _text(PERIOD.end), "now": _text(NOW),
             "first": PERIOD.dates()[0].isoformat(), "last": PERIOD.dates()[-1].isoformat()}  # fmt: skip
    estimates = role_estimates.of_role(Books(session, home, NOW), Role.SDR, PERIOD, as_of=NOW)

    def by_hand() -> None:
        for statement in _BY_HAND:
            session.connection().execute(sa.text(statement), given).all()

    def by_driver() -> None:
        _bare(db, session, _BY_HAND, given)

    pairs: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "a rep's counts / SQL by hand": (lambda: _counts(session, home, rep), by_hand),
        "a rep's counts / the bare driver": (lambda: _counts(session, home, rep), by_driver),
        "a rep's card / SQL by hand": (
            lambda: scorecards.scorecard_of(Books(session, home, NOW), rep, PERIOD, as_of=NOW),
            by_hand,
        ),
        "a role's tallies / the bare rollup": (
            lambda: tallies.of_role(Books(session, home, NOW), Role.SDR, PERIOD, as_of=NOW),
            lambda: _bare(db, session, _BY_ROLLUP, given),
        ),
        "a role's ranking / bare draws": (
            lambda: rank_estimates(estimates, seed=1),
            lambda: _draw(estimates),
        ),
    }
    clock = time.process_time if db.is_sqlite else time.perf_counter
    [counted] = _counts(session, home, rep)
    demand(counted.calls > 0 and len(estimates.reps) == size // CALLS_PER_REP, "nobody's calls were counted")
    where = f"{size:,} calls, {'SQLite' if db.is_sqlite else 'PostgreSQL'}"
    return [_row(name, where, *pair, clock) for name, pair in pairs.items()]


def _row(
    name: str,
    where: str,
    ours: Callable[[], object],
    bare: Callable[[], object],
    clock: Callable[[], float],
) -> Row:
    took = in_turn(ROUNDS, lambda: _seconds(ours, clock), lambda: _seconds(bare, clock))
    what, against = name.split(" / ")
    return compared(f"{what}, {where}", *took, against)


def _bare(db: Database, session: Session, statements: tuple[str, ...], given: dict[str, Any]) -> None:
    driver = session.connection().connection.cursor()
    for statement in statements:
        asked = statement if db.is_sqlite else re.sub(r":(\w+)", r"%(\1)s", statement)
        driver.execute(asked, given)
        driver.fetchall()


def _draw(estimates: RoleEstimates) -> None:
    """What every joint ranking must do: draw each metric for each rep, and part the top from the others."""
    rng = np.random.default_rng(1)
    total = np.zeros((DRAWS, len(estimates.reps)))
    for _, column in scored(estimates):
        match column.posterior:
            case Beta(a=a, b=b):
                total += rng.beta(a, b, size=total.shape)
            case Gamma(a=a, rate=rate):
                total += rng.gamma(a, 1 / rate, size=total.shape)
    np.partition(total, -max(1, len(estimates.reps) // 10), axis=1)


def _counts(session: Session, home: int, rep: int) -> Any:
    stint = people.stints_of(Books(session, home, NOW), rep, PERIOD, as_of=NOW)
    return tallies.of_stints(Books(session, home, NOW), [stint], PERIOD, as_of=NOW)


def _text(instant: datetime) -> str:
    return instant.replace(tzinfo=None).isoformat(" ", "microseconds")


def _seconds(work: Callable[[], object], clock: Callable[[], float]) -> float:
    started = clock()
    work()
    return clock() - started


if __name__ == "__main__":
    print(written(run((*SIZES, LARGE) if "--large" in sys.argv else SIZES)))
