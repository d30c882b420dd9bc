"""A rep's numbers, from the rows to the card; the worked examples are those of the definition itself."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot.calendar.periods import Period, parse
from bot.core.enums import DealStatus, Metric, Role
from bot.core.errors import NotFound
from bot.scorecards.domain.definitions.counting import Measure
from bot.scorecards.domain.scorecard import Scorecard
from bot.scorecards.services import scorecard as scorecards
from bot.scorecards.views.all_figures import how_to_read
from storage.books import Books
from storage.tables import Membership, Workspace
from tests.support.builders import Builder

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
OCTOBER = parse("2026-10", now=NOW, zone=BERLIN)


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=BERLIN).astimezone(UTC)


def october(day: int, hour: int = 9) -> datetime:
    return at(date(2026, 10, day), hour)


@pytest.fixture
def team(build: Builder) -> int:
    return build.team()


@pytest.fixture
def sdr(build: Builder, team: int) -> int:
    return build.rep("Ana", Role.SDR, team)


@pytest.fixture
def ae(build: Builder, team: int) -> int:
    return build.rep("Ben", Role.AE, team)


@pytest.fixture
def am(build: Builder, team: int) -> int:
    return build.rep("Cy", Role.AM, team)


def card(build: Builder, rep: int, period: Period = OCTOBER, as_of: datetime = NOW) -> Scorecard:
    return scorecards.scorecard_of(Books(build.session, build.workspace_id, NOW), rep, period, as_of=as_of)


def measured(
    build: Builder, rep: int, key: Metric, period: Period = OCTOBER, as_of: datetime = NOW
) -> Measure:
    figure = card(build, rep, period, as_of).figure(key)
    assert figure is not None
    return figure.measure


def test_an_sdr_in_october_with_16_leads_passed_and_310_calls(build: Builder, sdr: int, ae: int) -> None:
    for n in range(16):
        build.handoff(
            sdr,
            ae,
            october(1 + n),
            accepted=n < 9 if n < 12 else None,
            criteria_met=n < 8 if n < 12 else None,
        )
    for n in range(310):
        build.call(sdr, october(1 + n % 31, 8 + n % 9))

    assert measured(build, sdr, Metric.LEADS_PER_MONTH).value == pytest.approx(15.71, abs=0.005)
    qualified = measured(build, sdr, Metric.QUALIFIED_RATE)
    assert (qualified.numerator, qualified.denominator, qualified.awaiting) == (8, 12, 4)
    efficiency = measured(build, sdr, Metric.QUALIFICATION_EFFICIENCY)
    assert (efficiency.numerator, efficiency.denominator) == (8, 310)
    assert measured(build, sdr, Metric.COST_PER_RESULT).value == pytest.approx(71.80, abs=0.005)


def test_an_ae_in_a_week_with_13_deals_worked_2_won_and_1_lost(build: Builder, ae: int) -> None:
    week = parse("2026-W46", now=NOW, zone=BERLIN)
    monday, won = date(2026, 11, 9), DealStatus.WON
    wednesday = at(monday + timedelta(days=2))
    for _ in range(7):
        build.deal(ae, at(monday - timedelta(days=9)))
    for _ in range(3):
        build.deal(ae, wednesday)
    build.deal(ae, wednesday - timedelta(days=20), status=won, closed_at=wednesday)
    build.deal(ae, wednesday - timedelta(days=41), status=won, closed_at=wednesday)
    build.deal(ae, at(date(2026, 9, 1)), status=DealStatus.LOST, closed_at=wednesday)
    build.deal(ae, at(date(2026, 9, 1)), status=won, closed_at=at(monday - timedelta(days=1)))

    close, wins = (
        measured(build, ae, Metric.CLOSE_RATE, week),
        measured(build, ae, Metric.WIN_RATE, week),
    )
    assert (close.numerator, close.denominator) == (2, 13)
    assert (wins.numerator, wins.denominator) == (2, 3)
    assert measured(build, ae, Metric.CYCLE_DAYS, week).value == 30.5


def test_an_am_who_grew_one_account_kept_one_and_lost_one(build: Builder, am: int) -> None:
    before, during = date(2026, 9, 30), date(2026, 10, 20)
    for account, first, start, end in (("A", 100, 120, 130), ("B", 200, 200, 200), ("C", 50, 50, 0)):
        build.account(am, account, date(2025, 1, 1), first)
        build.account(am, account, before, start)
        build.account(am, account, during, end)

    upsell = measured(build, am, Metric.UPSELL_RATE)
    retention = measured(build, am, Metric.NET_RETENTION)
    assert (upsell.numerator, upsell.denominator) == (30, 300)
    assert (retention.numerator, retention.denominator) == (330, 370)


def test_a_rep_without_calls_has_no_efficiency_rather_than_none_at_all(
    build: Builder, sdr: int, ae: int
) -> None:
    build.handoff(sdr, ae, october(5), accepted=True)

    assert measured(build, sdr, Metric.QUALIFICATION_EFFICIENCY).value is None


def test_a_lead_passed_late_on_sunday_belongs_to_that_week_whatever_utc_says(build: Builder) -> None:
    west = build.team("West", zone="America/Los_Angeles")
    sdr, ae = build.rep("Dee", Role.SDR, west), build.rep("Eli", Role.AE, west)
    zone = ZoneInfo("America/Los_Angeles")
    build.handoff(sdr, ae, datetime(2026, 11, 15, 23, 30, tzinfo=zone))

    for asked_from in (zone, BERLIN):
        week = parse("2026-W46", now=NOW, zone=asked_from)
        assert measured(build, sdr, Metric.QUALIFIED_RATE, week).awaiting == 1


def test_a_decision_after_the_moment_asked_for_still_awaits(build: Builder, sdr: int, ae: int) -> None:
    build.handoff(sdr, ae, october(5), accepted=True)

    before, after = (measured(build, sdr, Metric.QUALIFIED_RATE, as_of=october(day, 9)) for day in (5, 6))
    assert (before.denominator, before.awaiting) == (0, 1)
    assert (after.denominator, after.awaiting) == (1, 0)


def test_a_deal_won_after_the_moment_asked_for_is_open_then(build: Builder, ae: int) -> None:
    build.deal(ae, october(1), status=DealStatus.WON, closed_at=october(20))

    then = measured(build, ae, Metric.CLOSE_RATE, as_of=october(19))
    assert (then.numerator, then.denominator) == (0, 1)
    assert measured(build, ae, Metric.CLOSE_RATE).numerator == 1


def test_a_session_held_on_a_day_is_known_at_the_days_end(build: Builder, ae: int, sdr: int) -> None:
    build.coached(ae, sdr, date(2026, 10, 7), minutes=25)

    known = [
        measured(build, ae, Metric.COACHING_MINUTES, as_of=moment).value
        for moment in (october(7, 18), october(8, 0) - timedelta(microseconds=1), october(9))
    ]
    assert known == [0, 25, 25]


def test_numbers_from_before_a_change_stay_with_the_old_role(build: Builder, sdr: int, team: int) -> None:
    session = build.session
    old = session.exec(select(Membership).where(Membership.person_id == sdr)).one()
    old.ended_on = date(2026, 10, 11)
    session.add(
        Membership(
            workspace_id=build.workspace_id, person_id=sdr, team_id=team, role=Role.AE,
            started_on=date(2026, 10, 12),
        )
    )  # fmt: skip
    session.flush()
    build.call(sdr, october(9))
    build.call(sdr, october(12))
    build.call(sdr, october(13))

    september = parse("2026-09", now=NOW, zone=BERLIN)
    assert card(build, sdr, september).rep.role is Role.SDR
    assert card(build, sdr).rep.role is Role.AE
    calls = measured(build, sdr, Metric.CALLS_PER_DAY)
    assert (calls.numerator, calls.denominator) == (2, 15), "of the days since Monday, the 12th"
    early = parse("2026-10-01..2026-10-12", now=NOW, zone=BERLIN)
    assert measured(build, sdr, Metric.CALLS_PER_DAY, early).numerator == 1


def test_holidays_of_the_teams_country_and_leave_are_no_days_present(build: Builder) -> None:
    team = build.team("Berlin", country="DE")
    sdr = build.rep("Fay", Role.SDR, team)
    build.away(sdr, date(2026, 12, 30), date(2027, 1, 3))
    build.call(sdr, datetime(2026, 12, 1, 12, tzinfo=UTC))
    december = parse("2026-12", now=NOW, zone=BERLIN)

    days = measured(build, sdr, Metric.CALLS_PER_DAY, december, datetime(2027, 1, 5, tzinfo=UTC))
    assert days.denominator == 23 - 1 - 2, "23 weekdays without Christmas Day and two days away"


def test_somebody_new_is_ramping_for_four_weeks(build: Builder, team: int) -> None:
    new = build.rep("Gil", Role.SDR, team, started_on=date(2026, 10, 12))
    settled = build.rep("Hal", Role.SDR, team, started_on=date(2026, 9, 1))

    assert card(build, new).ramping
    assert card(build, new).score is None
    assert not card(build, settled).ramping


def two_currencies(build: Builder, am: int) -> None:
    """100 EUR that became 150, and 100 USD, the workspace's own, that became 120."""
    for account, currency, end in (("A", "EUR", 150), ("B", "", 120)):
        build.account(am, account, date(2026, 9, 1), 100, currency)
        build.account(am, account, date(2026, 10, 20), end, currency)
    build.session.flush()


def test_accounts_in_two_currencies_stand_side_by_side(build: Builder, am: int) -> None:
    two_currencies(build, am)

    found = card(build, am)
    assert measured(build, am, Metric.UPSELL_RATE).value is None, "nothing is added up"
    apart = found.side_by_side[Metric.UPSELL_RATE]
    assert {currency: one.value for currency, one in apart.items()} == {"EUR": 0.5, "USD": 0.2}
    assert found.currencies.unrated == ("EUR",)
    assert measured(build, am, Metric.COST_PER_RESULT).denominator == 2, "growth is counted in any currency"


def test_given_rates_turn_two_currencies_into_one(build: Builder, am: int) -> None:
    two_currencies(build, am)
    for from_day, rate in (
        (date(2026, 1, 1), "1.5"),
        (date(2026, 10, 31), "1.1"),
        (date(2026, 11, 1), "9"),
    ):
        build.rate("EUR", "USD", from_day, rate)
    build.rate("EUR", "CHF", date(2026, 10, 31), "7")

    upsell = measured(build, am, Metric.UPSELL_RATE)
    assert upsell.denominator == pytest.approx(100 * 1.1 + 100), "by the rate of the last day, old values too"
    assert upsell.numerator == pytest.approx(150 * 1.1 + 120 - 210)
    assert card(build, am).currencies.converted == ("EUR",)
    assert card(build, am).side_by_side == {}


def test_a_rate_of_later_is_no_rate_yet(build: Builder, am: int) -> None:
    two_currencies(build, am)
    build.rate("EUR", "USD", date(2026, 11, 1), "1.1")

    assert measured(build, am, Metric.NET_RETENTION).value is None


def test_an_account_that_changed_its_currency_is_left_out_and_told_of(build: Builder, am: int) -> None:
    two_currencies(build, am)
    build.account(am, "C", date(2026, 9, 1), 100, "CHF")
    build.account(am, "C", date(2026, 10, 20), 90, "EUR")
    build.session.flush()

    found = card(build, am)
    assert (found.currencies.unrated, found.currencies.changed) == (("CHF", "EUR"), 1)
    assert found.side_by_side[Metric.UPSELL_RATE]["EUR"].denominator == 100


def test_one_foreign_currency_needs_no_rate(build: Builder, am: int) -> None:
    build.account(am, "A", date(2026, 9, 1), 100, "EUR")
    build.account(am, "A", date(2026, 10, 20), 150, "EUR")

    assert measured(build, am, Metric.UPSELL_RATE).value == 0.5


def test_an_account_that_a_colleague_took_over_is_neither_kept_nor_lost(
    build: Builder, team: int, am: int
) -> None:
    heir = build.rep("Ida", Role.AM, team)
    build.account(am, "A", date(2026, 9, 1), 100)
    build.account(am, "B", date(2026, 9, 1), 100)
    build.account(heir, "B", date(2026, 10, 10), 150)
    build.account(heir, "B", date(2026, 10, 20), 180)

    assert measured(build, am, Metric.NET_RETENTION).denominator == 100
    upsell = measured(build, heir, Metric.UPSELL_RATE)
    assert (upsell.numerator, upsell.denominator) == (30, 150), "from its value when taken over"


def test_the_card_sets_the_rep_beside_the_middle_of_the_role(build: Builder, team: int, ae: int) -> None:
    reps = [build.rep(f"Rep {n}", Role.SDR, team) for n in range(5)]
    for n, rep in enumerate(reps):
        for k in range(40):
            build.handoff(rep, ae, october(1 + k % 20), accepted=k < 6 * n + 4)

    best, middling = (card(build, rep).figure(Metric.QUALIFIED_RATE) for rep in (reps[4], reps[2]))
    assert best and middling and best.estimate and best.estimate.low and best.estimate.high
    assert best.role_middle == middling.role_middle == pytest.approx(16 / 40, abs=0.02)
    assert best.estimate.low < 28 / 40 < best.estimate.high
    scores = [card(build, rep).score or 0.0 for rep in reps]
    assert scores == sorted(scores)
    assert scores[0] < 0 < scores[4]


def test_a_reps_own_figures_are_never_old(build: Builder, sdr: int) -> None:
    assert measured(build, sdr, Metric.CALLS_PER_DAY).numerator is None, "nobody ever told of a call"

    build.call(sdr, october(5))

    calls = card(build, sdr).figure(Metric.CALLS_PER_DAY)
    assert calls and calls.measure.numerator == 1
    assert calls.estimate and calls.estimate.numerator == 1, "nor what is believed of them"


def test_a_changed_cost_of_tools_counts_at_once_for_peers_too(build: Builder, team: int, ae: int) -> None:
    one, *others = (build.rep(name, Role.SDR, team) for name in ("Ana", "Cem", "Eda"))
    for rep in (one, *others):
        build.handoff(rep, ae, october(5), accepted=True)
    before = card(build, one).figure(Metric.COST_PER_RESULT)

    build.session.get_one(Workspace, build.workspace_id).tool_cost *= 2

    after = card(build, one).figure(Metric.COST_PER_RESULT)
    assert before and before.role_middle and after
    assert after.role_middle == pytest.approx(2 * before.role_middle)


def test_who_had_no_role_in_the_period_is_told_so(build: Builder, team: int) -> None:
    new = build.rep("Jo", Role.SDR, team, started_on=date(2026, 11, 2))

    with pytest.raises(NotFound, match="no numbers"):
        card(build, new)


def test_who_has_left_is_shown_in_the_role_held_last(build: Builder, sdr: int) -> None:
    build.session.exec(select(Membership)).one().ended_on = date(2026, 10, 9)
    build.session.flush()
    build.call(sdr, october(8))
    build.call(sdr, october(12))

    assert card(build, sdr).rep.role is Role.SDR
    calls = measured(build, sdr, Metric.CALLS_PER_DAY)
    assert (calls.numerator, calls.denominator) == (1, 7), "a call after the last day is not theirs"


def test_a_move_to_another_team_in_the_same_role_starts_nothing_anew(build: Builder, sdr: int) -> None:
    session, west = build.session, build.team("West")
    session.exec(select(Membership)).one().ended_on = date(2026, 10, 18)
    session.add(
        Membership(
            workspace_id=build.workspace_id, person_id=sdr, team_id=west, role=Role.SDR,
            started_on=date(2026, 10, 19),
        )
    )  # fmt: skip
    session.flush()
    build.call(sdr, october(8))

    found = card(build, sdr)
    assert (found.rep.team, found.ramping) == ("West", False)
    assert measured(build, sdr, Metric.CALLS_PER_DAY).numerator == 1


def test_a_period_that_has_not_begun_shows_nothing_yet(build: Builder, sdr: int) -> None:
    build.call(sdr, october(8))

    found = card(build, sdr, as_of=at(date(2026, 9, 20)))
    assert all(figure.measure.value in (None, 0) for figure in found.figures)
    assert "before" not in how_to_read(found), "nothing can have changed since no days before"
