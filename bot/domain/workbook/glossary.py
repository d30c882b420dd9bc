"""The last sheet: what the workbook is about, the settings in force, and every formula in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from bot.domain.definitions import DEFINITIONS, Good
from bot.domain.periods import DAYS_PER_MONTH, Period
from bot.domain.ranking import Weights
from bot.domain.sessions import CREDITED_MINUTES_PER_WEEK
from bot.domain.wallclock import local_date
from bot.domain.workbook.formulas import MOST_COUNTED
from bot.domain.workbook.sheets import Cell, Column, Row, Sheet, Style, Table
from bot.words import Metric, Role


@dataclass(frozen=True, slots=True)
class Colophon:
    """What the workbook is about, who had it written and when, and the settings in force.

    `tool_cost` is per rep and month, `credit_rate` per hour. `counted` names the tables of records that were too long
    for formulas, with their rows.
    """

    workspace: str
    scope: str
    period: Period
    as_of: datetime
    exported_by: str
    exported_at: datetime
    raw: bool
    currency: str
    tool_cost: Decimal
    credit_rate: Decimal
    prior_trials: int
    stale_days: int
    too_long: Mapping[str, int]

    @property
    def days(self) -> str:
        """`17 Aug 2026 to 15 Nov 2026`."""
        return " to ".join(f"{day.day} {day:%b %Y}" for day in first_and_last(self.period))


def first_and_last(period: Period) -> tuple[date, date]:
    """The days of the period, both included."""
    return local_date(period.start, period.zone), local_date(period.end, period.zone) - timedelta(days=1)


_GOOD = {Good.UP: "more is better", Good.DOWN: "less is better", Good.NONE: "neither"}
_WORDS = (
    ("Value", "The raw figure of the period: Count ÷ Out of. Empty: no data, which is not 0."),
    (
        "Rep",
        "Whoever held the role at the end of the period; From and To are the days of it in that role, by the clock of "
        "the rep's team.",
    ),
    ("Awaiting", "Handoffs passed that the AE has not decided yet; they count in no rate."),
    (
        "Estimate",
        "The value once chance is taken out: drawn towards what the role's reps are like (over the last 52 weeks), the "
        "more so the less it rests on. Where the sheet shows one without a value, it is the role's.",
    ),
    ("Low 90%, High 90%", "The rep's true figure lies between the two with 90% certainty."),
    ("Role middle", "The median of the estimates of all reps of the role in the workspace."),
    ("Role spread", "The standard deviation of their raw values."),
    (
        "Against role",
        "(Estimate − Role middle) ÷ Role spread, turned so that above 0 is better; 0 where all are alike.",
    ),
    ("Weight", "The measure's share of the score; a measure that nobody has leaves its share to the others."),
    (
        "Score",
        "The sum of Weight × Against role. 0 is the role's middle. A rep in the first four weeks has none.",
    ),
    (
        "Efficiency",
        "The mean of Against role over the measures of kind efficiency of which the rep has a value.",
    ),
    ("Effectiveness", "The same over the measures of kind effectiveness."),
    (
        "Corner",
        "model: effective and efficient. careful: effective, not yet efficient. busy: efficient, not yet effective. "
        "support: neither yet.",
    ),
    ("Attainment", "Value ÷ Target; Target ÷ Value where less is better. 100%: reached exactly."),
    ("Qualified", "Accepted by the AE, with every required criterion met (or none recorded)."),
    (
        "Teaches",
        "The AE's reason has 20 characters or more (8 in scripts without spaces) and repeats no earlier one.",
    ),
    (
        "Stuck",
        "An open deal past its expected close; or with neither timeline nor authority confirmed; or without activity "
        "for a while and no meeting ahead. A reason that nobody's data can tell is not applied.",
    ),
    (
        "Slipped",
        "A day on which the deal was expected to close went by in the period with the deal still open.",
    ),
    (
        "Credited minutes",
        f"Minutes of sessions that ended in a commitment, at most {CREDITED_MINUTES_PER_WEEK} per pair and week.",
    ),
    (
        "Difference",
        "Coached against other reps of the role after the coaching, given what each did before it.",
    ),
    ("Yes, no, empty", "Empty means not asked, not answered or not recorded."),
)


def sheet(colophon: Colophon, weights: Mapping[Role, Weights]) -> Sheet:
    """`weights` are those of the roles that the workbook shows."""
    about = list(_about(colophon))
    named = {name: (at, 1) for at, (name, *_row) in enumerate(about) if name}
    return Sheet(
        "Definitions",
        "What every number means",
        (
            Table(
                "About",
                (Column("Setting", width=46), Column("In force", Style.LONG, 70)),
                [row for _name, *row in about],
                names=named,
            ),
            Table(
                "Measures",
                (
                    Column("Measure", width=46),
                    Column("How it is made", Style.LONG, 70),
                    Column("Roles", width=22),
                    Column("Good", width=16),
                    Column("Kind", width=14),
                    Column("Weight in the score", width=22),
                ),
                list(_measures(weights)),
                heading="Every measure, in words",
            ),
            Table(
                "Words",
                (Column("Word", width=46), Column("Meaning", Style.LONG, 70)),
                _WORDS,
                heading="Words used in this workbook",
            ),
        ),
        notes=("The names in brackets can be used in formulas: =tool_cost gives the cost of tools.",),
    )


def _about(colophon: Colophon) -> Iterator[tuple[str, str, Cell | str]]:
    """(the workbook's name for the cell, what it is, its value)."""
    period = colophon.period
    first, last = (
        local_date(period.start, period.zone),
        local_date(period.end, period.zone) - timedelta(days=1),
    )
    yield "", "Workspace", colophon.workspace
    yield "", "Teams", colophon.scope
    yield "", "Period", period.label
    yield "period_start", "First day (period_start)", Cell(first, Style.DAY)
    yield "period_end", "Last day (period_end)", Cell(last, Style.DAY)
    yield "", "Time zone of every date", period.zone.key
    yield "as_of", "Known up to (as_of)", Cell(colophon.as_of, Style.MOMENT)
    yield "", "Exported by", colophon.exported_by
    yield "exported_at", "Exported at (exported_at)", Cell(colophon.exported_at, Style.MOMENT)
    yield "", "Contents", "figures and records" if colophon.raw else "figures without the records"
    yield "", "Currency of costs and credit", colophon.currency
    yield "tool_cost", "Tool cost per rep and month (tool_cost)", Cell(colophon.tool_cost, Style.TEXT)
    yield "credit_rate", "Coaching credit per hour (credit_rate)", Cell(colophon.credit_rate, Style.TEXT)
    yield "days_per_month", "Days in a month (days_per_month)", Cell(DAYS_PER_MONTH, Style.TEXT)
    yield "", "Pseudo-trials for roles with fewer than 5 reps", Cell(colophon.prior_trials, Style.TEXT)
    yield "", "Days without activity until a deal is stuck", Cell(colophon.stale_days, Style.TEXT)
    for table, rows in colophon.too_long.items():
        said = f"{rows:,} rows: figures made from them are values, not formulas (formulas up to {MOST_COUNTED:,})"
        yield "", table, said


def _measures(weights: Mapping[Role, Weights]) -> Iterator[Row]:
    for metric, definition in DEFINITIONS.items():
        measured = [role for role in weights if role in definition.roles]
        if measured:
            yield (
                definition.title,
                definition.formula,
                ", ".join(measured),
                _GOOD[definition.direction],
                definition.kind,
                _weight(metric, measured, weights),
            )


def _weight(metric: Metric, roles: Sequence[Role], weights: Mapping[Role, Weights]) -> str:
    held = {role: weights[role].get(metric, 0) for role in roles}
    return ", ".join(f"{role} {weight:.0%}" for role, weight in held.items() if weight)
