"""The first page, read by somebody who knows nothing of the program: how much, how sure, what next."""

from pathlib import Path
from typing import Any

import openpyxl
from sqlmodel import select

from bot.core.enums import Role
from bot.people.domain.access import OPERATOR, Viewer
from bot.people.services import teams
from bot.scorecards.services import outlook as outlooks
from bot.workbook.services import export as exports
from storage.database import Database
from storage.tables import Person
from tests.support.builders import workspace
from tests.workbook.export.exported import NOW
from tests.workbook.export.first_page import GOAL, QUARTER, Page, told, written
from tests.workbook.spreadsheets import needs_libreoffice, recalculated, rows, values


def test_what_came_in_stands_by_currency_with_what_is_not_in_it(page: Page) -> None:
    lines = {(what, unit): (value, deals, words) for what, value, unit, deals, words in told(page())}

    assert lines["Won", "EUR"][:2] == (350, 2)
    assert lines["Won", "CHF"][:2] == (40, 1)
    assert "37 of 40 have no amount and are not in it" in lines["Won", "EUR"][2]
    assert lines["Open pipeline", "EUR"][:2] == (100, 2)
    assert lines["Of it stuck", "EUR"][:2] == (70, 1)
    assert "no pace" in lines["Goal", None][2]
    assert lines["Of it stuck", "EUR"][2] == "70% of the open pipeline: see What to do next"
    assert not [what for what, _ in lines if what == "Cost of coaching"], "nobody was coached"


def test_where_no_record_tells_what_is_stuck_no_line_does(db: Database, tmp_path: Path) -> None:
    with db.begin() as session:
        acme = workspace(session)
        acme.rep("Ben", Role.AE, acme.team("East"))
    about: dict[str, Any] = {"period": QUARTER, "team_id": None, "as_of": NOW, "now": NOW}

    exports.write(db, acme.workspace_id, OPERATOR, path=(path := tmp_path / "book.xlsx"), **about)

    [words] = [line[-1] for line in told(path) if line[0] == "Of it stuck"]
    assert words == "Cannot tell: no record says how a deal stands."
    work = {row[0]: row[1] for row in told(path, "Work", "Pictures")}
    assert (work["Open deals"], work["Stuck deals"]) == (0, None)


def test_pace_and_forecast_are_those_told_in_slack(page: Page, db: Database) -> None:
    page(goal=GOAL)
    with db.reading(1, NOW) as books:
        ben = books.session.exec(select(Person.id).where(Person.name == "Ben")).one()
        card = outlooks.of_rep(books, ben, teams.everywhere(books), QUARTER, as_of=NOW)
        team = outlooks.of_team(books, teams.everywhere(books), QUARTER, as_of=NOW)
    own = {what: value for what, value, *_ in told(page(Viewer(ben)))}
    every = {what: value for what, value, *_ in told(page())}

    assert card and card.forecast and team and team.progress and team.forecast
    assert (own["Forecast"], every["Forecast"]) == (card.forecast.expected, team.forecast.expected)
    assert own.get("Pace") == (card.progress.pace if card.progress else None)


def test_who_is_best_is_named_with_what_and_how_sure(page: Page) -> None:
    [(role, best, team, sure, in_what)] = told(page(), "Best")

    assert (role, best, team) == ("AE", "Bob", "East")
    assert sure > 0.9
    assert in_what.startswith("Win rate: 97%")


def test_a_rep_reads_nobody_elses_name(page: Page, db: Database) -> None:
    with db.read() as session:
        ben = session.exec(select(Person.id).where(Person.name == "Ben")).one()

    path = page(Viewer(ben))

    assert "Best" not in openpyxl.load_workbook(path)["Summary"].tables
    assert "Bob" not in {str(value) for value in values(path).values()}


def test_it_says_of_which_days_about_whom_and_for_whom(page: Page) -> None:
    path = page()

    title, _verdict, basis, *_ = written(path)
    assert title == "Acme: East, 1 Oct 2026 to 31 Dec 2026"
    assert basis.startswith(
        "Figures as of 16 November 2026, 09:00 (Europe/Berlin). 33 of 66 working days are gone."
    )
    assert basis.endswith("Made by Cornerman on 16 November 2026 for the operator of this installation.")
    assert "AE: account executive" in basis and "SDR" not in basis, (
        "only what stands on the page is explained"
    )


@needs_libreoffice
def test_another_program_finds_its_sums_again(page: Page) -> None:
    path = page(goal=GOAL)

    again = [tuple(row.values()) for row in rows(recalculated(path), "Summary", "Money")]
    assert [line[:4] for line in again] == [line[:4] for line in told(path)]
    assert [line[:4] for line in told(page(raw=False))] == [line[:4] for line in again]
