"""What grows with the calls that are stored, and what does not: `python -m tests.bench.bench_scale [--large]`.

Companies of SDRs with a thousand calls each, ten times as large from one to the next, all in one workspace and one
role. The floor of each figure is the same figure of the company before it: a card may cost 1.2 times that, a ranking of
ten times the people some ten. Cards, rankings and digests are asked for as the bot does; Home and a webhook go over
the wire. `--large` goes to ten million calls on PostgreSQL and a million on SQLite.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlmodel import select

from bot.calendar.periods import trailing_weeks
from bot.core.enums import Metric, Role
from bot.core.session_cache import remember
from bot.digest.services import compose as digests
from bot.sandbox import Member
from bot.scorecards.services import rankings
from bot.scorecards.services import scorecard as scorecards
from storage.books import Books
from storage.database import Database
from storage.tables import Call, Person
from tests.bench.scale_fill import CALLS_PER_REP, NOW, fill
from tests.bench.table import Row, demand, written
from tests.support.databases import PostgreSQL, SQLiteFiles
from tests.support.office import Office, open_office

Sizes = Mapping[str, tuple[int, ...]]
SIZES: Sizes = {"SQLite": (10_000, 100_000), "PostgreSQL": (10_000, 100_000)}
LARGE: Sizes = {
    "SQLite": (10_000, 100_000, 1_000_000),
    "PostgreSQL": (10_000, 100_000, 1_000_000, 10_000_000),
}
ROUNDS = 9
PATIENCE = 60.0
PERIOD = trailing_weeks(NOW, ZoneInfo("UTC"), 13)
WEEK = date(2026, 11, 9)


def run(sizes: Sizes = SIZES) -> list[Row]:
    server = PostgreSQL()
    try:
        with tempfile.TemporaryDirectory() as folder:
            files: dict[str, SQLiteFiles | PostgreSQL] = {
                "SQLite": SQLiteFiles(Path(folder)),
                "PostgreSQL": server,
            }
            return [
                row for name, them in sizes.items() for row in _grown(name, files[name], Path(folder), them)
            ]
    finally:
        server.stop()


def _grown(name: str, files: SQLiteFiles | PostgreSQL, folder: Path, sizes: tuple[int, ...]) -> Iterator[Row]:
    before: dict[str, float] = {}
    for size in sizes:
        print(f"  {size:,} calls, {name} …", file=sys.stderr, flush=True)
        with files.fresh() as db:
            figures = _figures(db, folder, size)
            yield Row(f"stored, {size:,} calls, {name}", _bytes(db) / 2**20, "MiB")
        for what, took in figures.items():
            yield Row(
                f"{what}, {size:,} calls, {name}",
                median(took) * 1000,
                floor=before.get(what),
                against="a tenth of it" if what in before else "",
                spread=(min(took) * 1000, max(took) * 1000),
            )
            before[what] = median(took) * 1000


def _figures(db: Database, folder: Path, size: int) -> dict[str, list[float]]:
    with open_office(db, folder, now=NOW) as office:
        rep = _staffed(office, size // CALLS_PER_REP)
        return {
            "a card": _times(lambda: _card(office, rep)),
            "a role's ranking": _times(lambda: _ranking(office, size // CALLS_PER_REP)),
            "a team's digest": _times(lambda: _digest(office)),
            "Home": _times(lambda: _home(rep)),
            "a webhook, to its call": _times(lambda: _webhook(office, rep)),
        }


def _staffed(office: Office, reps: int) -> Member:
    """One team whose people are in Slack, and the rest of the company."""
    team = office.team("East", zone="UTC", channel="C0SALES")
    members = [office.hires(f"Ana{n}", Role.SDR, team, zone="UTC", willing=n == 0) for n in range(5)]
    with office.db.read() as session:
        known = session.exec(select(Person.id).where(Person.workspace_id == office.workspace_id)).all()
    fill(office.db, office.workspace_id, known, reps)
    return members[0]


def _times(work: Callable[[], None]) -> list[float]:
    """The first, which reads in what a server keeps, is not counted."""
    work()
    return [_seconds(work) for _ in range(ROUNDS)]


def _seconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@contextmanager
def _books(office: Office) -> Iterator[Books]:
    with office.db.read() as session:
        remember(session)
        yield Books(session, office.workspace_id, NOW)


def _card(office: Office, rep: Member) -> None:
    with _books(office) as books:
        person = books.session.exec(select(Person.id).where(Person.slack_user_id == rep.id)).one()
        card = scorecards.scorecard_of(books, person, PERIOD, as_of=NOW)
    calls = next((one.measure.value for one in card.figures if one.measure.key is Metric.CALLS_PER_DAY), None)
    demand(bool(calls), f"the card tells of {calls} calls a day")


def _ranking(office: Office, reps: int) -> None:
    with _books(office) as books:
        told = rankings.board_of(books, Role.SDR, PERIOD, as_of=NOW)
    demand(len(told.reps) == reps, f"{len(told.reps)} of {reps} were ranked")


def _digest(office: Office) -> None:
    with _books(office) as books:
        told = digests.compose(books, 1, WEEK, as_of=NOW)
    demand(told.skip is None, f"the digest is skipped: {told.skip}")


def _home(rep: Member) -> None:
    rep.opens_home()
    demand("scorecard" in str(rep.home), "Home did not come")


def _webhook(office: Office, rep: Member) -> None:
    """From being sent to being a call that the database tells of."""
    key = uuid4().hex
    answer = office.posts(
        {
            "call_id": key,
            "rep_email": rep.person.email,
            "started_at": (NOW - timedelta(minutes=10)).isoformat(),
            "ended_at": NOW.isoformat(),
            "duration_s": 600,
        }
    )
    demand(answer.status_code == 200, f"a webhook was answered with {answer.status_code}")
    until = time.perf_counter() + PATIENCE
    while not _is_stored(office, key):
        demand(time.perf_counter() < until, "a webhook made no call")


def _is_stored(office: Office, key: str) -> bool:
    with office.db.read() as session:
        found = select(Call.id).where(
            Call.workspace_id == office.workspace_id,
            Call.source == "generic",
            Call.account == "",
            Call.call_key == key,
        )
        return session.exec(found).first() is not None


def _bytes(db: Database) -> int:
    with db.read() as session:
        asked = (
            "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
            if db.is_sqlite
            else "SELECT pg_database_size(current_database())"
        )
        return int(session.connection().exec_driver_sql(asked).scalar_one())


if __name__ == "__main__":
    print(written(run(LARGE if "--large" in sys.argv else SIZES)))
