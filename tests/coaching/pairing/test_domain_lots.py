"""Scarce places are drawn by lot among those whose need cannot be told apart."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.coaching.domain.focus import Focus
from bot.coaching.domain.matching import Learner
from bot.coaching.domain.pairing import pair
from bot.coaching.domain.pairs import Lot, Pairing, PairingRules, Unpaired, Why
from bot.core.enums import Metric
from tests.coaching.pairing.matched import WEEK, coach, couples, learner

FOUR_WEEKS = timedelta(weeks=4)


def rules(seed: int = 1, **more: Any) -> PairingRules:
    return replace(PairingRules(WEEK, seed=seed, by_lot=True), **more)


def needing(rep: int, shortfall: float, error: float = 0.3) -> Learner:
    return replace(learner(rep), focus=Focus(Metric.WIN_RATE, shortfall, 0.9, error))


def drawn(pairing: Pairing) -> set[int]:
    return {made.learner for made in pairing.pairs}


def test_of_two_alike_each_is_drawn_half_the_time_however_small_the_difference() -> None:
    alike = [needing(2, 1.0), needing(3, 1.1)]

    found = Counter(couples(pair([coach(1)], alike, rules(seed)))[0][1] for seed in range(200))

    assert set(found) == {2, 3}
    assert 70 <= found[2] <= 130


def test_a_need_that_is_surely_greater_goes_first() -> None:
    for seed in range(20):
        pairing = pair([coach(1)], [needing(2, 1.0), needing(3, 3.0)], rules(seed))
        assert drawn(pairing) == {3}
        assert pairing.lots == ()


def test_the_same_seed_draws_the_same() -> None:
    alike = [needing(rep, 1.0 + rep / 50) for rep in range(2, 9)]

    one, again = (pair([coach(1)], alike, rules(7)) for _ in range(2))

    assert one.lots == again.lots
    assert one.pairs == again.pairs


def test_who_waits_is_told_when_it_is_their_turn() -> None:
    alike = [needing(rep, 1.0) for rep in range(2, 7)]
    pairing = pair([replace(coach(1), capacity=2)], alike, rules())

    [lot] = pairing.lots
    first, second, third = lot.waiting
    told = {one.learner: one for one in pairing.unpaired}
    assert told[first] == Unpaired(first, Why.LOT, WEEK + FOUR_WEEKS)
    assert told[second].until == WEEK + FOUR_WEEKS
    assert told[third].until == WEEK + 2 * FOUR_WEEKS


def test_who_waited_has_their_turn_and_the_rest_is_drawn() -> None:
    alike = [needing(rep, 1.0) for rep in range(2, 7)]
    for seed in range(20):
        pairing = pair([replace(coach(1), capacity=2)], alike, rules(seed, waited=(5,)))
        [lot] = pairing.lots
        assert 5 in drawn(pairing)
        assert lot.by_turn == {5}


def test_a_pin_takes_no_part_in_the_draw() -> None:
    alike = [needing(rep, 1.0) for rep in range(2, 5)]
    pairing = pair([replace(coach(1), capacity=2)], alike, rules(pins=((1, 3),)))

    [lot] = pairing.lots
    assert 3 in drawn(pairing)
    assert set(lot.order) == {2, 4}


def test_nobody_is_drawn_where_there_are_places_for_all_or_the_team_wants_no_lots() -> None:
    alike = [needing(2, 1.0), needing(3, 1.1)]

    assert pair([replace(coach(1), capacity=2)], alike, rules()).lots == ()
    assert pair([coach(1)], alike, replace(rules(), by_lot=False)).lots == ()
    assert drawn(pair([coach(1)], alike, replace(rules(), by_lot=False))) == {3}


def test_one_whom_no_coach_may_take_is_not_in_the_draw_and_takes_no_place() -> None:
    alike = [needing(rep, 1.0) for rep in range(2, 5)]
    for seed in range(10):
        pairing = pair([coach(1)], alike, rules(seed, blocks=((1, 2),)))
        [lot] = pairing.lots
        assert set(lot.order) == {3, 4}
        assert len(pairing.pairs) == 1


@pytest.mark.parametrize("learner_id", [8, 9])
def test_turns_are_counted_by_the_places_there_are(learner_id: int) -> None:
    lot = Lot(Metric.WIN_RATE, (1, 2, 3, 8, 9), frozenset({1, 2, 3}))

    assert lot.turn(learner_id, date(2026, 11, 9)) == date(2026, 12, 7)
