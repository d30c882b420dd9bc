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
from bot.pipeline.domain.forecast import Forecast, Unforeseen
from bot.scorecards.domain.definitions import DEFINITIONS, measures, metrics_of
from bot.scorecards.domain.estimates import estimate
from bot.scorecards.domain.evidence import RepTally, RoleEvidence
from bot.scorecards.domain.money import Record, Said
from bot.scorecards.domain.ranking import SCORE_WEIGHTS
from bot.workbook.domain import book, coaching, over_time
from bot.workbook.domain.book import Person, labels
from bot.workbook.domain.glossary import Colophon
from bot.workbook.domain.headline import Coming, Goal, Headline
from bot.workbook.domain.over_time import OfTeam
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


GOAL = Goal(Role.AE, "USD", Decimal(1_000), Decimal(450), Decimal(580), 3, 0, 0, 3)
COMING = Coming("", "USD", Forecast(450.0, 9, 0, 780.0, (700.0, 870.0)))


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
    return RoleFigures(role, reps, estimate(evidence), SCORE_WEIGHTS[role], "USD")


def composed(
    *,
    raw: bool = True,
    counts: dict[str, int] | None = None,
    headline: Headline | None = None,
    emails: dict[str, str] | None = None,
    ramping: tuple[int, ...] = (),
) -> Workbook:
    records = book.Records(
        (), (), (), [AccountRecord("Rep 7", "Acme", "USD", Decimal(1), None, Decimal(2))], (), counts or {}
    )
    callers = [replace(one, ramping=one.rep in ramping) for one in SDRS]
    roles = [
        role_figures(sdrs(*callers), callers),
        role_figures(aes(*AES), AES),
        role_figures(ams(*AMS), AMS),
    ]
    return book.compose(COLOPHON, roles, headline or Headline(), (), (), records, emails or {})


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


def test_the_map_shows_who_has_a_score_and_names_those_there_is_room_for() -> None:
    chart = next(
        chart for chart in sheet_of(composed(), "Pictures").charts if chart.kind is ChartKind.SCATTER
    )
    rows = tables(composed())["Reps"].rows

    assert [len(series.sides) for series in chart.series] == [3, 2, 3], "one has no score"
    standing = [(row[7], row[8]) for row in rows if row[6]]
    for at, reach in enumerate(chart.reach or ()):
        cells = [cell for one in standing if isinstance(cell := one[at], Cell)]
        furthest = max(abs(cell.value) for cell in cells if isinstance(cell.value, float))
        assert furthest < reach < furthest * 1.1 + 0.2, "the points spread over the map"
    assert any(side for series in chart.series for side in series.sides)


def test_the_scores_are_bars_on_one_scale_of_those_who_have_one() -> None:
    workbook = composed()

    bars = [chart for chart in sheet_of(workbook, "Pictures").charts if chart.kind is ChartKind.BAR]

    assert [chart.title[:3] for chart in bars] == ["SDR", "AEs", "AMs"]
    assert len({chart.reach for chart in bars}) == 1
    scores = [row[6] for row in tables(workbook)["Reps"].rows]
    for chart in bars:
        [series] = chart.series
        assert all(scores[at] is not None for at in range(series.first, series.last + 1))


def test_who_has_no_score_yet_is_neither_drawn_nor_coloured() -> None:
    workbook = composed(ramping=(3,))

    [table] = sheet_of(workbook, "Reps").tables
    rows = list(table.rows)
    assert [at for at, row in enumerate(rows) if row[6] is None] == list(table.uncoloured) == [2, 5]
    drawn = [series for chart in sheet_of(workbook, "Pictures").charts for series in chart.series]
    assert not [series for series in drawn if series.table == "Reps" and series.first <= 2 <= series.last]


def test_all_reps_together_leave_out_what_nobody_has_and_say_in_what_money_is_counted() -> None:
    [team, *_] = sheet_of(composed(), "Pictures").tables

    told = [
        [cell.value if isinstance(cell, Cell) else cell for cell in row]
        for row in team.rows
    ]  # fmt: skip
    assert told and not [row for row in told if row[5] == 0], "0 of 0 tells nothing"
    by_title = {(row[0], row[1]): row for row in told}
    assert by_title["Win rate", "AE"][3] == "", "its cell shows a percentage"
    assert by_title["Upsell", "AM"][6] == "USD"
    assert {row[6] for row in told} == {"", "USD"}


def test_what_says_nothing_is_hidden_and_not_gone() -> None:
    [table] = sheet_of(composed(), "Reps").tables
    is_told = any(row[5] for row in table.rows)

    hidden = {column.title for column in table.columns if column.is_hidden}
    assert hidden == ({"Effectiveness"} if is_told else {"Effectiveness", "Corner"})


def test_an_email_is_not_cut_off() -> None:
    [table] = sheet_of(composed(emails={"Rep 1": "a" * 30 + "@acme.example"}), "Reps").tables

    assert next(column.width for column in table.columns if column.title == "Rep e-mail") == 44


@pytest.mark.parametrize(
    ("headline", "bars"),
    [
        (Headline(), None),
        (
            Headline(goals=[GOAL], coming=[COMING]),
            [
                ("Won so far", 450),
                ("Even pace by now", 580),
                ("Forecast: low end of the range", 700),
                ("Forecast: middle", 780),
                ("Forecast: high end of the range", 870),
                ("Goal", 1_000),
            ],
        ),
        (Headline(goals=[replace(GOAL, due=Decimal(1_000))]), [("Won", 450), ("Goal", 1_000)]),
        (Headline(goals=[replace(GOAL, currency="EUR")], coming=[COMING]), "no goal"),
    ],
)
def test_won_forecast_and_goal_are_the_first_picture(headline: Headline, bars: Any) -> None:
    page = sheet_of(composed(headline=headline), "Pictures")
    outlook = next((table for table in page.tables if table.name == "Outlook"), None)

    if bars is None:
        assert outlook is None and page.charts[0].kind is ChartKind.SCATTER
        return
    told = [(row[0], row[2]) for row in outlook.rows] if outlook else []
    assert "Goal" not in dict(told) if bars == "no goal" else told == bars
    assert page.charts[0].title == "Won, forecast and goal (USD)"
    assert page.charts[0].series[0].last == len(told) - 1


def test_past_forecasts_print_where_there_are_any() -> None:
    said = Said("2026-Q3", date(2026, 7, 1), 1.0, 2.0, 3.0, 2.0, 4.0)
    told, silent = (
        next(iter(over_time.sheets([OfTeam("East", (), record)], "USD")))
        for record in (Record("USD", (said,)), Record("USD", why=Unforeseen.FEW_CLOSED))
    )

    assert told.title == "Past forecasts against results"
    assert (told.prints, silent.prints) == (True, False)


def test_records_are_marked_not_to_print_and_the_rest_prints() -> None:
    prints = {sheet.name for sheet in composed().sheets if sheet.prints}

    records = {"Debriefs", "Handoffs", "Deals", "Accounts", "Activity", "Pairs and sessions"}
    assert prints == {sheet.name for sheet in composed().sheets} - records
