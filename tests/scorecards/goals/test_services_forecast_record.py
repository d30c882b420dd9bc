"""A forecast is held to what came of the deals that it spoke of, by what was known on the day."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from bot.core.enums import DealStatus
from bot.people.services.teams import Floor
from bot.scorecards.domain.money import Record, Said
from bot.scorecards.services import forecast_record
from storage.books import Books
from tests.scorecards.goals.test_services_outlook import T, a_year, ae, east
from tests.support.builders import Builder

__all__ = ["ae", "east"]
JULY = datetime(2026, 7, 1, tzinfo=UTC)


def looked_back(build: Builder, east: Floor) -> dict[tuple[str, date], Said]:
    build.session.flush()
    found = forecast_record.of_team(Books(build.session, build.workspace_id, T), east, as_of=T)
    return {(one.quarter, one.day): one for one in found.said}


def test_what_came_is_of_the_deals_open_then_and_all_that_came_stands_beside(
    build: Builder, ae: int, east: Floor
) -> None:
    a_year(build, ae, 240)
    before = looked_back(build, east)["2026-Q3", JULY.date()]
    assert before.low < before.middle < before.high

    for opened, amount in ((-20, 5_000), (20, 70_000)):
        build.deal(
            ae, JULY + timedelta(days=opened), status=DealStatus.WON,
            closed_at=JULY + timedelta(days=40), amount=Decimal(amount),
        )  # fmt: skip
    after = looked_back(build, east)["2026-Q3", JULY.date()]

    assert (after.came - before.came, after.in_all - before.in_all) == (5_000, 75_000)


def test_what_was_said_does_not_know_what_came(build: Builder, ae: int, east: Floor) -> None:
    a_year(build, ae, 240)
    before = looked_back(build, east)["2026-Q3", JULY.date()]

    for _ in range(40):
        build.deal(
            ae, JULY + timedelta(days=1), status=DealStatus.WON,
            closed_at=JULY + timedelta(days=50), amount=Decimal(9_000),
        )  # fmt: skip
    after = looked_back(build, east)["2026-Q3", JULY.date()]
    assert (after.low, after.middle, after.high, after.came) == (
        before.low, before.middle, before.high, before.came
    )  # fmt: skip
    assert after.in_all >= before.in_all + 360_000


def test_a_miss_is_a_miss() -> None:
    said = Said("2026-Q3", JULY.date(), 10.0, 12.0, 15.0, came=15.5, in_all=20.0)
    assert not said.held
    assert Record("EUR", (said,)).held == 0
