"""Where a team stands in its quarter: told whole to those who lead, in shares to the channel, and to reps their own."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.core.enums import DealStatus, Role
from bot.sandbox import Member, text_of
from storage.tables import Quota, Team
from tests.scorecards.numbers import ids
from tests.support.builders import Builder
from tests.support.office import Office


def sells(office: Office, ae: int, amount: int) -> None:
    """40 deals closed in the year, of which one in the quarter was won for so much, and an open one."""
    now = office.clock()
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        won = DealStatus.WON
        ago = now - timedelta(days=2)
        build.deal(ae, ago - timedelta(days=9), status=won, closed_at=ago, amount=Decimal(amount))
        for n in range(40):
            ago = now - timedelta(days=100 + 5 * n)
            ended = won if n % 2 else DealStatus.LOST
            build.deal(ae, ago - timedelta(days=20), status=ended, closed_at=ago, amount=Decimal(1_000))
        build.deal(ae, now - timedelta(days=10), amount=Decimal(4_000))


def aims(office: Office, aes: Sequence[int], amount: int) -> None:
    with office.db.begin() as session:
        for ae in aes:
            goal = Quota(
                workspace_id=office.workspace_id, whose=f"person:{ae}", person_id=ae, period="2026-Q4",
                amount=Decimal(amount),
            )  # fmt: skip
            session.add(goal)


@pytest.fixture
def aes(office: Office, east: int, bo: Member) -> list[int]:
    people = [bo, office.hires("Cy", Role.AE, east), office.hires("Di", Role.AE, east)]
    found = ids(office, *people)
    for ae, amount in zip(found, (10_000, 20_000, 31_000), strict=True):
        sells(office, ae, amount)
    return found


def test_a_rep_reads_their_goal_at_a_glance_and_what_may_come_behind_more(
    office: Office, aes: list[int], bo: Member
) -> None:
    aims(office, aes[:1], 40_000)
    card = bo.commands("/scorecard")
    assert "🎯 2026-Q4: 25% of the goal of $40,000.00" in card.says
    assert "likely" not in card.says

    bo.clicks("More", card.message)
    bo.waits_for("Won in 2026-Q4: $10,000.00. Open: $4,000.00 in 1 deal. With the deals open now, likely $1")


def test_without_a_goal_a_card_says_nothing_of_one(aes: list[int], bo: Member) -> None:
    assert "🎯" not in bo.commands("/scorecard").says


def test_who_leads_reads_the_teams_money_and_others_do_not(
    office: Office, aes: list[int], bo: Member, mia: Member
) -> None:
    aims(office, aes, 50_000)
    page = mia.commands("/scorecard team").says

    assert "🎯 2026-Q4: 41% of the goal of $150,000.00" in page
    assert "Won in 2026-Q4: $61,000.00. Open: $12,000.00 in 3 deals." in page
    assert "8 times in 10" in page
    assert "$" not in bo.commands("/scorecard team").says
    assert "$" not in bo.commands("/scorecard top").says


@pytest.mark.parametrize("goals", [2, 3])
def test_the_channel_is_told_shares_and_only_from_three_goals_on(
    office: Office, aes: list[int], mia: Member, goals: int
) -> None:
    aims(office, aes[:goals], 50_000)
    mia.commands("/scorecard digest")
    seen = str(mia.waits_for("Only you see this"))

    assert ("of the quarter's goal, " in seen) == (goals == 3)
    assert "$" not in seen.replace("$0", "")


def test_with_the_digest_a_manager_reads_the_teams_money_and_the_channel_none(
    office: Office, east: int, aes: list[int], mia: Member
) -> None:
    aims(office, aes[:2], 50_000)
    channel = office.sandbox.add_channel("sales", members=[mia])
    office.sandbox.invite_bot(channel)
    with office.db.begin() as session:
        session.get_one(Team, east).channel = channel.id
    mia.clicks("Post now", mia.commands("/scorecard digest").message)
    page = str(mia.waits_for("for you alone"))

    assert "2026-Q4: 30% of the goal of $100,000.00" in page
    assert (
        "Won in 2026-Q4: $61,000.00. Open: $12,000.00 in 3 deals. With the deals open now, likely $" in page
    )
    office.tick()
    assert channel.messages and "$" not in str([text_of(one) for one in channel.messages])


def test_a_goal_of_nothing_has_no_share_and_no_pace(office: Office, aes: list[int], mia: Member) -> None:
    aims(office, aes, 0)
    page = mia.commands("/scorecard team").says

    assert "🎯 2026-Q4: the goal is $0.00. Of a goal of nothing there is no share." in page
    assert "pace" not in page


def test_half_of_the_wins_without_an_amount_are_told_and_never_added_as_nothing(
    office: Office, aes: list[int], mia: Member
) -> None:
    aims(office, aes, 50_000)
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for ae in aes:
            ago = office.clock() - timedelta(days=3)
            build.deal(ae, ago - timedelta(days=9), status=DealStatus.WON, closed_at=ago)
    page = mia.commands("/scorecard team").says

    assert "Won in 2026-Q4: $61,000.00. 3 won deals have no amount." in page
    assert "41% of the goal" in page


def test_a_credit_note_takes_from_what_was_won(office: Office, aes: list[int], mia: Member) -> None:
    sells(office, aes[0], -1_000)
    assert "Won in 2026-Q4: $60,000.00." in mia.commands("/scorecard team").says
