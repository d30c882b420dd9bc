"""Who coached whom, what was agreed, what it earns, and whether it worked."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from bot.domain.definitions import DEFINITIONS
from bot.domain.effect import Effect, Lack, Missing
from bot.domain.sessions import credit
from bot.domain.workbook.formulas import stored
from bot.domain.workbook.roles import style_of
from bot.domain.workbook.sheets import Cell, Colours, Column, Row, Sheet, Style, Table
from bot.words import Metric, PairingStatus, Role


class SessionRecord(NamedTuple):
    """A pair of one week, a session it held, or both; what there was not is None.

    `credited` are the minutes that the coach is paid for in the period; `status` and `reason` are the pair's.
    """

    week: date
    coach: str
    learner: str
    metric: Metric
    status: PairingStatus | None
    reason: str
    held_on: date | None = None
    minutes: int | None = None
    commitment: str = ""
    due_on: date | None = None
    is_due: bool | None = None
    kept: bool | None = None
    rating: int | None = None
    credited: int | None = None


def sessions(records: Iterable[SessionRecord]) -> Sheet:
    columns = (
        Column("Coach", width=22),
        Column("Learner", width=22),
        Column("Week", Style.DAY, 12),
        Column("Works on", width=22),
        Column("Pair", width=10),
        Column("Why this pair", Style.LONG, 44),
        Column("Held", Style.DAY, 12),
        Column("Minutes", Style.WHOLE, 9),
        Column("Commitment agreed", width=12),
        Column("Commitment", Style.LONG, 36),
        Column("Due", Style.DAY, 12),
        Column("Due passed", width=8),
        Column("Kept", width=8),
        Column("Rating", Style.WHOLE, 8),
        Column("Credited minutes", Style.WHOLE, 10),
    )
    note = "One line per pair and week, and per session held. Kept: blank while the learner has not answered."
    return Sheet(
        "Pairs and sessions",
        "Who coached whom",
        (Table("Sessions", columns, [_session(record) for record in records]),),
        (note,),
        frozen_columns=2,
    )


def _session(record: SessionRecord) -> Row:
    agreed = None if record.held_on is None else bool(record.commitment.strip())
    return (
        *(record.coach, record.learner, record.week, DEFINITIONS[record.metric].title),
        *(record.status, record.reason, record.held_on, record.minutes, agreed, record.commitment),
        *(record.due_on, record.is_due, record.kept, record.rating, record.credited),
    )


def credits(records: Iterable[SessionRecord], *, rate: Decimal, currency: str, is_live: bool) -> Sheet:
    """One line per coach; `rate` is per hour, `is_live` whether formulas may count the sheet of sessions."""
    columns = (
        Column("Coach", width=24),
        Column("Sessions", Style.WHOLE, 10),
        Column("Minutes held", Style.WHOLE, 10),
        Column("Credited minutes", Style.WHOLE, 10),
        Column("Amount", Style.MONEY, 14),
        Column("Currency", width=10),
    )
    note = (
        "Credited: minutes of sessions that ended in a commitment, at most 120 per pair and week. "
        "Amount = credited minutes ÷ 60 × the rate per hour (see Definitions), never a share of anybody's revenue."
    )
    held = [record for record in records if record.credited is not None]
    rows = list(_credits(held, rate, currency, is_live))
    return Sheet("Coaching credit", "What coaching earns", (Table("Credit", columns, rows),), (note,))


def _credits(held: Sequence[SessionRecord], rate: Decimal, currency: str, is_live: bool) -> Iterator[Row]:
    for coach in sorted({record.coach for record in held}):
        own = [record for record in held if record.coach == coach]
        credited = sum(record.credited or 0 for record in own)
        amount = stored("ROUND([@[Credited minutes]]/60*credit_rate,2)", "Credit")
        yield (
            coach,
            _found(len(own), 'COUNTIFS({},Sessions[Credited minutes],">=0")', is_live),
            _found(
                sum(record.minutes or 0 for record in own),
                'SUMIFS(Sessions[Minutes],{},Sessions[Credited minutes],">=0")',
                is_live,
            ),
            _found(credited, "SUMIFS(Sessions[Credited minutes],{})", is_live),
            Cell(credit(credited, rate), formula=amount),
            currency,
        )


def _found(value: int, formula: str, is_live: bool) -> Cell:
    return Cell(
        value, formula=stored(formula.format("Sessions[Coach],[@Coach]"), "Credit") if is_live else ""
    )


def effects(found: Iterable[tuple[Role, Effect]], *, currency: str) -> Sheet:
    """One line per role and measure that somebody was coached on."""
    columns = (
        Column("Measure", width=24),
        Column("Role", width=8),
        Column("Coached reps", Style.WHOLE, 10),
        Column("Other reps", Style.WHOLE, 10),
        Column("Difference", Style.SCORE, 12, Colours.SIGN),
        Column("Low 95%", Style.SCORE, 10),
        Column("High 95%", Style.SCORE, 10),
        Column("Cost of coaching", Style.MONEY, 13),
        Column("Currency", width=10),
        Column("In words", Style.LONG, 60),
    )
    notes = (
        "What coaching added to a measure, in the measure's own unit; above 0 is better.",
        "Coached reps were chosen, not drawn by lot: part of a difference may come from who was chosen.",
    )
    rows = [_effect(role, effect, currency) for role, effect in found]
    return Sheet("Effect", "Did the coaching work", (Table("Effects", columns, rows),), notes)


def _effect(role: Role, effect: Effect, currency: str) -> Row:
    style = style_of(effect.metric)
    low, high = effect.interval or (None, None)
    return (
        DEFINITIONS[effect.metric].title,
        role,
        *(effect.learners, effect.comparison),
        *(Cell(value, style) for value in (effect.difference, low, high)),
        *(effect.cost, currency if effect.cost is not None else None),
        _in_words(effect),
    )


def _in_words(effect: Effect) -> str:
    if effect.interval is None:
        return f"Not enough data yet: {'; '.join(map(_lacks, effect.missing))}."
    low, high = effect.interval
    if low > 0:
        return "Better than without coaching, beyond what chance explains."
    if high < 0:
        return "Worse than without coaching, beyond what chance explains."
    return "No clear difference: chance alone may explain it."


def _lacks(missing: Missing) -> str:
    counted = f"{missing.have} of {missing.need}"
    match missing.lack:
        case Lack.COACHED:
            return f"{counted} coached reps"
        case Lack.UNCOACHED:
            return f"{counted} reps without coaching to compare with"
        case Lack.WEEKS:
            return f"{counted} weeks since the first session"
        case Lack.OVERLAP:
            return "coached and other reps were too far apart to compare"
