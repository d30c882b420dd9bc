"""What a pair is worth: shortfall, strength, shared hours, and the coach's record, and none is worth more."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.domain.focus import Skill
from bot.coaching.domain.matching import Coach, WorkDay, shared_hours
from bot.coaching.domain.pairing import pair
from bot.core.enums import Metric, Role
from tests.coaching.pairing.matched import OFFICE, RULES, coach, couples, learner
from tests.support.properties import examples


def test_the_total_is_the_largest_even_where_the_best_pair_must_wait() -> None:
    # the strong coach is the only one whose hours meet the second learner's
    near, far = learner(11, 1.0), replace(learner(12, 0.9), day=WorkDay(20, 9))
    strong, weak = replace(coach(1, 1.0), day=WorkDay(13, 12)), coach(2, 0.8)

    pairing = pair([strong, weak], [near, far], RULES)

    assert couples(pairing) == [(2, 11), (1, 12)]


def test_a_pairs_value_is_shortfall_times_strength_times_shared_hours() -> None:
    pairing = pair([coach(1, 0.5)], [replace(learner(2, 2.0), day=WorkDay(15, 9))], RULES)

    assert pairing.pairs[0].value == pytest.approx(2.0 * 0.5 * 3 / 9)
    assert pairing.total_value == pairing.pairs[0].value


def test_the_reason_holds_the_numbers_of_both() -> None:
    reason = pair([coach(1, 0.5)], [learner(2, 2.0)], RULES).pairs[0].reason

    assert reason
    assert reason.metric is Metric.WIN_RATE
    assert reason.learner == Skill(0.2, 0.4, -2.0)
    assert reason.coach == {Metric.WIN_RATE: Skill(0.45, 0.4, 0.5)}


def test_an_ae_teaches_an_sdr_by_what_aes_are_measured_by() -> None:
    skills = {Metric.DISCERNMENT: Skill(0.5, 0.4, 2.0), Metric.HANDOFF_FEEDBACK_RATE: Skill(0.5, 0.4, 1.0)}
    ae = replace(coach(1), skills=skills)
    sdr = learner(2, metric=Metric.QUALIFIED_RATE, role=Role.SDR)

    made = pair([ae], [sdr], RULES).pairs[0]

    assert made.value == pytest.approx(1.5)
    assert made.reason and made.reason.coach == skills


@pytest.mark.parametrize("metric", [Metric.WIN_RATE, Metric.CYCLE_DAYS])
def test_an_am_teaches_an_ae_by_the_accounts_kept(metric: Metric) -> None:
    am = coach(1, metric=Metric.NET_RETENTION, role=Role.AM)

    assert couples(pair([am], [learner(2, metric=metric)], RULES)) == [(1, 2)]


def test_a_well_rated_coach_is_worth_more_than_one_without_a_record() -> None:
    loved, new, poor = (
        replace(coach(rep), ratings=ratings) for rep, ratings in ((1, (5,) * 10), (2, ()), (3, (2,) * 10))
    )

    values = {
        made.coach: made.value for made in pair([loved, new, poor], map(learner, (4, 5, 6)), RULES).pairs
    }

    assert values[1] > values[2] > values[3]
    assert values[2] == pytest.approx(1)


def test_a_coach_whose_learners_rose_is_worth_more() -> None:
    lifting, sinking = replace(coach(1), lifts=(0.8,) * 10), replace(coach(2), lifts=(-0.8,) * 10)

    values = {
        made.coach: made.value for made in pair([lifting, sinking], [learner(4), learner(5)], RULES).pairs
    }

    assert values[1] > 1 > values[2]


def test_one_rating_moves_a_record_less_than_many() -> None:
    def value(ratings: tuple[int, ...]) -> float:
        others = Coach(2, Role.AE, 1, OFFICE, ratings=(3,) * 50)
        return pair([replace(coach(1), ratings=ratings), others], [learner(4)], RULES).total_value

    assert 1 < value((5,)) < value((5,) * 20)


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        (WorkDay(9, 9), WorkDay(9, 9), 1.0),
        (WorkDay(9, 9), WorkDay(14, 9), 4 / 9),
        (WorkDay(22, 9), WorkDay(1, 9), 6 / 9),
        (WorkDay(-2, 9), WorkDay(25, 9), 6 / 9),
        (WorkDay(9, 4), WorkDay(9, 8), 1.0),
        (WorkDay(0, 8), WorkDay(12, 8), 0.0),
    ],
)
def test_shared_hours_are_counted_around_midnight(one: WorkDay, other: WorkDay, share: float) -> None:
    assert shared_hours([one], [other])[0, 0] == pytest.approx(share)
    assert shared_hours([other], [one])[0, 0] == pytest.approx(share)


cases = st.tuples(
    st.lists(st.tuples(st.floats(-1, 3), st.integers(0, 2)), min_size=1, max_size=3),
    st.lists(st.floats(0.1, 3), min_size=1, max_size=4),
    st.sets(st.tuples(st.integers(0, 2), st.integers(10, 13)), max_size=4),
)


@examples(60)
@given(cases)
def test_no_other_assignment_is_worth_more(
    case: tuple[list[tuple[float, int]], list[float], set[tuple[int, int]]],
) -> None:
    strengths, shortfalls, blocks = case
    coaches = [replace(coach(rep, z), capacity=room) for rep, (z, room) in enumerate(strengths)]
    learners = [learner(rep, shortfall) for rep, shortfall in enumerate(shortfalls, start=10)]

    def total(chosen: tuple[int | None, ...]) -> float:
        made = [(by, at) for at, by in enumerate(chosen) if by is not None and (by, at + 10) not in blocks]
        if any(sum(by == rep for by, _ in made) > room for rep, (_, room) in enumerate(strengths)):
            return 0.0
        return sum(max(strengths[by][0], 0.0) * shortfalls[at] for by, at in made)

    best = max(map(total, product([None, *range(len(coaches))], repeat=len(learners))))

    pairing = pair(coaches, learners, replace(RULES, blocks=sorted(blocks)))

    assert pairing.total_value == pytest.approx(best)
    assert len(pairing.pairs) + len(pairing.unpaired) == len(learners)
    assert all(made.value > 0 for made in pairing.pairs)
    taken = np.bincount([made.coach for made in pairing.pairs], minlength=len(coaches))
    assert all(taken[rep] <= room for rep, (_, room) in enumerate(strengths))


def test_a_coach_rated_as_all_are_is_worth_as_much_as_one_without_a_record() -> None:
    rated = [replace(coach(rep), ratings=(5, 5, 5)) for rep in (1, 2)]

    assert pair(rated, [learner(4)], RULES).total_value == pytest.approx(1)


def test_a_pinned_coach_below_the_middle_is_worth_nothing_not_less() -> None:
    assert pair([coach(1, -1.0)], [learner(2)], replace(RULES, pins=[(1, 2)])).total_value == 0
