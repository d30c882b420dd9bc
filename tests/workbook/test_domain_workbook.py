"""The workbook's sheets: formulas that name what stands there, names that formulas can look for."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar.periods import parse
from bot.coaching.domain.effect import Effect, Lack, Missing
from bot.core.enums import Metric, Role
from bot.scorecards.domain.definitions import DEFINITIONS, measures, metrics_of
from bot.scorecards.domain.estimates import estimate
from bot.scorecards.domain.evidence import RepTally, RoleEvidence
from bot.scorecards.domain.ranking import SCORE_WEIGHTS
from bot.workbook.domain import book, coaching
from bot.workbook.domain.book import Person, labels
from bot.workbook.domain.glossary import Colophon
from bot.workbook.domain.headline import Headline
from bot.workbook.domain.pipeline import AccountRecord
from bot.workbook.domain.roles import RepFigures, RoleFigures
from bot.workbook.domain.sheets import MOST_COUNTED, Cell, ChartKind, Sheet, Table, Workbook, stored
from tests.support.reps import QUARTER, TOOLS, ae, aes, am, ams, sdr, sdrs

ZONE = ZoneInfo("Europe/Berlin")
PERIOD = parse("2026-Q3", now=datetime(2026, 11, 1, tzinfo=UTC), zone=ZONE)
COLOPHON = Colophon(
    workspace="Acme",
    scope="East",
    period=PERIOD,
    as_of=PERIOD.end,
    exported_by="Mia",
    exported_at=datetime(2026, 11, 1, 9, 0, tzinfo=ZONE),
    raw=True,
    currency="USD",
    tool_cost=TOOLS,
    credit_rate=Decimal(60),
    stale_days=14,
    too_long={},
)
SDRS = [sdr(1, 8, 12, calls=310), sdr(2, 3, 12, calls=200), sdr(3, 0, 0, calls=50)]
AES = [ae(4, 5, 5, days=(10, 20)), ae(5, 1, 9), ae(6, 0, 0)]
AMS = [am(7, (100, 130)), am(8, (100, 90)), am(9, (50, 50))]


def role_figures(evidence: RoleEvidence, rows: Iterable[RepTally]) -> RoleFigures:
    role = evidence.role
    reps = [
        RepFigures(
            id=row.rep,
            label=f"Rep {row.rep}",
            team="East",
            first_day=date(2026, 7, 1),
            last_day=date(2026, 9, 30),
            presence=QUARTER,
            measures=measures(role, row.tally, row.presence, monthly_tool_cost=TOOLS),
        )
        for row in rows
    ]
    return RoleFigures(role, reps, estimate(evidence), SCORE_WEIGHTS[role])


def composed(*, raw: bool = True, counts: dict[str, int] | None = None) -> Workbook:
    records = book.Records(
        (), (), (), [AccountRecord("Rep 7", "Acme", "USD", Decimal(1), None, Decimal(2))], (), counts or {}
    )
    roles = [role_figures(sdrs(*SDRS), SDRS), role_figures(aes(*AES), AES), role_figures(ams(*AMS), AMS)]
    return book.compose(COLOPHON, roles, Headline(), (), (), records, {})


def tables(workbook: Workbook) -> dict[str, Table[Any]]:
    return {table.name: table for sheet in workbook.sheets for table in sheet.tables}


def formulas(workbook: Workbook) -> list[str]:
    return [
        cell.formula
        for table in tables(workbook).values()
        for row in table.rows
        for cell in row
        if isinstance(cell, Cell) and cell.formula
    ]


def sheet_of(workbook: Workbook, name: str) -> Sheet:
    return next(sheet for sheet in workbook.sheets if sheet.name == name)


def test_every_formula_names_columns_and_cells_that_are_there() -> None:
    workbook = composed()
    found = tables(workbook)
    titles = {name: {column.title for column in table.columns} for name, table in found.items()}
    names = {name for table in found.values() for name in table.names}

    used = formulas(workbook)

    assert len(used) > 300
    for formula in used:
        for table, column in re.findall(r"(\w+)\[(?:\[#This Row\],\[)?([^\[\]#]+)\]", formula):
            assert column in titles[table], formula
        for name in re.findall(r"\b(tool_cost|days_per_month|credit_rate)\b", formula):
            assert name in names
        assert "@" not in formula
        assert formula.startswith("=")
        assert formula.count("(") == formula.count(")")


def test_each_role_lists_every_measure_of_every_rep() -> None:
    workbook = composed()

    for role, reps in ((Role.SDR, (1, 2, 3)), (Role.AE, (4, 5, 6)), (Role.AM, (7, 8, 9))):
        [table] = sheet_of(workbook, role).tables
        wanted = ["Score", *(DEFINITIONS[metric].title for metric in metrics_of(role))]
        assert [(row[0], row[4]) for row in table.rows] == [
            (f"Rep {rep}", title) for rep in reps for title in wanted
        ]


def test_a_table_too_long_for_formulas_is_told_in_values() -> None:
    workbook = composed(counts={"Debriefs": MOST_COUNTED + 1, "Handoffs": MOST_COUNTED})

    used = formulas(workbook)

    assert not [formula for formula in used if "Debriefs[" in formula]
    assert [formula for formula in used if "Handoffs[" in formula]
    about = [row[0] for row in tables(workbook)["About"].rows]
    assert "Debriefs" in about
    assert "Handoffs" not in about


def test_column_titles_differ_whatever_the_case() -> None:
    for table in tables(composed()).values():
        titles = [column.title.lower() for column in table.columns]
        assert len(set(titles)) == len(titles), table.name


def test_a_column_taken_out_takes_its_own_cells_alone() -> None:
    for table in tables(composed()).values():
        whole = [list(row) for row in table.rows]
        for at in range(len(table.columns)):
            without = replace(table, columns=[*table.columns[:at], *table.columns[at + 1 :]])
            assert [list(row) for row in without.rows] == [[*row[:at], *row[at + 1 :]] for row in whole], (
                table.name
            )


def test_the_sheets_come_in_the_order_in_which_they_are_read() -> None:
    assert [sheet.name for sheet in composed().sheets] == [
        "Summary",
        "Pictures",
        "Reps",
        "SDR",
        "AE",
        "AM",
        "Debriefs",
        "Handoffs",
        "Deals",
        "Accounts",
        "Activity",
        "Pairs and sessions",
        "Coaching credit",
        "Effect",
        "Definitions",
    ]


def test_this_rows_cells_are_named_with_their_table() -> None:
    assert stored("[@Count]/[@[Out of]]", "Team") == "=Team[[#This Row],[Count]]/Team[[#This Row],[Out of]]"


people = st.lists(st.tuples(st.text(max_size=120), st.none() | st.emails()), max_size=12).map(
    lambda told: [Person(id, name, email) for id, (name, email) in enumerate(told)]
)


@given(people)
def test_everybody_has_a_name_of_their_own_that_a_formula_finds(given: list[Person]) -> None:
    found = labels(given)

    assert found.keys() == {person.id for person in given}
    assert len({label.casefold() for label in found.values()}) == len(given)
    for label in found.values():
        assert label
        assert len(label) <= 255
        assert not set(label) & set("*?~")
        assert label[0] not in "=<>"


def test_a_namesake_is_told_by_the_email() -> None:
    found = labels(
        [Person(1, "Ana Ruiz", "a@x.com"), Person(2, "ana ruiz", "b@x.com"), Person(3, "Ana Ruiz", None)]
    )

    assert found == {1: "Ana Ruiz", 2: "ana ruiz (b@x.com)", 3: "Ana Ruiz (3)"}


@pytest.mark.parametrize(
    ("interval", "missing", "sentence"),
    [
        ((0.01, 0.09), (), "Better than without coaching, beyond what chance explains."),
        ((-0.09, -0.01), (), "Worse than without coaching, beyond what chance explains."),
        ((-0.01, 0.09), (), "No clear difference: chance alone may explain it."),
        (None, (Missing(Lack.COACHED, 2, 5),), "Not enough data yet: 2 of 5 coached reps."),
    ],
)
def test_an_effect_is_told_in_words(
    interval: tuple[float, float] | None, missing: tuple[Missing, ...], sentence: str
) -> None:
    found = Effect(Metric.WIN_RATE, 5, 5, interval and 0.05, interval, missing, None)

    [table] = coaching.effects([(Role.AE, found)], currency="USD").tables

    told = dict(zip((column.title for column in table.columns), next(iter(table.rows)), strict=True))
    assert (told["In words"], told["Learners were"]) == (sentence, "chosen")


def test_the_map_shows_every_rep_and_names_those_there_is_room_for() -> None:
    chart = next(
        chart for chart in sheet_of(composed(), "Pictures").charts if chart.kind is ChartKind.SCATTER
    )
    rows = tables(composed())["Reps"].rows

    assert [len(series.sides) for series in chart.series] == [3, 3, 3]
    standing = [(row[7], row[8]) for row in rows if row[6]]
    for at, reach in enumerate(chart.reach):
        cells = [cell for one in standing if isinstance(cell := one[at], Cell)]
        furthest = max(abs(cell.value) for cell in cells if isinstance(cell.value, float))
        assert furthest < reach < furthest * 1.1 + 0.2, "the points spread over the map"
    assert any(side for series in chart.series for side in series.sides)


def test_records_are_marked_not_to_print_and_the_rest_prints() -> None:
    prints = {sheet.name for sheet in composed().sheets if sheet.prints}

    records = {"Debriefs", "Handoffs", "Deals", "Accounts", "Activity", "Pairs and sessions"}
    assert prints == {sheet.name for sheet in composed().sheets} - records
