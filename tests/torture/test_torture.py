"""A short run of what `make torture` does for longer."""

import pytest

from tests.support.databases import PostgreSQL, SQLiteFiles
from tests.support.dates import begins_at
from tests.torture.run import Plan, Result, run
from tests.torture.verdict import table

SHORT = Plan(
    minutes=0.4,
    replicas=2,
    teams=2,
    kill_every=5.0,
    fault_every=0.5,
    fewest_questions=11,
    on=begins_at(),
)

pytestmark = pytest.mark.torture


def test_two_processes_on_postgresql_lose_nothing_and_say_nothing_twice(postgresql: PostgreSQL) -> None:
    with postgresql.fresh() as db:
        _is_clean(run(db.url.render_as_string(hide_password=False), SHORT))


def test_two_processes_on_sqlite_lose_nothing_and_say_nothing_twice(sqlite_files: SQLiteFiles) -> None:
    with sqlite_files.fresh() as db:
        _is_clean(run(db.url.render_as_string(hide_password=False), SHORT))


def _is_clean(result: Result) -> None:
    told = table(result.faults, result.lines)
    assert result.is_clean, f"{told}\nsee {result.folder}"
    expected = {line.what: line.expected for line in result.lines}
    assert result.faults["SIGKILL"] >= 1, told
    assert expected["questions asked"] > 10, told
    assert expected["workbooks of the month"] > SHORT.teams, told
