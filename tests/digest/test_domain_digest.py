"""What a digest chooses to tell, and what it leaves out."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.enums import Metric, Role
from bot.debriefs.domain.topics import topic
from bot.digest.domain.digest import MOST_FACTS, Result, facts
from bot.people.domain.someone import Someone
from tests.support.properties import examples


def result(id: int, count: int, of: int | None) -> Result:
    return Result(Someone(id, f"Rep {id}", None), count, of)


def told(
    role: Role, *results: Result, middle: float | None = 0.5
) -> list[tuple[int | None, int, int | None]]:
    return [
        (one.person.id if one.person else None, one.count, one.of) for one in facts(role, results, middle)
    ]


def test_the_best_of_the_week_are_told_with_what_they_did() -> None:
    rows = [result(1, 5, 6), result(2, 4, 5), result(3, 1, 6), result(4, 0, 3)]

    assert told(Role.SDR, *rows) == [(1, 5, 6), (2, 4, 5)]


def test_a_rate_below_the_roles_middle_is_not_told() -> None:
    assert told(Role.AE, result(1, 1, 9), result(2, 0, 2), result(3, 0, 0)) == []


def test_a_rate_exactly_at_the_middle_is_told() -> None:
    assert told(Role.AE, result(1, 1, 2), result(2, 0, 2), result(3, 0, 0)) == [(1, 1, 2)]


def test_two_of_a_role_are_told_together_because_one_would_tell_of_the_other() -> None:
    assert told(Role.SDR, result(1, 5, 6), result(2, 1, 5)) == [(None, 6, 11)]


def test_a_rep_alone_in_a_role_is_told_by_name() -> None:
    assert told(Role.SDR, result(1, 5, 6)) == [(1, 5, 6)]


def test_accounts_that_grew_are_counted_without_a_rate() -> None:
    assert told(Role.AM, result(1, 2, None), result(2, 1, None)) == [(None, 3, None)]


def test_a_week_without_a_result_has_no_fact() -> None:
    assert told(Role.SDR, result(1, 0, 4), result(2, 0, 0)) == []
    assert told(Role.SDR) == []


@examples(80)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30),
    st.one_of(st.none(), st.floats(0, 1)),
)
def test_at_least_half_of_a_role_is_never_told_of(pairs: list[tuple[int, int]], middle: float | None) -> None:
    rows = [result(id, count, count + more) for id, (count, more) in enumerate(pairs)]

    found = facts(Role.SDR, rows, middle)

    named = [one.person for one in found if one.person]
    assert len(named) <= max(1, len(rows) // 2)
    assert len(found) <= MOST_FACTS
    assert all(one.count > 0 for one in found)


def test_the_tag_of_most_debriefs_is_the_topic_with_its_metric() -> None:
    found = topic([("timeline", 1), ("timeline", 2), ("budget", 1), ("timeline", 2)])

    assert found is not None
    assert (found.tag, found.metric, found.debriefs, found.reps) == ("timeline", Metric.TIMELINE_RATE, 3, 2)


def test_what_one_rep_alone_wants_to_improve_stays_theirs() -> None:
    assert topic([("timeline", 1)] * 9) is None
    found = topic([("timeline", 1)] * 9 + [("closing", 1), ("closing", 2)])
    assert found is not None and found.tag == "closing"


def test_a_tag_of_ones_own_goes_with_how_calls_end() -> None:
    found = topic([("storytelling", 1), ("storytelling", 2)])

    assert found is not None and found.metric is Metric.EFFECTIVE_RATE
