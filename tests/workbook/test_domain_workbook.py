"""The workbook's sheets: their order, their titles, what is hidden, and what of them prints."""

from datetime import date

import pytest

from bot.coaching.domain.effect import Effect, Lack, Missing
from bot.core.enums import Metric, Role
from bot.pipeline.domain.forecast import Unforeseen
from bot.scorecards.domain.definitions import DEFINITIONS, metrics_of
from bot.scorecards.domain.money import Record, Said
from bot.workbook.domain import coaching, over_time
from bot.workbook.domain.over_time import OfTeam
from bot.workbook.domain.sheets import Cell
from tests.workbook.composed import composed, sheet_of, tables


def test_each_role_lists_every_measure_of_every_rep() -> None:
    workbook = composed()

    for role, reps in ((Role.SDR, (1, 2, 3)), (Role.AE, (4, 5, 6)), (Role.AM, (7, 8, 9))):
        [table] = sheet_of(workbook, role).tables
        wanted = ["Score", *(DEFINITIONS[metric].title for metric in metrics_of(role))]
        assert [(row[0], row[4]) for row in table.rows] == [
            (f"Rep {rep}", title) for rep in reps for title in wanted
        ]


def test_column_titles_differ_whatever_the_case() -> None:
    for table in tables(composed()).values():
        titles = [column.title.lower() for column in table.columns]
        assert len(set(titles)) == len(titles), table.name


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
