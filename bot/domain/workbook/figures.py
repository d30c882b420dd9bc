"""One sheet per role: every figure of every rep, what it was made of, and what it adds to the score."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.corners import Corner, standings
from bot.domain.definitions import DEFINITIONS, Good
from bot.domain.estimates import Column as RoleColumn
from bot.domain.estimates import Estimate
from bot.domain.metrics import Measure, attainment
from bot.domain.workbook import formulas
from bot.domain.workbook.formulas import stored
from bot.domain.workbook.roles import RepFigures, RoleFigures, count_styles, style_of, table_name
from bot.domain.workbook.sheets import Cell, Colours, Column, Plain, Row, Sheet, Style, Table
from bot.words import Metric, Role

SCORE = "Score"
HAS_NUMBER = '">-1E+99"'
"""A condition that only a number meets: a formula that found no data leaves an empty text."""

_COLUMNS = (
    Column("Rep", width=22),
    Column("Team", width=16),
    Column("Corner", width=10, colours=Colours.CORNER),
    Column("Measure", width=24),
    Column("Kind", width=14),
    Column("Value", Style.SCORE, 11),
    Column("Count", Style.DECIMAL, 10),
    Column("Out of", Style.DECIMAL, 10),
    Column("Awaiting", Style.WHOLE, 10),
    Column("Target", Style.SCORE, 10),
    Column("Attainment", Style.SHARE, 12, Colours.REACHED),
    Column("Estimate", Style.SCORE, 11),
    Column("Low 90%", Style.SCORE, 10),
    Column("High 90%", Style.SCORE, 10),
    Column("Role middle", Style.SCORE, 11),
    Column("Role spread", Style.SCORE, 11),
    Column("Against role", Style.SCORE, 11, Colours.MIDDLE),
    Column("Weight", Style.SHARE, 9),
    Column("Score part", Style.SCORE, 10),
    Column("From", Style.DAY, 12),
    Column("To", Style.DAY, 12),
)


def sheet(figures: RoleFigures, live: Collection[str]) -> Sheet:
    """The role's sheet; `live` are the tables of records that formulas may count."""
    rows = list(_rows(figures, live))
    return Sheet(
        name=str(figures.role),
        title=f"{figures.role}: every figure",
        notes=(
            "One line per rep and measure. Value = Count ÷ Out of. Score = the sum of the Score parts = Weight × "
            "Against role. Filter Rep to see one scorecard; Definitions says what each word means.",
        ),
        tables=(Table(table_name(figures.role), _COLUMNS, rows, head=("Measure", SCORE)),),
        frozen_columns=1,
    )


def _rows(figures: RoleFigures, live: Collection[str]) -> Iterator[Row]:
    scores, shares, stand = figures.scores(), figures.shares(), standings(figures.estimates)
    place = {rep: at for at, rep in enumerate(figures.estimates.reps)}
    against = {metric: _against(metric, column) for metric, column in figures.estimates.columns.items()}
    for rep in figures.reps:
        counted = live if rep.counts_accounts else [table for table in live if table != "Accounts"]
        score, corner = scores.get(rep.id), stand[rep.id].corner
        yield _in_order(_of_rep(figures.role, rep, corner) | _score(figures.role, score))
        for measure in rep.measures:
            cells = _of_rep(figures.role, rep, corner) | _measured(figures.role, measure, counted)
            cells |= _targeted(figures.role, measure, rep.targets.get(measure.key))
            if measure.key in against:
                share = None if score is None else shares.get(measure.key)
                cells |= against[measure.key].cells(figures.role, place[rep.id], share)
            yield _in_order(cells)


_Cells = dict[str, Plain | Cell]


def _in_order(cells: Mapping[str, Plain | Cell]) -> Row:
    return [cells.get(column.title) for column in _COLUMNS]


def _found(
    value: Plain, formula: str, role: Role, style: Style | None = None, *, is_array: bool = False
) -> Cell:
    return Cell(value, style, stored(formula, table_name(role)), is_array)


def _of_rep(role: Role, rep: RepFigures, corner: Corner | None) -> _Cells:
    return {
        "Rep": rep.label,
        "Team": rep.team,
        "Corner": _found(corner, 'IFERROR(INDEX(Reps[Corner],MATCH([@Rep],Reps[Rep],0)),"")', role),
        "From": rep.first_day,
        "To": rep.last_day,
    }


def _score(role: Role, score: float | None) -> _Cells:
    table = table_name(role)
    formula = f"SUMIFS({table}[Score part],{table}[Rep],[@Rep])"
    return {
        "Measure": SCORE,
        "Value": None if score is None else _found(score, formula, role),
        "Kind": "score",
    }


def _measured(role: Role, measure: Measure, live: Collection[str]) -> _Cells:
    """The figure and what it was made of: by formulas, where the tables they count are `live`."""
    definition, recipe = DEFINITIONS[measure.key], formulas.recipe(measure.key, role)
    style = style_of(measure.key)
    looks = dict(zip(("Count", "Out of"), count_styles(measure.key), strict=True))
    made_of = {"Count": measure.numerator, "Out of": measure.denominator, "Awaiting": measure.awaiting}
    how = {"Count": recipe.count, "Out of": recipe.out_of, "Awaiting": formulas.awaiting()}
    is_live = recipe.table in live
    counts: _Cells = {
        title: Cell(number, looks.get(title), stored(how[title], table_name(role)) if is_live else "")
        for title, number in made_of.items()
        if number is not None
    }
    value: Plain | Cell = measure.value if measure.value is None else Cell(measure.value, style)
    if recipe.value and is_live:
        value = _found(measure.value, recipe.value, role, style, is_array=recipe.is_array)
    elif not recipe.value and measure.denominator is not None:
        value = _found(measure.value, 'IF([@[Out of]]=0,"",[@Count]/[@[Out of]])', role, style)
    return {"Measure": definition.title, "Kind": definition.kind, "Value": value, **counts}


def _targeted(role: Role, measure: Measure, target: float | None) -> _Cells:
    if target is None:
        return {}
    direction = DEFINITIONS[measure.key].direction
    quotient = "[@Target]/[@Value]" if direction is Good.DOWN else "[@Value]/[@Target]"
    reached = attainment(measure.value, target, direction)
    return {
        "Target": Cell(target, style_of(measure.key)),
        "Attainment": _found(reached, f'IFERROR({quotient},"")', role),
    }


@dataclass(frozen=True, slots=True, eq=False)
class _Against:
    """One metric of the role: what each rep is taken to be worth, beside the role's middle."""

    metric: Metric
    column: RoleColumn
    estimates: Sequence[Estimate]

    def cells(self, role: Role, at: int, share: float | None) -> _Cells:
        """`share`: of the score. A rep without a figure of their own scores with what the role's reps are like."""
        if not self.column.evidence.known[at] and share is None:
            return {}
        style, one = style_of(self.metric), self.estimates[at]
        z = float(self.column.z[at])
        cells: _Cells = {
            "Estimate": Cell(float(self.column.posterior.mean[at]), style),
            "Low 90%": Cell(one.low, style),
            "High 90%": Cell(one.high, style),
            "Role middle": Cell(self.column.middle, style),
            "Role spread": Cell(self.column.spread, style),
        }
        if DEFINITIONS[self.metric].direction is not Good.NONE:
            sign = "-" if self.column.sign < 0 else ""
            distance = f"{sign}([@Estimate]-[@[Role middle]])/[@[Role spread]]"
            cells["Against role"] = _found(z, f"IF([@[Role spread]]=0,0,{distance})", role)
        if share is not None:
            cells |= {"Weight": share, "Score part": _found(share * z, "[@Weight]*[@[Against role]]", role)}
        return cells


def _against(metric: Metric, column: RoleColumn) -> _Against:
    return _Against(metric, column, column.estimates())
