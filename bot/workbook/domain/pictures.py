"""The second page: every measure over all reps together, and pictures of where they stand."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.core.enums import Metric, Role
from bot.scorecards.domain.definitions import DEFINITIONS, metrics_of
from bot.scorecards.domain.definitions.counting import Measure
from bot.workbook.domain import outlook, reps, standing_map, work
from bot.workbook.domain.figures import HAS_NUMBER
from bot.workbook.domain.glossary import Colophon
from bot.workbook.domain.headline import Headline
from bot.workbook.domain.roles import RoleFigures, count_styles, counts_money, style_of, table_name, unit_of
from bot.workbook.domain.sheets import Cell, Chart, ChartKind, Column, Series, Sheet, Style, Table, stored

CHARTED = 25
"""Reps of a role in one chart, the best by score: more cannot be told apart on a page."""


@dataclass(frozen=True, slots=True)
class _Pooled:
    """A role's measure over all its reps shown: the sums of their counts, and the quotient of the sums."""

    role: Role
    metric: Metric
    told: Sequence[Measure]
    currency: str = ""

    @property
    def counted(self) -> list[Measure]:
        return [one for one in self.told if one.numerator is not None and one.denominator is not None]

    @property
    def numerator(self) -> float:
        return sum(one.numerator or 0 for one in self.counted)

    @property
    def denominator(self) -> float:
        return sum(one.denominator or 0 for one in self.counted)

    @property
    def looks(self) -> tuple[Style, Style]:
        return count_styles(DEFINITIONS[self.metric].recipe_of(self.role))

    @property
    def is_told(self) -> bool:
        """Whether there is anything behind it: 0 of 0 tells nothing."""
        return any(one.value is not None for one in self.told) or self.denominator > 0

    @property
    def unit(self) -> str:
        """A share's cell tells itself what it is."""
        return "" if style_of(self.metric) is Style.SHARE else unit_of(self.metric, self.currency)

    @property
    def counted_in(self) -> str:
        """The currency of what is counted, where that is money."""
        return self.currency if counts_money(self.metric, self.role) else ""

    def over(self, formula: str) -> str:
        """A formula over the lines of the role's figures that are this measure's, and in this currency."""
        table = table_name(self.role)
        which = f"{table}[Measure],[@Measure]"
        if self.counted_in:
            which += f",{table}[Count in],[@[Count in]]"
        return stored(formula.format(which, table), "Team")


def _value(one: _Pooled) -> Cell:
    style = style_of(one.metric)
    if not one.counted:
        return Cell(sum(told.value or 0 for told in one.told), style, one.over("SUMIFS({1}[Value],{0})"))
    value = one.numerator / one.denominator if one.denominator else None
    return Cell(value, style, stored('IF([@[Out of]]=0,"",[@Count]/[@[Out of]])', "Team"))


def _count(one: _Pooled) -> Cell | None:
    formula = one.over("SUMIFS({1}[Count],{0})")
    return Cell(one.numerator, one.looks[0], formula) if one.counted else None


def _out_of(one: _Pooled) -> Cell | None:
    formula = one.over("SUMIFS({1}[Out of],{0})")
    return Cell(one.denominator, one.looks[1], formula) if one.counted else None


def _reps(one: _Pooled) -> Cell:
    formula = one.over(f"COUNTIFS({{0}},{{1}}[Value],{HAS_NUMBER})")
    return Cell(sum(told.value is not None for told in one.told), formula=formula)


_TEAM: Sequence[Column[_Pooled]] = (
    Column("Measure", lambda one: DEFINITIONS[one.metric].title, width=28),
    Column("Role", lambda one: one.role, width=10),
    Column("Value", _value, Style.SCORE, 12),
    Column("Unit", lambda one: one.unit, width=9),
    Column("Count", _count, Style.WHOLE, 13),
    Column("Out of", _out_of, Style.WHOLE, 13),
    Column("Count in", lambda one: one.counted_in, width=12),
    Column("Reps", _reps, Style.WHOLE, 8),
)


def sheet(
    colophon: Colophon, roles: Sequence[RoleFigures], headline: Headline, live: Collection[str]
) -> Sheet:
    """`live` are the tables of records that formulas may count."""
    return Sheet(
        "Pictures",
        f"{colophon.scope}, {colophon.days}: all reps together",
        (
            Table("Team", _TEAM, list(_pooled(roles)), bands="Role"),
            work.table(headline, live),
            *outlook.tables(headline),
        ),
        charts=(*outlook.charts(headline), *_charts(roles)),
        on_one_page=True,
    )


def _pooled(roles: Sequence[RoleFigures]) -> Iterator[_Pooled]:
    """A line for each currency where money is counted: sums of two would be none."""
    for figures in roles:
        for metric in metrics_of(figures.role):
            if DEFINITIONS[metric].recipe_of(figures.role).pooled:
                told = [one for rep in figures.reps for one in rep.measures if one.key is metric]
                pooled = (
                    _Pooled(figures.role, metric, *each) for each in _by_currency(figures, metric, told)
                )
                yield from (one for one in pooled if one.is_told)


def _by_currency(
    figures: RoleFigures, metric: Metric, told: Sequence[Measure]
) -> Iterator[tuple[list[Measure], str]]:
    if not counts_money(metric, figures.role):
        yield list(told), figures.currency
        return
    for currency in sorted({one.currency or figures.currency for one in told}):
        yield [one for one in told if (one.currency or figures.currency) == currency], currency


def _charts(roles: Sequence[RoleFigures]) -> Iterator[Chart]:
    """Where the reps stand, and each role's scores on one scale; the series are stretches of the sheet Reps.

    Who has no score yet is not drawn: they come last of their role.
    """
    stretches: list[tuple[RoleFigures, int, int]] = []
    first, furthest = 0, 0.0
    for figures in roles:
        shown = {rep.id for rep in figures.reps}
        scores = [score for rep, score in figures.scores().items() if score is not None and rep in shown]
        if scores:
            stretches.append((figures, first, first + min(len(scores), CHARTED) - 1))
            furthest = max(furthest, *map(abs, scores))
        first += len(figures.reps)
    if stretches:
        yield standing_map.chart(stretches)
    reach = standing_map.rounded(1.2 * furthest)  # beyond the longest bar stands its number
    for figures, first, last in stretches:
        yield Chart(
            f"{figures.role}s by score, best on top (0: the role's middle)",
            ChartKind.BAR,
            [Series("Score", reps.TABLE, "Rep", "Score", first, last)],
            Style.SCORE,
            reach=(reach, reach),
            beside=max(2, len(stretches)),
        )
