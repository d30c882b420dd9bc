"""Deals and account values out of a CRM: what changed since the last time goes the way of a file."""

import csv
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from bot.crm import CrmConfig, Record, reader
from bot.errors import CoachError
from bot.services import imports, pulls
from bot.services.imports import ImportReport
from bot.words import ImportKind
from storage.database import Database

log = structlog.get_logger()

Cells = Mapping[str, str]
_KEY = "cornerman_record"
"""A column of our own, by which a refused row is known again."""


@dataclass(slots=True)
class Pulled:
    """`rejected` counts the rows that wait now; `trouble` is why it broke off, blank where it did not."""

    crm: str
    kind: ImportKind
    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    trouble: str = ""


def pull_due(db: Database, workspace_id: int, configs: list[CrmConfig], *, now: datetime) -> list[Pulled]:
    """What is due of each CRM, an hour after it was claimed last."""
    return [
        pulled
        for config in configs
        for kind in config.maps
        if (pulled := pull(db, workspace_id, config, kind, now=now)) is not None
    ]


def pull(
    db: Database,
    workspace_id: int,
    config: CrmConfig,
    kind: ImportKind,
    *,
    now: datetime,
    by_hand: bool = False,
) -> Pulled | None:
    """None where it is not due, or not for this workspace. What was read until something broke stays."""
    with db.begin() as session:
        if not pulls.is_for(session, workspace_id, config.team):
            return None
        if not pulls.claim(session, workspace_id, config.name, kind, now=now, by_hand=by_hand):
            return None
    job = _Pull(db, workspace_id, config, kind, now)
    try:
        job.run()
    except CoachError as error:
        job.pulled.trouble = str(error)
        log.warning("a pull broke off", crm=config.name, kind=kind, reason=str(error))
    with db.begin() as session:
        pulls.ended(session, workspace_id, config.name, kind, trouble=job.pulled.trouble, now=now)
        job.pulled.rejected = len(pulls.waiting(session, workspace_id, config.name, kind))
    return job.pulled


class _Pull:
    def __init__(
        self, db: Database, workspace_id: int, config: CrmConfig, kind: ImportKind, now: datetime
    ) -> None:
        self.db, self.workspace_id, self.config, self.kind, self.now = db, workspace_id, config, kind, now
        self.pulled = Pulled(config.name, kind)
        self._mapping = config.maps[kind]
        self._header = sorted(set(self._mapping.columns.values()))

    def run(self) -> None:
        """First what was refused before: what it lacked may have come. No transaction while the CRM is asked."""
        with self.db.read() as session:
            waiting = pulls.waiting(session, self.workspace_id, self.config.name, self.kind)
            since = pulls.since(session, self.workspace_id, self.config.name, self.kind)
        if waiting:
            self._take(waiting)
        for records in reader(self.config).pages(self.kind, self._header, since):
            if records:
                self._take({record.key: record.fields for record in records})
                self._advance(records)

    def _advance(self, records: list[Record]) -> None:
        changed = max(record.changed_at for record in records)
        with self.db.begin() as session:
            pulls.advance(session, self.workspace_id, self.config.name, self.kind, changed)

    def _take(self, rows: Mapping[str, Cells]) -> None:
        with _written(rows, self._header) as path:
            report = imports.run_import(
                self.db,
                self.workspace_id,
                path,
                self.kind,
                mapping=self._mapping,
                now=self.now,
                rejected_to=path.parent,
            )
            refused = {key: (self._cells(rows[key]), why) for key, why in _refused(report)}
        self._count(report)
        with self.db.begin() as session:
            pulls.keep_refused(session, self.workspace_id, self.config.name, self.kind, list(rows), refused)

    def _cells(self, row: Cells) -> Cells:
        return {name: row.get(name, "") for name in self._header}

    def _count(self, report: ImportReport) -> None:
        self.pulled.read += report.read
        self.pulled.added += report.added
        self.pulled.updated += report.updated
        self.pulled.unchanged += report.unchanged


@contextmanager
def _written(rows: Mapping[str, Cells], header: list[str]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crm.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([_KEY, *header])
            writer.writerows([key, *(cells.get(name, "") for name in header)] for key, cells in rows.items())
        yield path


def _refused(report: ImportReport) -> list[tuple[str, str]]:
    """The records' keys, each with the reason."""
    if report.rejected_file is None:
        return []
    with report.rejected_file.open(encoding="utf-8", newline="") as file:
        return [(row[_KEY], row["reason"]) for row in csv.DictReader(file)]
