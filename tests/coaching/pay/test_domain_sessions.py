"""Claims about commitments and coaching credit."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar.periods import iso_label, parse
from bot.coaching.domain.sessions import HeldSession, credit, credited, due_on, statement
from tests.support.properties import examples

AFTERWARDS = datetime(2026, 12, 31, tzinfo=UTC)
NOVEMBER = parse("2026-11", now=AFTERWARDS, zone=ZoneInfo("Europe/Berlin"))
MONDAY, FRIDAY, NEXT_MONDAY = date(2026, 11, 9), date(2026, 11, 13), date(2026, 11, 16)
RATE = Decimal(90)


def session(
    held_on: date,
    minutes: int,
    *,
    id: int = 1,
    coach: int = 1,
    learner: int = 2,
    commitment: str = "ask for a date",
) -> HeldSession:
    return HeldSession(id, coach, learner, held_on, minutes, commitment)


def minutes(*sessions: HeldSession) -> list[int]:
    return [one.minutes for one in credited(sessions)]


def test_a_commitment_is_due_a_week_later_unless_a_day_was_agreed() -> None:
    assert due_on(MONDAY) == NEXT_MONDAY
    assert due_on(MONDAY, FRIDAY) == FRIDAY


@pytest.mark.parametrize(
    ("worked", "rate", "earned"),
    [(30, "90", "45.00"), (120, "100", "200.00"), (1, "50", "0.83"), (3, "0.10", "0.01"), (0, "90", "0.00")],
)
def test_credit_is_minutes_at_the_hourly_rate_to_the_cent(worked: int, rate: str, earned: str) -> None:
    assert str(credit(worked, Decimal(rate))) == earned


def test_a_session_without_a_commitment_earns_nothing_and_uses_up_nothing() -> None:
    assert minutes(session(MONDAY, 100, commitment="  "), session(FRIDAY, 100)) == [0, 100]


def test_a_pair_is_paid_120_minutes_a_week_the_earliest_first() -> None:
    assert minutes(session(FRIDAY, 60, id=2), session(MONDAY, 90, id=1), session(FRIDAY, 60, id=3)) == [
        90,
        30,
        0,
    ]


def test_the_limit_is_the_pairs_and_the_weeks() -> None:
    sessions = (
        session(MONDAY, 120),
        session(MONDAY, 120, learner=3),
        session(MONDAY, 120, coach=4),
        session(NEXT_MONDAY, 120),
    )

    assert minutes(*sessions) == [120] * 4


def test_a_statement_lists_the_months_sessions_of_one_coach_and_adds_them_up() -> None:
    made = statement(
        1,
        [
            session(MONDAY, 30),
            session(FRIDAY, 20, learner=3),
            session(FRIDAY, 45, coach=9),
            session(date(2026, 12, 1), 60),
        ],
        period=NOVEMBER,
        rate=RATE,
    )

    assert (made.minutes, made.amount) == (50, Decimal("75.00"))


def test_a_week_across_two_months_is_paid_once() -> None:
    across = [session(date(2026, 10, 30), 100), session(date(2026, 11, 1), 100, id=2)]  # one Friday to Sunday

    assert statement(1, across, period=NOVEMBER, rate=RATE).minutes == 20


def test_a_statement_is_rounded_once_not_line_by_line() -> None:
    short = [session(MONDAY, 1, learner=learner) for learner in range(2, 8)]

    assert statement(1, short, period=NOVEMBER, rate=Decimal(50)).amount == Decimal("5.00")


SESSIONS = st.builds(
    HeldSession,
    session_id=st.integers(1, 9),
    coach_id=st.integers(1, 2),
    learner_id=st.integers(3, 4),
    held_on=st.dates(date(2026, 11, 2), date(2026, 11, 22)),
    minutes=st.integers(1, 480),
    commitment=st.sampled_from(["", "ask for a date"]),
)


def pair_and_week(held: HeldSession) -> tuple[int, int, str]:
    return held.coach_id, held.learner_id, iso_label(held.held_on)


@given(st.lists(SESSIONS, max_size=12))
@examples(100)
def test_every_pairs_week_earns_what_it_worked_up_to_the_limit(sessions: list[HeldSession]) -> None:
    earned = sorted(credited(sessions), key=lambda one: pair_and_week(one.session))

    for _, group in groupby(earned, key=lambda one: pair_and_week(one.session)):
        week = list(group)
        worked = sum(one.session.minutes for one in week if one.session.earns)
        assert sum(one.minutes for one in week) == min(120, worked)
