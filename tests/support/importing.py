"""Files for import tests, and a workspace to import them into."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlmodel import col, select

from bot.core.enums import ImportKind
from bot.imports.services.run import ImportReport, Mapping, run_import
from storage.database import Database
from storage.tables import Workspace
from storage.tables.base import Row

T = TypeVar("T", bound=Row)

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
ROSTER = """\
email,name,role,team,coach
ana@acme.io,Ana Diaz,SDR,East,no
ben@acme.io,Ben Okoye,AE,East,yes
cy@acme.io,Cy Marsh,AM,East,no
"""


@dataclass
class Importer:
    """A workspace that takes files."""

    db: Database
    folder: Path
    workspace_id: int

    def take(
        self,
        kind: str,
        content: str | bytes,
        *,
        mapping: Mapping | None = None,
        now: datetime = NOW,
        dry_run: bool = False,
        yes: bool = False,
        name: str | None = None,
    ) -> ImportReport:
        path = self.folder / (name or f"{kind}.csv")
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return self.take_path(kind, path, mapping=mapping, now=now, dry_run=dry_run, yes=yes)

    def take_path(
        self,
        kind: str,
        path: Path,
        *,
        mapping: Mapping | None = None,
        now: datetime = NOW,
        dry_run: bool = False,
        yes: bool = False,
    ) -> ImportReport:
        return run_import(
            self.db,
            self.workspace_id,
            path,
            ImportKind(kind),
            mapping=mapping or Mapping(),
            now=now,
            rejected_to=self.folder,
            dry_run=dry_run,
            yes=yes,
        )

    def all(self, table: type[T]) -> Sequence[T]:
        """Every row of the table, in the order it was stored."""
        with self.db.read() as session:
            return session.exec(select(table).order_by(col(table.id))).all()

    def one(self, table: type[T]) -> T:
        (row,) = self.all(table)
        return row

    def refused(self, kind: str) -> dict[int, str]:
        """Reasons by line, as the file of refused rows tells them."""
        path = self.folder / f"{kind}.csv.rejected.csv"
        with path.open(encoding="utf-8", newline="") as file:
            return {int(row["line"]): row["reason"] for row in csv.DictReader(file)}


def importer(db: Database, folder: Path, *, time_zone: str = "UTC") -> Importer:
    with db.begin() as session:
        workspace = Workspace(name="Acme", time_zone=time_zone)
        session.add(workspace)
        session.flush()
        return Importer(db, folder, workspace.id)


def counts(report: ImportReport) -> tuple[int, int, int, int, int]:
    """Read, added, updated, unchanged, rejected."""
    return report.read, report.added, report.updated, report.unchanged, report.rejected
