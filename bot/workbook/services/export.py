"""The workbook of a team: what it may show to whom, written to a file and noted in the log of exports."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlmodel import Session

from bot.calendar import periods
from bot.calendar.periods import Period
from bot.core.enums import AuditAct
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.people.domain.access import Right, Subject, Viewer, may, require
from bot.people.domain.stints import Rep
from bot.people.services import audit_log
from bot.people.services import workspace as workspaces
from bot.workbook import as_csv, as_parquet, excel
from bot.workbook.domain.book import Person, Records, compose, labels
from bot.workbook.domain.glossary import Colophon
from bot.workbook.domain.sheets import Workbook, by_name
from bot.workbook.excel import Progress
from bot.workbook.services import coaching, figures, over_time, records, templates
from bot.workbook.services import headline as headlines
from bot.workbook.services.figures import Asked, Figures
from bot.workbook.services.reach import Reach
from bot.workbook.services.records import deals
from bot.workbook.template import packing
from bot.workbook.template.packing import Filled, Given
from storage.books import Books
from storage.database import Database
from storage.queries.workbook import records as queries
from storage.tables import ExportLog

__all__ = ["NAME", "ExportReport", "Form", "Progress", "write", "written"]

NAME = "scorecards.xlsx"


class Form(StrEnum):
    """What is written: a workbook, or a folder with a file for each of its tables."""

    XLSX = "xlsx"
    CSV = "csv"
    PARQUET = "parquet"


_FOLDERS = {Form.CSV: as_csv.write, Form.PARQUET: as_parquet.write}


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written: the reps shown, and the rows of each table.

    Of a template: `missing` are the tables that it has not, `notes` what one should know of it.
    """

    path: Path
    reps: int
    rows: dict[str, int]
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def write(
    db: Database,
    workspace_id: int,
    viewer: Viewer,
    *,
    period: Period,
    team_id: int | None,
    as_of: datetime,
    now: datetime,
    path: Path,
    raw: bool = True,
    template: Given | None = None,
    form: Form = Form.XLSX,
    on_progress: Progress = excel.unheard,
    unasked: bool = False,
) -> ExportReport:
    """Write the workbook of a team, or of all that the viewer may export, to `path`: whole or not at all.

    Everything is read in one transaction, so that the figures and the records agree. `raw` takes the records along,
    `template` is a workbook whose tables are filled instead; any other `form` than XLSX makes a new folder.
    Raises NotAllowed for a team the viewer does not lead, NotFound where there is nobody to show, BadInput for a
    period that has not begun, a template that cannot be filled, a folder that is there or a path that cannot be
    written.
    """
    periods.demand_begun(period, as_of)
    if team_id is not None:
        require(viewer, Right.EXPORT, Subject(team_ids=frozenset((team_id,))))
    if template is not None:
        templates.demand_fit(template, path)
    if form is not Form.XLSX and path.exists():
        raise BadInput(_("{name} is there already; name a new folder.").format(name=path))
    with _writable(path), tempfile.TemporaryDirectory(dir=path.parent, prefix=".export-") as folder:
        draft = Path(folder) / path.name
        with _unchanging(db) as session:
            reach, found = _reach(Books(session, workspace_id, now), viewer, period, as_of, team_id)
            book = _book(reach, found, now=now, raw=raw, team_id=team_id)
            finish = _begin_writing(book, draft, template, on_progress, form=form)
        filled = finish()
        rows = sum(filled.rows.values())
        _note(db, reach, team_id=team_id, now=now, raw=raw, rows=rows, unasked=unasked)
        draft.replace(path)
    return ExportReport(path, len(found.shown), filled.rows, filled.missing, filled.notes)


@contextmanager
def _writable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from error


def _begin_writing(
    book: Workbook, draft: Path, template: Given | None, on_progress: Progress, *, form: Form
) -> Callable[[], Filled]:
    """Read all of the book; returns how to finish without the data, since a template takes its time to fill."""
    if template is not None:
        packed = packing.pack(template, by_name(book.sheets), draft.parent, on_progress)
        return lambda: packing.fill(template, packed, draft)
    if form is not Form.XLSX:
        written = _FOLDERS[form](book, draft, on_progress=on_progress)
    else:
        places = excel.write(book, draft, on_progress=on_progress)
        written = {name: place.rows for name, place in places.items()}
    return lambda: Filled(written)


def written(
    db: Database, workspace_id: int, viewer: Viewer, *, name: str = NAME, **asked: Any
) -> tuple[bytes, ExportReport]:
    """The workbook itself, for a message, in a file of that name; `asked` is what `write` takes but the path."""
    with tempfile.TemporaryDirectory(prefix="cornerman-") as folder:
        report = write(db, workspace_id, viewer, path=Path(folder) / name, **asked)
        return report.path.read_bytes(), report


@contextmanager
def _unchanging(db: Database) -> Iterator[Session]:
    """A session that sees one state of the data throughout, as SQLite's do anyway."""
    with db.read() as session:
        if not db.is_sqlite:
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield session


def _reach(
    books: Books, viewer: Viewer, period: Period, as_of: datetime, team_id: int | None
) -> tuple[Reach, Figures]:
    settings = workspaces.settings(books)
    people = labels(Person(*row) for row in queries.names(books))

    def may_show(rep: Rep) -> bool:
        subject = Subject(person_id=rep.id, team_ids=frozenset((rep.team_id,)))
        return team_id in (None, rep.team_id) and may(viewer, Right.EXPORT, subject)

    found = figures.of(Asked(books.session, settings, period, as_of, people), may_show)
    if not found.shown:
        raise NotFound(_("There is nobody to export: no rep of yours held a selling role in that period."))
    return Reach(books.session, settings, viewer, period, as_of, people, found.shown, found.former), found


def _book(reach: Reach, found: Figures, *, now: datetime, raw: bool, team_id: int | None) -> Workbook:
    sessions, told = coaching.sessions(reach), over_time.of_teams(reach, team_id)
    records_so_far = [one.record for one in told if one.record]
    return compose(
        _colophon(reach, now=now, raw=raw),
        found.roles,
        headlines.headline(reach, found.roles, sessions, records_so_far, team_id=team_id),
        sessions,
        coaching.effects(reach),
        Records(
            debriefs=records.debriefs(reach),
            handoffs=records.handoffs(reach),
            deals=deals(reach),
            accounts=records.accounts(reach),
            activity=records.activity(reach),
            counts=records.counts(reach) if raw else {},
        ),
        {
            reach.labels[id]: email
            for id, _name, email in queries.names(reach.books)
            if email and id in reach.labels
        },
        told,
    )


def _colophon(reach: Reach, *, now: datetime, raw: bool) -> Colophon:
    settings, zone = reach.settings, reach.period.zone
    return Colophon(
        workspace=settings.name,
        scope=_scope(reach),
        period=reach.period,
        as_of=reach.as_of.astimezone(zone),
        exported_by=_exported_by(reach),
        exported_at=now.astimezone(zone),
        raw=raw,
        currency=settings.currency,
        tool_cost=settings.tool_cost,
        credit_rate=settings.credit_rate,
        stale_days=settings.stale_days,
        too_long={},
    )


def _scope(reach: Reach) -> str:
    """The teams shown; for a rep's own workbook, the rep."""
    if set(reach.shown) == {reach.viewer.person_id}:
        return reach.labels[next(iter(reach.shown))]
    return ", ".join(sorted({one.rep.team for one in reach.shown.values()}))


def _exported_by(reach: Reach) -> str:
    who = reach.viewer.person_id
    return _("the operator of this installation") if who is None else reach.labels[who]


def _note(
    db: Database, reach: Reach, *, team_id: int | None, now: datetime, raw: bool, rows: int, unasked: bool
) -> None:
    """`unasked`: the program sent it by itself, and stands in the log under its own name."""
    with db.writing(reach.workspace_id, now) as books:
        books.session.add(
            ExportLog(
                workspace_id=reach.workspace_id,
                person_id=reach.viewer.person_id,
                team_id=team_id,
                period=reach.period.label,
                since=reach.period.start,
                until=reach.period.end,
                as_of=reach.as_of,
                raw=raw,
                rows=rows,
                exported_at=now,
            )
        )
        who, what = reach.viewer.person_id, "workbook"
        if unasked:
            who, what = None, f"the month's workbook for {{person:{who}}}"
        audit_log.note(books, who, AuditAct.EXPORTED, team_id=team_id, what=what)
