"""The workbook agrees with the scorecards, shows to each what they may see, and can be checked by hand."""

import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa
from sqlmodel import select

from bot.calendar import periods
from bot.core.enums import DealStatus, Metric, PairingStatus, Role
from bot.core.errors import BadInput, NotAllowed, NotFound
from bot.people.domain.access import OPERATOR, Viewer
from bot.pipeline.services import stuck as pipelines
from bot.scorecards.domain.definitions import DEFINITIONS
from bot.scorecards.services import scorecard as scorecards
from bot.scorecards.services import targets
from bot.workbook.services import export as exports
from bot.workbook.services.export import ExportReport, Form
from storage.database import Database
from storage.tables import Deal, ExportLog, Person, Prompt
from tests.support.builders import Builder, workspace
from tests.support.spreadsheets import formulas, needs_libreoffice, recalculated, rows, values

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
MONDAY = date(2026, 8, 17)
PERIOD = periods.parse("2026-08-17..2026-11-16", now=datetime(2026, 11, 20, tzinfo=UTC), zone=BERLIN)
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=BERLIN)


@dataclass(frozen=True)
class World:
    """Two teams in two zones; Mia leads East, Wes leads West."""

    db: Database
    workspace_id: int
    east: int
    west: int
    people: dict[str, int]

    def viewer(self, name: str) -> Viewer:
        led = {"Mia": self.east, "Wes": self.west}
        teams = frozenset([led[name]] if name in led else [])
        return Viewer(self.people[name], managed_team_ids=teams)

    def export(
        self,
        path: Path,
        viewer: Viewer = OPERATOR,
        *,
        team_id: int | None = None,
        as_of: datetime = NOW,
        raw: bool = True,
        form: Form = Form.XLSX,
    ) -> ExportReport:
        return exports.write(
            self.db,
            self.workspace_id,
            viewer,
            period=PERIOD,
            team_id=team_id,
            as_of=as_of,
            now=NOW,
            path=path,
            raw=raw,
            form=form,
        )


def at(week: int, day: int, hour: int = 10, minute: int = 0, zone: ZoneInfo = BERLIN) -> datetime:
    """A time of the period's week (from 0) and day (Monday is 0), by the clock of a zone."""
    return datetime.combine(MONDAY + timedelta(weeks=week, days=day), datetime.min.time(), zone).replace(
        hour=hour, minute=minute
    )


@pytest.fixture
def world(any_db: Database) -> World:
    return build(any_db)


@pytest.fixture
def small(db: Database) -> World:
    """The same on SQLite alone."""
    return build(db)


def build(db: Database) -> World:
    with db.begin() as session:
        acme = workspace(session)
        east, west = acme.team("East"), acme.team("West", zone="America/New_York")
        people = {
            "Ana": acme.rep("Ana", Role.SDR, east),
            "Ada": acme.rep("Ada", Role.SDR, east),
            "Sue": acme.rep("Sue", Role.SDR, west),
            "Ben": acme.rep("Ben", Role.AE, east),
            "Bob": acme.rep("Bob", Role.AE, west),
            "Cy": acme.rep("Cy", Role.AM, east),
            "Mia": acme.rep("Mia", Role.MANAGER, east),
            "Wes": acme.rep("Wes", Role.MANAGER, west),
        }
        talk(acme, people)
        pass_leads(acme, people)
        sell(acme, people)
        coach(acme, people, east)
        for key, values_held in {"Acme": (100, 130), "Birch": (200, 200), "Cedar": (50, 0)}.items():
            for day, value in zip((date(2026, 1, 5), date(2026, 10, 1)), values_held, strict=True):
                acme.account(people["Cy"], key, day, value)
    return World(db, acme.workspace_id, east, west, people)


def talk(acme: Builder, people: dict[str, int]) -> None:
    """Calls, some debriefed, some asked about; one just before midnight at the end, one after it."""
    for name, zone in (
        ("Ana", BERLIN),
        ("Ada", BERLIN),
        ("Sue", NEW_YORK),
        ("Ben", BERLIN),
        ("Bob", NEW_YORK),
    ):
        for week in range(6):
            call = acme.call(people[name], at(week, 1, zone=zone), minutes=5 + week)
            acme.session.add(
                Prompt(
                    workspace_id=acme.workspace_id,
                    call_id=call,
                    person_id=people[name],
                    asked_at=at(week, 1, 11, zone=zone),
                )
            )
            acme.debrief(
                people[name],
                at(week, 2, zone=zone),
                outcome="advanced" if week % 2 else "lost",
                reason="=HYPERLINK(1)",
                went_well=f"{name} listened",
                timeline_agreed=[True, False, None][week % 3],
                authority_reached=True,
                tags=["timeline", "own_idea"],
            )
        acme.debrief(people[name], at(12, 6, 23, 30, zone=zone), outcome="advanced")
        acme.debrief(people[name], at(13, 0, 0, 30, zone=zone), outcome="advanced")


def pass_leads(acme: Builder, people: dict[str, int]) -> None:
    for week in range(6):
        acme.handoff(people["Ana"], people["Ben"], at(week, 3), accepted=True, criteria_met=week > 0)
        acme.handoff(
            people["Ana"], people["Bob"], at(week, 3), accepted=False, reason="They had no budget at all"
        )
        acme.handoff(people["Sue"], people["Ben"], at(week, 4, zone=NEW_YORK), accepted=week % 2 == 0)
    acme.handoff(people["Ada"], people["Ben"], at(12, 6, 23, 30))
    acme.handoff(people["Ada"], people["Ben"], at(13, 0, 0, 30))


def sell(acme: Builder, people: dict[str, int]) -> None:
    for week in range(8):
        for name, zone in (("Ben", BERLIN), ("Bob", NEW_YORK)):
            opened = at(week - 3, 0, 12, zone=zone)
            status = [DealStatus.WON, DealStatus.LOST, DealStatus.OPEN, DealStatus.WON][week % 4]
            closed = None if status is DealStatus.OPEN else opened + timedelta(days=20 + week)
            acme.deal(
                people[name],
                opened,
                status=status,
                closed_at=closed,
                expected_close=opened.date() + timedelta(days=30),
                timeline_confirmed=week % 2 == 0,
            )
    acme.deal(people["Ben"], at(2, 0), status=DealStatus.WON, closed_at=at(13, 2))


def coach(acme: Builder, people: dict[str, int], east: int) -> None:
    ben, ana = people["Ben"], people["Ana"]
    acme.pairing(east, ben, ana, MONDAY, metric=Metric.QUALIFIED_RATE, status=PairingStatus.MET)
    acme.pairing(east, ben, ana, MONDAY + timedelta(weeks=2), status=PairingStatus.DECLINED)
    for week, minutes, kept in ((0, 30, True), (1, 45, False), (12, 30, None)):
        day = MONDAY + timedelta(weeks=week, days=2)
        acme.coached(ben, ana, day, minutes=minutes, kept=kept, metric=Metric.QUALIFIED_RATE)
    acme.coached(ben, ana, MONDAY + timedelta(weeks=1, days=3), minutes=90, kept=True)
    acme.coached(ben, ana, MONDAY + timedelta(weeks=11, days=4), minutes=15)
    acme.coached(ben, people["Ada"], MONDAY + timedelta(days=4), minutes=20, commitment="")


def words(path: Path) -> str:
    """Everything that can be read in the file."""
    return "\n".join(str(value) for value in values(path).values())


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


def test_a_manager_exports_their_own_team_alone(small: World, tmp_path: Path) -> None:
    report = small.export(path := tmp_path / "book.xlsx", small.viewer("Mia"))

    assert report.reps == 4
    assert {row["Rep"] for row in rows(path, "Reps")} == {"Ana", "Ada", "Ben", "Cy"}
    assert {row["Rep"] for row in rows(path, "Debriefs")} == {"Ana", "Ada", "Ben"}
    assert {row["AE"] for row in rows(path, "Deals")} == {"Ben"}
    with pytest.raises(NotAllowed):
        small.export(tmp_path / "other.xlsx", small.viewer("Mia"), team_id=small.west)
    assert not (tmp_path / "other.xlsx").exists()


def test_a_rep_exports_their_own_numbers_alone(small: World, tmp_path: Path) -> None:
    small.export(path := tmp_path / "book.xlsx", small.viewer("Ana"))

    assert {row["Rep"] for row in rows(path, "Reps")} == {"Ana"}
    assert "Ana listened" in words(path)
    assert "Sue" not in words(path)


def test_who_has_nobody_to_show_is_told_so(small: World, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="nobody to export"):
        small.export(tmp_path / "book.xlsx", Viewer(small.people["Mia"]))


def test_a_reps_own_words_go_to_the_manager_and_not_to_an_admin(small: World, tmp_path: Path) -> None:
    small.export(by_manager := tmp_path / "manager.xlsx", small.viewer("Mia"))
    small.export(by_admin := tmp_path / "admin.xlsx")

    assert "Ana listened" in words(by_manager)
    assert "own idea, Timeline" in words(by_manager)
    assert "listened" not in words(by_admin)
    assert {row["Outcome"] for row in rows(by_admin, "Debriefs")} == {"advanced", "lost"}


def test_no_word_of_a_rep_is_a_formula(small: World, tmp_path: Path) -> None:
    small.export(path := tmp_path / "book.xlsx", small.viewer("Mia"))

    assert "=HYPERLINK(1)" in words(path)
    assert not [cell for cell, formula in formulas(path).items() if "HYPERLINK" in formula]


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


def test_each_figure_and_amount_says_in_what_it_is_told(small: World, tmp_path: Path) -> None:
    small.export(path := tmp_path / "book.xlsx")

    units = {row["Measure"]: row["Unit"] for role in ("SDR", "AE", "AM") for row in rows(path, role)}
    assert (units["Win rate"], units["Days to win"], units["Tool cost per result"]) == (
        "share",
        "days",
        "USD",
    )
    assert {"Won (USD)", "Talk time (minutes)"} <= rows(path, "Reps")[0].keys()


def test_a_verdict_stands_in_words(small: World, tmp_path: Path) -> None:
    small.export(path := tmp_path / "book.xlsx")

    told = {row["Verdict"] for role in ("SDR", "AE", "AM") for row in rows(path, role)} - {None}
    assert {"cannot tell", "no data"} <= told <= {"better", "worse", "cannot tell", "no data"}


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


def test_every_export_is_noted(small: World, tmp_path: Path) -> None:
    small.export(tmp_path / "book.xlsx", small.viewer("Mia"), team_id=small.east, raw=False)

    with small.db.read() as session:
        [noted] = session.exec(select(ExportLog)).all()
    assert (noted.person_id, noted.team_id, noted.raw) == (small.people["Mia"], small.east, False)
    assert (noted.since, noted.until, noted.exported_at) == (PERIOD.start, PERIOD.end, NOW)


def test_the_last_sheet_says_who_exported_what_and_by_which_settings(small: World, tmp_path: Path) -> None:
    small.export(path := tmp_path / "book.xlsx", small.viewer("Mia"))

    about = {row["Setting"]: row["In force"] for row in rows(path, "Definitions", "About")}
    assert about["Exported by"] == "Mia"
    assert about["Time zone of every date"] == "Europe/Berlin"
    assert about["First day (period_start)"] == datetime(2026, 8, 17)  # noqa: DTZ001
    assert about["Tool cost per rep and month (tool_cost)"] == 564
    measures = {row["Measure"] for row in rows(path, "Definitions", "Measures")}
    assert measures == {definition.title for definition in DEFINITIONS.values() if definition.roles}


def test_a_folder_of_csv_holds_what_the_workbook_holds(small: World, tmp_path: Path) -> None:
    mia = small.viewer("Mia")
    small.export(book := tmp_path / "book.xlsx", mia)
    report = small.export(tmp_path / "tables", mia, form=Form.CSV)

    with (report.path / "Reps.csv").open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.DictReader(file))
    assert [row["Rep"] for row in told] == [row["Rep"] for row in rows(book, "Reps")]
    assert {file.stem for file in report.path.iterdir()} == set(report.rows)
    assert report.rows["Reps"] == len(told)
    cells = [
        cell
        for file in report.path.iterdir()
        for row in csv.reader(file.read_text(encoding="utf-8-sig").splitlines())
        for cell in row
    ]
    assert any(cell.startswith("'=") for cell in cells)
    assert not [cell for cell in cells if cell.startswith("=")], "a rep's word is no formula"


def test_a_folder_of_parquet_holds_what_the_workbook_holds(small: World, tmp_path: Path) -> None:
    with small.db.begin() as session:
        session.execute(sa.update(Deal).values(amount=Decimal("1200.50"), currency="EUR"))
    small.export(book := tmp_path / "book.xlsx", small.viewer("Mia"))

    report = small.export(tmp_path / "tables", small.viewer("Mia"), form=Form.PARQUET)

    read = {file.stem: pq.read_table(file) for file in report.path.iterdir()}
    assert {name: table.num_rows for name, table in read.items()} == report.rows
    told = read["Deals"].to_pylist()
    assert [(deal["Amount"], deal["Opened"]) for deal in told] == [
        (deal["Amount"], deal["Opened"].date()) for deal in rows(book, "Deals")
    ]
    assert {deal["Amount"] for deal in told} == {1200.5}


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


def test_without_its_reader_parquet_is_refused_and_leaves_nothing(
    small: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)

    with pytest.raises(BadInput, match=r"pip install 'cornerman\[parquet\]'"):
        small.export(tmp_path / "tables", small.viewer("Mia"), form=Form.PARQUET)

    assert list(tmp_path.iterdir()) == []
