"""What a digest costs beside its own SQL, and how fast 500 teams are told: `bench_digest [--large]`.

One team of 200 reps, in SQLite; the SQL is what composing sent, replayed by the bare driver. Then 500 teams that are
due in the same minute, told by four processes at once, on both databases: each once.
"""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, func, select

from bot.core.enums import OutboxKind, Role
from bot.core.session_cache import remember
from bot.digest import jobs
from bot.digest.services import compose as digests
from storage.books import Books
from storage.database import Database
from storage.tables import Call, Debrief, Digest, OutboxMessage
from tests.bench.table import Row, compared, demand, written
from tests.support.builders import Builder, workspace
from tests.support.databases import PostgreSQL, SQLiteFiles
from tests.support.tools import tools

SIZE, LARGE = 100_000, 1_000_000
REPS, TEAMS, PROCESSES, ROUNDS = 200, 500, 4, 5
WEEK = date(2026, 11, 9)
DUE = datetime(2026, 11, 16, 9, tzinfo=UTC)
YEAR = timedelta(weeks=52)


def run(size: int = SIZE) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        files = SQLiteFiles(Path(folder))
        with files.fresh() as db:
            lines = [_composed(db, size)]
        with files.fresh() as db:
            lines.append(_told(db, "SQLite"))
    server = PostgreSQL()
    try:
        with server.fresh() as db:
            lines.append(_told(db, "PostgreSQL"))
    finally:
        server.stop()
    return lines


def _composed(db: Database, size: int) -> Row:
    with db.begin() as session:
        build = workspace(session)
        team = _large_team(build, size)
    cold, whole, sql = 0.0, [], []
    for n in range(ROUNDS):
        with db.read() as session, _recorded(db) as sent:
            remember(session)
            took = _seconds(lambda: _compose(session, build.workspace_id, team))
        cold = cold or took
        with db.read() as session:
            replayed = _seconds(lambda: _replay(session, sent))
        if n:
            whole.append(took)
            sql.append(replayed)
    demand(len(sent) > 0, "composing a digest asked the database nothing")
    note = f"{len(sent)} statements; the first took {cold * 1000:.0f} ms"
    return compared(f"a digest of {REPS} reps, {size:,} calls", whole, sql, "its own SQL", note=note)


def _compose(session: Session, home: int, team: int) -> object:
    return digests.compose(Books(session, home, DUE), team, WEEK, as_of=DUE)


def _replay(session: Session, sent: list[tuple[str, Any]]) -> None:
    driver = session.connection().connection.driver_connection
    for statement, given in sent:
        driver.execute(statement, given).fetchall()  # type: ignore[union-attr]


@contextmanager
def _recorded(db: Database) -> Iterator[list[tuple[str, Any]]]:
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, given: Any, _context: Any, _many: bool) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            sent.append((statement, given))

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


def _large_team(build: Builder, size: int) -> int:
    team = build.team(zone="UTC", channel="C0SALES")
    ae = build.rep("Bo", Role.AE, build.team("Elsewhere", zone="UTC"))
    dice, each = random.Random(size), size // REPS
    for n in range(REPS):
        rep = build.rep(f"Rep {n}", Role.SDR, team, willing=n % 10 == 0)
        _calls(build, rep, first_id=1 + n * each, count=each, dice=dice)
        for lead in range(20):
            passed = DUE - timedelta(days=1 + lead * 4)
            build.handoff(rep, ae, passed, accepted=dice.random() < 0.4)
    return team


def _calls(build: Builder, rep: int, *, first_id: int, count: int, dice: random.Random) -> None:
    calls: list[dict[str, Any]] = [
        {"id": first_id + n, "workspace_id": build.workspace_id, "person_id": rep, "source": "x", "account": "",
         "call_key": str(first_id + n), "started_at": started, "ended_at": started, "talk_seconds": 100,
         "contact": "Dana", "company": "Acme", "disposition": "completed", "completed": True, "imported": False}
        for n in range(count)
        for started in [DUE - YEAR * dice.random()]
    ]  # fmt: skip
    build.session.execute(sa.insert(Call), calls)
    debriefs = [
        {"workspace_id": build.workspace_id, "call_id": call["id"], "person_id": rep, "version": 1, "reason": "",
         "call_started_at": call["started_at"], "submitted_at": call["started_at"], "measure": "", "improve": "",
         "went_well": "", "next_step": "", "timeline_agreed": True, "outcome": dice.choice(["advanced", "lost"])}
        for call in calls[::6]
    ]  # fmt: skip
    build.session.execute(sa.insert(Debrief), debriefs)


def _told(db: Database, name: str) -> Row:
    """Seconds from the first process's start to the last one's end, imports included."""
    with db.begin() as session:
        build = workspace(session)
        ae = build.rep("Bo", Role.AE, build.team("Elsewhere", zone="UTC"))
        for n in range(TEAMS):
            team = build.team(f"Team {n}", zone="UTC", channel=f"C{n:08}", digest_next_at=DUE)
            build.handoff(build.rep(f"Rep {n}", Role.SDR, team), ae, DUE - timedelta(days=5), accepted=True)
    url = db.engine.url.render_as_string(hide_password=False)
    took = _seconds(lambda: _in_processes(url, build.workspace_id))
    with db.read() as session:
        posted = session.exec(select(func.count()).where(OutboxMessage.kind == OutboxKind.DIGEST)).one()
        claimed = session.exec(select(func.count()).select_from(Digest)).one()
    demand((posted, claimed) == (TEAMS, TEAMS), f"{posted} posted and {claimed} claimed of {TEAMS} digests")
    return Row(f"{TEAMS} digests due at once, {PROCESSES} processes, {name}", took * 1000)


def _in_processes(url: str, home: int) -> None:
    command = [sys.executable, "-m", "tests.bench.bench_digest", "tell", url, str(home)]
    running = [subprocess.Popen(command) for _ in range(PROCESSES)]
    for one in running:
        if one.wait():
            raise AssertionError("a process failed")


def _tell(url: str, home: int) -> None:
    db = Database(url)
    jobs.post_digests(tools(db, home, now=DUE + timedelta(seconds=30)))
    db.close()


def _seconds(work: Any) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    if sys.argv[1:2] == ["tell"]:
        _tell(sys.argv[2], int(sys.argv[3]))
    else:
        print(written(run(LARGE if "--large" in sys.argv else SIZE)))
