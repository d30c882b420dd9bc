"""The workbook agrees with the scorecards, and can be checked by hand from its own records."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.core.enums import Metric, Role
from bot.scorecards.domain.definitions import DEFINITIONS
from bot.scorecards.services import scorecard as scorecards
from bot.scorecards.services import targets
from storage.database import Database
from tests.support.builders import Builder
from tests.workbook.export.exported import NOW, PERIOD, World, at, build
from tests.workbook.spreadsheets import formulas, needs_libreoffice, recalculated, rows, values


@pytest.fixture
def world(any_db: Database) -> World:
    return build(any_db)


def figures(path: Path, roles: Sequence[Role]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["Rep"], row["Measure"]): row for role in roles for row in rows(path, role)}


def test_every_figure_is_the_scorecards(world: World, tmp_path: Path) -> None:
    world.export(path := tmp_path / "book.xlsx")

    found = figures(path, (Role.SDR, Role.AE, Role.AM))
    in_berlin = ("Ana", "Ada", "Ben", "Cy")  # a card's priors end with the week of its own zone
    for name in ("Ana", "Ada", "Sue", "Ben", "Bob", "Cy"):
        with world.db.reading(world.workspace_id, NOW) as books:
            card = scorecards.scorecard_of(books, world.people[name], PERIOD, as_of=NOW)
        assert name not in in_berlin or found[name, "Score"]["Value"] == pytest.approx(card.score)
        for figure in card.figures:
            row = found[name, figure.definition.title]
            assert row["Value"] == pytest.approx(figure.measure.value), (name, figure.definition.title)
            assert row["Count"] == pytest.approx(figure.measure.numerator)
            assert row["Out of"] == pytest.approx(figure.measure.denominator)
            assert row["Awaiting"] == figure.measure.awaiting
            if name in in_berlin and row["Estimate"] is not None and figure.estimate:
                if figure.role_middle is not None:
                    assert row["Role middle"] == pytest.approx(figure.role_middle)
                assert row["Low 90%"] == pytest.approx(figure.estimate.low)
                assert row["Corner"] == card.corner


@needs_libreoffice
@pytest.mark.parametrize("as_of", [NOW, at(12, 4, 12)], ids=["the whole period", "a running one"])
def test_another_program_finds_every_number_again(small: World, tmp_path: Path, as_of: datetime) -> None:
    small.export(path := tmp_path / "book.xlsx", as_of=as_of)

    told, written, again = formulas(path), values(path), values(recalculated(path))

    assert len(told) > 300
    off = {
        cell: (written.get(cell), again.get(cell), told[cell])
        for cell in told
        if again.get(cell) != pytest.approx(written.get(cell), abs=1e-9)
    }
    assert off == {}


def test_each_rate_is_counted_from_the_records(small: World, tmp_path: Path) -> None:
    small.export(path := tmp_path / "book.xlsx")
    told = formulas(path)
    by_title = {definition.title: key for key, definition in DEFINITIONS.items()}

    for role in (Role.SDR, Role.AE, Role.AM):
        page = openpyxl.load_workbook(path)[role]
        [table] = page.tables.values()
        area = page[table.ref]
        titles = [cell.value for cell in area[0]]
        for row in area[1:]:
            cells = dict(zip(titles, row, strict=True))
            if cells["Measure"].value in by_title and cells["Out of"].value is not None:
                assert (role, cells["Out of"].coordinate) in told, cells["Measure"].value
                assert (role, cells["Value"].coordinate) in told, cells["Measure"].value


def test_each_figure_and_amount_says_in_what_it_is_told(small: World, tmp_path: Path) -> None:
    small.export(path := tmp_path / "book.xlsx")

    units = {row["Measure"]: row["Unit"] for role in ("SDR", "AE", "AM") for row in rows(path, role)}
    assert (units["Win rate"], units["Days to win"], units["Tool cost per result"]) == (
        "share",
        "days",
        "USD",
    )
    assert {"Won (USD)", "Talk time (minutes)"} <= rows(path, "Reps")[0].keys()


def test_nothing_is_told_that_was_not_known_yet(small: World, tmp_path: Path) -> None:
    then = at(3, 3, 12)  # an hour or two after the fourth leads, a day before their decisions

    small.export(path := tmp_path / "book.xlsx", as_of=then)

    leads = [row for row in rows(path, "Handoffs") if row["SDR"] == "Ana"]
    assert [bool(row["Decision"]) for row in leads] == [True] * 6 + [False] * 2
    assert all(row["Reason"] is None for row in leads if row["Decision"] is None)
    assert figures(path, [Role.SDR])["Ana", "Qualified leads"]["Awaiting"] == 2
    assert not [
        row for row in rows(path, "Deals") if row["Closed"] and row["Closed"] > then.replace(tzinfo=None)
    ]


def test_targets_stand_with_how_far_they_were_reached(small: World, tmp_path: Path) -> None:
    with small.db.writing(small.workspace_id, NOW) as books:
        targets.change(
            books, Role.AE, {Metric.WIN_RATE: 0.5, Metric.CYCLE_DAYS: 20}, from_day=date(2026, 1, 1)
        )

    small.export(path := tmp_path / "book.xlsx")

    found = figures(path, [Role.AE])
    won, days = found["Ben", "Win rate"], found["Ben", "Days to win"]
    assert (won["Target"], won["Attainment"]) == (0.5, pytest.approx(won["Value"] / 0.5))
    assert (days["Target"], days["Attainment"]) == (20, pytest.approx(20 / days["Value"]))


def test_the_last_sheet_says_who_exported_what_and_by_which_settings(small: World, tmp_path: Path) -> None:
    small.export(path := tmp_path / "book.xlsx", small.viewer("Mia"))

    about = {row["Setting"]: row["In force"] for row in rows(path, "Definitions", "About")}
    assert about["Exported by"] == "Mia"
    assert about["Time zone of every date"] == "Europe/Berlin"
    assert about["First day (period_start)"] == datetime(2026, 8, 17)  # noqa: DTZ001
    assert about["Tool cost per rep and month (tool_cost)"] == 564
    measures = {row["Measure"] for row in rows(path, "Definitions", "Measures")}
    assert measures == {definition.title for definition in DEFINITIONS.values() if definition.roles}


def test_money_of_two_currencies_is_never_added(small: World, tmp_path: Path) -> None:
    with small.db.begin() as session:
        acme = Builder(session, small.workspace_id)
        dee = acme.rep("Dee", Role.AM, small.east)
        for day, value in ((date(2026, 1, 5), 1_000), (date(2026, 10, 1), 1_400)):
            acme.account(dee, "Far", day, value, "EUR")

    small.export(path := tmp_path / "book.xlsx")

    upsell = [row for row in rows(path, "Pictures", "Team") if row["Measure"] == "Upsell"]
    told = [(row["Count in"], row["Count"], row["Out of"], row["Reps"]) for row in upsell]
    assert told == [("EUR", 400, 1_000, 1), ("USD", 30, 300, 1)]
