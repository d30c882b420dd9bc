"""The workbook over time: what was said and what came, and each role's weeks; for those who lead, as in Slack."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from bot.calendar import periods
from bot.core.enums import DealStatus, Role
from bot.people.domain.access import OPERATOR, Viewer
from bot.people.services import people, teams
from bot.scorecards.services import forecast_record, over_time
from bot.workbook.services import export as exports
from storage.database import Database
from tests.support.builders import workspace
from tests.workbook.spreadsheets import rows

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=BERLIN)
Written = Callable[..., Path]


@pytest.fixture
def ids(db: Database) -> dict[str, int]:
    """Two years of deals of 1,000, one every fourth day: half won after 30 days, the others lost after 60."""
    with db.begin() as session:
        acme = workspace(session)
        east = acme.team("East")
        ben = acme.rep("Ben", Role.AE, east)
        for n in range(190):
            opened = NOW - timedelta(days=1 + 4 * n)
            closed = opened + timedelta(days=60 if n % 2 else 30)
            ended = DealStatus.LOST if n % 2 else DealStatus.WON
            is_over = closed < NOW
            acme.deal(
                ben, opened, amount=Decimal(1_000), status=ended if is_over else DealStatus.OPEN,
                closed_at=closed if is_over else None,
            )  # fmt: skip
        return {"workspace": acme.workspace_id, "Ben": ben}


@pytest.fixture
def written(db: Database, tmp_path: Path, ids: dict[str, int]) -> Written:
    def write(viewer: Viewer = OPERATOR, period: str = "2026-Q4") -> Path:
        span = periods.parse(period, now=NOW.astimezone(UTC), zone=BERLIN)
        about: dict[str, Any] = {"period": span, "team_id": None, "as_of": NOW, "now": NOW}
        exports.write(db, ids["workspace"], viewer, path=(path := tmp_path / "book.xlsx"), **about)
        return path

    return write


def test_what_was_said_and_what_came_stand_as_slack_tells_them(
    db: Database, written: Written, ids: dict[str, int]
) -> None:
    told = rows(path := written(), "Forecasts", "Forecasts")

    with db.reading(ids["workspace"], NOW) as books:
        slack = forecast_record.of_team(books, teams.named(books, "East"), as_of=NOW)
    assert [(row["Quarter"], row["Said on"].date(), row["Came"], row["Held"]) for row in told] == [
        (one.quarter, one.day, one.came, "yes" if one.held else "no") for one in slack.said
    ]
    assert len(told) == 12 and told[0]["Low"] == pytest.approx(slack.said[0].low)
    [line] = [row for row in rows(path, "Summary", "Money") if row["What"] == "Forecasts that came true"]
    assert line["Value"] == pytest.approx(slack.held / 12)
    assert len(openpyxl.load_workbook(path)["Forecasts"]._charts) == 1  # type: ignore[attr-defined]


def test_every_measure_of_thirteen_weeks_has_a_row_a_week_with_slacks_verdict(
    db: Database, written: Written, ids: dict[str, int]
) -> None:
    told = rows(written(), "Weeks", "Weeks")

    with db.reading(ids["workspace"], NOW) as books:
        [aes] = over_time.of_team(books, teams.named(books, "East"), as_of=NOW)
    line = aes.main
    assert line
    mine = [row for row in told if row["Measure"] == "Win rate"]
    assert [(row["Week of"].date(), row["Count"], row["Out of"]) for row in mine] == [
        (week.monday, week.count, week.of) for week in line.weeks
    ]
    assert mine[0]["Week of"].date() == date(2026, 8, 17)
    assert {row["Verdict"] for row in mine} == {line.judged.verdict.replace("_", " ")}


def test_of_a_period_that_is_over_no_forecast_is_looked_back_on(written: Written) -> None:
    book = openpyxl.load_workbook(written(period="2026-Q3"))
    assert "Weeks" in book.sheetnames and "Forecasts" not in book.sheetnames


def test_a_reps_own_workbook_tells_nothing_of_the_team(
    db: Database, written: Written, ids: dict[str, int]
) -> None:
    with db.reading(ids["workspace"], NOW) as books:
        ben = people.viewer(books, ids["Ben"])
    assert not {"Weeks", "Forecasts"} & set(openpyxl.load_workbook(written(ben)).sheetnames)
