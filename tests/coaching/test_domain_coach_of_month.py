"""Who is coach of the month, and when that is told."""

from datetime import date

import pytest

from bot.coaching.domain.sessions import choose, reported_month

ANA, BO, CEM = 1, 2, 3


def test_sessions_kept_count_as_their_rating_says() -> None:
    assert choose([(ANA, 5), (ANA, 5), (ANA, 5), (BO, 3), (BO, 3), (BO, 3), (BO, 3)]) == ANA
    assert choose([(ANA, 5), (ANA, 5), (BO, 3), (BO, 3), (BO, 3), (BO, 3)]) == BO


def test_a_session_without_a_rating_counts_as_the_mean() -> None:
    assert choose([(ANA, None), (ANA, None), (ANA, 5), (BO, 3), (BO, 5)]) == ANA


def test_one_session_does_not_make_a_coach_of_the_month() -> None:
    assert choose([(ANA, 5)]) is None
    assert choose([(ANA, 5), (BO, 1), (BO, 1)]) == BO
    assert choose([]) is None


def test_where_two_are_level_nobody_is_told_of() -> None:
    assert choose([(ANA, 4), (ANA, 5), (BO, 5), (BO, 4), (CEM, 1), (CEM, 1)]) is None


@pytest.mark.parametrize(
    ("posted", "month"),
    [
        (date(2026, 11, 2), (date(2026, 10, 1), date(2026, 11, 1))),
        (date(2027, 1, 4), (date(2026, 12, 1), date(2027, 1, 1))),
        (date(2026, 11, 9), None),
    ],
)
def test_only_the_months_first_digest_tells_of_the_month_before(
    posted: date, month: tuple[date, date] | None
) -> None:
    assert reported_month(posted) == month
