"""What an older version left behind is all there after the upgrade, and its numbers are the same."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from storage import schema, upgrade_plan
from storage.database import Database
from tests.bench.bench_upgrade import grow
from tests.cli.shell import Shell
from tests.storage.kept_databases import SCHEMAS, lay
from tests.support.databases import PostgreSQL

AS_OF = "2026-11-15"
COUNTED_THEN = {
    ("Jonas Weber", "commitments_kept"): (2, 4),
    ("Kofi Mensah", "calls_per_day"): (60, 63),
    ("Kofi Mensah", "timeline_rate"): (6, 25),
    ("Kofi Mensah", "upsell_rate"): (26735.0, 158366.0),
    ("Maya Patel", "qualified_rate"): (26, 41),
}
"""What 0.1.0 said of these."""
GONE_THROUGH = re.compile(
    r"INSERT INTO _alembic_tmp_(\w+)|^CREATE (?:UNIQUE )?INDEX \w+ ON (\w+)|^UPDATE (\w+)"
    r"|^ALTER TABLE (\w+) ADD CONSTRAINT"
)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        db = Database(f"sqlite:///{tmp_path / 'kept.db'}")
        yield db
        db.close()
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    server._sql("CREATE DATABASE kept")
    db = Database(server.url("kept"))
    yield db
    db.close()
    server._sql("DROP DATABASE kept WITH (FORCE)")


@pytest.mark.parametrize("version", SCHEMAS)
def test_every_row_is_there_after_the_upgrade(empty: Database, version: str) -> None:
    rows = lay(empty, version)

    schema.upgrade(empty)

    assert schema.status(empty).is_current
    with empty.engine.connect() as connection:
        now = {name: connection.scalar(sa.text(f"SELECT count(*) FROM {name}")) for name in rows}
    assert now == rows
    assert {"call", "deal", "handoff", "membership", "coaching_session"} <= set(rows)


@pytest.mark.parametrize("version", SCHEMAS)
def test_an_upgrade_says_what_it_takes_before_it_does_it(
    empty: Database,
    version: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lay(empty, version)
    shell = Shell(tmp_path, empty.engine.url.render_as_string(hide_password=False), monkeypatch, capsys)

    told, _ = shell("db", "upgrade", "--dry-run")

    first, *rest = told.splitlines()
    steps = [line for line in rest if line.startswith("  ")]
    through, stopped, estimate = rest[len(steps) :]
    assert schema.status(empty).current == SCHEMAS[version]
    assert first.startswith(f"{len(steps)} steps, over ")
    assert "0027 Say once that a day's calls rest" in steps[0]
    assert schema.status(empty).needed in steps[-1]
    assert "60 of handoff" in through
    assert "bots must be stopped" in stopped
    assert re.fullmatch(r"An estimate: about [\d.]+ s on two busy cores; more on a slower disk.", estimate)

    done, _ = shell("db", "upgrade")

    assert done.startswith(told)
    assert f"The schema is {schema.status(empty).needed}." in done
    assert shell("db", "upgrade", "--dry-run")[0] == ""


@pytest.mark.parametrize("version", SCHEMAS)
def test_every_table_that_an_upgrade_goes_through_is_told(empty: Database, version: str) -> None:
    there = {name for name, rows in lay(empty, version).items() if rows}
    told = set(upgrade_plan.plan(empty).through)
    statements: list[str] = []
    sa.event.listen(empty.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))

    schema.upgrade(empty)

    done = {
        table for statement in statements for found in GONE_THROUGH.findall(statement) for table in found
    } & there
    assert done <= told
    assert told == done or not empty.is_sqlite  # which copies what PostgreSQL alters in place


def test_an_estimate_grows_with_the_rows(empty: Database) -> None:
    lay(empty, "0.1.0")
    few = upgrade_plan.plan(empty)
    with schema.migrating(empty) as connection:
        grow(connection, 2_000)

    many = upgrade_plan.plan(empty)

    assert many.through["handoff"] > few.through["handoff"]
    assert many.seconds > few.seconds


@pytest.mark.parametrize("version", SCHEMAS)
def test_the_same_is_counted_after_the_upgrade(
    empty: Database,
    version: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lay(empty, version)
    schema.upgrade(empty)
    shell = Shell(tmp_path, empty.engine.url.render_as_string(hide_password=False), monkeypatch, capsys)

    assert counted(shell) == COUNTED_THEN


def counted(shell: Shell) -> dict[tuple[str, str], Any]:
    found = {}
    for name, key in COUNTED_THEN:
        out, _ = shell("scorecard", "--rep", name, "--as-of", AS_OF, "--json")
        metric = next(one for one in json.loads(out)["metrics"] if one["key"] == key)
        found[name, key] = (metric["numerator"], metric["denominator"])
    return found
