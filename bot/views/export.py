"""What is said while a workbook is written."""

from datetime import date

from bot.language import gettext as _
from bot.language import ngettext
from bot.views.kit import said
from bot.views.reader import Reader


def begun(scope: str) -> str:
    return _(
        "I am writing the workbook of {scope}. It comes to you as a file, in our direct messages."
    ).format(scope=said(scope, limit=80))


def writing(scope: str) -> str:
    return _("Writing the workbook of {scope} …").format(scope=said(scope, limit=80))


def progress(scope: str, sheet: str, rows: int) -> str:
    return _("Writing the workbook of {scope}: {rows:,} rows of {sheet} so far.").format(
        scope=said(scope, limit=80), rows=rows, sheet=sheet
    )


def done(scope: str, reps: int) -> str:
    text = ngettext(
        "The workbook of {scope}: {reps} rep. The sheet Definitions says what each number means.",
        "The workbook of {scope}: {reps} reps. The sheet Definitions says what each number means.",
        reps,
    )
    return text.format(scope=said(scope, limit=80), reps=reps)


def monthly(month: date, reps: int, reader: Reader) -> str:
    text = ngettext(
        "Your teams' workbook of {month}: {reps} rep. The sheet Definitions says what each number means.",
        "Your teams' workbook of {month}: {reps} reps. The sheet Definitions says what each number means.",
        reps,
    )
    return text.format(month=reader.month(month), reps=reps)
