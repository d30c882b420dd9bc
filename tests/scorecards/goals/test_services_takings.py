"""What came in, in money: from the rows to the card, with amounts that are missing, negative or of many currencies."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot.calendar.periods import Period, parse
from bot.core.enums import DealStatus, Metric, Role
from bot.scorecards.domain.scorecard import Scorecard
from bot.scorecards.domain.verdict import Verdict
from bot.scorecards.services import drilldown
from bot.scorecards.services import scorecard as scorecards
from bot.scorecards.views import as_json
from storage.books import Books
from storage.queries.pipeline import deal_history
from storage.tables import Deal, Quota
from tests.support.builders import Builder

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
OCTOBER = parse("2026-10", now=NOW, zone=BERLIN)
WON = DealStatus.WON


def october(day: int) -> datetime:
    return datetime(2026, 10, day, 9, tzinfo=BERLIN).astimezone(UTC)


SEPTEMBER = datetime(2026, 9, 1, 9, tzinfo=UTC)


@pytest.fixture
def team(build: Builder) -> int:
    return build.team()


@pytest.fixture
def ae(build: Builder, team: int) -> int:
    return build.rep("Ben", Role.AE, team)


def won(build: Builder, ae: int, amount: int | None, currency: str = "", day: int = 12) -> None:
    worth = None if amount is None else Decimal(amount)
    build.deal(ae, SEPTEMBER, status=WON, closed_at=october(day), amount=worth, currency=currency)


def card(build: Builder, rep: int, period: Period = OCTOBER, as_of: datetime = NOW) -> Scorecard:
    build.session.flush()
    return scorecards.scorecard_of(Books(build.session, build.workspace_id, NOW), rep, period, as_of=as_of)


def value(
    build: Builder, rep: int, key: Metric, period: Period = OCTOBER, as_of: datetime = NOW
) -> float | None:
    figure = card(build, rep, period, as_of).figure(key)
    assert figure is not None
    return figure.measure.value


def told(build: Builder, rep: int, key: Metric) -> dict[str, object]:
    metrics = as_json.scorecard(card(build, rep))["metrics"]
    found: dict[str, object] = next(one for one in metrics if one["key"] == key)
    return found


def test_what_was_won_holds_credit_notes_and_leaves_out_what_nobody_priced(build: Builder, ae: int) -> None:
    for worth in (12_000, 8_000, -2_000, None):
        won(build, ae, worth)
    build.deal(ae, SEPTEMBER, status=DealStatus.LOST, closed_at=october(3), amount=Decimal(99_000))
    build.deal(ae, SEPTEMBER, status=WON, closed_at=SEPTEMBER, amount=Decimal(77_000))

    amount = told(build, ae, Metric.WON_AMOUNT)
    average = told(build, ae, Metric.AVERAGE_DEAL)
    assert (amount["value"], amount["currency"]) == (18_000, "USD")
    assert (amount["unknown"], amount["deals"]) == (1, 4), "what is missing is a share of the deals, and no 0"
    assert (average["value"], average["numerator"], average["denominator"]) == (6_000, 18_000, 3)


def test_money_is_a_fact_and_nobody_is_better_or_worse_by_it(build: Builder, team: int, ae: int) -> None:
    for colleague in (build.rep(f"Rep {n}", Role.AE, team) for n in range(4)):
        for day in range(1, 20):
            won(build, colleague, 50_000, day=day)
    won(build, ae, 10)

    shown = card(build, ae)
    for key in (Metric.WON_AMOUNT, Metric.AVERAGE_DEAL, Metric.OPEN_PIPELINE):
        figure = shown.figure(key)
        assert figure and figure.judged.verdict is Verdict.CANNOT_TELL
        assert (figure.estimate, figure.role_middle) == (None, None), (
            "the middle of three would tell a colleague's"
        )


def test_nothing_won_is_nothing_and_nothing_priced_is_no_data(build: Builder, team: int, ae: int) -> None:
    unpriced = build.rep("Cy", Role.AE, team)
    won(build, unpriced, None)

    assert value(build, ae, Metric.WON_AMOUNT) == 0
    assert value(build, ae, Metric.AVERAGE_DEAL) is None
    assert value(build, unpriced, Metric.WON_AMOUNT) is None


def test_the_open_pipeline_is_as_it_stood_at_the_periods_end(build: Builder, ae: int) -> None:
    build.deal(ae, SEPTEMBER, amount=Decimal(5_000))
    build.deal(ae, SEPTEMBER, amount=None)
    build.deal(ae, SEPTEMBER, status=WON, closed_at=datetime(2026, 11, 4, tzinfo=UTC), amount=Decimal(700))
    build.deal(ae, datetime(2026, 11, 2, tzinfo=UTC), amount=Decimal(90_000))

    pipeline = told(build, ae, Metric.OPEN_PIPELINE)
    assert (pipeline["value"], pipeline["unknown"], pipeline["deals"]) == (5_700, 1, 3)


def test_two_currencies_stand_side_by_side_until_a_rate_is_given(build: Builder, ae: int) -> None:
    won(build, ae, 1_000, "EUR")
    won(build, ae, 3_000, "EUR")
    won(build, ae, 500, "USD")

    amount = told(build, ae, Metric.WON_AMOUNT)
    assert (amount["value"], amount["by_currency"]) == (None, {"EUR": 4_000, "USD": 500})
    assert told(build, ae, Metric.AVERAGE_DEAL)["by_currency"] == {"EUR": 2_000, "USD": 500}
    assert card(build, ae).currencies.unrated == ("EUR",)

    build.rate("EUR", "USD", date(2026, 1, 1), "1.5")
    amount = told(build, ae, Metric.WON_AMOUNT)
    assert (amount["value"], amount["currency"]) == (6_500, "USD")
    assert "by_currency" not in amount
    assert card(build, ae).currencies.converted == ("EUR",)


def test_one_foreign_currency_needs_no_rate(build: Builder, ae: int) -> None:
    won(build, ae, 1_000, "EUR")

    amount = told(build, ae, Metric.WON_AMOUNT)
    assert (amount["value"], amount["currency"]) == (1_000, "EUR")


def test_an_amount_written_down_after_the_period_counts_and_as_of_before_it_does_not(
    build: Builder, ae: int
) -> None:
    won(build, ae, None)
    build.session.flush()
    deal = build.session.exec(select(Deal)).one()
    old = deal.model_dump()
    deal.amount = Decimal(4_000)
    build.session.flush()
    at = datetime(2026, 11, 10, tzinfo=UTC)
    deal_history.record(build.session, [(old, deal.model_dump())], changed_at=at)

    assert value(build, ae, Metric.WON_AMOUNT) == 4_000
    assert value(build, ae, Metric.WON_AMOUNT, as_of=datetime(2026, 11, 9, tzinfo=UTC)) is None


def test_what_is_behind_the_amount_is_told_deal_by_deal(build: Builder, ae: int) -> None:
    won(build, ae, 1_000, "EUR", day=5)
    won(build, ae, None, day=6)
    build.session.flush()

    books = Books(build.session, build.workspace_id, NOW)
    unpriced, priced = drilldown.rows_behind(books, ae, Metric.WON_AMOUNT, OCTOBER, as_of=NOW)
    assert (priced.amount, priced.currency, priced.bearing) == (1_000, "EUR", "counts")
    assert (unpriced.amount, unpriced.bearing) == (None, "waits")


def aim(
    build: Builder,
    period: str,
    amount: int,
    currency: str = "",
    *,
    of: int | None = None,
    role: Role = Role.AE,
) -> None:
    owner = {"person_id": of, "whose": f"person:{of}"} if of else {"role": role, "whose": str(role)}
    build.session.add(
        Quota(
            workspace_id=build.workspace_id, period=period, amount=Decimal(amount), currency=currency, **owner
        )
    )


def test_a_goal_is_reached_by_what_was_won(build: Builder, ae: int) -> None:
    aim(build, "2026-10", 40_000)
    won(build, ae, 12_000)
    won(build, ae, -2_000)
    won(build, ae, None)

    reached = told(build, ae, Metric.QUOTA_ATTAINMENT)
    assert (reached["value"], reached["numerator"], reached["denominator"]) == (0.25, 10_000, 40_000)
    assert reached["currency"] == "USD"
    amount = told(build, ae, Metric.WON_AMOUNT)
    assert (amount["target"], amount["attainment"]) == (40_000, 0.25)


def test_a_goal_in_another_currency_is_reached_by_a_given_rate_alone(build: Builder, ae: int) -> None:
    aim(build, "2026-10", 10_000, "EUR", of=ae)
    won(build, ae, 1_000, "EUR")
    won(build, ae, 1_500, "USD")

    assert value(build, ae, Metric.QUOTA_ATTAINMENT) is None
    build.rate("EUR", "USD", date(2026, 1, 1), "1.5")
    assert value(build, ae, Metric.QUOTA_ATTAINMENT) == pytest.approx(0.2), "1,000 and 1,500 ÷ 1.5 of 10,000"


def test_without_a_goal_and_with_a_goal_of_nothing_there_is_no_share(build: Builder, ae: int) -> None:
    won(build, ae, 12_000)
    assert value(build, ae, Metric.QUOTA_ATTAINMENT) is None
    aim(build, "2026-10", 0)
    assert value(build, ae, Metric.QUOTA_ATTAINMENT) is None
    assert told(build, ae, Metric.WON_AMOUNT)["attainment"] is None


def test_an_ams_goal_is_reached_by_what_the_accounts_grew_by(build: Builder, team: int) -> None:
    am = build.rep("Cy", Role.AM, team)
    aim(build, "2026-10", 100, role=Role.AM)
    for key, before, after in (("A", 100, 160), ("B", 50, 0), ("C", 70, 70)):
        build.account(am, key, date(2026, 9, 1), before)
        build.account(am, key, date(2026, 10, 20), after)
    build.account(am, "D", date(2026, 10, 5), 30)
    build.account(am, "D", date(2026, 10, 25), 50)

    reached = told(build, am, Metric.QUOTA_ATTAINMENT)
    assert (reached["numerator"], reached["value"]) == (60 - 50 + 20, pytest.approx(0.3))
