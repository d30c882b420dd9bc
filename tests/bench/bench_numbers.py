"""What a scorecard costs beside hand-written SQL for the same counts: `python -m tests.bench.bench_numbers [--large]`.

An SDR's 13 weeks, in SQLite, out of a year of a whole role; a thousand calls a rep and year, every sixth asked about
and debriefed. Every figure is a median, taken turn about in this run.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session

from bot.domain.periods import Period, trailing_weeks
from bot.services import rankings, scorecards, stints, tallies
from bot.words import Role
from storage.tables import Call, Debrief, Prompt
from tests.builders import Builder, workspace
from tests.databases import SQLiteFiles

SIZES = (10_000, 100_000)
LARGE = 1_000_000
CALLS_PER_REP = 1_000
ROUNDS = 9
NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
YEAR = timedelta(weeks=52)
PERIOD: Period = trailing_weeks(NOW, ZoneInfo("UTC"), 13)

_BY_HAND = (
    """SELECT count(*), sum(talk_seconds) FROM call WHERE workspace_id = :w AND person_id = :p
       AND started_at >= :since AND started_at < :until AND completed""",
    """SELECT count(*), sum(outcome = 'advanced'), sum(timeline_agreed), sum(NOT timeline_agreed),
              sum(authority_reached), sum(NOT authority_reached)
       FROM debrief WHERE workspace_id = :w AND person_id = :p
       AND call_started_at >= :since AND call_started_at < :until AND submitted_at <= :now""",
    """SELECT count(*), count(d.id) FROM prompt p JOIN call c ON c.id = p.call_id
       LEFT JOIN debrief d ON d.workspace_id = :w AND d.call_id = c.id
       WHERE p.workspace_id = :w AND p.person_id = :p AND p.asked_at >= :since AND p.asked_at <= :now
       AND c.started_at >= :since AND c.started_at < :until AND c.joins_id IS NULL""",
    """SELECT count(*), sum(decided_at <= :now), sum(decision = 'accepted' AND criteria_met IS NOT 0)
       FROM handoff WHERE workspace_id = :w AND sdr_id = :p AND passed_at >= :since AND passed_at < :until""",
    """SELECT minutes FROM coaching_session WHERE workspace_id = :w AND coach_id = :p
       AND held_on BETWEEN date(:since) AND date(:until)""",
    """SELECT count(*), sum(kept) FROM coaching_session WHERE workspace_id = :w AND learner_id = :p
       AND due_on BETWEEN date(:since) AND date(:until)""",
)


def run(sizes: tuple[int, ...] = SIZES) -> list[tuple[str, float]]:
    """Labels and ratios; prints them as they come."""
    with tempfile.TemporaryDirectory() as folder:
        return [line for size in sizes for line in _measured(SQLiteFiles(Path(folder)), size)]


def _measured(files: SQLiteFiles, size: int) -> list[tuple[str, float]]:
    with files.fresh() as db:
        with db.begin() as session:
            home, reps = _fill(session, size)
        with db.read() as session:
            return _compare(session, home, reps[len(reps) // 2], size, cold=_cold(session, home, reps[0]))


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
             "asked_at": call["started_at"], "snoozed": False}
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


def _cold(session: Session, home: int, rep: int) -> float:
    """The first card of a process, which reads the role's year."""
    return _seconds(lambda: scorecards.of(session, home, rep, PERIOD, as_of=NOW))


def _compare(session: Session, home: int, rep: int, size: int, *, cold: float) -> list[tuple[str, float]]:
    contenders: dict[str, Callable[[], object]] = {
        "by hand": lambda: _by_hand(session, home, rep),
        "the same counts": lambda: _counts(session, home, rep),
        "the card": lambda: scorecards.of(session, home, rep, PERIOD, as_of=NOW),
        "the role's ranking": lambda: rankings.of(session, home, Role.SDR, PERIOD, as_of=NOW),
    }
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name, work in contenders.items():
            times[name].append(_seconds(work))
    took = {name: median(seconds) for name, seconds in times.items()} | {"the day's first card": cold}
    bare = took.pop("by hand")
    print(f"{size:,} calls, {size // CALLS_PER_REP} reps: by hand {bare * 1000:.1f} ms")
    for name, seconds in took.items():
        print(f"  {name}: {seconds / bare:.1f} x hand-written SQL ({seconds * 1000:.0f} ms)")
    return [(f"{name}, {size:,} calls", seconds / bare) for name, seconds in took.items()]


def _by_hand(session: Session, home: int, rep: int) -> None:
    driver = session.connection().connection.driver_connection
    given = {"w": home, "p": rep, "since": _text(PERIOD.start), "until": _text(PERIOD.end), "now": _text(NOW)}
    for statement in _BY_HAND:
        driver.execute(statement, given).fetchall()  # type: ignore[union-attr]


def _counts(session: Session, home: int, rep: int) -> object:
    stint = stints.of_person(session, home, rep, PERIOD, as_of=NOW)
    return tallies.of_stints(session, home, [stint], PERIOD, as_of=NOW)


def _text(instant: datetime) -> str:
    return instant.replace(tzinfo=None).isoformat(" ", "microseconds")


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    run((*SIZES, LARGE) if "--large" in sys.argv else SIZES)
