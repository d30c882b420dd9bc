"""Who leads asks what the quarter may still bring, and is shown what came of what was said before."""

from datetime import timedelta
from decimal import Decimal

from bot.core.enums import DealStatus
from bot.sandbox import Member, text_of
from tests.scorecards.numbers import ids
from tests.scorecards.over_time.test_conversation_charts import picture_in
from tests.support.builders import Builder
from tests.support.office import Office


def two_years(office: Office, ae: int, *, priced: bool = True) -> None:
    """Every fourth day a deal of 1,000 is opened: half are won after 30 days, half lost after 60."""
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for n in range(190):
            opened, won = office.clock() - timedelta(days=1 + 4 * n), n % 2 == 0
            closed = opened + timedelta(days=30 if won else 60)
            is_over = closed < office.clock()
            build.deal(
                ae,
                opened,
                status=(DealStatus.WON if won else DealStatus.LOST) if is_over else DealStatus.OPEN,
                closed_at=closed if is_over else None,
                amount=Decimal(1_000) if priced or not is_over else None,
            )


def test_a_forecast_comes_with_what_was_said_and_came_in_a_picture(
    office: Office, east: int, bo: Member, mia: Member
) -> None:
    two_years(office, *ids(office, bo))
    assert "comes to you in our direct messages" in mia.commands("/scorecard forecast").says

    told = text_of(mia.waits_for("What I said, what came: East"))
    assert "Won in 2026-Q4: $" in told and "8 times in 10" in told
    assert "of 12 held what came. They promise 8 in 10." in told
    assert "2025-Q4, Oct 1: said $" in told and "2026-Q3, Sep 1: said $" in told
    assert picture_in(mia).startswith(b"\x89PNG")


def test_where_too_little_is_known_it_is_silent_and_says_why(
    office: Office, east: int, bo: Member, mia: Member
) -> None:
    [ae] = ids(office, bo)
    with office.db.begin() as session:
        Builder(session, office.workspace_id).deal(ae, office.clock() - timedelta(days=5), amount=Decimal(70))
    mia.commands("/scorecard forecast East")

    told = mia.waits_for("I cannot hold my forecasts to their past yet")
    assert "fewer than 30 deals had closed in the 52 weeks before" in text_of(told)
    assert "No forecast: fewer than 30 deals closed" in text_of(told)
    assert all(block["type"] != "image" for block in told.blocks)


def test_wins_without_an_amount_are_no_record_of_nothing(
    office: Office, east: int, bo: Member, mia: Member
) -> None:
    two_years(office, *ids(office, bo), priced=False)
    mia.commands("/scorecard forecast")

    assert "deals have no amount, so what came cannot be told" in text_of(mia.waits_for("to their past yet"))


def test_it_is_for_those_who_lead(office: Office, east: int, ana: Member, bo: Member) -> None:
    two_years(office, *ids(office, bo))

    for rep in (ana, bo):
        assert "direct messages" not in rep.commands("/scorecard forecast East").says
