"""Who coaches whom, and why or why not."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.domain.focus import Focus, Skill
from bot.coaching.domain.matching import Coach, Learner, WorkDay, shared_hours
from bot.coaching.domain.pairing import pair
from bot.coaching.domain.pairs import Cycle, Origin, Pairing, PairingRules, Unpaired, Why
from bot.core.enums import Metric, Role
from tests.support.properties import examples

WEEK = date(2026, 11, 9)
OFFICE = WorkDay(9, 9)
RULES = PairingRules(WEEK, seed=1)


def coach(rep: int, z: float = 1.0, *, metric: Metric = Metric.WIN_RATE, role: Role = Role.AE) -> Coach:
    return Coach(rep, role, 1, OFFICE, {metric: Skill(0.4 + z / 10, 0.4, z)})


def learner(
    rep: int, shortfall: float = 1.0, *, metric: Metric = Metric.WIN_RATE, role: Role = Role.AE
) -> Learner:
    focus = Focus(metric, shortfall, 0.9)
    return Learner(rep, role, OFFICE, focus, {metric: Skill(0.4 - shortfall / 10, 0.4, -shortfall)})


def couples(pairing: Pairing) -> list[tuple[int, int]]:
    return [(made.coach, made.learner) for made in pairing.pairs]


def why(pairing: Pairing) -> dict[int, Why]:
    return {left.learner: left.why for left in pairing.unpaired}


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


@pytest.mark.parametrize(
    ("teacher", "pupil", "metric"),
    [
        (Role.AE, Role.SDR, Metric.LEADS_PER_MONTH),
        (Role.SDR, Role.AE, Metric.WIN_RATE),
        (Role.AM, Role.SDR, Metric.QUALIFIED_RATE),
        (Role.AE, Role.AM, Metric.UPSELL_RATE),
    ],
)
def test_without_a_teaching_twin_there_is_no_edge(teacher: Role, pupil: Role, metric: Metric) -> None:
    everything = {key: Skill(1, 0, 3.0) for key in Metric}

    pairing = pair(
        [replace(coach(1, role=teacher), skills=everything)], [learner(2, metric=metric, role=pupil)], RULES
    )

    assert why(pairing) == {2: Why.NO_COACH}


def test_who_is_below_the_middle_themselves_teaches_nothing() -> None:
    assert why(pair([coach(1, -0.5), coach(2, 0.0)], [learner(3)], RULES)) == {3: Why.NO_COACH}


def test_a_coach_takes_as_many_as_the_capacity_says_and_the_rest_are_told() -> None:
    pairing = pair(
        [replace(coach(1), capacity=2)], [learner(2, 1.0), learner(3, 2.0), learner(4, 3.0)], RULES
    )

    assert couples(pairing) == [(1, 3), (1, 4)]
    assert why(pairing) == {2: Why.ALL_TAKEN}


def test_nobody_coaches_themselves() -> None:
    both = 5
    pairing = pair([coach(both, 9.0)], [learner(both)], RULES)

    assert why(pairing) == {both: Why.NO_COACH}


@pytest.mark.parametrize("barred", [{"willing": False}, {"opted_out": True}, {"away": True}, {"capacity": 0}])
def test_who_does_not_coach_this_week_is_not_asked_to(barred: Mapping[str, bool]) -> None:
    teacher = replace(coach(1), **barred)  # type: ignore[arg-type]

    assert couples(pair([teacher], [learner(2)], RULES)) == []
    assert couples(pair([teacher], [learner(2)], replace(RULES, pins=[(1, 2)]))) == []


@pytest.mark.parametrize(("barred", "reason"), [("opted_out", Why.OPTED_OUT), ("away", Why.AWAY)])
def test_who_does_not_learn_this_week_is_left_in_peace(barred: str, reason: Why) -> None:
    pupil = replace(learner(2), **{barred: True})  # type: ignore[arg-type]

    assert why(pair([coach(1)], [pupil], RULES)) == {2: reason}


def test_without_a_shortfall_the_figures_support_there_is_nothing_to_pair_for() -> None:
    assert why(pair([coach(1)], [replace(learner(2), focus=None)], RULES)) == {2: Why.NO_FOCUS}


@pytest.mark.parametrize("exclusion", [(1, 2), (2, 1)])
def test_an_exclusion_goes_both_ways_and_does_not_show(exclusion: tuple[int, int]) -> None:
    pairing = pair([coach(1)], [learner(2)], replace(RULES, exclusions=[exclusion]))

    assert why(pairing) == {2: Why.NO_COACH}


def test_a_blocked_pair_is_not_made_but_each_may_meet_others() -> None:
    pairing = pair(
        [coach(1, 2.0), coach(3, 1.0)], [learner(2), learner(4, 0.1)], replace(RULES, blocks=[(1, 2)])
    )

    assert couples(pairing) == [(3, 2), (1, 4)]


def test_people_whose_days_never_meet_are_not_paired() -> None:
    pairing = pair([replace(coach(1), day=WorkDay(22, 8))], [learner(2)], RULES)

    assert why(pairing) == {2: Why.NO_SHARED_HOURS}


@pytest.mark.parametrize(("days", "meets"), [(0, False), (20, False), (21, True)])
def test_a_pair_rests_for_three_weeks_after_its_cycle(days: int, meets: bool) -> None:
    ended = WEEK - timedelta(days=days)

    pairing = pair([coach(1)], [learner(2)], replace(RULES, ended={(1, 2): ended}))

    assert couples(pairing) == ([(1, 2)] if meets else [])
    if not meets:
        assert pairing.unpaired == (Unpaired(2, Why.RESTING, ended + timedelta(days=21)),)


def test_a_running_cycle_keeps_its_place_and_its_slot() -> None:
    rules = replace(RULES, running=[Cycle(1, 2, Metric.TIMELINE_RATE)])

    pairing = pair([coach(1, 0.1)], [learner(2, 0.1), learner(3, 9.0)], rules)

    assert [(made.coach, made.learner, made.origin) for made in pairing.pairs] == [(1, 2, Origin.RUNNING)]
    assert pairing.pairs[0].reason and pairing.pairs[0].reason.metric is Metric.TIMELINE_RATE
    assert why(pairing) == {3: Why.ALL_TAKEN}


def test_a_cycle_goes_on_after_the_shortfall_is_gone() -> None:
    rules = replace(RULES, running=[Cycle(1, 2, Metric.WIN_RATE)])

    assert couples(pair([coach(1)], [replace(learner(2), focus=None)], rules)) == [(1, 2)]


def test_while_its_coach_is_away_a_cycle_waits_and_keeps_its_slot() -> None:
    rules = replace(RULES, running=[Cycle(1, 2, Metric.WIN_RATE)])

    pairing = pair([replace(coach(1), away=True), coach(3)], [learner(2), learner(4)], rules)

    assert couples(pairing) == [(3, 4)]
    assert why(pairing) == {2: Why.COACH_AWAY}


def test_an_exclusion_ends_a_running_cycle() -> None:
    rules = replace(RULES, running=[Cycle(1, 2, Metric.WIN_RATE)], exclusions=[(2, 1)])

    assert couples(pair([coach(1, 2.0), coach(3, 0.1)], [learner(2)], rules)) == [(3, 2)]


def test_a_pin_is_made_whatever_it_is_worth() -> None:
    pairing = pair([coach(1, -1.0), coach(3, 2.0)], [learner(2)], replace(RULES, pins=[(1, 2)]))

    assert [(made.coach, made.learner, made.origin) for made in pairing.pairs] == [(1, 2, Origin.PINNED)]
    assert pairing.refused == ()


def test_a_pin_takes_the_place_of_a_running_cycle_and_frees_its_slot() -> None:
    rules = replace(RULES, running=[Cycle(1, 2, Metric.WIN_RATE)], pins=[(3, 2)])

    assert couples(pair([coach(1), coach(3)], [learner(2), learner(4)], rules)) == [(3, 2), (1, 4)]


def test_pins_past_capacity_or_for_one_learner_twice_are_refused() -> None:
    rules = replace(RULES, pins=[(1, 2), (1, 4), (3, 2), (8, 9)])

    pairing = pair([coach(1), coach(3)], [learner(2), learner(4)], rules)

    assert couples(pairing) == [(1, 2), (3, 4)]
    assert pairing.refused == ((1, 4), (3, 2), (8, 9))


def test_a_willing_manager_takes_whom_nobody_strong_can_take() -> None:
    manager = Coach(9, Role.MANAGER, 1, OFFICE)

    assert couples(pair([manager], [learner(2)], RULES)) == [(9, 2)]
    assert couples(pair([manager, coach(1)], [learner(2)], RULES)) == [(1, 2)], "figures come first"
    both = couples(pair([manager, coach(1)], [learner(2), learner(4)], RULES))
    assert {one for one, _other in both} == {1, 9}


def test_a_manager_is_held_to_the_same_rules_as_any_coach() -> None:
    manager = Coach(9, Role.MANAGER, 1, OFFICE)

    assert couples(pair([replace(manager, willing=False)], [learner(2)], RULES)) == []
    assert couples(pair([replace(manager, away=True)], [learner(2)], RULES)) == []
    other = replace(manager, only=frozenset({Metric.CYCLE_DAYS}))
    assert couples(pair([other], [learner(2)], RULES)) == [], "on the topics that they offer"
    assert couples(pair([other], [learner(2)], replace(RULES, pins=[(9, 2)]))) == [(9, 2)]


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


def test_equals_are_put_in_order_by_the_seed_alone() -> None:
    coaches, learners = [coach(1), coach(2), coach(3)], [learner(4), learner(5), learner(6)]

    def made(seed: int) -> list[tuple[int, int]]:
        return couples(pair(reversed(coaches), reversed(learners), replace(RULES, seed=seed)))

    assert made(1) == couples(pair(coaches, learners, RULES))
    assert len({tuple(made(seed)) for seed in range(20)}) > 1


@pytest.mark.parametrize(("coaches", "learners"), [(0, 2), (2, 0), (0, 0)])
def test_without_coaches_or_learners_there_is_nothing_to_pair(coaches: int, learners: int) -> None:
    pairing = pair(
        [coach(rep) for rep in range(coaches)], [learner(rep) for rep in range(9, 9 + learners)], RULES
    )

    assert pairing.pairs == () and len(pairing.unpaired) == learners


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


def test_who_is_away_does_not_take_a_learner_from_those_who_are_here() -> None:
    assert couples(pair([replace(coach(1, 3.0), away=True), coach(3, 1.0)], [learner(2)], RULES)) == [(3, 2)]


def test_pinning_a_pair_in_its_cycle_changes_nothing() -> None:
    rules = replace(RULES, running=[Cycle(1, 2, Metric.TIMELINE_RATE)])

    assert pair([coach(1)], [learner(2)], replace(rules, pins=[(1, 2)])) == pair(
        [coach(1)], [learner(2)], rules
    )
