"""What an import costs beside the bare insertion of the same rows: `python -m tests.bench.bench_import`.

All fill an empty, migrated database with the same calls, turn about in one run; ratios are of medians. The bare ones
get ready-made rows in one transaction; the import reads a file, resolves people, looks up every key, checks every row
and commits every few hundred.
"""

import csv
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from storage.database import Database
from storage.tables import Call
from tests.bench.table import Row, compared, demand, written
from tests.support.databases import PostgreSQL, SQLiteFiles
from tests.support.importing import Importer, importer

CALLS = 100_000
REPS = 30
ROUNDS = 3
_FIRST = datetime(2026, 1, 1, tzinfo=UTC)
_TABLE: sa.Table = Call.__table__  # type: ignore[attr-defined]

Insert = Callable[[Database, Sequence[Any]], None]


def run(calls: int = CALLS, rounds: int = ROUNDS) -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_calls(folder / "calls.csv", calls)
        postgresql = PostgreSQL()
        try:
            return [
                *_compare("SQLite", SQLiteFiles(folder), folder, calls, rounds),
                *_compare("PostgreSQL", postgresql, folder, calls, rounds),
            ]
        finally:
            postgresql.stop()


def _write_calls(path: Path, calls: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(
            ("source", "call_id", "rep_email", "started_at", "duration_s", "direction", "contact", "company")
        )
        for n in range(calls):
            started = (_FIRST + timedelta(minutes=n)).isoformat()
            who = (f"Dana {n % 500}", f"Company {n % 200}")
            rows.writerow(("zoom", f"c{n}", f"rep{n % REPS}@acme.io", started, n % 900, "outbound", *who))


def _compare(
    name: str, databases: SQLiteFiles | PostgreSQL, folder: Path, calls: int, rounds: int
) -> list[Row]:
    seconds: dict[str, list[float]] = {"import": [], "core": [], "driver": []}
    for _ in range(rounds):
        with databases.fresh() as db:
            seconds["import"].append(_timed(_staffed(db, folder).take_path, "calls", folder / "calls.csv"))
            with db.engine.connect() as connection:
                stored = connection.scalar(sa.select(sa.func.count()).select_from(_TABLE))
                demand(stored == calls, f"{stored} of {calls} calls were imported into {name}")
                typed = [dict(row) for row in connection.execute(sa.select(_TABLE)).mappings()]
                names = ", ".join(column.name for column in _TABLE.columns)
                bare = connection.exec_driver_sql(f"SELECT {names} FROM call").fetchall()
        for kind, insert, rows in (
            ("core", _by_core, typed),
            ("driver", _by_driver, [tuple(r) for r in bare]),
        ):
            with databases.fresh() as db:
                _staffed(db, folder)
                seconds[kind].append(_timed(insert, db, rows))
    return [
        compared(
            f"import of {calls:,} calls, {name}", seconds["import"], seconds[kind], f"{what} executemany"
        )
        for kind, what in (("driver", "the bare driver's"), ("core", "SQLAlchemy's"))
    ]


def peak_mib(calls: int) -> float:
    """The most memory that a process of its own takes to import so many calls into SQLite."""
    code = f"from tests.bench.bench_import import imported_alone; imported_alone({calls})"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(told.stdout)


def imported_alone(calls: int) -> None:
    with tempfile.TemporaryDirectory() as name, SQLiteFiles(Path(name)).fresh() as db:
        folder = Path(name)
        _write_calls(folder / "calls.csv", calls)
        _staffed(db, folder).take_path("calls", folder / "calls.csv")
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _staffed(db: Database, folder: Path) -> Importer:
    acme = importer(db, folder)
    reps = "".join(f"rep{n}@acme.io,Rep {n},SDR,East\n" for n in range(REPS))
    acme.take("reps", "email,name,role,team\n" + reps)
    return acme


def _by_core(db: Database, rows: Sequence[Any]) -> None:
    with db.begin() as session:
        session.connection().execute(sa.insert(_TABLE), rows)


def _by_driver(db: Database, rows: Sequence[Any]) -> None:
    names = [column.name for column in _TABLE.columns]
    signs = ", ".join("?" if db.is_sqlite else "%s" for _ in names)
    with db.begin() as session:
        driver = session.connection().connection.cursor()
        driver.executemany(f"INSERT INTO call ({', '.join(names)}) VALUES ({signs})", rows)


def _timed(work: Callable[..., object], *given: object) -> float:
    started = time.perf_counter()
    work(*given)
    return time.perf_counter() - started


if __name__ == "__main__":
    print(written(run()))
    least, most = peak_mib(CALLS), peak_mib(10 * CALLS if "--million" in sys.argv else 3 * CALLS)
    print(f"  import, memory: {least:.0f} MiB for {CALLS:,} calls, {most:.0f} MiB for more")
