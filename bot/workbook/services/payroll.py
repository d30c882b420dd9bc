"""The month's coaching credit in files that payroll takes in."""

import io
import tempfile
from collections.abc import Collection
from datetime import date
from pathlib import Path

from bot.coaching.domain.pay import CoachPay
from bot.core.enums import AuditAct
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.people.services import audit_log
from bot.people.services import workspace as workspaces
from bot.workbook import as_csv, excel
from bot.workbook.domain import payroll
from storage.books import Books


def as_text(pays: Collection[CoachPay]) -> bytes:
    """CSV, in UTF-8 with a mark that Excel knows it by."""
    out = io.StringIO(newline="")
    as_csv.put(payroll.table(list(pays)), out)
    return out.getvalue().encode("utf-8-sig")


def as_workbook(books: Books, pays: Collection[CoachPay], month: date) -> bytes:
    book = payroll.workbook(list(pays), month, workspaces.settings(books).name, books.now)
    with tempfile.TemporaryDirectory(prefix="cornerman-") as folder:
        path = Path(folder) / "payroll.xlsx"
        excel.write(book, path)
        return path.read_bytes()


def in_form(books: Books, pays: Collection[CoachPay], month: date, ending: str) -> bytes:
    """By a file's ending; raises BadInput for another one."""
    match ending:
        case ".csv":
            return as_text(pays)
        case ".xlsx":
            return as_workbook(books, pays, month)
        case _:
            raise BadInput(_("Payroll takes a .csv or an .xlsx file; name one of these."))


def name(month: date, ending: str) -> str:
    return f"coaching-pay-{month:%Y-%m}.{ending}"


def note(books: Books, who_id: int | None, month: date) -> None:
    """That somebody took it along."""
    audit_log.note(books, who_id, AuditAct.EXPORTED, what=f"payroll {month:%Y-%m}")
