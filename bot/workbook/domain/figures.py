"""One sheet per role: every figure of every rep, what it was made of, and what it adds to the score."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.core.enums import Role
from bot.scorecards.domain.definitions import DEFINITIONS, Good, attainment
from bot.scorecards.domain.definitions.counting import Measure
from bot.scorecards.domain.estimates import Column as RoleColumn
from bot.scorecards.domain.estimates import Estimate
from bot.scorecards.domain.quadrant import Corner, standings
from bot.workbook.domain.roles import (
    RepFigures,
    RoleFigures,
    count_styles,
    counts_money,
    style_of,
    table_name,
    unit_of,
)
from bot.workbook.domain.sheets import Cell, Colours, Column, Plain, Sheet, Style, Table, stored

SCORE = "Score"
HAS_NUMBER = '">-1E+99"'
"""A condition that only a number meets: a formula that found no data leaves an empty text."""

_Look = Plain | Cell


@dataclass(frozen=True, slots=True, eq=False)
class _Against:
    """One measure of one rep beside the role's reps; `share` is the measure's of the score, where it counts."""

    column: RoleColumn
    at: int
    estimate: Estimate
    share: float | None

    @property
    def z(self) -> float:
        return float(self.column.z[self.at])


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """A line of the sheet: one measure of one rep or, without a measure, the rep's score.

    `is_live`: formulas may count the records that the measure is made of.
    """

    role: Role
    rep: RepFigures
    corner: Corner | None
    score: float | None
    measure: Measure | None = None
    is_live: bool = False
    against: _Against | None = None
    verdict: str = ""
    currency: str = ""

    def found(
        self, value: Plain, formula: str, style: Style | None = None, *, is_array: bool = False
    ) -> Cell:
        return Cell(value, style, stored(formula, table_name(self.role)), is_array)


def _corner(line: _Line) -> Cell:
    return line.found(line.corner, 'IFERROR(INDEX(Reps[Corner],MATCH([@Rep],Reps[Rep],0))&"","")')


def _title(line: _Line) -> str:
    return SCORE if line.measure is None else DEFINITIONS[line.measure.key].title


def _kind(line: _Line) -> str:
    return "score" if line.measure is None else DEFINITIONS[line.measure.key].kind


def _value(line: _Line) -> _Look:
    """By a formula, where what it counts is there to be counted."""
    if line.measure is None:
        table = table_name(line.role)
        formula = f"SUMIFS({table}[Score part],{table}[Rep],[@Rep])"
        return None if line.score is None else line.found(line.score, formula)
    measure, style = line.measure, style_of(line.measure.key)
    recipe = DEFINITIONS[measure.key].recipe_of(line.role)
    if recipe.value and line.is_live:
        return line.found(measure.value, recipe.value, style, is_array=recipe.is_array)
    if not recipe.value and measure.denominator is not None:
        return line.found(measure.value, 'IF([@[Out of]]=0,"",[@Count]/[@[Out of]])', style)
    return None if measure.value is None else Cell(measure.value, style)


def _unit(line: _Line) -> str:
    if line.measure is None:
        return "distance"
    return unit_of(line.measure.key, line.measure.currency or line.currency)


def _counted(number: float | None, line: _Line, formula: str, style: Style | None = None) -> _Look:
    if number is None:
        return None
    return Cell(number, style, stored(formula, table_name(line.role)) if line.is_live else "")


def _count(line: _Line, measure: Measure) -> _Look:
    recipe = DEFINITIONS[measure.key].recipe_of(line.role)
    return _counted(measure.numerator, line, recipe.count, count_styles(recipe)[0])


def _out_of(line: _Line, measure: Measure) -> _Look:
    recipe = DEFINITIONS[measure.key].recipe_of(line.role)
    return _counted(measure.denominator, line, recipe.out_of, count_styles(recipe)[1])


def _count_in(line: _Line, measure: Measure) -> _Look:
    """The currency of what is counted, where that is money."""
    return (measure.currency or line.currency or None) if counts_money(measure.key, line.role) else None


def _awaiting(line: _Line, measure: Measure) -> _Look:
    return _counted(measure.awaiting, line, DEFINITIONS[measure.key].recipe_of(line.role).awaiting)


def _target(line: _Line, measure: Measure) -> _Look:
    target = line.rep.targets.get(measure.key)
    return None if target is None else Cell(target, style_of(measure.key))


def _attainment(line: _Line, measure: Measure) -> _Look:
    target, direction = line.rep.targets.get(measure.key), DEFINITIONS[measure.key].direction
    if target is None:
        return None
    quotient = "[@Target]/[@Value]" if direction is Good.DOWN else "[@Value]/[@Target]"
    return line.found(attainment(measure.value, target, direction), f'IFERROR({quotient},"")')


def _of_measure(read: Callable[[_Line, Measure], _Look]) -> Callable[[_Line], _Look]:
    """Nothing on the line of the score."""
    return lambda line: None if line.measure is None else read(line, line.measure)


def _beside(read: Callable[[_Against], float | None]) -> Callable[[_Line], _Look]:
    """A figure of the measure's own unit, where there is something to set beside it."""

    def cell(line: _Line, measure: Measure) -> _Look:
        return None if line.against is None else Cell(read(line.against), style_of(measure.key))

    return _of_measure(cell)


def _distance(line: _Line, measure: Measure) -> _Look:
    against = line.against
    if against is None or DEFINITIONS[measure.key].direction is Good.NONE:
        return None
    sign = "-" if against.column.sign < 0 else ""
    distance = f"{sign}([@Estimate]-[@[Role middle]])/[@[Role spread]]"
    return line.found(against.z, f"IF([@[Role spread]]=0,0,{distance})")


def _weight(line: _Line) -> _Look:
    return line.against.share if line.against else None


def _score_part(line: _Line) -> _Look:
    if line.against is None or line.against.share is None:
        return None
    return line.found(line.against.share * line.against.z, "[@Weight]*[@[Against role]]")


_COLUMNS: Sequence[Column[_Line]] = (
    Column("Rep", lambda line: line.rep.label, width=22),
    Column("Team", lambda line: line.rep.team, width=16),
    Column("Corner", _corner, width=10, colours=Colours.CORNER),
    Column("Measure", _title, width=24),
    Column("Kind", _kind, width=14),
    Column("Value", _value, Style.SCORE, 11),
    Column("Unit", _unit, width=11),
    Column("Count", _of_measure(_count), Style.DECIMAL, 10),
    Column("Out of", _of_measure(_out_of), Style.DECIMAL, 10),
    Column("Count in", _of_measure(_count_in), width=10),
    Column("Awaiting", _of_measure(_awaiting), Style.WHOLE, 10),
    Column("Target", _of_measure(_target), Style.SCORE, 10),
    Column("Attainment", _of_measure(_attainment), Style.SHARE, 12, Colours.REACHED),
    Column("Estimate", _beside(lambda one: float(one.column.posterior.mean[one.at])), Style.SCORE, 11),
    Column("Low 90%", _beside(lambda one: one.estimate.low), Style.SCORE, 10),
    Column("High 90%", _beside(lambda one: one.estimate.high), Style.SCORE, 10),
    Column("Role middle", _beside(lambda one: one.column.middle), Style.SCORE, 11),
    Column("Role spread", _beside(lambda one: one.column.spread), Style.SCORE, 11),
    Column("Against role", _of_measure(_distance), Style.SCORE, 11, Colours.MIDDLE),
    Column("Verdict", lambda line: line.verdict or None, width=12),
    Column("Weight", _weight, Style.SHARE, 9),
    Column("Score part", _score_part, Style.SCORE, 10),
    Column("From", lambda line: line.rep.first_day, Style.DAY, 12),
    Column("To", lambda line: line.rep.last_day, Style.DAY, 12),
)


def sheet(figures: RoleFigures, live: Collection[str]) -> Sheet:
    """The role's sheet; `live` are the tables of records that formulas may count."""
    lines = list(_lines(figures, live))
    return Sheet(
        name=str(figures.role),
        title=f"{figures.role}: every figure",
        notes=(
            "One line per rep and measure. Value = Count ÷ Out of. Score = the sum of the Score parts = Weight × "
            "Against role. Filter Rep to see one scorecard; Definitions says what each word means.",
        ),
        tables=(Table(table_name(figures.role), _COLUMNS, lines, head=("Measure", SCORE)),),
        frozen_columns=1,
    )


def _lines(figures: RoleFigures, live: Collection[str]) -> Iterator[_Line]:
    scores, shares, stand = figures.scores(), figures.shares(), standings(figures.estimates, figures.weights)
    place = {rep: at for at, rep in enumerate(figures.estimates.reps)}
    estimates = {metric: column.estimates() for metric, column in figures.estimates.columns.items()}
    for rep in figures.reps:
        counted = live if rep.counts_accounts else [table for table in live if table != "Accounts"]
        at, score, corner = place[rep.id], scores.get(rep.id), stand[rep.id].corner
        yield _Line(figures.role, rep, corner, score)
        for measure in rep.measures:
            key, against = measure.key, None
            share = None if score is None else shares.get(key)
            column = figures.estimates.columns.get(key)
            # a rep without a figure of their own scores with what the role's reps are like
            if column is not None and (column.evidence.known[at] or share is not None):
                against = _Against(column, at, estimates[key][at], share)
            is_live = DEFINITIONS[key].recipe_of(figures.role).table in counted
            verdict = figures.judged(rep.id, measure).verdict.value.replace("_", " ")
            yield _Line(
                figures.role, rep, corner, score, measure, is_live, against, verdict, figures.currency
            )
