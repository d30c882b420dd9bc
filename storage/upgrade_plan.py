"""What an upgrade will do, before it does it: its steps, the tables it goes through whole, about how long it takes."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from storage import schema
from storage.database import Database

_BLOCK = re.compile(
    r"^    with op\.batch_alter_table\(['\"](\w+)['\"].*\n((?:        .*\n|\n)*)", re.MULTILINE
)
_GOES_THROUGH = re.compile(
    r"create_(?:index|foreign_key|check|unique|constraint=True)|drop_c|alter_column|server_default=sa\."
)
"""In a block. What is left adds a column, which is done at once on both databases."""
_CHANGES_ROWS = re.compile(r"sa\.table\(['\"](\w+)['\"]|UPDATE (\w+)")


@dataclass(frozen=True, slots=True)
class Rates:
    """Seconds: whatever there is, for each 100,000 rows that a step goes through, for each 100,000 of all tables.

    No step since 0.1.0 has weeks counted anew; one that does takes longer than this says.
    """

    begin: float
    through: float
    every: float


RATES = {"sqlite": Rates(3, 1.5, 0.3), "postgresql": Rates(1, 1.2, 0)}
"""As `python -m tests.bench --only upgrade` measured them; docs/benchmarks.md says on what machine."""


@dataclass(frozen=True, slots=True)
class Plan:
    steps: tuple[str, ...]
    """Each migration's number and what it says of itself, oldest first."""
    rows: int
    """Of all tables together."""
    through: Mapping[str, int]
    """The tables that are copied, indexed or changed whole, each with its rows."""
    seconds: float
    """An estimate."""


def plan(db: Database) -> Plan:
    pending = [(number, schema.source(number)) for number in schema.pending(db)]
    rows = _rows(db)
    times = Counter(table for _, source in pending for table in _through(source) if rows.get(table))
    rates = RATES[db.url.get_backend_name()]
    total = sum(rows.values())
    copied = sum(count * rows[table] for table, count in times.items())
    seconds = rates.begin + (copied * rates.through + total * rates.every) / 100_000
    steps = tuple(f"{number} {_title(source)}" for number, source in pending)
    return Plan(steps, total, {table: rows[table] for table in sorted(times)}, seconds)


def _title(source: str) -> str:
    return source.splitlines()[0].strip('"')


def _rows(db: Database) -> dict[str, int]:
    with db.engine.connect() as connection:
        return {
            name: connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) or 0
            for name in sa.inspect(connection).get_table_names()
        }


def _through(source: str) -> Iterator[str]:
    """The tables that a migration goes through whole; those that it makes are among them, and have no rows yet."""
    upgrade = _upgrade(source)
    changed = {name for found in _CHANGES_ROWS.findall(upgrade) for name in found if name}
    altered = {table for table, block in _BLOCK.findall(upgrade) if _GOES_THROUGH.search(block)}
    return iter(changed | altered)


def _upgrade(source: str) -> str:
    return source.partition("def upgrade")[2].partition("def downgrade")[0]
