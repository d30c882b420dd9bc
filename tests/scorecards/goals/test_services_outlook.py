"""Where a rep and a team stand in the period that runs: goal, pace and forecast, as of any day, from rows."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from sqlmodel import select

from bot.blocks.reader import Reader
from bot.calendar.periods import parse
from bot.core.enums import DealStatus, Metric, Role
from bot.people.services.teams import Floor
from bot.pipeline.domain.forecast import Forecast, Unforeseen
from bot.scorecards.domain.money import Outlook
from bot.scorecards.services import outlook
from bot.scorecards.services import scorecard as scorecards
from bot.scorecards.views import as_json
from bot.scorecards.views import outlook as words
from storage.books import Books
from storage.tables import Membership, Quota
from tests.support.builders import Builder

UTC_ZONE = ZoneInfo("UTC")
T = datetime(2026, 11, 14, 23, 59, tzinfo=UTC)
"""A Saturday: of the 66 weekdays of the quarter 32 are gone."""
QUARTER = parse("2026-Q4", now=T, zone=UTC_ZONE)


@pytest.fixture
def east(build: Builder) -> Floor:
    return Floor(build.team(), "East", UTC_ZONE)


@pytest.fixture
def ae(build: Builder, east: Floor) -> int:
    assert east.id
    return build.rep("Ben", Role.AE, east.id)


def a_year(build: Builder, ae: int, deals: int = 100) -> None:
    """Every third day a deal is opened; half of them are won after 30 days, the others lost after 60; of 1,000 each."""
    for n in range(deals):
        opened = datetime(2026, 9, 14, 9, tzinfo=UTC) - timedelta(days=3 * n)
        won = n % 2 == 0
        build.deal(
            ae,
            opened,
            status=DealStatus.WON if won else DealStatus.LOST,
            closed_at=opened + timedelta(days=30 if won else 60),
            amount=Decimal(1_000),
        )


def standing(build: Builder, ae: int, east: Floor, as_of: datetime = T) -> Outlook:
    build.session.flush()
    books = Books(build.session, build.workspace_id, T)
    found = outlook.of_rep(books, ae, east, QUARTER, as_of=as_of)
    assert found
    return found


def test_an_ae_on_a_day_of_the_quarter(build: Builder, ae: int, east: Floor) -> None:
    a_year(build, ae)
    for _ in range(20):
        build.deal(ae, T - timedelta(days=20), amount=Decimal(1_000))
    build.session.add(
        Quota(
            workspace_id=build.workspace_id,
            whose="AE",
            role=Role.AE,
            period="2026-Q4",
            amount=Decimal(40_000),
        )
    )

    found = standing(build, ae, east)
    told = as_json.forecast(found)
    assert (told["won"], told["currency"], told["open"], told["unknown"]) == (3_000, "USD", 20, 0), (
        "won on Oct 2, 8 and 14"
    )
    assert told["expected"] == pytest.approx(3_000 + 10_000, abs=2_500), (
        "at twenty days half of them will be won"
    )
    low, high = told["interval"]
    assert 3_000 < low < told["expected"] < high < 23_000
    assert (told["target"], told["pace"]) == (40_000, pytest.approx(3 / 40 / (32 / 66)))


def aim(build: Builder, ae: int) -> None:
    goal = Quota(
        workspace_id=build.workspace_id, whose=f"person:{ae}", person_id=ae, period="2026-Q4", amount=Decimal(500)
    )  # fmt: skip
    build.session.add(goal)


def test_won_deals_of_which_none_has_an_amount_are_no_zero(build: Builder, ae: int, east: Floor) -> None:
    aim(build, ae)
    build.deal(ae, T - timedelta(days=40), status=DealStatus.WON, closed_at=T - timedelta(days=9))

    found = standing(build, ae, east)
    assert found.progress
    assert (found.won, found.progress.attainment, found.progress.pace) == (None, None, None)
    reads = Reader(Locale("en"), UTC_ZONE)
    assert "The won deals have no amount." in words.goal(found, reads)
    assert words.to_come(found, reads).startswith("1 won deal has no amount.")
    foreseen = replace(found, forecast=Forecast(0.0, open=0, unknown=0, expected=0.0, interval=(0.0, 0.0)))
    assert words.to_come(foreseen, reads) == "1 won deal has no amount."

    build.deal(
        ae, T - timedelta(days=40), status=DealStatus.WON, closed_at=T - timedelta(days=9), amount=Decimal(50)
    )
    found = standing(build, ae, east)
    assert found.won == 50
    assert found.progress and found.progress.attainment == 0.1


def test_what_closes_after_somebody_left_is_not_theirs_as_on_the_card(build: Builder, east: Floor) -> None:
    assert east.id
    fay = build.rep("Fay", Role.AE, east.id)
    seat = build.session.exec(select(Membership).where(Membership.person_id == fay)).one()
    seat.ended_on = date(2026, 10, 15)
    for day, amount in (
        (datetime(2026, 10, 13, 9, tzinfo=UTC), 70),
        (datetime(2026, 10, 21, 9, tzinfo=UTC), 500),
    ):
        build.deal(fay, day - timedelta(days=9), status=DealStatus.WON, closed_at=day, amount=Decimal(amount))

    found = standing(build, fay, east)
    card = scorecards.scorecard_of(Books(build.session, build.workspace_id, T), fay, QUARTER, as_of=T)
    [won] = [one.measure.value for one in card.figures if one.definition.key is Metric.WON_AMOUNT]
    assert found.won == won == 70


def test_nothing_of_later_than_the_day_asked_for_is_known(build: Builder, ae: int, east: Floor) -> None:
    a_year(build, ae)
    before = T - timedelta(days=30)
    build.deal(ae, before - timedelta(days=20), amount=Decimal(1_000))
    build.session.flush()
    then = standing(build, ae, east, before)

    build.deal(ae, before + timedelta(days=1), amount=Decimal(70_000))
    build.deal(
        ae,
        before - timedelta(days=400),
        status=DealStatus.WON,
        closed_at=before + timedelta(days=2),
        amount=Decimal(1),
    )
    again = standing(build, ae, east, before)
    assert again.won == then.won
    assert again.forecast and then.forecast
    assert again.forecast.open == then.forecast.open + 1, "the old one was open then"
    assert again.forecast.expected == pytest.approx(then.forecast.expected, abs=1_001)


def test_few_closed_deals_and_a_missing_rate_tell_no_forecast(build: Builder, ae: int, east: Floor) -> None:
    a_year(build, ae, 29)
    build.deal(ae, T - timedelta(days=20), amount=Decimal(1_000))
    found = standing(build, ae, east).forecast
    assert found and found.why is Unforeseen.FEW_CLOSED

    build.deal(ae, T - timedelta(days=20), amount=Decimal(1_000), currency="EUR")
    found = standing(build, ae, east).forecast
    assert found and (found.why, found.expected) == (Unforeseen.SEVERAL_CURRENCIES, None)

    build.rate("EUR", "USD", date(2026, 1, 1), "2")
    found = standing(build, ae, east).forecast
    assert found and found.why is Unforeseen.FEW_CLOSED


def test_stuck_deals_bring_less_where_the_year_says_so(build: Builder, ae: int, east: Floor) -> None:
    """Of 60 deals without activity none was ever won, of 60 with it all are."""
    for n in range(120):
        opened = datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(days=n)
        moves = n % 2 == 0
        closed = opened + timedelta(days=80)
        build.deal(
            ae, opened, status=DealStatus.WON if moves else DealStatus.LOST, closed_at=closed,
            amount=Decimal(1_000), last_activity_at=closed if moves else opened,
        )  # fmt: skip
    opened = T - timedelta(days=60)
    for _ in range(10):
        build.deal(ae, opened, amount=Decimal(1_000), last_activity_at=opened)
    stuck = standing(build, ae, east).forecast
    for _ in range(10):
        build.deal(ae, opened, amount=Decimal(1_000), last_activity_at=T)
    both = standing(build, ae, east).forecast

    assert stuck and both and stuck.expected is not None and both.expected is not None
    assert stuck.expected < 1_500
    assert both.expected > 8_000


def test_a_teams_share_is_public_from_three_goals_on(build: Builder, ae: int, east: Floor) -> None:
    assert east.id
    aes = [ae, *(build.rep(f"Rep {n}", Role.AE, east.id) for n in range(2))]
    for one, amount in zip(aes, (10_000, 20_000, 31_000), strict=True):
        build.deal(one, T - timedelta(days=40), status=DealStatus.WON, closed_at=T, amount=Decimal(amount))
    for n, one in enumerate(aes):
        build.session.add(
            Quota(
                workspace_id=build.workspace_id, whose=f"person:{one}", person_id=one,
                period="2026-Q4", amount=Decimal(50_000 if n else 0),
            )
        )  # fmt: skip
        build.session.flush()
        found = outlook.of_team(Books(build.session, build.workspace_id, T), east, as_of=T)
        assert found and found.progress
        assert found.can_be_public == (n == 2)
    assert found and found.progress
    assert found.progress.attainment == pytest.approx(0.61)


def test_to_a_team_belongs_what_one_who_left_had_won_and_what_still_closes_in_their_name(
    build: Builder, ae: int, east: Floor
) -> None:
    """Fay left on 30 October: of her goal the working days up to it stay, 22 of 66."""
    assert east.id
    fay, gone = build.rep("Fay", Role.AE, east.id), datetime(2026, 10, 30, tzinfo=UTC).date()
    build.session.exec(select(Membership).where(Membership.person_id == fay)).one().ended_on = gone
    for day, amount in ((13, 70), (33, 500)):
        closed = datetime(2026, 10, 1, 9, tzinfo=UTC) + timedelta(days=day)
        build.deal(
            fay, T - timedelta(days=50), status=DealStatus.WON, closed_at=closed, amount=Decimal(amount)
        )
    build.deal(fay, T - timedelta(days=50), amount=Decimal(40))
    goal = Quota(
        workspace_id=build.workspace_id, whose="AE", role=Role.AE, period="2026-Q4", amount=Decimal(900)
    )
    build.session.add(goal)
    build.session.flush()

    found = outlook.of_team(Books(build.session, build.workspace_id, T), east, as_of=T)
    assert found and found.progress
    assert (found.won, found.open) == (Decimal(570), Decimal(40))
    assert found.progress.goal.value == 900 + 900 * 22 / 66
    own = standing(build, fay, east)
    assert own.won == 70, "on her own card, what she was there for"
