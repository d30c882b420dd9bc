"""Debriefs without power or network: a rep's open calls as a sheet, and the sheet that comes back filled in."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from bot.core.errors import BadInput, CoachError
from bot.core.i18n import gettext as _
from bot.debriefs import offline_workbook as excel
from bot.debriefs.domain import offline_sheet as sheets
from bot.debriefs.domain.debrief import Answer
from bot.debriefs.domain.offline_sheet import Cells, SheetCall
from bot.debriefs.services import debriefs
from bot.debriefs.services.debriefs import Written
from bot.people.services.members import Member
from bot.tabular import child
from bot.tabular.files import Source
from bot.tabular.names import kept_as
from storage.books import Books
from storage.database import Database
from storage.queries.calls import calls as queries
from storage.tables import Call

NAME = "debriefs.xlsx"
LARGEST = 5_000_000
"""Bytes of a file that is looked into: two hundred calls take 40 thousand."""


@dataclass(slots=True)
class TakenIn:
    """What came of a sheet: debriefs written, those that read so already, and a sentence for all that was refused."""

    written: int = 0
    unchanged: int = 0
    refused: list[str] = field(default_factory=list)


def sheet(books: Books, rep: Member) -> tuple[bytes, int]:
    """The workbook and how many calls are in it, the latest first."""
    found = queries.open_calls(books, rep.id, limit=sheets.MOST_CALLS)
    return excel.written([_row(call, rep) for call in found]), len(found)


def take_in(
    db: Database,
    workspace_id: int,
    rep: Member,
    name: str,
    body: bytes,
    *,
    now: datetime,
    tell: Callable[[Session, Written], None],
) -> TakenIn:
    """Each row that was filled in as its form would be, in a transaction of its own, in which it is told of."""
    taken = TakenIn()
    try:
        rows = _rows(name, body)
    except BadInput as error:
        taken.refused.append(str(error))
        return taken
    for number, cells in rows:
        try:
            with db.writing(workspace_id, now) as books:
                written = _row_taken(books, rep, cells)
                if written is not None:
                    tell(books.session, written)
        except CoachError as error:
            taken.refused.append(_("Row {n}: {why}").format(n=number, why=error))
        else:
            taken.written += written is not None
            taken.unchanged += written is None
    return taken


def _rows(name: str, body: bytes) -> list[tuple[int, Cells]]:
    """What was filled in. Raises BadInput for what is not our sheet."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / kept_as(name)
        path.write_bytes(body)
        source = child.read_safely(path)
        if not sheets.is_ours(source.header):
            raise BadInput(
                _(
                    "{name} is not the offline sheet. While calls of yours wait to be debriefed, “Work offline” in "
                    "my Home tab sends you one."
                ).format(name=name)
            )
        return filled_in(source)


def _row_taken(books: Books, rep: Member, cells: Cells) -> Written | None:
    """None for a debrief that reads so already. Raises CoachError."""
    if not sheets.is_sealed(cells):
        raise BadInput(CHANGED)
    if str(cells.get("rep_email")) != _called(rep):
        raise BadInput(_("this call is not one of yours."))
    key = {"source": "source", "account": "account", "call_key": "call_id"}
    given = {field: str(cells.get(column) or "") for field, column in key.items()}
    call = queries.by_key(books, **given, person_id=rep.id)
    if call is None:
        raise BadInput(_("that call is gone."))
    before = debriefs.answer_to(books, rep.id, call.id)
    answer = sheets.filled(cells, before or Answer())
    if answer == before:
        return None
    return debriefs.submit(books, rep.id, call.id, answer, zone=rep.zone)


def _row(call: Call, rep: Member) -> SheetCall:
    local = call.started_at.astimezone(rep.zone)
    names = ", ".join(filter(None, [call.contact.strip(), call.company.strip()]))
    return SheetCall(
        source=call.source,
        account=call.account,
        call_id=call.call_key,
        rep=_called(rep),
        who=names[:200] or _("unknown"),
        when=f"{local:%Y-%m-%d %H:%M}",
        day=local.date(),
    )


def _called(rep: Member) -> str:
    return rep.email or rep.name


CHANGED = _(
    "its grey cells were changed, so I cannot tell which call it is about. Fill it in on a fresh sheet."
)


def filled_in(source: Source) -> list[tuple[int, Cells]]:
    """Line numbers and cells by their names, of the rows that say something."""
    names = [name.strip().lower() for name in source.header]
    rows = [(line.number, dict(zip(names, line.cells, strict=False))) for line in source.lines()]
    return [(number, cells) for number, cells in rows if not sheets.is_blank(cells)]


def narrowed(source: Source, name: str) -> Source:
    """Without the rows that nobody filled in; any other file stays as it is.

    Raises BadInput where locked cells were changed.
    """
    if not sheets.is_ours(source.header):
        return source
    filled = dict(filled_in(source))
    for number, cells in filled.items():
        if not sheets.is_sealed(cells):
            raise BadInput(f"{name}, row {number}: {CHANGED}")
    return Source(
        source.header, len(filled), lambda: (line for line in source.lines() if line.number in filled)
    )
