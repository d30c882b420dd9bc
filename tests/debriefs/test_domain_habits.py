"""Claims about what a rep keeps wanting to work on."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.debriefs.domain.topics import habit
from tests.support.properties import examples

WEEK = timedelta(weeks=1)
MONDAY = date(2026, 11, 16)


def mondays(*back: int) -> set[date]:
    return {MONDAY - n * WEEK for n in back}


def test_three_weeks_running_are_told_and_two_are_not() -> None:
    found = habit({"authority": mondays(0, 1, 2)}, {}, week=MONDAY, now_chosen=["authority"])
    assert found is not None
    assert (found.tag, found.weeks) == ("authority", 3)
    assert habit({"authority": mondays(0, 1)}, {}, week=MONDAY, now_chosen=["authority"]) is None


def test_a_week_without_it_breaks_the_run() -> None:
    assert habit({"authority": mondays(0, 1, 3, 4)}, {}, week=MONDAY, now_chosen=["authority"]) is None


def test_a_run_is_told_once_and_a_new_run_again() -> None:
    chosen = {"authority": mondays(0, 1, 2, 3)}
    assert habit(chosen, {"authority": mondays(1)}, week=MONDAY, now_chosen=["authority"]) is None

    after_a_break = {"authority": mondays(0, 1, 2, 4, 5, 6)}
    assert habit(after_a_break, {"authority": mondays(4)}, week=MONDAY, now_chosen=["authority"])


def test_what_was_not_chosen_now_is_not_told_now() -> None:
    assert habit({"pricing": mondays(0, 1, 2)}, {}, week=MONDAY, now_chosen=["authority"]) is None


def test_of_two_the_longer_run_is_told_and_the_other_another_week() -> None:
    chosen = {"pricing": mondays(0, 1, 2), "authority": mondays(0, 1, 2, 3)}
    both = ["pricing", "authority"]

    found = habit(chosen, {}, week=MONDAY, now_chosen=both)
    assert found is not None and found.tag == "authority"
    assert habit(chosen, {"authority": mondays(0)}, week=MONDAY, now_chosen=both) is None


@examples(60)
@given(weeks=st.sets(st.integers(0, 12)))
def test_over_any_weeks_each_run_of_three_or_more_is_told_exactly_once(weeks: set[int]) -> None:
    chosen: set[date] = set()
    told: set[date] = set()
    for n in sorted(weeks):
        week = MONDAY + n * WEEK
        chosen.add(week)
        if habit({"authority": chosen}, {"authority": told}, week=week, now_chosen=["authority"]):
            told.add(week)

    third_weeks = {MONDAY + n * WEEK for n in weeks if {n - 1, n - 2} <= weeks and n - 3 not in weeks}
    assert told == third_weeks
