"""What is said while a workbook is written."""

from collections.abc import Sequence
from datetime import date

from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.coaching.domain.plans import CoachCredit, MonthsCredit
from bot.coaching.views.pay.statement import no_rate
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext

MOST_COACHES = 30
"""Coaches told in the message; the workbook has them all."""


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


def broke(quote: str) -> str:
    return _(
        "Something broke on our side while I wrote your workbook. Please ask again; if it stays, quote {quote} to "
        "your admin."
    ).format(quote=quote)


def done(scope: str, reps: int) -> str:
    text = ngettext(
        "The workbook of {scope}: {reps} rep. The sheet Definitions says what each number means.",
        "The workbook of {scope}: {reps} reps. The sheet Definitions says what each number means.",
        reps,
    )
    return text.format(scope=said(scope, limit=80), reps=reps)


def filled(
    name: str, scope: str, period: str, reps: int, *, missing: Sequence[str], notes: Sequence[str]
) -> str:
    """With the tables that the template lacks, and what one should know of it."""
    text = ngettext(
        "{name}, filled for {scope}, {period}: {reps} rep.",
        "{name}, filled for {scope}, {period}: {reps} reps.",
        reps,
    ).format(name=said(name, limit=80), scope=said(scope, limit=80), period=period, reps=reps)
    lacks = _("It has no table {tables}; these were left out.").format(tables=", ".join(missing))
    return "\n".join([text, *([lacks] if missing else []), *(said(note, limit=300) for note in notes)])


def not_filled(name: str, why: str) -> str:
    return _("{name} was not filled. {why}").format(name=said(name, limit=80), why=said(why, limit=600))


def monthly(month: date, reps: int, credit: MonthsCredit, reader: Reader) -> str:
    """With what coaching earned, coach by coach."""
    told = _workbook_told(month, reps, reader)
    if not credit.coaches:
        return told
    rows = [_credited(one, credit.currency, reader) for one in credit.coaches[:MOST_COACHES]]
    note = [] if credit.has_rate else [no_rate()]
    return "\n".join([told, _("Coaching in {month}:").format(month=reader.month(month)), *rows, *note])


def _credited(one: CoachCredit, currency: str, reader: Reader) -> str:
    sessions = ngettext("{n} session", "{n} sessions", one.sessions).format(n=one.sessions)
    told = _("• {coach}: {sessions}, {minutes} min credited").format(
        coach=said(one.coach, limit=40), sessions=sessions, minutes=reader.number(one.minutes)
    )
    return told + (f", {reader.money(one.amount, currency)}" if one.amount else "")


def _workbook_told(month: date, reps: int, reader: Reader) -> str:
    text = ngettext(
        "Your teams' workbook of {month}: {reps} rep. The sheet Definitions says what each number means.",
        "Your teams' workbook of {month}: {reps} reps. The sheet Definitions says what each number means.",
        reps,
    )
    return text.format(month=reader.month(month), reps=reps)
