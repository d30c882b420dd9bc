"""A session that remembers asks once for the same arguments, and once more for any other."""

from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from bot.core.session_cache import is_missing, keep, read_once, remember


class Asked(Session):
    """Counts what it was asked."""

    def __init__(self, *, remembers: bool = True) -> None:
        super().__init__()
        self.asked: list[tuple[int, int]] = []
        if remembers:
            remember(self)


@read_once
def added(session: Asked, one: int, other: int = 1) -> int:
    session.asked.append((one, other))
    return one + other


@read_once
def multiplied(session: Asked, one: int, other: int = 1) -> int:
    return one * other


def test_the_same_arguments_are_the_same_however_they_are_given() -> None:
    session = Asked()

    assert {added(session, 2), added(session, one=2), added(session, 2, other=1)} == {3}
    assert session.asked == [(2, 1)]


def test_a_session_that_does_not_remember_reads_each_time() -> None:
    session = Asked(remembers=False)
    for _ in range(2):
        added(session, 2)

    assert session.asked == [(2, 1)] * 2


def test_what_one_session_has_read_is_nothing_to_another() -> None:
    for session in (Asked(), Asked()):
        added(session, 2)

        assert session.asked == [(2, 1)]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3))))
def test_no_two_questions_share_an_answer(questions: list[tuple[int, int]]) -> None:
    session = Asked()

    for one, other in questions:
        assert added(session, one, other) == one + other
        assert multiplied(session, one, other) == one * other
    assert len(session.asked) == len(set(questions))


def test_what_was_found_along_with_something_else_is_not_asked() -> None:
    session = Asked()
    assert is_missing(added, session, 2)

    keep(7, added, session, one=2)

    assert added(session, 2, other=1) == 7 and session.asked == []
    assert not is_missing(added, session, 2) and is_missing(added, session, 3)


def test_a_session_that_does_not_remember_has_nothing_kept_for_it() -> None:
    session = Asked(remembers=False)
    assert not is_missing(added, session, 2)

    keep(7, added, session, 2)

    assert added(session, 2) == 3
