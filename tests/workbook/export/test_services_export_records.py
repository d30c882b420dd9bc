"""What the sheets of records tell: people, days, deals and coaching."""

from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from sqlmodel import select

from bot.core.enums import Role
from bot.pipeline.services import stuck as pipelines
from storage.tables import Person
from tests.support.builders import Builder
from tests.workbook.export.exported import NOW, PERIOD, World
from tests.workbook.spreadsheets import formulas, rows


def test_records_are_dated_by_the_clock_of_the_reps_team(small: World, tmp_path: Path) -> None:
    small.export(path := tmp_path / "book.xlsx")

    calls = {(row["Rep"], row["Call"]) for row in rows(path, "Debriefs")}
    late = datetime(2026, 11, 15, 23, 30)  # noqa: DTZ001  Excel's dates have no zone
    assert {("Ana", late), ("Sue", late)} <= calls
    assert max(when for _, when in calls) == late


def test_people_are_named_and_namesakes_told_apart(small: World, tmp_path: Path) -> None:
    with small.db.begin() as session:
        Builder(session, small.workspace_id).rep("ana", Role.SDR, small.east)

    small.export(path := tmp_path / "book.xlsx")

    [namesake] = {row["Rep"] for row in rows(path, "Reps")} - set(small.people)
    assert namesake.startswith("ana (ana.")


def test_beside_each_name_stands_the_email_as_a_key(small: World, tmp_path: Path) -> None:
    small.export(path := tmp_path / "book.xlsx")

    with small.db.read() as session:
        emails = {person.name: person.email for person in session.exec(select(Person)).all()}
    for sheet, titles in {
        "Reps": ["Rep"],
        "SDR": ["Rep"],
        "Handoffs": ["SDR", "AE"],
        "Deals": ["AE"],
    }.items():
        for row in rows(path, sheet):
            for title in titles:
                assert row[f"{title} e-mail"] == emails[row[title]] is not None
    assert {row["Coach e-mail"] for row in rows(path, "Pairs and sessions")} == {emails["Ben"]}


def test_a_verdict_stands_in_words(small: World, tmp_path: Path) -> None:
    small.export(path := tmp_path / "book.xlsx")

    told = {row["Verdict"] for role in ("SDR", "AE", "AM") for row in rows(path, role)} - {None}
    assert {"cannot tell", "no data"} <= told <= {"better", "worse", "cannot tell", "no data"}


def test_deals_stand_as_at_the_end_of_the_period_with_why_they_are_stuck(
    small: World, tmp_path: Path
) -> None:
    small.export(path := tmp_path / "book.xlsx", team_id=small.east, as_of=NOW + timedelta(days=4))

    deals = rows(path, "Deals")
    with small.db.reading(small.workspace_id, NOW) as books:
        pipeline = pipelines.of_team(books, small.east, PERIOD, as_of=NOW + timedelta(days=4))
    assert sum(row["Status"] == "open" for row in deals) == pipeline.open
    assert sum(row["Stuck because"] is not None for row in deals) == pipeline.stuck
    assert sum(row["Slipped"] == "yes" for row in deals) == pipeline.slipped
    assert [row["Closed"] for row in deals if row["Status"] == "open"] == [None] * pipeline.open


def test_coaching_is_listed_with_what_it_earns(small: World, tmp_path: Path) -> None:
    small.export(path := tmp_path / "book.xlsx")

    listed = rows(path, "Pairs and sessions")
    assert [(row["Pair"], row["Minutes"], row["Credited minutes"]) for row in listed] == [
        ("met", 30, 30),
        (None, 20, 0),
        (None, 45, 45),
        (None, 90, 75),
        ("declined", None, None),
        (None, 15, 15),
        (None, 30, 30),
    ]
    [ben] = rows(path, "Coaching credit")
    assert (ben["Coach"], ben["Sessions"], ben["Minutes held"], ben["Credited minutes"]) == (
        "Ben",
        6,
        230,
        195,
    )


def test_without_the_records_the_figures_stand_alone(small: World, tmp_path: Path) -> None:
    small.export(path := tmp_path / "book.xlsx", raw=False)
    small.export(whole := tmp_path / "whole.xlsx")

    assert openpyxl.load_workbook(path).sheetnames == [
        "Summary",
        "Pictures",
        "Weeks",
        "Reps",
        "SDR",
        "AE",
        "AM",
        "Coaching credit",
        "Effect",
        "Definitions",
    ]
    missing = ("Debriefs[", "Handoffs[", "Deals[", "Accounts[", "Activity[", "Sessions[")
    assert not [formula for formula in formulas(path).values() if any(table in formula for table in missing)]
    for title in ("Value", "Count", "Out of", "Estimate", "Score part"):
        alone, counted = ([row[title] for row in rows(one, "SDR")] for one in (path, whole))
        assert alone == [value if value is None else pytest.approx(value) for value in counted]
