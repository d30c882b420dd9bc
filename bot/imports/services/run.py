"""Files in: one import reads a whole file, and says of every row what became of it."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.core.enums import ImportKind
from bot.imports.domain import ImportReport
from bot.imports.kinds import (
    accounts,
    agents,
    calls,
    coaching,
    deals,
    debriefs,
    handoffs,
    leave,
    quotas,
    rates,
    reps,
    teams,
)
from bot.imports.kinds.kind import Entry, Kind, Task
from bot.imports.services import opening
from bot.imports.services.doubts import Survey
from bot.imports.services.opening import Opened
from bot.imports.services.parser import Pace, Parser
from bot.imports.services.report import Refusals, Tally
from bot.imports.services.roster import Roster
from bot.imports.services.upserts import Upserts
from bot.people.services import first_days
from bot.people.services import workspace as workspaces
from bot.tabular.files import Source
from bot.tabular.layout import Layout
from bot.tabular.line import Line
from bot.tabular.mapping import Mapping, load
from storage.database import Database
from storage.queries import imports as queries

__all__ = ["KINDS", "ImportReport", "Mapping", "load", "run_import"]


Progress = Callable[[int, int], None]
"""Told the rows done and the rows in all."""

_STOCK_TAKEN_AFTER = (1, 4, 16, 64, 256, 1024)
"""Batches after which the database learns how the table has grown."""

SHOWN = 5
"""Rows that a person sees before they are stored."""
_NAMED = 12
"""Newcomers who are told by name."""

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
    ImportKind.QUOTAS: quotas.KIND,
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
    yes: bool = False,
    recognised: str | None = None,
    on_progress: Progress | None = None,
) -> ImportReport:
    """Add or update every row of the file by its key; `rejected_to` is the folder for the file of refused rows.

    Raises BadInput, before anything is written, where the file or the map as a whole is wrong. Where the file raises
    doubts nothing is written either, unless `yes` says that a person has accepted them. A dry run writes nothing,
    neither rows nor that file: its report's notes tell the first refusals instead.
    """
    opened = opening.opened(path, kind, KINDS[kind], mapping)
    source, mapping, layout = opened.source, opened.mapping, opened.layout
    task = _task(db, workspace_id, mapping, now, accepts=yes)
    parser = Parser(task, KINDS[kind], layout, mapping, source.header)
    doubts = (*opened.doubts, *_doubts(db, task, opened, KINDS[kind], parser))
    if doubts and not yes and not dry_run:
        return ImportReport(kind, source.total, 0, 0, 0, 0, None, recognised=recognised, doubts=doubts)
    rejected = None if dry_run else rejected_to / _rejected_name(path, source)
    with _few_collections(), Refusals(rejected, source.header) as refusals:
        tally, sample = _worked(db, task, parser, opened, refusals, dry_run=dry_run, on_progress=on_progress)
        if not dry_run:
            with db.writing(workspace_id, now) as books:
                first_days.move_back(books)
        notes = [*opened.notes, *_notes(layout, task)]
        report = tally.report(kind, notes=notes, blank=source.blank, recognised=recognised)
        return replace(report, doubts=doubts, accepted=yes and bool(doubts), sample=sample)


def _worked(
    db: Database,
    task: Task,
    parser: Parser,
    opened: Opened,
    refusals: Refusals,
    *,
    dry_run: bool,
    on_progress: Progress | None,
) -> tuple[Tally, tuple[dict[str, str], ...]]:
    """What became of the rows; of a dry run also the first of them as they would be stored."""
    write = _roster if parser.kind is KINDS[ImportKind.REPS] else _rows
    tally = Tally(refusals)
    sample: list[dict[str, str]] = []
    for batch in write(db, task, parser, opened.source.lines(), dry_run=dry_run):
        tally.count(batch)
        if dry_run and len(sample) < SHOWN:
            sample += of(batch, parser.kind, opened.layout, task.roster)
        if on_progress:
            on_progress(tally.read, opened.source.total)
    return tally, tuple(sample[:SHOWN])


def _rejected_name(path: Path, source: Source) -> str:
    """A mended file of refused rows is told of in a file of its own, since it is being read."""
    return f"{path.name}.again.csv" if source.was_refused else f"{path.name}.rejected.csv"


def _doubts(db: Database, task: Task, opened: Opened, kind: Kind, parser: Parser) -> Iterator[str]:
    survey = Survey(kind, opened.layout, opened.mapping, parser)
    survey.walk(opened.source)
    with db.reading(task.workspace_id, task.now) as books:
        stored = queries.some_amounts(books) if kind is KINDS[ImportKind.DEALS] else []
    yield from survey.doubts(opened.source, stored)


@contextmanager
def _few_collections() -> Iterator[None]:
    """A batch is many objects and no cycle; looking for some at the usual rate costs a quarter of the import."""
    usual = gc.get_threshold()
    gc.set_threshold(_OBJECTS_OF_A_BATCH, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _task(db: Database, workspace_id: int, mapping: Mapping, now: datetime, *, accepts: bool) -> Task:
    with db.reading(workspace_id, now) as books:
        zone = ZoneInfo(workspaces.settings(books).time_zone)
        roster = Roster(
            books.session,
            workspace_id,
            now=now,
            zone=zone,
            newcomers=mapping.newcomers,
            said=mapping.time_zone,
        )
        return Task(workspace_id, now, roster, accepts)


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


def _notes(layout: Layout, task: Task) -> Iterator[str]:
    if layout.ignored:
        yield f"Nothing was made of the columns {', '.join(layout.ignored)}."
    if arrived := task.roster.arrived:
        named = ", ".join(f"{one.name} ({one.role})" for one in arrived[:_NAMED])
        more = f" and {len(arrived) - _NAMED:,} more" if len(arrived) > _NAMED else ""
        yield f"New in the roster: {named}{more}."


_FEW = 5


def of(batch: Sequence[Entry], kind: Kind, layout: Layout, roster: Roster) -> Iterator[dict[str, str]]:
    """By our columns, of the first few rows that stand; moments in UTC."""
    for entry in islice((entry for entry in batch if entry.stands), _FEW):
        row = entry.merged or entry.given
        people = {party.names[1]: roster[row[party.field]].name for party in kind.parties}
        fields = {
            column.name: _text(row[column.field])
            for column in kind.columns
            if column.name in layout.places and column.field in row
        }
        yield people | fields


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, Decimal):
        whole = value.quantize(Decimal(1))
        return f"{whole if whole == value else value.normalize():,f}"
    return str(value)
