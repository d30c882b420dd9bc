"""Files in: one import reads a whole file, and says of every row what became of it."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.errors import BadInput
from bot.services import workspaces
from bot.services.imports import (
    accounts,
    agents,
    calls,
    coaching,
    deals,
    debriefs,
    handoffs,
    layout,
    leave,
    offline_sheet,
    rates,
    reading,
    reps,
    teams,
)
from bot.services.imports.kinds import Entry, Kind, Task
from bot.services.imports.layout import Layout
from bot.services.imports.mapping import Mapping, load
from bot.services.imports.parsing import Pace, Parser
from bot.services.imports.reading import Line
from bot.services.imports.report import ImportReport, Refusals, Tally
from bot.services.imports.roster import Roster
from bot.services.imports.upserts import Upserts
from bot.words import ImportKind
from storage.database import Database
from storage.queries import imports as queries

__all__ = ["KINDS", "ImportReport", "Mapping", "load", "run_import"]

Progress = Callable[[int, int], None]
"""Told the rows done and the rows in all."""

_STOCK_TAKEN_AFTER = (1, 4, 16, 64, 256, 1024)
"""Batches after which the database learns how the table has grown."""

_OBJECTS_OF_A_BATCH = 100_000

KINDS = {
    ImportKind.TEAMS: teams.KIND,
    ImportKind.REPS: reps.KIND,
    ImportKind.LEAVE: leave.KIND,
    ImportKind.CALLS: calls.KIND,
    ImportKind.HANDOFFS: handoffs.KIND,
    ImportKind.DEALS: deals.KIND,
    ImportKind.ACCOUNTS: accounts.KIND,
    ImportKind.DEBRIEFS: debriefs.KIND,
    ImportKind.SESSIONS: coaching.KIND,
    ImportKind.RATES: rates.KIND,
    ImportKind.AGENTS: agents.KIND,
}


def run_import(
    db: Database,
    workspace_id: int,
    path: Path,
    kind: ImportKind,
    *,
    mapping: Mapping,
    now: datetime,
    rejected_to: Path,
    dry_run: bool = False,
    on_progress: Progress | None = None,
) -> ImportReport:
    """Add or update every row of the file by its key; `rejected_to` is the folder for the file of refused rows.

    Raises BadInput, before anything is written, where the file or the map as a whole is wrong. A dry run writes
    nothing, neither rows nor that file: its report's notes tell the first refusals instead.
    """
    source = reading.open_file(path)
    if kind is ImportKind.DEBRIEFS:
        source = offline_sheet.narrowed(source, path.name)
    bound = _bind(KINDS[kind], source.header, mapping)
    task = _task(db, workspace_id, mapping, now)
    parser = Parser(task, KINDS[kind], bound, mapping)
    write = _roster if kind is ImportKind.REPS else _rows
    rejected = None if dry_run else rejected_to / f"{path.name}.rejected.csv"
    with _few_collections(), Refusals(rejected, source.header) as refusals:
        tally = Tally(refusals)
        for batch in write(db, task, parser, source.lines(), dry_run=dry_run):
            tally.count(batch)
            if on_progress:
                on_progress(tally.read, source.total)
        return tally.report(kind, notes=_notes(bound))


@contextmanager
def _few_collections() -> Iterator[None]:
    """A batch is many objects and no cycle; looking for some at the usual rate costs a quarter of the import."""
    usual = gc.get_threshold()
    gc.set_threshold(_OBJECTS_OF_A_BATCH, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _bind(kind: Kind, header: Sequence[str], mapping: Mapping) -> Layout:
    bound = layout.bind(header, mapping, known=kind.names)
    missing = [column.name for column in kind.columns if column.required and column.name not in bound.places]
    missing += [party.names[0] for party in kind.parties if bound.places.keys().isdisjoint(party.names)]
    if missing:
        raise BadInput(f"The file lacks {', '.join(missing)}; it has {', '.join(filter(None, header))}.")
    return bound


def _task(db: Database, workspace_id: int, mapping: Mapping, now: datetime) -> Task:
    with db.read() as session:
        zone = ZoneInfo(workspaces.settings(session, workspace_id).time_zone)
        roster = Roster(session, workspace_id, zone=zone, newcomers=mapping.newcomers, said=mapping.time_zone)
        return Task(workspace_id, now, roster)


def _rows(
    db: Database, task: Task, parser: Parser, lines: Iterable[Line], *, dry_run: bool
) -> Iterator[Sequence[Entry]]:
    """The batches, each worked in a transaction of its own."""
    upserts = Upserts(task, parser.kind, dry_run=dry_run)
    pace = Pace()
    for number, batch in enumerate(parser.batches(lines, pace)):
        if number in _STOCK_TAKEN_AFTER and not dry_run:
            with db.begin() as session:
                queries.take_stock(session, parser.kind.rows)
        with db.read() if dry_run else db.begin() as session, pace.measured():
            upserts.work(session, batch)
        yield batch
    upserts.finish(db)


def _roster(
    db: Database, task: Task, parser: Parser, lines: Iterable[Line], *, dry_run: bool
) -> Iterator[Sequence[Entry]]:
    whole = list(map(parser.entry, lines))
    with db.begin() as session:
        reps.run(session, task, whole)
        if dry_run:
            session.rollback()
    yield whole


def _notes(bound: Layout) -> list[str]:
    if not bound.ignored:
        return []
    return [f"Nothing was made of the columns {', '.join(bound.ignored)}."]
