"""A file for the import that an admin dropped into the direct message."""

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.domain import access
from bot.domain.access import Action, Viewer
from bot.errors import CoachError
from bot.services import audit, imports
from bot.services.imports import ImportReport, recognising
from bot.words import AuditAct, ImportKind
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Imported:
    """`refused` is the file of refused rows, each with its reason; without a report `why` says what was wrong."""

    report: ImportReport | None = None
    refused: bytes | None = None
    why: str = ""


def kind_of(name: str, body: bytes) -> ImportKind | None:
    """None for a file that is no import."""
    with tempfile.TemporaryDirectory(prefix="cornerman-") as folder:
        return recognising.kind_of(_written(Path(folder), name, body))


def take_in(
    db: Database,
    workspace_id: int,
    viewer: Viewer,
    kind: ImportKind,
    name: str,
    body: bytes,
    *,
    now: datetime,
) -> Imported:
    """For admins; what is wrong with the file, or with their sending it, comes back as a sentence."""
    try:
        access.require(viewer, Action.IMPORT)
        return _imported(db, workspace_id, viewer, kind, name, body, now)
    except CoachError as error:
        return Imported(why=str(error))


def _imported(
    db: Database,
    workspace_id: int,
    viewer: Viewer,
    kind: ImportKind,
    name: str,
    body: bytes,
    now: datetime,
) -> Imported:
    with tempfile.TemporaryDirectory(prefix="cornerman-") as folder:
        report = imports.run_import(
            db,
            workspace_id,
            _written(Path(folder), name, body),
            kind,
            mapping=imports.Mapping(),
            now=now,
            rejected_to=Path(folder),
        )
        refused = Path(report.rejected_file).read_bytes() if report.rejected_file else None
    with db.begin() as session:
        audit.note(session, workspace_id, viewer.person_id, AuditAct.IMPORTED, now=now, what=kind)
    return Imported(report, refused)


def _written(folder: Path, name: str, body: bytes) -> Path:
    """Under a name of ours: one from outside may lead anywhere."""
    path = folder / f"upload{Path(name).suffix[:6]}"
    path.write_bytes(body)
    return path
