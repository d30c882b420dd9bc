"""Who is best of a role, and in what: those alone whom luck would hardly have put there."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.scorecards.domain.definitions import DEFINITIONS
from bot.workbook.domain.headline import Best, Headline
from bot.workbook.domain.roles import style_of, unit_of
from bot.workbook.domain.sheets import Column, Style, Table

NOBODY = "No rep stands out beyond chance in this period: results are too close, or fewer than three can be compared."


class _Row(NamedTuple):
    role: str
    rep: str
    team: str
    sure: float | None
    in_what: str


_COLUMNS: Sequence[Column[_Row]] = (
    Column("Role", lambda one: one.role, width=36),
    Column("Best", lambda one: one.rep, width=17),
    Column("Team", lambda one: one.team, width=14),
    Column("Sure", lambda one: one.sure, Style.SHARE, 13),
    Column("In what", lambda one: one.in_what, Style.LONG, 66),
)


def named(headline: Headline) -> list[Best]:
    return [one for one in headline.best or () if one.rep]


def tables(headline: Headline) -> Iterator[Table[_Row]]:
    """One with those who are named, and a line for the rest; none where nobody is."""
    found = named(headline)
    if found or headline.is_whole:
        rows = [_Row(one.role, one.rep, one.where, one.probability, _in_what(one)) for one in found]
        yield Table("Best", _COLUMNS, [*rows, *_rest(headline)], heading="The best of each role, and in what")


def _rest(headline: Headline) -> Iterator[_Row]:
    others = [f"{one.role} in {one.where}" for one in headline.best or () if not one.rep]
    if others:
        words = f"{', '.join(others)}: too close to call, or fewer than three reps to compare"
        yield _Row("Others", "", "", None, words)


def _in_what(one: Best) -> str:
    if one.metric is None:
        return ""
    title, unit = DEFINITIONS[one.metric].title, unit_of(one.metric, "")
    if one.value is None:
        return title
    shown = f"{one.value:.0%}" if style_of(one.metric) is Style.SHARE else f"{one.value:,.1f} {unit}".strip()
    return f"{title}: {shown}"
