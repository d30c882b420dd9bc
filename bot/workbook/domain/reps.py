"""One line per rep of every role: score, corner and each measure at a glance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.core.enums import Metric, Role
from bot.scorecards.domain.definitions import DEFINITIONS, Good, Kind, Unit, metrics_of
from bot.scorecards.domain.quadrant import Standing, standings
from bot.workbook.domain.figures import HAS_NUMBER
from bot.workbook.domain.roles import RepFigures, RoleFigures, style_of, table_name, unit_of
from bot.workbook.domain.sheets import Cell, Colours, Column, Sheet, Style, Table, stored

TABLE = "Reps"
_UNITS_TOLD = (Unit.MONEY, Unit.MINUTES)
"""Units that neither the measure's name nor the look of its cells tells."""

_COLOURS = {Good.UP: Colours.MORE, Good.DOWN: Colours.LESS, Good.NONE: Colours.NONE}


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """One rep of a role; `score` is None for one who is not ranked."""

    role: Role
    rep: RepFigures
    score: float | None
    standing: Standing

    @property
    def table(self) -> str:
        """That of the role's figures."""
        return table_name(self.role)


def _score(line: _Line) -> Cell | None:
    total = stored(f"SUMIFS({line.table}[Score part],{line.table}[Rep],[@Rep])", TABLE)
    return None if line.score is None else Cell(line.score, formula=total)


def _mean(line: _Line, kind: Kind) -> str:
    where = f'{line.table}[Rep],[@Rep],{line.table}[Kind],"{kind}",{line.table}[Value],{HAS_NUMBER}'
    return stored(f'IFERROR(AVERAGEIFS({line.table}[Against role],{where}),"")', TABLE)


def _efficiency(line: _Line) -> Cell:
    return Cell(line.standing.efficiency, formula=_mean(line, Kind.EFFICIENCY))


def _effectiveness(line: _Line) -> Cell | None:
    return None if line.score is None else Cell(line.score, formula=stored("[@Score]", TABLE))


_FIRST: Sequence[Column[_Line]] = (
    Column("Rep", lambda line: line.rep.label, width=22),
    Column("Team", lambda line: line.rep.team, width=16),
    Column("Role", lambda line: line.role, width=7),
    Column("Note", lambda line: line.rep.note, width=12),
    Column(
        "Corner",
        lambda line: line.standing.corner,
        width=10,
        colours=Colours.CORNER,
    ),
    Column("Score", _score, Style.SCORE, 9, Colours.MIDDLE),
    Column("Efficiency", _efficiency, Style.SCORE, 11, Colours.MIDDLE),
    Column("Effectiveness", _effectiveness, Style.SCORE, 13, Colours.MIDDLE),
)
_LAST: Sequence[Column[_Line]] = (
    Column("From", lambda line: line.rep.first_day, Style.DAY, 12),
    Column("To", lambda line: line.rep.last_day, Style.DAY, 12),
    Column("Days", lambda line: line.rep.presence.days, Style.WHOLE, 8),
    Column("Working days", lambda line: line.rep.presence.working, Style.WHOLE, 9),
    Column("Days present", lambda line: line.rep.presence.present, Style.WHOLE, 9),
)


def _measured(metric: Metric, currency: str) -> Column[_Line]:
    """Amounts in the workspace's currency; those in another stand in the role's sheet alone."""
    definition, unit = DEFINITIONS[metric], unit_of(metric, currency)
    is_money = definition.unit is Unit.MONEY

    def read(line: _Line) -> Cell | None:
        found = next((one for one in line.rep.measures if one.key is metric), None)
        where = f'{line.table}[Rep],[@Rep],{line.table}[Measure],"{definition.title}"'
        where += f',{line.table}[Unit],"{currency}"' if is_money else ""
        formula = stored(f'IFERROR(AVERAGEIFS({line.table}[Value],{where}),"")', TABLE)
        if found is None:
            return None
        is_ours = not is_money or found.currency in ("", currency)
        return Cell(found.value if is_ours else None, formula=formula)

    colours = Colours.NONE if definition.is_fact else _COLOURS[definition.direction]
    title = f"{definition.title} ({unit})" if unit and definition.unit in _UNITS_TOLD else definition.title
    return Column(title, read, style_of(metric), 12, colours)


def sheet(roles: Sequence[RoleFigures]) -> Sheet:
    """Every rep, role by role, best first; those who are not ranked come last."""
    currency = roles[0].currency if roles else ""
    lines = list(_lines(roles))
    first = [replace(column, is_hidden=_says_nothing(column.title, lines)) for column in _FIRST]
    columns = (*first, *(_measured(metric, currency) for metric in _metrics(roles)), *_LAST)
    newcomers = [at for at, line in enumerate(lines) if line.score is None]
    return Sheet(
        name="Reps",
        title="Every rep at a glance",
        notes=(
            "Score and Efficiency are distances from the role's middle, 0. In the first weeks nobody has a score. The "
            "sheet of the role shows how each number was made, and amounts in other currencies.",
        ),
        tables=(Table(TABLE, columns, lines, uncoloured=newcomers),),
        frozen_columns=1,
    )


def _says_nothing(title: str, lines: Sequence[_Line]) -> bool:
    """Effectiveness is the score once more; a corner may be told of nobody yet."""
    is_told = any(line.standing.corner for line in lines)
    return bool(lines) and (title == "Effectiveness" or (title == "Corner" and not is_told))


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


def _lines(roles: Sequence[RoleFigures]) -> Iterator[_Line]:
    for figures in roles:
        standing, scores = standings(figures.estimates, figures.weights), figures.scores()
        for rep in in_order(figures):
            yield _Line(figures.role, rep, scores.get(rep.id), standing[rep.id])
