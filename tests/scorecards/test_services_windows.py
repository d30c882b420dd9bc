"""Several periods and roles asked about at one go are told as each is when it is asked about alone."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from bot.calendar.periods import parse, trailing_weeks
from bot.core.enums import SELLING_ROLES, DealStatus, Role
from bot.core.session_cache import remember
from bot.people.services import people
from bot.pipeline.services import stuck as pipelines
from bot.scorecards.services import estimates, tallies
from bot.scorecards.services.tallies import Window
from storage.books import Books
from storage.queries.scorecards import rollups
from storage.rollup_upkeep import settle
from storage.tables import Deal, DealChange, DealField
from tests.support.builders import Builder

ZONES = ("Europe/Berlin", "America/New_York")
BERLIN = ZoneInfo(ZONES[0])
NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
PERIODS = [
    parse("week", now=NOW, zone=BERLIN),
    trailing_weeks(NOW, BERLIN, 13),
    *(trailing_weeks(NOW - timedelta(weeks=n), BERLIN, 4) for n in (0, 1, 6)),
    parse("2026-10", now=NOW, zone=BERLIN),
]


@pytest.fixture(params=[0, rollups.FEW], ids=["by week", "by rows"])
def books(request: pytest.FixtureRequest, build: Builder, monkeypatch: pytest.MonkeyPatch) -> Books:
    """Two teams by other clocks, and three months of whatever reps do."""
    monkeypatch.setattr(rollups.count, "__kwdefaults__", {"few": request.param, "whole": ()})
    dice = random.Random(7)
    teams = [build.team(f"Team {zone}", zone=zone) for zone in ZONES]
    reps = {
        role: [
            build.rep(f"{role} {n}", role, teams[n % 2], started_on=date(2026, 8 + n, 10)) for n in range(3)
        ]
        for role in SELLING_ROLES
    }
    everybody = [rep for held in reps.values() for rep in held]
    for n in range(250):
        at = NOW - timedelta(hours=9 * n)
        ae, am = dice.choice(reps[Role.AE]), dice.choice(reps[Role.AM])
        build.debrief(dice.choice(everybody), at, outcome=dice.choice(["advanced", "continued"]))
        build.handoff(dice.choice(reps[Role.SDR]), ae, at, accepted=dice.choice([None, True, False]))
        ended = dice.choice([(DealStatus.OPEN, None), (DealStatus.WON, at), (DealStatus.LOST, at)])
        build.deal(
            ae, at - timedelta(days=n % 40), status=ended[0], closed_at=ended[1], amount=Decimal(100 + n)
        )
        if n % 10 == 0:
            build.account(am, f"Account {n % 30}", at.date(), n, dice.choice(["EUR", "USD"]))
            build.coached(ae, am, at.date(), minutes=n % 50 + 10, kept=dice.choice([None, True]))
    build.rate("USD", "EUR", date(2026, 9, 1), "0.9")
    build.away(everybody[0], date(2026, 10, 30), date(2026, 11, 3))
    build.session.flush()
    for n, deal in enumerate(build.session.exec(select(Deal).order_by(col(Deal.id))).all()):
        build.session.add(
            DealChange(
                workspace_id=build.workspace_id,
                deal_id=deal.id,
                field=DealField.AMOUNT,
                old=str(n),
                new=str(deal.amount),
                changed_at=NOW - timedelta(days=n % 70),
            )
        )
    settle(build.session)
    return Books(build.session, build.workspace_id, NOW)


def test_windows_asked_about_together_are_told_as_each_alone(books: Books) -> None:
    windows = [
        Window(people.who_held(books, role, period, as_of=NOW), period)
        for role in SELLING_ROLES
        for period in PERIODS
    ]

    together = tallies.of_windows(books, windows, as_of=NOW)

    assert together == [tallies.of_stints(books, *window, as_of=NOW) for window in windows]
    assert sum(len(row.tally.won_after_days) for rows in together for row in rows) > 30
    assert sum(len(row.tally.accounts) for rows in together for row in rows) > 5
    assert sum(sum(row.tally.coached_minutes) for rows in together for row in rows) > 100


def test_what_is_read_ahead_is_what_would_have_been_read(books: Books) -> None:
    asked = [(role, period) for role in SELLING_ROLES for period in PERIODS]
    alone = [estimates.shown(books, *one, as_of=NOW) for one in asked]
    aes = [one.rep.id for one in people.who_held(books, Role.AE, PERIODS[0], as_of=NOW)]
    known = [period.until(NOW) for period in PERIODS]
    worked = [pipelines.worked(books, aes, one, as_of=NOW) for one in known]

    remember(books.session)
    estimates.read_ahead(books, asked, as_of=NOW)
    pipelines.read_ahead(books, [(aes, one) for one in known], as_of=NOW)

    assert [estimates.shown(books, *one, as_of=NOW) for one in asked] == alone
    assert [pipelines.worked(books, aes, one, as_of=NOW) for one in known] == worked
    assert all(worked)
