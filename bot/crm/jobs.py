"""Deals and account values out of a CRM: what changed since the last time goes the way of a file."""

import csv
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from bot.core.enums import ImportKind
from bot.core.errors import CoachError
from bot.crm import Crm, CrmConfig, Record, reader, services
from bot.crm.config import configured
from bot.imports.services import run as imports
from bot.imports.services.run import ImportReport
from bot.slack.tools import Tools
from storage.database import Database

log = structlog.get_logger()

Cells = Mapping[str, str]
_KEY = "cornerman_record"
"""A column of our own, by which a refused row is known again."""


@dataclass(slots=True)
class Pulled:
    """`rejected` counts the rows that wait now, `gone` what was deleted there or merged.

    `trouble` is why it broke off, blank where it did not.
    """

    crm: str
    kind: ImportKind
    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    gone: int = 0
    trouble: str = ""


def pull_from_crms(tools: Tools) -> list[Pulled]:
    """What is due of each CRM, an hour after it was claimed last."""
    now = tools.clock()
    return [
        pulled
        for config in configured(tools.settings.crm)
        for kind in config.maps
        if (pulled := pull(tools.db, tools.workspace_id, config, kind, now=now)) is not None
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
    with db.writing(workspace_id, now) as books:
        if not services.is_for(books, config.team):
            return None
        if not services.claim(books, config.name, kind, by_hand=by_hand):
            return None
    job = _Pull(db, workspace_id, config, kind, now)
    try:
        job.run()
    except CoachError as error:
        job.pulled.trouble = str(error)
        log.warning("a pull broke off", crm=config.name, kind=kind, reason=str(error))
    with db.writing(workspace_id, now) as books:
        services.ended(books, config.name, kind, trouble=job.pulled.trouble)
        job.pulled.rejected = len(services.waiting(books, config.name, kind))
    return job.pulled


class _Pull:
    def __init__(
        self, db: Database, workspace_id: int, config: CrmConfig, kind: ImportKind, now: datetime
    ) -> None:
        self.db, self.workspace_id, self.config, self.kind, self.now = db, workspace_id, config, kind, now
        self.pulled = Pulled(config.name, kind)
        self._mapping = config.maps[kind]
        self._header = sorted(self._mapping.heads)

    def run(self) -> None:
        """First what was refused before: what it lacked may have come. No transaction while the CRM is asked."""
        with self.db.reading(self.workspace_id, self.now) as books:
            waiting = services.waiting(books, self.config.name, self.kind)
            since = services.since(books, self.config.name, self.kind)
        if waiting:
            self._take(waiting)
        crm = reader(self.config)
        if since is not None:
            for records in crm.deleted(self.kind, self._header, since):
                self._drop(crm, records)
        for records in crm.pages(self.kind, self._header, since):
            if records:
                self._merge(records)
                self._take({record.key: record.fields for record in records})
                self._advance(records)

    def _drop(self, crm: Crm, records: list[Record]) -> None:
        """An account that another record bears the name of is still there."""
        if self.kind is ImportKind.ACCOUNTS:
            records = [record for record in records if not self._has_namesake(crm, record)]
        days = {key: record.changed_at for record in records if (key := self._key(record))}
        if not days:
            return
        with self.db.writing(self.workspace_id, self.now) as books:
            drop = services.drop_deals if self.kind is ImportKind.DEALS else services.end_accounts
            self.pulled.gone += drop(books, days)
            services.keep_refused(books, self.config.name, self.kind, [record.key for record in records], {})

    def _has_namesake(self, crm: Crm, record: Record) -> bool:
        heads, key = self._key_heads, self._key(record)
        return bool(key) and key != record.key and (len(heads) > 1 or crm.has(self.kind, heads[0], key))

    def _merge(self, records: list[Record]) -> None:
        """Where our key is the CRM's own: of another one nobody can tell what the merged ones had."""
        merged = {record.key: record.merged for record in records if self._key(record) == record.key}
        if self.kind is ImportKind.DEALS and any(merged.values()):
            with self.db.writing(self.workspace_id, self.now) as books:
                self.pulled.gone += sum(services.merge_deals(books, key, ids) for key, ids in merged.items())

    def _key(self, record: Record) -> str:
        return " ".join(filter(None, (record.fields.get(head, "") for head in self._key_heads)))

    @property
    def _key_heads(self) -> tuple[str, ...]:
        ours = "deal_id" if self.kind is ImportKind.DEALS else "account"
        return dict(self._mapping.named()).get(ours, ())

    def _advance(self, records: list[Record]) -> None:
        changed = max(record.changed_at for record in records)
        with self.db.writing(self.workspace_id, self.now) as books:
            services.advance(books, self.config.name, self.kind, changed)

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
                yes=True,
            )
            refused = {key: (self._cells(rows[key]), why) for key, why in _refused(report)}
        self._count(report)
        with self.db.writing(self.workspace_id, self.now) as books:
            services.keep_refused(books, self.config.name, self.kind, list(rows), refused)

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
