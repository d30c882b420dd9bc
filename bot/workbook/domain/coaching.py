"""Who coached whom, what was agreed, what it earns, and whether it worked."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from bot.coaching.domain.effect import Design, Effect, Lack, Missing
from bot.coaching.domain.sessions import credit
from bot.coaching.domain.worth import Worth
from bot.core.enums import Metric, PairingStatus, Role
from bot.scorecards.domain.definitions import DEFINITIONS
from bot.workbook.domain.roles import style_of
from bot.workbook.domain.sheets import NOT_PRINTED, Cell, Colours, Column, Sheet, Style, Table, stored


class SessionRecord(NamedTuple):
    """A pair of one week, a session it held, or both; what there was not is None.

    `credited` are the minutes that the coach is paid for in the period, `counted` those that the coach's figure counts:
    the learner has to have said that they met. `status` and `reason` are the pair's.
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
    counted: int | None = None

    @property
    def agreed(self) -> bool | None:
        """Whether it ended in a commitment; None where they did not meet."""
        return None if self.held_on is None else bool(self.commitment.strip())


_SESSIONS: Sequence[Column[SessionRecord]] = (
    Column("Coach", lambda one: one.coach, width=22),
    Column("Learner", lambda one: one.learner, width=22),
    Column("Week", lambda one: one.week, Style.DAY, 12),
    Column("Works on", lambda one: DEFINITIONS[one.metric].title, width=22),
    Column("Pair", lambda one: one.status, width=10),
    Column("Why this pair", lambda one: one.reason, Style.LONG, 44),
    Column("Held", lambda one: one.held_on, Style.DAY, 12),
    Column("Minutes", lambda one: one.minutes, Style.WHOLE, 9),
    Column("Commitment agreed", lambda one: one.agreed, width=12),
    Column("Commitment", lambda one: one.commitment, Style.LONG, 36),
    Column("Due", lambda one: one.due_on, Style.DAY, 12),
    Column("Due passed", lambda one: one.is_due, width=8),
    Column("Kept", lambda one: one.kept, width=8),
    Column("Rating", lambda one: one.rating, Style.WHOLE, 8),
    Column("Credited minutes", lambda one: one.credited, Style.WHOLE, 10),
    Column("Counted minutes", lambda one: one.counted, Style.WHOLE, 10),
)


def sessions(records: Sequence[SessionRecord]) -> Sheet:
    note = (
        "One line per pair and week, and per session held. Kept: blank while the learner has not answered. Counted: "
        "what coaching_minutes counts, of sessions that the learner confirmed, at most 120 per pair and week."
    )
    return Sheet(
        "Pairs and sessions",
        "Who coached whom",
        (Table("Sessions", _SESSIONS, records),),
        (note, NOT_PRINTED),
        frozen_columns=2,
        prints=False,
    )


NO_RATE = "no rate is set"
"""Wherever money would stand."""


class _Earned(NamedTuple):
    """What one coach earned; `rate` is per hour, `is_live` whether formulas may count the sheet of sessions."""

    coach: str
    held: Sequence[SessionRecord]
    rate: Decimal
    currency: str
    is_live: bool

    @property
    def credited(self) -> int:
        return sum(record.credited or 0 for record in self.held)

    def found(self, value: int, formula: str) -> Cell:
        counted = formula.format("Sessions[Coach],[@Coach]")
        return Cell(value, formula=stored(counted, "Credit") if self.is_live else "")

    def sessions(self) -> Cell:
        return self.found(len(self.held), 'COUNTIFS({},Sessions[Credited minutes],">=0")')

    def minutes(self) -> Cell:
        total = sum(record.minutes or 0 for record in self.held)
        return self.found(total, 'SUMIFS(Sessions[Minutes],{},Sessions[Credited minutes],">=0")')

    def credited_minutes(self) -> Cell:
        return self.found(self.credited, "SUMIFS(Sessions[Credited minutes],{})")

    def amount(self) -> Cell:
        if not self.rate:
            return Cell(NO_RATE)
        formula = stored("ROUND([@[Credited minutes]]/60*credit_rate,2)", "Credit")
        return Cell(credit(self.credited, self.rate), formula=formula)


_CREDITS: Sequence[Column[_Earned]] = (
    Column("Coach", lambda one: one.coach, width=24),
    Column("Sessions", _Earned.sessions, Style.WHOLE, 10),
    Column("Minutes held", _Earned.minutes, Style.WHOLE, 10),
    Column("Credited minutes", _Earned.credited_minutes, Style.WHOLE, 10),
    Column("Amount", _Earned.amount, Style.MONEY, 14),
    Column("Currency", lambda one: one.currency, width=10),
)


def credits(records: Iterable[SessionRecord], *, rate: Decimal, currency: str, is_live: bool) -> Sheet:
    """One line per coach; `rate` is per hour, `is_live` whether formulas may count the sheet of sessions."""
    note = (
        "Credited: minutes of sessions that ended in a commitment, at most 120 per pair and week. "
        "Amount = credited minutes ÷ 60 × the rate per hour (see Definitions), never a share of anybody's revenue."
    )
    held: dict[str, list[SessionRecord]] = defaultdict(list)
    for record in records:
        if record.credited is not None:
            held[record.coach].append(record)
    earned = [_Earned(coach, held[coach], rate, currency, is_live) for coach in sorted(held)]
    return Sheet("Coaching credit", "What coaching earns", (Table("Credit", _CREDITS, earned),), (note,))


class _Added(NamedTuple):
    """What coaching added to a measure of a role."""

    role: Role
    effect: Effect
    currency: str

    @property
    def worth(self) -> Worth:
        return self.effect.worth or Worth()

    def styled(self, value: float | None) -> Cell:
        return Cell(value, style_of(self.effect.metric))

    def bound(self, side: int) -> Cell:
        return self.styled(None if self.effect.interval is None else self.effect.interval[side])


_DESIGNS = {Design.LOT: "drawn by lot", Design.CHOSEN: "chosen"}
_EFFECTS: Sequence[Column[_Added]] = (
    Column("Measure", lambda one: DEFINITIONS[one.effect.metric].title, width=24),
    Column("Role", lambda one: one.role, width=8),
    Column("Coached reps", lambda one: one.effect.learners, Style.WHOLE, 10),
    Column("Other reps", lambda one: one.effect.comparison, Style.WHOLE, 10),
    Column("Difference", lambda one: one.styled(one.effect.difference), Style.SCORE, 12, Colours.SIGN),
    Column("Low 95%", lambda one: one.bound(0), Style.SCORE, 10),
    Column("High 95%", lambda one: one.bound(1), Style.SCORE, 10),
    Column("Cost of coaching", lambda one: one.effect.cost, Style.MONEY, 13),
    Column("Currency", lambda one: None if one.effect.cost is None else one.currency, width=10),
    Column("In words", lambda one: _in_words(one.effect), Style.LONG, 60),
    Column("Learners were", lambda one: _DESIGNS[one.effect.design], width=12),
    Column("More wins a quarter", lambda one: one.worth.wins, Style.DECIMAL, 10),
    Column("Worth a quarter", lambda one: one.worth.money, Style.MONEY, 14),
    Column("Worth low 95%", lambda one: one.worth.money_interval[0] if one.worth.money_interval else None,
           Style.MONEY, 14),
    Column("Worth high 95%", lambda one: one.worth.money_interval[1] if one.worth.money_interval else None,
           Style.MONEY, 14),
    Column("Worth currency", lambda one: one.worth.currency or None, width=10),
)  # fmt: skip


def effects(found: Iterable[tuple[Role, Effect]], *, currency: str) -> Sheet:
    """One line per role and measure that somebody was coached on."""
    notes = (
        "What coaching added to a measure, in the measure's own unit; above 0 is better. Learners were chosen, or "
        "drawn by lot and are compared with those who waited.",
        "Where they were chosen, part of a difference may come from who was chosen.",
        "Worth a quarter: more wins of the learners × the mean won deal of the year, with 95% certainty of both. "
        "No cost: no rate is set for an hour, or coaching is paid by asking less of targets.",
    )
    added = [_Added(role, effect, currency) for role, effect in found]
    return Sheet("Effect", "Did the coaching work", (Table("Effects", _EFFECTS, added),), notes)


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
        case Lack.SPREAD:
            return "all showed exactly the same, so nothing tells how much of it is chance"
