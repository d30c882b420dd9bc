"""A file that an admin sent: looked at, shown as it would be stored, changed in how it is read, and taken in."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.core.enums import AuditAct, ImportKind
from bot.core.errors import BadInput, CoachError, NotFound
from bot.core.i18n import gettext as _
from bot.imports.domain import Form, ImportReport, Look
from bot.imports.services import guess as guessing
from bot.imports.services import run as imports
from bot.imports.services.recognise import Recognised, recognised
from bot.imports.services.run import KINDS, Progress
from bot.imports.services.suggest import best_table
from bot.people.domain import access
from bot.people.domain.access import Right, Viewer
from bot.people.services import audit_log as audit
from bot.tabular.heads import as_written, first_of
from bot.tabular.mapping import Mapping as Map
from bot.tabular.mapping import map_of, parse
from bot.tabular.names import kept_as
from bot.tabular.words import Words
from storage.books import Books
from storage.database import Database
from storage.queries import imports as queries
from storage.tables import ImportDraft

KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """`refused` is the file of refused rows; without a report `why` says what was wrong."""

    report: ImportReport | None = None
    refused: bytes | None = None
    why: str = ""


def look(
    db: Database,
    workspace_id: int,
    viewer: Viewer,
    name: str,
    url: str,
    body: bytes,
    *,
    now: datetime,
    kind: ImportKind | None = None,
    document: dict[str, Any] | None = None,
) -> Look:
    """Nothing is stored but the draft. Raises NotAllowed, and BadInput for a file that cannot be opened."""
    access.require(viewer, Right.IMPORT)
    if viewer.person_id is None:
        raise NotFound(_("Only somebody on the roster can send me a file."))
    with _written(name, body) as path:
        found, document = _read(path, kind, document)
        document = document if document is not None else _document(found.mapping)
        source, _where = best_table(path, found.kind)
        report, why = _rehearsed(db, workspace_id, path, found, now)
        stages = guessing.stages(source, found.mapping) if found.kind is ImportKind.DEALS else []
    draft = ImportDraft(
        workspace_id=workspace_id,
        person_id=viewer.person_id,
        file_name=name,
        url=url,
        kind=found.kind,
        header={"columns": [head for head in source.header if head], "stages": stages},
        answers={"map": document} if document.get("columns") else {},
        sent_at=now,
    )
    columns = {ours: ", ".join(heads) for ours, heads in found.mapping.named()}
    read = _as_read(stages, found.mapping.values.get("status", {}))
    return Look(_kept(db, draft), name, found.kind, found.told, columns, report, why, read)


def _as_read(stages: Iterable[str], values: Mapping[str, str]) -> dict[str, str]:
    words = Words.of(values)
    return {stage: words.meaning(stage) for stage in stages}


def _rehearsed(
    db: Database, workspace_id: int, path: Path, found: Recognised, now: datetime
) -> tuple[ImportReport | None, str]:
    """What would come of it; without a report, why nothing can."""
    try:
        return (
            imports.run_import(
                db,
                workspace_id,
                path,
                found.kind,
                mapping=found.mapping,
                now=now,
                rejected_to=path.parent,
                dry_run=True,
            ),
            "",
        )
    except BadInput as error:
        return None, str(error)


def _kept(db: Database, draft: ImportDraft) -> int:
    with db.writing(draft.workspace_id, draft.sent_at) as books:
        queries.drop_older(books, sent_before=draft.sent_at - KEPT)
        books.session.add(draft)
        books.session.flush()
        return draft.id


def kind_of(name: str, body: bytes) -> ImportKind | None:
    """Of a file with our own columns or of a known export; None for any other."""
    with _written(name, body) as path:
        try:
            return recognised(path, kind=None, mapping=None).kind
        except BadInput:
            return None


def form(books: Books, viewer: Viewer, draft_id: int, kind: ImportKind | None = None) -> Form:
    """Raises NotFound for a draft that was taken in already."""
    draft = _draft(books, viewer, draft_id)
    document = draft.answers.get("map") or {}
    chosen = kind or ImportKind(draft.kind)
    header = tuple(str(head) for head in draft.header["columns"])
    standing = {ours: first_of(theirs) for ours, theirs in document.get("columns", {}).items()}
    guessed = guessing.columns_of(header, chosen)
    wanted = [column.name for column in KINDS[chosen].columns if column.required]
    wanted += [party.names[1] for party in KINDS[chosen].parties]
    wanted += [name for name in (*standing, *guessed) if name not in wanted and name in KINDS[chosen].names]
    told = {ours: first_of(as_written(heads)) for ours, heads in guessed.items()}
    needed = {name: standing.get(name, told.get(name, "")) for name in dict.fromkeys(wanted)}
    stages = draft.header.get("stages", []) if chosen is ImportKind.DEALS else []
    read = _as_read(stages, document.get("values", {}).get("status", {}))
    return Form(draft_id, chosen, header, needed, document, read)


def source_of(books: Books, viewer: Viewer, draft_id: int) -> tuple[str, str]:
    """The file's name and where it lies with Slack."""
    draft = _draft(books, viewer, draft_id)
    return draft.file_name, draft.url


def drop(books: Books, viewer: Viewer, draft_id: int) -> tuple[ImportKind, dict[str, Any] | None]:
    """The draft's kind and map; whoever asks next is told that it is gone. Raises NotFound."""
    draft = _draft(books, viewer, draft_id)
    books.session.delete(draft)
    return ImportKind(draft.kind), draft.answers.get("map")


def take_in(
    db: Database,
    workspace_id: int,
    viewer: Viewer,
    name: str,
    body: bytes,
    *,
    kind: ImportKind | None,
    document: dict[str, Any] | str | None,
    now: datetime,
    on_progress: Progress | None = None,
) -> TakenIn:
    """What is wrong with the file, or with their sending it, comes back as a sentence. A map may come as TOML."""
    try:
        access.require(viewer, Right.IMPORT)
        document = map_of(document) if isinstance(document, str) else document
        with _written(name, body) as path:
            found, _document = _read(path, kind, document)
            report = imports.run_import(
                db,
                workspace_id,
                path,
                found.kind,
                mapping=found.mapping,
                now=now,
                rejected_to=path.parent,
                yes=True,
                recognised=found.told,
                on_progress=on_progress,
            )
            refused = report.rejected_file.read_bytes() if report.rejected_file else None
    except CoachError as error:
        return TakenIn(why=str(error))
    with db.writing(workspace_id, now) as books:
        audit.note(books, viewer.person_id, AuditAct.IMPORTED, what=report.outcome)
    return TakenIn(report, refused)


def _draft(books: Books, viewer: Viewer, draft_id: int) -> ImportDraft:
    access.require(viewer, Right.IMPORT)
    draft = queries.by_id(books, draft_id)
    if draft is None or draft.person_id != viewer.person_id:
        raise NotFound(_("That file was taken in already, or sent too long ago. Send it again."))
    return draft


def _read(
    path: Path, kind: ImportKind | None, document: dict[str, Any] | None
) -> tuple[Recognised, dict[str, Any] | None]:
    """By the map; without one as what it is known for; else as it is guessed."""
    if document is not None:
        return recognised(path, kind=kind, mapping=parse(document)), document
    try:
        return recognised(path, kind=kind, mapping=None), None
    except BadInput:
        source, where = best_table(path, kind)
        found = guessing.guess(source, kind)
        document = guessing.document(found, sheet=where.sheet, header_row=source.header_row)
        return Recognised(found.kind, parse(document)), document


def _document(mapping: Map) -> dict[str, Any]:
    """What a MAP.toml of a shipped map would say."""
    table = {"sheet": mapping.where.sheet} if mapping.where.sheet else {}
    dates: dict[str, Any] = {"time_zone": mapping.time_zone.key} if mapping.time_zone else {}
    return {
        "columns": {ours: as_written(mapping.columns[ours]) for ours in mapping.columns},
        "values": mapping.values,
        "leave_out": {head: list(said) for head, said in mapping.leave_out.items()},
        "constants": mapping.constants,
        "dates": dates,
        "units": mapping.units,
        "file": table,
    }


@contextmanager
def _written(name: str, body: bytes) -> Iterator[Path]:
    """In a folder of its own, for as long as it is read."""
    with tempfile.TemporaryDirectory(prefix="cornerman-") as folder:
        path = Path(folder) / kept_as(name)
        path.write_bytes(body)
        yield path
