"""`python -m tests.torture --minutes 10 --database postgresql`: prints what went wrong and what came of it."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests.support.databases import PostgreSQL, SQLiteFiles
from tests.torture.run import Plan, run
from tests.torture.told import table
from tests.torture.trouble import GoAway, never_happened

MINUTES_EACH = 5
"""In so many each kind of trouble has to happen once at least, else the run is no verdict."""


def main() -> int:
    asked = _parser().parse_args()
    plan = Plan(
        asked.minutes,
        replicas=asked.replicas,
        by_socket=asked.road == "socket",
        kill_every=asked.kill_every,
        fault_every=asked.fault_every,
        on=asked.on,
    )
    with _database(asked.database) as (url, go_away):
        result = run(url, plan, go_away=go_away)
    print(table(result.faults, result.lines))
    print(f"\n{result.wrong}\nLogs: {result.folder}", file=sys.stderr)
    fewest = max(1, int(asked.minutes / MINUTES_EACH))
    if missing := never_happened(result.faults, fewest=fewest, is_sqlite=asked.database == "sqlite"):
        print(f"No verdict: {', '.join(missing)} happened less than {fewest} times.", file=sys.stderr)
        return 2
    return 1 if result.wrong else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.torture")
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="postgresql")
    parser.add_argument("--road", choices=("http", "socket"), default="http")
    parser.add_argument("--replicas", type=int, default=3)
    parser.add_argument("--kill-every", type=float, default=4.0, help="seconds")
    parser.add_argument("--fault-every", type=float, default=0.5, help="seconds")
    parser.add_argument("--on", type=_day, help="another day than today, as 2028-02-29")
    return parser


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@contextmanager
def _database(kind: str) -> Iterator[tuple[str, GoAway | None]]:
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder, SQLiteFiles(Path(folder)).fresh() as db:
            yield db.url.render_as_string(hide_password=False), None
        return
    server = PostgreSQL(keeps_commits=True)
    try:
        with server.fresh() as db:
            yield db.url.render_as_string(hide_password=False), server.go_away
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main())
