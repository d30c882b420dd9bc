"""Claims about the numbers; the worked examples are those of the definition itself."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar.working_hours import Presence
from bot.core.enums import SELLING_ROLES, Metric, Role
from bot.pipeline.domain.portfolio import HeldAccount
from bot.scorecards.domain.definitions import (
    DEFINITIONS,
    Good,
    Unit,
    attainment,
    measures,
    metrics_of,
    prorated,
)
from bot.scorecards.domain.definitions.counting import Measure, results
from bot.scorecards.domain.tally import Tally
from tests.support.properties import examples

OCTOBER = Presence(days=31, working=22, present=22)
WEEK = Presence(days=7, working=5, present=5)


def measured(role: Role, tally: Tally, presence: Presence = WEEK) -> dict[Metric, Measure]:
    return {one.key: one for one in measures(role, tally, presence, monthly_tool_cost=Decimal(564))}


def account(first: int, start: int | None, end: int) -> HeldAccount:
    return HeldAccount(Decimal(first), None if start is None else Decimal(start), Decimal(end))


def test_an_sdr_in_october_with_16_leads_passed_and_310_calls() -> None:
    sdr = measured(Role.SDR, Tally(passed=16, decided=12, qualified=8, calls=310), OCTOBER)

    assert sdr[Metric.LEADS_PER_MONTH].value == pytest.approx(15.71, abs=0.005)
    qualified = sdr[Metric.QUALIFIED_RATE]
    assert (qualified.numerator, qualified.denominator, qualified.awaiting) == (8, 12, 4)
    assert qualified.value == pytest.approx(0.667, abs=0.0005)
    efficiency = sdr[Metric.QUALIFICATION_EFFICIENCY]
    assert (efficiency.numerator, efficiency.denominator) == (8, 310)
    assert efficiency.value == pytest.approx(0.0258, abs=0.00005)
    assert sdr[Metric.COST_PER_RESULT].value == pytest.approx(71.80, abs=0.005)


def test_an_ae_in_a_week_with_13_deals_worked_2_won_and_1_lost() -> None:
    ae = measured(Role.AE, Tally(worked=13, won=2, lost=1, won_after_days=(20, 41)))

    close, win, cycle = ae[Metric.CLOSE_RATE], ae[Metric.WIN_RATE], ae[Metric.CYCLE_DAYS]
    assert (close.numerator, close.denominator) == (2, 13)
    assert close.value == pytest.approx(0.154, abs=0.0005)
    assert (win.numerator, win.denominator) == (2, 3)
    assert (cycle.value, cycle.numerator, cycle.denominator) == (30.5, None, 2)


def test_an_am_who_grew_one_account_kept_one_and_lost_one() -> None:
    am = measured(
        Role.AM, Tally(accounts=(account(100, 120, 130), account(200, 200, 200), account(50, 50, 0)))
    )

    upsell, retention = am[Metric.UPSELL_RATE], am[Metric.NET_RETENTION]
    assert (upsell.numerator, upsell.denominator) == (30, 300)
    assert upsell.value == pytest.approx(0.1)
    assert (retention.numerator, retention.denominator) == (330, 370)
    assert retention.value == pytest.approx(0.892, abs=0.0005)


def test_a_rep_without_calls_has_no_efficiency_rather_than_none_at_all() -> None:
    idle = measured(Role.SDR, Tally(passed=1, decided=1, qualified=1))

    assert idle[Metric.QUALIFICATION_EFFICIENCY].value is None
    assert idle[Metric.QUALIFICATION_EFFICIENCY].denominator == 0
    assert idle[Metric.CALLS_PER_DAY].value == 0


@pytest.mark.parametrize("role", Role)
def test_with_nothing_done_only_what_is_a_plain_total_or_per_day_has_a_figure(role: Role) -> None:
    figures = {key for key, one in measured(role, Tally()).items() if one.value is not None}
    plain = {Metric.LEADS_PER_MONTH, Metric.CALLS_PER_DAY, Metric.TALK_MINUTES, Metric.COACHING_MINUTES}

    assert figures == plain & set(metrics_of(role))


def test_an_account_taken_over_in_the_period_counts_as_upsell_from_its_first_value_and_not_as_retention() -> (
    None
):
    am = measured(Role.AM, Tally(accounts=(account(100, None, 150),)))

    assert am[Metric.UPSELL_RATE].value == pytest.approx(0.5)
    assert am[Metric.NET_RETENTION].value is None


def test_an_am_who_holds_nothing_any_more_has_no_upsell_but_a_retention_of_nothing() -> None:
    am = measured(Role.AM, Tally(accounts=(account(100, 100, 0),)))

    assert am[Metric.UPSELL_RATE].value is None
    assert am[Metric.NET_RETENTION].value == 0


def test_cents_add_up_exactly() -> None:
    cents = HeldAccount(Decimal("0.1"), Decimal("0.1"), Decimal("0.2"))

    assert measured(Role.AM, Tally(accounts=(cents,) * 3))[Metric.UPSELL_RATE].numerator == 0.3


def test_half_a_month_present_is_half_the_exposure() -> None:
    tally = Tally(passed=4)
    whole, half = (
        measured(Role.SDR, tally, Presence(days=28, working=20, present=present))[
            Metric.LEADS_PER_MONTH
        ].value
        for present in (20, 10)
    )

    assert whole is not None
    assert half == pytest.approx(2 * whole)


@pytest.mark.parametrize("presence", [Presence(2, 0, 0), Presence(7, 5, 0)])
def test_without_a_day_present_nothing_per_day_is_said(presence: Presence) -> None:
    away = measured(Role.SDR, Tally(passed=3, calls=9), presence)

    assert away[Metric.LEADS_PER_MONTH].value is None
    assert away[Metric.CALLS_PER_DAY].value is None


def test_talk_is_told_in_minutes() -> None:
    assert measured(Role.AE, Tally(calls=2, talk_seconds=150))[Metric.TALK_MINUTES].value == 2.5


def test_rates_of_debriefs_divide_by_what_was_answered() -> None:
    tally = Tally(
        debriefs=8, advanced=2, timeline_yes=3, timeline_no=1, authority_yes=1, authority_no=4,
        prompted=10, prompted_debriefed=7, commitments_due=3, commitments_kept=2, coached_minutes=(30, 25),
        decisions=6, teaching_decisions=3, closed_from_accepted=5, won_from_accepted=1,
    )  # fmt: skip
    ae = {key: (one.numerator, one.denominator) for key, one in measured(Role.AE, tally).items()}

    assert ae[Metric.EFFECTIVE_RATE] == (2, 8)
    assert ae[Metric.TIMELINE_RATE] == (3, 4)
    assert ae[Metric.AUTHORITY_RATE] == (1, 5)
    assert ae[Metric.DEBRIEF_RATE] == (7, 10)
    assert ae[Metric.COMMITMENTS_KEPT] == (2, 3)
    assert ae[Metric.HANDOFF_FEEDBACK_RATE] == (3, 6)
    assert ae[Metric.DISCERNMENT] == (1, 5)
    assert measured(Role.AE, tally)[Metric.COACHING_MINUTES].value == 55


def test_each_role_is_there_for_its_own_results() -> None:
    grown = (account(1, 10, 11), account(1, 10, 10), account(1, 10, 0), account(1, None, 5))
    tally = Tally(qualified=2, won=3, accounts=grown)

    assert [results(role, tally) for role in (*SELLING_ROLES, Role.MANAGER)] == [2, 3, 1, None]


def test_a_card_lists_the_metrics_of_the_role_in_the_order_of_the_definition() -> None:
    assert list(DEFINITIONS) == list(Metric)
    assert list(measured(Role.SDR, Tally()))[:4] == [
        Metric.LEADS_PER_MONTH,
        Metric.QUALIFIED_RATE,
        Metric.QUALIFICATION_EFFICIENCY,
        Metric.CALLS_PER_DAY,
    ]
    assert Metric.UPSELL_RATE not in measured(Role.AE, Tally())
    assert Metric.COST_PER_RESULT not in measured(Role.MANAGER, Tally())


def test_every_metric_a_selling_role_has_is_explained_in_words() -> None:
    for definition in DEFINITIONS.values():
        assert definition.title and definition.formula
        assert definition.roles or definition.is_private


def test_only_totals_shrink_with_absence() -> None:
    assert {key for key, one in DEFINITIONS.items() if one.is_total} == {
        Metric.TALK_MINUTES,
        Metric.COACHING_MINUTES,
    }
    assert prorated(60, Presence(days=28, working=20, present=15)) == 45
    assert prorated(60, Presence(days=2, working=0, present=0)) is None


@pytest.mark.parametrize(
    ("value", "target", "direction", "reached"),
    [
        (0.3, 0.4, Good.UP, 0.75),
        (40.0, 30.0, Good.DOWN, 0.75),
        (90.0, 60.0, Good.NONE, 1.5),
        (0.0, 30.0, Good.DOWN, None),
        (0.3, 0.0, Good.UP, None),
        (0.3, None, Good.UP, None),
        (None, 0.4, Good.UP, None),
    ],
)
def test_attainment_is_one_when_the_target_is_met_whichever_way_is_good(
    value: float | None, target: float | None, direction: Good, reached: float | None
) -> None:
    assert attainment(value, target, direction) == (None if reached is None else pytest.approx(reached))


COUNTS = st.integers(0, 10_000)
TALLIES = st.builds(
    Tally,
    calls=COUNTS, talk_seconds=COUNTS, passed=COUNTS, decided=COUNTS, qualified=COUNTS, worked=COUNTS,
    won=COUNTS, lost=COUNTS, debriefs=COUNTS, advanced=COUNTS, timeline_yes=COUNTS, timeline_no=COUNTS,
    accounts=st.lists(st.builds(account, COUNTS, st.none() | COUNTS, COUNTS), max_size=4).map(tuple),
)  # fmt: skip


@given(st.sampled_from(Role), TALLIES, st.integers(0, 31))
@examples(150)
def test_every_figure_is_what_its_parts_say(role: Role, tally: Tally, present: int) -> None:
    for key, one in measured(role, tally, Presence(days=31, working=31, present=present)).items():
        if one.numerator is not None and one.denominator is not None:
            expected = one.numerator / one.denominator if one.denominator else None
            assert one.value == (None if expected is None else pytest.approx(expected))
        if DEFINITIONS[key].unit is Unit.SHARE and not DEFINITIONS[key].is_fact:
            assert one.numerator is not None and one.denominator is not None
