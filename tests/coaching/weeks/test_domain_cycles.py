"""Which cycles run, and which have ended."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.domain.cycles import PastPair, cycles
from bot.coaching.domain.pairs import Cycle
from bot.core.enums import Metric, PairingStatus
from bot.people.domain.access import CYCLE
from tests.support.properties import examples

WEEK = date(2026, 11, 16)
WIN = Metric.WIN_RATE


def weeks_ago(
    weeks: int, *, coach: int = 1, learner: int = 2, status: PairingStatus = PairingStatus.MET
) -> PastPair:
    return PastPair(WEEK - timedelta(weeks=weeks), coach, learner, WIN, status)


def test_a_pair_goes_on_for_four_weeks_from_its_first() -> None:
    found = cycles([weeks_ago(3), weeks_ago(2), weeks_ago(1)], WEEK)

    assert found.running == (Cycle(1, 2, WIN),)
    assert found.week_of == {(1, 2): 4}


def test_after_four_weeks_it_is_over_on_the_monday_that_follows() -> None:
    found = cycles([weeks_ago(n) for n in (5, 4, 3, 2)], WEEK)

    assert found.running == ()
    assert found.ended == {(1, 2): WEEK - timedelta(weeks=1)}


def test_a_week_missed_does_not_make_the_cycle_longer() -> None:
    assert cycles([weeks_ago(4), weeks_ago(1)], WEEK).running == ()


def test_a_decline_ends_it_at_once() -> None:
    found = cycles([weeks_ago(2), weeks_ago(1, status=PairingStatus.DECLINED)], WEEK)

    assert found.running == ()
    assert found.ended == {(1, 2): WEEK - timedelta(weeks=1)}


def test_a_learner_with_a_new_coach_has_left_the_old_one() -> None:
    found = cycles([weeks_ago(2), weeks_ago(1, coach=7)], WEEK)

    assert found.running == (Cycle(7, 2, WIN),)
    assert (1, 2) in found.ended


def test_a_couple_that_met_again_later_begins_a_new_cycle() -> None:
    found = cycles([weeks_ago(10), weeks_ago(2), weeks_ago(1)], WEEK)

    assert found.week_of == {(1, 2): 3}


def test_the_first_week_begins_with_the_yes() -> None:
    asked = cycles([weeks_ago(1, status=PairingStatus.PROPOSED)], WEEK)
    said_yes = cycles([weeks_ago(2, status=PairingStatus.PROPOSED), weeks_ago(1)], WEEK)

    assert (asked.running, asked.week_of) == ((Cycle(1, 2, WIN),), {(1, 2): 1})
    assert said_yes.week_of == {(1, 2): 2}


def test_a_proposal_that_lapsed_or_is_long_past_holds_no_place() -> None:
    for ago, status in ((1, PairingStatus.LAPSED), (2, PairingStatus.PROPOSED)):
        assert cycles([weeks_ago(ago, status=status)], WEEK).running == ()


def test_one_yes_holds_for_the_cycle() -> None:
    asked = cycles([weeks_ago(1, status=PairingStatus.PROPOSED)], WEEK)
    agreed = cycles(
        [weeks_ago(2, status=PairingStatus.ACCEPTED), weeks_ago(1, status=PairingStatus.MISSED)], WEEK
    )

    assert asked.agreed == frozenset()
    assert agreed.agreed == {(1, 2)}


def test_the_week_asked_about_and_later_ones_are_not_looked_at() -> None:
    assert cycles([weeks_ago(0), weeks_ago(-1)], WEEK) == cycles([], WEEK)


@examples(60)
@given(
    st.lists(
        st.builds(
            weeks_ago,
            st.integers(1, 12),
            coach=st.integers(1, 3),
            learner=st.integers(4, 6),
            status=st.sampled_from(PairingStatus),
        ),
        unique_by=lambda pair: (pair.week, pair.learner),
    )
)
def test_a_learner_has_one_running_cycle_at_most_and_a_couple_either_runs_or_has_ended(
    past: list[PastPair],
) -> None:
    found = cycles(past, WEEK)

    learners = [cycle.learner for cycle in found.running]
    assert len(learners) == len(set(learners))
    running = {(cycle.coach, cycle.learner) for cycle in found.running}
    assert running.isdisjoint(found.ended)
    assert running | set(found.ended) == {(pair.coach, pair.learner) for pair in past}
    assert all(WEEK - timedelta(weeks=12) <= day <= WEEK for day in found.ended.values())
    assert all(1 <= week <= CYCLE.days // 7 for week in found.week_of.values())


def test_a_pair_that_goes_on_is_in_the_first_week_of_four_more() -> None:
    past = [weeks_ago(n) for n in (4, 3, 2, 1)]

    found = cycles(past, WEEK, renewed={(1, 2): WEEK})

    assert found.running == (Cycle(1, 2, WIN),)
    assert found.week_of == {(1, 2): 1}
    assert found.agreed == frozenset({(1, 2)})


def test_going_on_ends_after_four_more_weeks_or_with_a_no() -> None:
    began = WEEK - timedelta(weeks=3)
    past = [weeks_ago(n) for n in (7, 6, 5, 4, 3, 2)]

    assert cycles([*past, weeks_ago(1)], WEEK, renewed={(1, 2): began}).week_of == {(1, 2): 4}
    assert cycles([*past, weeks_ago(1)], WEEK + CYCLE, renewed={(1, 2): began}).running == ()
    declined = weeks_ago(1, status=PairingStatus.DECLINED)
    assert cycles([*past, declined], WEEK, renewed={(1, 2): began}).running == ()


def test_a_word_to_go_on_from_long_ago_revives_nothing() -> None:
    past = [weeks_ago(n) for n in (12, 11)]

    assert cycles(past, WEEK, renewed={(1, 2): WEEK - timedelta(weeks=1)}).running == ()
