"""Claims about prompts that people answer."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar.working_hours import WorkHours
from bot.calls.domain.prompts import (
    RESTING,
    Asked,
    CallSeen,
    Do,
    PromptState,
    Snooze,
    Step,
    budget,
    is_worth_asking,
    joins,
    next_step,
    snooze,
)
from bot.core.enums import PromptStatus
from tests.support.properties import examples

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = WorkHours(BERLIN)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def berlin(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


NOON = berlin(10, 12)  # a Tuesday
CALL = CallSeen(person_id=1, contact="Dana, Acme", started_at=NOON - 5 * MINUTE, ended_at=NOON)


def step(
    state: PromptState, now: datetime, *, hours: WorkHours = OFFICE, asked_today: int = 0, budget: int = 6
) -> Step:
    return next_step(state, hours=hours, asked_today=asked_today, budget=budget, now=now)


def ended(at: datetime) -> PromptState:
    return PromptState(PromptStatus.WAITING, at)


def asked(at: datetime) -> PromptState:
    return step(ended(at), at).state


def test_a_call_of_a_minute_is_worth_a_question() -> None:
    assert is_worth_asking(completed=True, talk_seconds=60)
    assert not is_worth_asking(completed=True, talk_seconds=59)
    assert is_worth_asking(completed=True, talk_seconds=30, min_talk_seconds=30)


def test_a_missed_call_or_one_from_a_file_is_not() -> None:
    assert not is_worth_asking(completed=False, talk_seconds=300)
    assert not is_worth_asking(completed=True, talk_seconds=300, imported=True)


def later(after: timedelta, *, contact: str = "dana,  ACME", person: int = 1) -> CallSeen:
    start = CALL.ended_at + after
    return replace(CALL, started_at=start, ended_at=start + HOUR, contact=contact, person_id=person)


def test_calling_the_same_contact_again_within_ten_minutes_is_one_conversation() -> None:
    assert joins(later(MINUTE), CALL)
    assert joins(later(10 * MINUTE), CALL)
    assert not joins(later(11 * MINUTE), CALL)
    assert not joins(CALL, later(MINUTE))


def test_calls_without_a_contact_never_join() -> None:
    assert not joins(later(MINUTE, contact=" "), replace(CALL, contact=" "))


def test_another_contact_or_another_rep_is_another_conversation() -> None:
    assert not joins(later(MINUTE, contact="Lee, Acme"), CALL)
    assert not joins(later(MINUTE, person=2), CALL)


def test_a_call_that_ends_in_hours_is_asked_about_at_once() -> None:
    assert step(ended(NOON), NOON) == Step(Do.ASK, PromptState(PromptStatus.ASKED, NOON + 4 * HOUR))


def test_a_call_that_ends_after_hours_is_asked_about_when_work_begins() -> None:
    friday_evening, monday = berlin(13, 19), berlin(16, 9)
    waiting = step(ended(friday_evening), friday_evening)

    assert waiting == Step(Do.WAIT, ended(monday))
    assert step(waiting.state, monday - MINUTE).do is Do.WAIT
    assert step(waiting.state, monday).do is Do.ASK


def test_a_call_that_ended_while_the_program_was_down_is_asked_about_for_a_day() -> None:
    assert step(ended(NOON), NOON + DAY - MINUTE).do is Do.ASK
    assert step(ended(NOON), NOON + DAY) == Step(Do.REST, RESTING)


def test_beyond_the_days_budget_a_call_rests() -> None:
    assert step(ended(NOON), NOON, asked_today=5).do is Do.ASK
    assert step(ended(NOON), NOON, asked_today=6) == Step(Do.REST, RESTING, is_over_budget=True)


def test_an_unanswered_question_is_reminded_of_once_after_four_hours_and_then_rests() -> None:
    morning = berlin(10, 9)
    question = asked(morning)

    assert step(question, morning + 4 * HOUR - MINUTE).do is Do.WAIT
    reminded = step(question, morning + 4 * HOUR)
    assert reminded.do is Do.REMIND
    assert step(reminded.state, morning + 8 * HOUR - MINUTE).do is Do.WAIT
    assert step(reminded.state, morning + 8 * HOUR) == Step(Do.REST, RESTING)


def test_a_reminder_needs_no_budget_but_waits_for_working_hours() -> None:
    question = asked(berlin(10, 15))

    assert step(question, berlin(10, 19), asked_today=6).state.due_at == berlin(11, 9)
    assert step(PromptState(question.status, berlin(11, 9)), berlin(11, 9), asked_today=6).do is Do.REMIND


def test_a_reminder_a_day_late_is_not_sent() -> None:
    assert step(asked(NOON), NOON + 4 * HOUR + DAY) == Step(Do.REST, RESTING)


@pytest.mark.parametrize("status", [PromptStatus.ANSWERED, PromptStatus.SKIPPED, PromptStatus.RESTING])
def test_what_is_answered_skipped_or_resting_stays_so(status: PromptStatus) -> None:
    settled = PromptState(status, None)

    assert step(settled, NOON) == Step(Do.REST, settled)


def test_a_rep_who_never_works_is_never_asked() -> None:
    assert step(ended(NOON), NOON, hours=replace(OFFICE, weekend=tuple(range(7)))) == Step(Do.REST, RESTING)


def test_snoozing_for_an_hour_brings_the_question_back_whatever_the_budget() -> None:
    snoozed = snooze(Snooze.HOUR, hours=OFFICE, now=NOON)

    assert step(snoozed, NOON + HOUR - MINUTE, asked_today=6).do is Do.WAIT
    assert step(snoozed, NOON + HOUR, asked_today=6).do is Do.REMIND


def test_tomorrow_is_the_start_of_the_next_working_day() -> None:
    friday = berlin(13, 16)

    assert snooze(Snooze.TOMORROW, hours=OFFICE, now=friday).due_at == berlin(16, 9)
    assert snooze(Snooze.TOMORROW, hours=OFFICE, now=berlin(10, 1)).due_at == berlin(11, 9)


def test_tomorrow_never_comes_for_a_rep_who_has_left() -> None:
    gone = replace(OFFICE, leave=((date(2026, 11, 11), date(2030, 1, 1)),))

    assert snooze(Snooze.TOMORROW, hours=gone, now=NOON) == RESTING


def history(*statuses: PromptStatus, last: datetime = NOON) -> list[Asked]:
    """One question an hour, the last at `last`."""
    count = len(statuses)
    return [Asked(last - (count - 1 - n) * HOUR, status) for n, status in enumerate(statuses)]


IGNORED, ANSWERED, SKIPPED, OPEN = (
    PromptStatus.RESTING,
    PromptStatus.ANSWERED,
    PromptStatus.SKIPPED,
    PromptStatus.ASKED,
)


@pytest.mark.parametrize(
    ("statuses", "allowed"),
    [
        ((), 6),
        ((IGNORED, IGNORED), 6),
        ((IGNORED, IGNORED, IGNORED), 3),
        ((IGNORED, OPEN, IGNORED, IGNORED), 3),
        ((IGNORED, IGNORED, ANSWERED, IGNORED), 6),
        ((IGNORED, IGNORED, SKIPPED, IGNORED), 6),
        ((IGNORED, IGNORED, IGNORED, ANSWERED), 3),
    ],
)
def test_three_ignored_in_a_row_halve_the_budget(statuses: tuple[PromptStatus, ...], allowed: int) -> None:
    assert budget(history(*statuses), now=NOON + HOUR) == allowed
    assert budget(reversed(history(*statuses)), now=NOON + HOUR) == allowed


def test_the_budget_is_whole_again_after_a_week() -> None:
    ignored = history(IGNORED, IGNORED, IGNORED)

    assert budget(ignored, now=NOON + 7 * DAY - MINUTE) == 3
    assert budget(ignored, now=NOON + 7 * DAY) == 6


@pytest.mark.parametrize(("per_day", "halved"), [(6, 3), (5, 2), (1, 1), (0, 0)])
def test_half_a_budget_is_at_least_one_question_if_any_is_wanted(per_day: int, halved: int) -> None:
    assert budget(history(IGNORED, IGNORED, IGNORED), now=NOON, per_day=per_day) == halved


FIRST_FRIDAY = datetime(2026, 10, 23, tzinfo=UTC)  # the clocks change in Berlin two days later
CALLS = st.lists(st.timedeltas(timedelta(), 5 * DAY).map(lambda after: FIRST_FRIDAY + after), max_size=12)
OUTAGES = st.sets(st.integers(0, 24 * 9), max_size=80)
ZONES = st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"]).map(
    ZoneInfo
)


@given(CALLS, ZONES, st.integers(0, 3), OUTAGES)
@examples(60)
def test_over_days_of_ticks_nobody_is_asked_off_hours_over_budget_or_twice(
    calls: list[datetime], zone: ZoneInfo, per_day: int, outages: set[int]
) -> None:
    hours = WorkHours(zone)
    prompts = {n: ended(call) for n, call in enumerate(calls)}
    said: list[tuple[int, Do, datetime]] = []

    for tick in (hour for hour in range(24 * 9) if hour not in outages):
        now = FIRST_FRIDAY + tick * HOUR
        for n, state in prompts.items():
            if calls[n] > now:
                continue
            today = sum(
                do is Do.ASK and at.astimezone(zone).date() == now.astimezone(zone).date()
                for _, do, at in said
            )
            taken = next_step(state, hours=hours, asked_today=today, budget=per_day, now=now)
            prompts[n] = taken.state
            if taken.do in (Do.ASK, Do.REMIND):
                said.append((n, taken.do, now))

    walls = [at.astimezone(zone) for _, _, at in said]
    assert all(9 <= wall.hour < 18 and wall.weekday() < 5 for wall in walls)
    assert len({(n, do) for n, do, _ in said}) == len(said)
    asked_on = [at.astimezone(zone).date() for _, do, at in said if do is Do.ASK]
    assert all(asked_on.count(day) <= per_day for day in asked_on)
    assert all((n, Do.ASK) in {(m, do) for m, do, _ in said} for n, do, _ in said if do is Do.REMIND)
