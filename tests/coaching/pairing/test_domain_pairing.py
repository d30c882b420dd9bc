"""Who coaches whom, and why or why not."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.coaching.domain.focus import Skill
from bot.coaching.domain.matching import Coach
from bot.coaching.domain.pairing import pair
from bot.coaching.domain.pairs import Why
from bot.core.enums import Metric, Role
from tests.coaching.pairing.matched import OFFICE, RULES, coach, couples, learner, why


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


def test_who_is_away_does_not_take_a_learner_from_those_who_are_here() -> None:
    assert couples(pair([replace(coach(1, 3.0), away=True), coach(3, 1.0)], [learner(2)], RULES)) == [(3, 2)]
