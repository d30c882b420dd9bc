"""Whose turn it is to write: nobody starves, and a sender who waits for an answer passes the workers."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.database import Turns
from tests.support.properties import examples


def in_what_order(urgent: list[bool]) -> list[int]:
    """Who has their turn when, where all come while somebody else has theirs."""
    turns, order = Turns(), list[int]()

    def take(number: int) -> None:
        with turns.turn(urgent=urgent[number]):
            order.append(number)

    with ThreadPoolExecutor(max(1, len(urgent))) as pool, turns.turn():
        for number in range(len(urgent)):
            pool.submit(take, number)
            while len(turns._waiting) <= number:
                pass
    return order


@examples(20)
@given(st.lists(st.booleans(), max_size=8))
def test_the_urgent_go_first_and_each_kind_in_the_order_they_came(urgent: list[bool]) -> None:
    assert in_what_order(urgent) == sorted(range(len(urgent)), key=lambda one: (not urgent[one], one))


def test_one_at_a_time() -> None:
    turns, inside, most = Turns(), 0, 0
    guard = threading.Lock()

    def take(number: int) -> None:
        nonlocal inside, most
        with turns.turn(urgent=number % 3 == 0):
            with guard:
                inside += 1
                most = max(most, inside)
            with guard:
                inside -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(take, range(400)))
    assert (most, inside) == (1, 0)


def test_a_turn_that_fails_is_over() -> None:
    turns = Turns()
    with pytest.raises(ValueError), turns.turn():
        raise ValueError
    with turns.turn():
        pass
