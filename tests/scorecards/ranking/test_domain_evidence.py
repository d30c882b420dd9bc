"""What a role's tallies say, and how much each figure rests on."""

from dataclasses import replace

import numpy as np
import pytest

from bot.calendar.working_hours import Presence
from bot.core.enums import Metric, Role
from bot.scorecards.domain.definitions import compared
from bot.scorecards.domain.estimates import Estimate, deviation, estimate
from bot.scorecards.domain.evidence import RepTally, RoleEvidence
from bot.scorecards.domain.inference.samples import Counts, Means, Rates
from bot.scorecards.domain.inference.totals import Totals
from bot.scorecards.domain.tally import Tally
from tests.support.reps import QUARTER, ae, aes, am, ams, qualifiers, sdr, sdrs


def figure(evidence: RoleEvidence, rep: int, metric: Metric) -> Estimate:
    return estimate(evidence).by_rep()[rep][metric]


def test_the_raw_figures_are_the_scorecards() -> None:
    told = figure(qualifiers([(8, 12), (3, 9)]), 0, Metric.QUALIFIED_RATE)

    assert told.raw == pytest.approx(8 / 12)
    assert (told.numerator, told.denominator) == (8, 12)


def test_reps_come_in_ascending_order_whatever_order_they_are_given_in() -> None:
    evidence = sdrs(sdr(9, 1, 2), sdr(4, 3, 5), sdr(7, 2, 2))

    assert evidence.reps == (4, 7, 9)
    assert evidence.metrics[Metric.QUALIFIED_RATE].numerator.tolist() == [3, 2, 1]


@pytest.mark.parametrize("role", [Role.SDR, Role.AE, Role.AM])
def test_every_metric_of_a_scorecard_has_an_estimate_within_its_interval(role: Role) -> None:
    busy = Tally(
        calls=300, talk_seconds=54_000, passed=16, decided=12, qualified=8, worked=20, won=5, lost=6,
        won_after_days=(20, 41, 33, 28, 60), closed_from_accepted=6, won_from_accepted=3, decisions=9,
        teaching_decisions=7, accounts=am(0, (100, 130), (200, 210), (50, 40)).tally.accounts, debriefs=40,
        advanced=18, timeline_yes=12, timeline_no=9, authority_yes=8, authority_no=11, prompted=50,
        prompted_debriefed=40, coached_minutes=(30, 25, 30), commitments_due=6, commitments_kept=4,
    )  # fmt: skip
    other = replace(
        busy, calls=200, qualified=4, won=3, advanced=9, coached_minutes=(20,), won_after_days=(50, 70)
    )
    make = {Role.SDR: sdrs, Role.AE: aes, Role.AM: ams}[role]

    figures = estimate(make(RepTally(1, busy, QUARTER), RepTally(2, other, QUARTER))).by_rep()

    for rep in (1, 2):
        assert list(figures[rep]) == list(compared(role))
        for metric, told in figures[rep].items():
            assert told.value is not None and told.low is not None and told.high is not None, metric
            assert told.low < told.value < told.high, metric


def test_a_role_of_nobody_has_no_metrics() -> None:
    assert estimate(sdrs()).by_rep() == {}


def test_a_rate_without_trials_has_no_estimate_of_its_own() -> None:
    told = figure(qualifiers([(8, 12), (0, 0)]), 1, Metric.QUALIFIED_RATE)

    assert (told.value, told.low, told.high, told.raw) == (None, None, None, None)
    assert told.denominator == 0


def test_more_qualified_leads_than_calls_are_not_a_rate_above_one() -> None:
    told = figure(sdrs(sdr(1, 50, 60, calls=1), sdr(2, 4, 9, calls=100)), 1, Metric.QUALIFICATION_EFFICIENCY)

    assert told.value is not None and told.high is not None
    assert told.value < 1 and told.high <= 1


def test_leave_shortens_the_time_in_which_leads_could_be_passed() -> None:
    halved = Presence(days=91, working=64, present=32)
    tally = Tally(passed=10)

    sample = (
        sdrs(RepTally(1, tally, QUARTER), RepTally(2, tally, halved)).metrics[Metric.LEADS_PER_MONTH].sample
    )

    assert isinstance(sample, Counts)
    assert sample.exposure == pytest.approx([91 / 30.4375, 91 / 30.4375 / 2])


def test_days_to_win_keep_their_spread_within_each_rep() -> None:
    sample = aes(ae(1, 3, 0, days=(10, 20, 60)), ae(2, 1, 0, days=(5,))).metrics[Metric.CYCLE_DAYS].sample

    assert isinstance(sample, Means)
    assert sample.values.tolist() == [20, 5]
    assert sample.squares == pytest.approx([400 + 100 + 900, 0])
    assert sample.freedom.tolist() == [2, 0]


def test_one_large_account_among_small_ones_counts_as_little_more_than_one() -> None:
    sample = (
        ams(am(1, *[(100, 110)] * 10), am(2, (10_000, 11_000), *[(10, 11)] * 9))
        .metrics[Metric.UPSELL_RATE]
        .sample
    )

    assert isinstance(sample, Means)
    assert sample.items == pytest.approx([10, 1.02], abs=0.01)


def test_growth_is_weighed_by_what_the_accounts_were_worth() -> None:
    sample = ams(am(1, (300, 360), (100, 100)), am(2, (1, 1))).metrics[Metric.UPSELL_RATE].sample

    assert isinstance(sample, Means)
    assert sample.values[0] == pytest.approx(60 / 400)
    size = 400**2 / (300**2 + 100**2)
    assert sample.squares[0] == pytest.approx(size * (300 * 0.05**2 + 100 * 0.15**2) / 400)


def test_lost_accounts_count_for_retention_and_not_for_upselling() -> None:
    metrics = ams(am(1, (100, 130), (200, 200), (50, 0)), am(2, (10, 10))).metrics

    upsell, retention = metrics[Metric.UPSELL_RATE].sample, metrics[Metric.NET_RETENTION].sample
    assert isinstance(upsell, Means) and isinstance(retention, Means)
    assert upsell.values[0] == pytest.approx(0.10)
    assert retention.values[0] == pytest.approx(330 / 350)
    assert upsell.items[0] < retention.items[0]


def test_an_am_without_accounts_has_nothing_to_estimate_growth_from() -> None:
    evidence = ams(am(1, (100, 130)), am(2))

    assert not evidence.metrics[Metric.UPSELL_RATE].known[1]
    assert evidence.metrics[Metric.UPSELL_RATE].sample.size[1] == 0


def test_a_lone_am_with_one_account_has_an_estimate_and_no_interval() -> None:
    told = figure(ams(am(1, (100, 130))), 1, Metric.UPSELL_RATE)

    assert told.value == pytest.approx(0.3)
    assert told.low is None and told.high is None


def test_who_never_coached_has_zero_minutes_not_no_data() -> None:
    told = figure(ams(am(1, (1, 1), coached=(30, 30, 30)), am(2, (1, 1))), 2, Metric.COACHING_MINUTES)

    assert told.raw == 0
    assert told.value is not None and told.value > 0
    assert told.low == 0


def test_minutes_are_estimated_a_day_and_told_for_the_days_of_the_period() -> None:
    halved = Presence(days=45, working=32, present=32)
    rows = [am(rep, (1, 1), coached=(30,) * 8) for rep in (1, 2)]

    column = ams(*rows, replace(rows[0], rep=3, presence=halved)).metrics[Metric.COACHING_MINUTES]

    assert isinstance(column.sample, Totals)
    assert column.sample.per_day.values == pytest.approx([240 / 91, 240 / 91, 240 / 45])
    assert column.sample.slopes(1.0).tolist() == [91, 91, 45]


def test_a_result_costs_less_where_there_are_more_of_them() -> None:
    figures = estimate(qualifiers([(8, 12), (4, 12)])).by_rep()

    few, many = figures[1][Metric.COST_PER_RESULT], figures[0][Metric.COST_PER_RESULT]
    assert many.raw == pytest.approx(564 * 91 / 30.4375 / 8)
    assert few.value and many.value and few.value > many.value
    assert many.low is not None and many.high is not None and many.low < many.value < many.high


def test_the_middle_is_the_median_of_the_settled_reps_estimates() -> None:
    evidence = sdrs(sdr(1, 10, 50), sdr(2, 20, 50), sdr(3, 30, 50), sdr(4, 50, 50, ramping=True))

    column = estimate(evidence).columns[Metric.QUALIFIED_RATE]

    assert column.middle == column.posterior.mean[1]
    assert column.spread == pytest.approx(np.std([0.2, 0.4, 0.6]))


def test_where_all_are_the_same_nobody_is_above_or_below() -> None:
    evidence = qualifiers([(1, 10), (10, 100), (3, 30)])

    assert estimate(evidence).columns[Metric.QUALIFIED_RATE].z.tolist() == [0, 0, 0]


def test_below_the_middle_means_worse_for_days_too() -> None:
    rows = [
        ae(rep, 5, 0, days=tuple(base + step for step in range(5))) for rep, base in enumerate((10, 20, 60))
    ]

    below = estimate(aes(*rows)).columns[Metric.CYCLE_DAYS].below_middle

    assert below[2] > 0.99 and below[0] < 0.01


def test_rates_are_read_from_the_tally_by_their_own_counts() -> None:
    sample = aes(ae(1, 2, 1)).metrics[Metric.CLOSE_RATE].sample

    assert isinstance(sample, Rates)
    assert (sample.successes.tolist(), sample.trials.tolist()) == ([2], [3])


def test_minutes_spread_as_sums_of_what_came_in_lumps() -> None:
    rows = [
        RepTally(rep, Tally(coached_minutes=minutes, calls=100, talk_seconds=60 * 500), QUARTER)
        for rep, minutes in ((1, (30, 20)), (2, ()))
    ]
    metrics = ams(*rows).metrics

    coached, talk = metrics[Metric.COACHING_MINUTES].sample, metrics[Metric.TALK_MINUTES].sample
    assert isinstance(coached, Totals) and isinstance(talk, Totals)
    assert coached.per_day.squares.tolist() == [30**2 + 20**2, 0]
    assert talk.per_day.squares.tolist() == [100 * 2 * 5**2] * 2


def test_figures_that_differ_by_rounding_do_not_differ() -> None:
    assert deviation(np.array([0.3, 0.1 + 0.2])) == 0
    assert deviation(np.array([0.3, 0.4, np.nan])) == pytest.approx(0.05)
    assert deviation(np.array([np.nan])) == 0
