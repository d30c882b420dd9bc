"""Cycles that run, pins, blocks and exclusions go before what a pair is worth."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.coaching.domain.matching import WorkDay
from bot.coaching.domain.pairing import pair
from bot.coaching.domain.pairs import Cycle, Origin, Unpaired, Why
from bot.core.enums import Metric
from tests.coaching.pairing.matched import RULES, WEEK, coach, couples, learner, why


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


def test_pinning_a_pair_in_its_cycle_changes_nothing() -> None:
    rules = replace(RULES, running=[Cycle(1, 2, Metric.TIMELINE_RATE)])

    assert pair([coach(1)], [learner(2)], replace(rules, pins=[(1, 2)])) == pair(
        [coach(1)], [learner(2)], rules
    )
