"""The last sheet: what the workbook is about, the settings in force, and every formula in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from bot.calendar.periods import DAYS_PER_MONTH, Period
from bot.calendar.wallclock import local_date
from bot.core.enums import Role
from bot.scorecards.domain.coached import MINUTES_PER_PAIR_AND_WEEK
from bot.scorecards.domain.definitions import DEFINITIONS, Good, MetricDefinition
from bot.scorecards.domain.ranking import Weights
from bot.workbook.domain.sheets import MOST_COUNTED, Cell, Column, Plain, Sheet, Style, Table


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
    stale_days: int
    too_long: Mapping[str, int]

    @property
    def days(self) -> str:
        """`17 Aug 2026 to 15 Nov 2026`."""
        return " to ".join(f"{day.day} {day:%b %Y}" for day in first_and_last(self.period))

    @property
    def is_over(self) -> bool:
        return self.as_of >= self.period.end

    @property
    def known_day(self) -> str:
        """The last day of the period of which something is told: `22 November 2026`."""
        return _in_full(local_date(self.period.until(self.as_of).last, self.period.zone))

    @property
    def last_day(self) -> str:
        return _in_full(first_and_last(self.period)[1])

    @property
    def known_at(self) -> str:
        return f"{_in_full(self.as_of.date())}, {self.as_of:%H:%M} ({self.period.zone.key})"


def _in_full(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def first_and_last(period: Period) -> tuple[date, date]:
    """The days of the period, both included."""
    return local_date(period.start, period.zone), local_date(period.end, period.zone) - timedelta(days=1)


class _Setting(NamedTuple):
    """What a cell is about, its value, and the workbook's name for it, if any."""

    what: str
    value: Plain | Cell
    name: str = ""


class _Weighed(NamedTuple):
    """A measure, with the roles that the workbook shows and that have it."""

    definition: MetricDefinition
    roles: Sequence[Role]
    weights: Mapping[Role, Weights]

    def weight(self) -> str:
        held = {role: self.weights[role].get(self.definition.key, 0) for role in self.roles}
        return ", ".join(f"{role} {weight:.0%}" for role, weight in held.items() if weight)


class _Word(NamedTuple):
    word: str
    meaning: str


_GOOD = {Good.UP: "more is better", Good.DOWN: "less is better", Good.NONE: "neither"}
_WORDS = (
    _Word("Value", "The raw figure of the period: Count ÷ Out of. Empty: no data, which is not 0."),
    _Word(
        "Rep",
        "Whoever held the role at the end of the period; From and To are the days of it in that role, by the clock of "
        "the rep's team.",
    ),
    _Word("Awaiting", "Handoffs passed that the AE has not decided yet; they count in no rate."),
    _Word(
        "Estimate",
        "The value once chance is taken out: drawn towards what the role's reps are like (over the last 52 weeks), the "
        "more so the less it rests on. Where the sheet shows one without a value, it is the role's.",
    ),
    _Word("Low 90%, High 90%", "The rep's true figure lies between the two with 90% certainty."),
    _Word("Role middle", "The median of the estimates of all reps of the role in the workspace."),
    _Word("Role spread", "The standard deviation of their raw values."),
    _Word(
        "Against role",
        "(Estimate − Role middle) ÷ Role spread, turned so that above 0 is better; 0 where all are alike.",
    ),
    _Word(
        "Weight",
        "The measure's share of the score; a measure that nobody has leaves its share to the others.",
    ),
    _Word(
        "Score",
        "The sum of Weight × Against role. 0 is the role's middle. A rep in the first four weeks has none.",
    ),
    _Word(
        "Efficiency",
        "The mean of Against role over the measures of kind efficiency of which the rep has a value.",
    ),
    _Word("Effectiveness", "The score. The sheet Reps has it in a hidden column of that name, too."),
    _Word(
        "Corner",
        "model: effective and efficient. careful: effective, not yet efficient. busy: efficient, not yet effective. "
        "support: neither yet.",
    ),
    _Word("Attainment", "Value ÷ Target; Target ÷ Value where less is better. 100%: reached exactly."),
    _Word("Qualified", "Accepted by the AE, with every required criterion met (or none recorded)."),
    _Word(
        "Teaches",
        "The AE's reason has 20 characters or more (8 in scripts without spaces) and repeats no earlier one.",
    ),
    _Word(
        "Stuck",
        "An open deal past its expected close; or with neither timeline nor authority confirmed; or without activity "
        "for a while and no meeting ahead. A reason that nobody's data can tell is not applied.",
    ),
    _Word(
        "Slipped",
        "A day on which the deal was expected to close went by in the period with the deal still open.",
    ),
    _Word(
        "Credited minutes",
        f"Minutes of sessions that ended in a commitment, at most {MINUTES_PER_PAIR_AND_WEEK} per pair and week.",
    ),
    _Word(
        "Difference",
        "Coached against other reps of the role after the coaching, given what each did before it.",
    ),
    _Word("Unit", "In what Value, Target and Estimate are told; money in its currency, a share shows as %."),
    _Word(
        "Rep e-mail",
        "The person's key, by which tables of other systems can be joined; likewise SDR, AE, AM, Coach.",
    ),
    _Word("Yes, no, empty", "Empty means not asked, not answered or not recorded."),
)

_ABOUT: Sequence[Column[_Setting]] = (
    Column("Setting", lambda one: one.what, width=46),
    Column("In force", lambda one: one.value, Style.LONG, 70),
)
_MEASURES: Sequence[Column[_Weighed]] = (
    Column("Measure", lambda one: one.definition.title, width=46),
    Column("How it is made", lambda one: one.definition.formula, Style.LONG, 70),
    Column("Roles", lambda one: ", ".join(one.roles), width=22),
    Column("Good", lambda one: _GOOD[one.definition.direction], width=16),
    Column("Kind", lambda one: one.definition.kind, width=14),
    Column("Weight in the score", _Weighed.weight, width=22),
)
_MEANINGS: Sequence[Column[_Word]] = (
    Column("Word", lambda one: one.word, width=46),
    Column("Meaning", lambda one: one.meaning, Style.LONG, 70),
)


def sheet(colophon: Colophon, weights: Mapping[Role, Weights]) -> Sheet:
    """`weights` are those of the roles that the workbook shows."""
    about = list(_about(colophon))
    named = {setting.name: (at, "In force") for at, setting in enumerate(about) if setting.name}
    return Sheet(
        "Definitions",
        "What every number means",
        (
            Table("About", _ABOUT, about, names=named),
            Table("Measures", _MEASURES, list(_measures(weights)), heading="Every measure, in words"),
            Table("Words", _MEANINGS, _WORDS, heading="Words used in this workbook"),
        ),
        notes=("The names in brackets can be used in formulas: =tool_cost gives the cost of tools.",),
    )


def _about(colophon: Colophon) -> Iterator[_Setting]:
    period = colophon.period
    first, last = first_and_last(period)
    yield _Setting("Workspace", colophon.workspace)
    yield _Setting("Teams", colophon.scope)
    yield _Setting("Period", colophon.days)
    yield _Setting("First day (period_start)", Cell(first, Style.DAY), "period_start")
    yield _Setting("Last day (period_end)", Cell(last, Style.DAY), "period_end")
    yield _Setting("Time zone of every date", period.zone.key)
    yield _Setting("Known up to (as_of)", Cell(colophon.as_of, Style.MOMENT), "as_of")
    yield _Setting("Exported by", colophon.exported_by)
    yield _Setting("Exported at (exported_at)", Cell(colophon.exported_at, Style.MOMENT), "exported_at")
    yield _Setting("Contents", "figures and records" if colophon.raw else "figures without the records")
    yield _Setting("Currency of costs and credit", colophon.currency)
    yield _Setting("Tool cost per rep and month (tool_cost)", _plain(colophon.tool_cost), "tool_cost")
    yield _Setting("Coaching credit per hour (credit_rate)", _plain(colophon.credit_rate), "credit_rate")
    yield _Setting("Days in a month (days_per_month)", _plain(DAYS_PER_MONTH), "days_per_month")
    yield _Setting("Days without activity until a deal is stuck", _plain(colophon.stale_days))
    for table, rows in colophon.too_long.items():
        said = f"{rows:,} rows: figures made from them are values, not formulas (formulas up to {MOST_COUNTED:,})"
        yield _Setting(table, said)


def _plain(number: Decimal | float) -> Cell:
    """A number among words."""
    return Cell(number, Style.TEXT)


def _measures(weights: Mapping[Role, Weights]) -> Iterator[_Weighed]:
    for definition in DEFINITIONS.values():
        measured = [role for role in weights if role in definition.roles]
        if measured:
            yield _Weighed(definition, measured, weights)
