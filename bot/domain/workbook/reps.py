"""One line per rep of every role: score, corner and each measure at a glance."""

from collections.abc import Iterator, Mapping, Sequence

from bot.domain.corners import Standing, standings
from bot.domain.definitions import DEFINITIONS, Good, Kind, metrics_of
from bot.domain.workbook.figures import HAS_NUMBER
from bot.domain.workbook.formulas import stored
from bot.domain.workbook.roles import RepFigures, RoleFigures, style_of, table_name
from bot.domain.workbook.sheets import Cell, Colours, Column, Plain, Row, Sheet, Style, Table
from bot.words import Metric

TABLE = "Reps"

_FIRST = (
    Column("Rep", width=22),
    Column("Team", width=16),
    Column("Role", width=7),
    Column("Note", width=12),
    Column("Corner", width=10, colours=Colours.CORNER),
    Column("Score", Style.SCORE, 9, Colours.MIDDLE),
    Column("Efficiency", Style.SCORE, 11, Colours.MIDDLE),
    Column("Effectiveness", Style.SCORE, 13, Colours.MIDDLE),
)
_LAST = (
    Column("From", Style.DAY, 12),
    Column("To", Style.DAY, 12),
    Column("Days", Style.WHOLE, 8),
    Column("Working days", Style.WHOLE, 9),
    Column("Days present", Style.WHOLE, 9),
)
_COLOURS = {Good.UP: Colours.MORE, Good.DOWN: Colours.LESS, Good.NONE: Colours.NONE}
_CORNER = (
    'IF(OR([@Efficiency]="",[@Effectiveness]=""),"",IF([@Effectiveness]>=0,'
    'IF([@Efficiency]>=0,"model","careful"),IF([@Efficiency]>=0,"busy","support")))'
)


def sheet(roles: Sequence[RoleFigures]) -> Sheet:
    """Every rep, role by role, best first; those who are not ranked come last."""
    metrics = _metrics(roles)
    columns = (*_FIRST, *(_column(metric) for metric in metrics), *_LAST)
    return Sheet(
        name="Reps",
        title="Every rep at a glance",
        notes=(
            "Score, Efficiency and Effectiveness are distances from the role's middle, which is 0; the sheet of the "
            "role shows how each number was made.",
        ),
        tables=(Table(TABLE, columns, list(_rows(roles, metrics))),),
        frozen_columns=1,
    )


def in_order(figures: RoleFigures) -> list[RepFigures]:
    """The role's reps as the sheet lists them."""
    scores = figures.scores()

    def best_first(rep: RepFigures) -> tuple[bool, float, str]:
        score = scores.get(rep.id)
        return score is None, -(score or 0.0), rep.label

    return sorted(figures.reps, key=best_first)


def _metrics(roles: Sequence[RoleFigures]) -> list[Metric]:
    wanted = {metric for figures in roles for metric in metrics_of(figures.role)}
    return [metric for metric in DEFINITIONS if metric in wanted]


def _column(metric: Metric) -> Column:
    definition = DEFINITIONS[metric]
    return Column(definition.title, style_of(metric), 12, _COLOURS[definition.direction])


def _rows(roles: Sequence[RoleFigures], metrics: Sequence[Metric]) -> Iterator[Row]:
    for figures in roles:
        standing, scores = standings(figures.estimates), figures.scores()
        for rep in in_order(figures):
            days = rep.presence
            yield [
                rep.label,
                rep.team,
                figures.role,
                rep.note,
                *_judged(figures, scores.get(rep.id), standing[rep.id]),
                *_measured(figures, rep, metrics),
                *(rep.first_day, rep.last_day, days.days, days.working, days.present),
            ]


def _judged(figures: RoleFigures, score: float | None, standing: Standing) -> Row:
    table = table_name(figures.role)
    total = stored(f"SUMIFS({table}[Score part],{table}[Rep],[@Rep])", TABLE)
    return [
        Cell(standing.corner, formula=stored(_CORNER, TABLE)),
        None if score is None else Cell(score, formula=total),
        Cell(standing.efficiency, formula=_mean(table, Kind.EFFICIENCY)),
        Cell(standing.effectiveness, formula=_mean(table, Kind.EFFECTIVENESS)),
    ]


def _mean(table: str, kind: Kind) -> str:
    where = f'{table}[Rep],[@Rep],{table}[Kind],"{kind}",{table}[Value],{HAS_NUMBER}'
    return stored(f'IFERROR(AVERAGEIFS({table}[Against role],{where}),"")', TABLE)


def _measured(figures: RoleFigures, rep: RepFigures, metrics: Sequence[Metric]) -> Iterator[Plain | Cell]:
    values: Mapping[Metric, float | None] = {measure.key: measure.value for measure in rep.measures}
    table = table_name(figures.role)
    for metric in metrics:
        where = f'{table}[Rep],[@Rep],{table}[Measure],"{DEFINITIONS[metric].title}"'
        formula = stored(f'IFERROR(AVERAGEIFS({table}[Value],{where}),"")', TABLE)
        yield Cell(values[metric], formula=formula) if metric in values else None
