"""`cornerman paid`: what coaching earned in a month, for payroll."""

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.cli_context import AsJson, ViewedBy, opened, show_json
from bot.cli.confirm import OfTeam, asked
from bot.coaching.domain.pay import CoachPay
from bot.coaching.services.pay import approvals, months
from bot.core.coaching_enums import PaidBy
from bot.core.errors import BadInput, NotAllowed
from bot.core.i18n import ngettext
from bot.people.domain.access import Viewer
from bot.workbook.domain.coaching import NO_RATE
from bot.workbook.services import payroll

OfMonth = Annotated[str, typer.Option("--month", help="2026-11, or last-month.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="The .csv or .xlsx file to write; without, it is printed."),
]


def register(app: typer.Typer) -> None:
    app.command()(paid)


def paid(
    month: OfMonth = "last-month",
    team: OfTeam = None,
    output: Output = None,
    as_json: AsJson = False,
    viewer: ViewedBy = None,
) -> None:
    """What coaching earned in a month, coach by coach, and what was approved: for payroll."""
    with opened() as desk, desk.db.writing(desk.workspace_id, desk.now) as books:
        question = asked(books.session, desk, None, viewer)
        _require(question.viewer)
        floor = question.floor(team)
        first = months.month_asked(month, desk.now, floor.zone)
        pays = approvals.decidable(books, question.viewer, first)
        pays = [one for one in pays if floor.id is None or floor.id in one.teams]
        if output:
            _write(output, payroll.in_form(books, pays, first, output.suffix.lower()))
        payroll.note(books, question.viewer.person_id, first)
    if as_json:
        show_json([_told(one) for one in pays])
    elif output:
        coaches = ngettext("{n} coach", "{n} coaches", len(pays)).format(n=len(pays))
        typer.echo(f"{output}: {coaches}.")
    else:
        typer.echo(payroll.as_text(pays).decode("utf-8-sig"), nl=False)


def _require(viewer: Viewer) -> None:
    if not viewer.is_admin and not viewer.managed_team_ids:
        raise NotAllowed("Only managers and admins take the payroll along.")


def _write(path: Path, body: bytes) -> None:
    try:
        path.write_bytes(body)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from error


def _told(one: CoachPay) -> dict[str, Any]:
    """Money is null, and `why` says so, where no rate is set or coaching is paid in relief."""
    said = one.decision
    approved = said if said and said.approved else None
    in_relief = approved.paid_by is PaidBy.RELIEF if approved else one.relief is not None
    rate = approved.rate if approved else one.statement.rate
    is_money = bool(rate) and not in_relief
    return {
        "coach": {"name": one.coach.name, "email": one.coach.email},
        "teams": list(one.teams.values()),
        "month": f"{one.month:%Y-%m}",
        "sessions": len(one.statement.credits),
        "minutes": sum(credit.session.minutes for credit in one.statement.credits),
        "credited_minutes": one.statement.minutes,
        "approved_minutes": approved.minutes if approved else None,
        "rate": float(rate) if is_money else None,
        "to_pay": float(approved.amount) if approved and is_money else None,
        "currency": approved.currency if approved else one.currency,
        "relief": one.relief,
        "status": one.state.value,
        "by": said.by if said else None,
        "reason": said.reason if said else None,
        "why": None if is_money else "paid in target relief" if in_relief else NO_RATE,
    }
