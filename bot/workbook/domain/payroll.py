"""The month's coaching credit as payroll takes it: one line a coach, with what was approved and by whom."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.coaching.domain.pay import CoachPay, State
from bot.core.coaching_enums import PaidBy
from bot.workbook.domain.coaching import NO_RATE
from bot.workbook.domain.sheets import Cell, Column, Sheet, Style, Table, Workbook

IN_RELIEF = "target relief"


def _held(one: CoachPay) -> int:
    return sum(credit.session.minutes for credit in one.statement.credits)


def _rate(one: CoachPay) -> Cell:
    """The approved one where it is approved, else that of today."""
    rate = one.decision.rate if one.decision and one.decision.approved else one.statement.rate
    return Cell(rate or NO_RATE)


def _is_in_relief(one: CoachPay) -> bool:
    if one.decision and one.decision.approved:
        return one.decision.paid_by is PaidBy.RELIEF
    return one.relief is not None


def _to_pay(one: CoachPay) -> Cell:
    """What was approved, however the sessions stand now; blank until it is."""
    if _is_in_relief(one):
        return Cell(IN_RELIEF)
    if not one.decision or not one.decision.approved:
        return Cell(None)
    return Cell(one.decision.amount if one.decision.rate else NO_RATE)


def _currency(one: CoachPay) -> str:
    return one.decision.currency if one.decision and one.decision.approved else one.currency


def _decided_on(one: CoachPay) -> date | None:
    return one.decision.at.date() if one.decision else None


_STATES = {
    State.WAITING: "waits",
    State.APPROVED: "approved",
    State.REFUSED: "not approved",
    State.CHANGED: "approved, changed since",
}
_COLUMNS: Sequence[Column[CoachPay]] = (
    Column("Coach", lambda one: one.coach.name, width=24),
    Column("Email", lambda one: one.coach.email, width=28),
    Column("Team", lambda one: ", ".join(one.teams.values()), width=20),
    Column("Month", lambda one: f"{one.month:%Y-%m}", width=10),
    Column("Sessions", lambda one: len(one.statement.credits), Style.WHOLE, 9),
    Column("Minutes held", _held, Style.WHOLE, 9),
    Column("Credited minutes", lambda one: one.statement.minutes, Style.WHOLE, 10),
    Column("Approved minutes", lambda one: one.decision.minutes if one.decision and one.decision.approved else None,
           Style.WHOLE, 10),
    Column("Rate an hour", _rate, Style.MONEY, 14),
    Column("To pay", _to_pay, Style.MONEY, 14),
    Column("Currency", _currency, width=10),
    Column("Target relief", lambda one: one.relief, Style.SHARE, 10),
    Column("Status", lambda one: _STATES[one.state], width=22),
    Column("By", lambda one: one.decision.by if one.decision else None, width=22),
    Column("On", _decided_on, Style.DAY, 12),
    Column("Why not", lambda one: one.decision.reason if one.decision else None, Style.LONG, 40),
)  # fmt: skip


def table(pays: Sequence[CoachPay]) -> Table[CoachPay]:
    return Table("Payroll", _COLUMNS, pays)


def workbook(pays: Sequence[CoachPay], month: date, company: str, now: datetime) -> Workbook:
    notes = (
        "To pay is what was approved: credited minutes ÷ 60 × the rate of that day. Blank: nobody has approved it.",
        "Credited: minutes of sessions that ended in a commitment, at most 120 a pair and week.",
    )
    sheet = Sheet("Payroll", f"Coaching credit, {month:%Y-%m}", (table(pays),), notes)
    return Workbook(
        title=f"Coaching credit, {month:%Y-%m}",
        author="Cornerman",
        company=company,
        created=now,
        sheets=[sheet],
        comments="Written by Cornerman.",
    )
