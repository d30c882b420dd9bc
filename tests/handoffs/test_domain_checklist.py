"""The checklist a lead is judged by, and the working days an AE is given."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar.wallclock import local_date
from bot.calendar.working_hours import WorkHours, next_open
from bot.core.enums import CriterionKind
from bot.handoffs.domain.checklist import (
    MAX_CHOICES,
    MAX_CRITERIA,
    OTHER,
    Criterion,
    Judged,
    check,
    criteria_met,
    is_readable,
    judge,
    normalised_choices,
    remind_at,
)

BERLIN = ZoneInfo("Europe/Berlin")
HOURS = WorkHours(BERLIN)
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
BUDGET = Criterion("Budget", CriterionKind.YES_NO)
HEADCOUNT = Criterion("Headcount", CriterionKind.AT_LEAST, bound=50)
TOOLS = Criterion("Tools in use", CriterionKind.AT_MOST, most=3)
SEATS = Criterion("Seats", CriterionKind.BETWEEN, bound=20, most=200)
START = Criterion("Start", CriterionKind.DATE_WITHIN, most=90)
SIGNER = Criterion("Who signs", CriterionKind.TEXT)
TODAY = date(2026, 11, 16)
GOES_LIVE = Criterion("Goes live", CriterionKind.DATE_BEFORE, before=date(2027, 1, 1))
SIGNS = Criterion("Signs", CriterionKind.SEVERAL_OF, bound=2, choices=("Hiring", "New tool", "New head"))
INDUSTRY = Criterion("Industry", CriterionKind.ONE_OF, choices=("SaaS", "Fintech"))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In November 2026, on the wall in Berlin; the 16th is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("criterion", "answer", "met"),
    [
        (BUDGET, "yes", True),
        (BUDGET, "no", False),
        (HEADCOUNT, "50", True),
        (HEADCOUNT, "49", False),
        (INDUSTRY, "SaaS", True),
        (INDUSTRY, OTHER, False),
        (TOOLS, "0", True),
        (TOOLS, "3", True),
        (TOOLS, "4", False),
        (SEATS, "19", False),
        (SEATS, "20", True),
        (SEATS, "200", True),
        (SEATS, "201", False),
        (START, "2026-11-15", False),
        (START, "2026-11-16", True),
        (START, "2027-02-14", True),
        (START, "2027-02-15", False),
        (SIGNER, "Dana Lee, CFO", True),
        (GOES_LIVE, "2026-12-31", True),
        (GOES_LIVE, "2027-01-01", False),
        (SIGNS, "Hiring\nNew head", True),
        (SIGNS, "Hiring", False),
        (SIGNS, "Hiring\nHiring", False),
    ],
)
def test_an_answer_is_judged_by_its_kind(criterion: Criterion, answer: str, met: bool) -> None:
    assert is_readable(criterion, answer)
    assert judge(criterion, answer, today=TODAY) == Judged(criterion, answer, met)


@pytest.mark.parametrize(
    "criterion", [BUDGET, HEADCOUNT, TOOLS, SEATS, INDUSTRY, START, SIGNER, GOES_LIVE, SIGNS]
)
def test_what_is_unknown_is_not_met(criterion: Criterion) -> None:
    assert is_readable(criterion, "")
    assert not judge(criterion, "", today=TODAY).met


@pytest.mark.parametrize(
    ("criterion", "answer"),
    [
        (BUDGET, "maybe"),
        (HEADCOUNT, "-1"),
        (HEADCOUNT, "2.5"),
        (HEADCOUNT, "٥٠"),
        (HEADCOUNT, "9" * 5_000),
        (INDUSTRY, "Mining"),
        (TOOLS, "few"),
        (START, "soon"),
        (START, "2027-02-30"),
        (GOES_LIVE, "one day"),
        (SIGNS, "Hiring\nRain"),
    ],
)
def test_an_answer_its_kind_cannot_have_is_not_readable(criterion: Criterion, answer: str) -> None:
    assert not is_readable(criterion, answer)
    assert not judge(criterion, answer, today=TODAY).met


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (Criterion("Tools", CriterionKind.AT_MOST), "most"),
        (Criterion("Seats", CriterionKind.BETWEEN, most=3), "bound"),
        (Criterion("Seats", CriterionKind.BETWEEN, bound=3), "most"),
        (Criterion("Seats", CriterionKind.BETWEEN, bound=3, most=2), "most"),
        (Criterion("Start", CriterionKind.DATE_WITHIN), "most"),
        (Criterion("Live", CriterionKind.DATE_BEFORE), "before"),
        (Criterion("Signs", CriterionKind.SEVERAL_OF, choices=("Hiring",)), "bound"),
        (Criterion("Signs", CriterionKind.SEVERAL_OF, bound=1), "choices"),
        (Criterion("Signs", CriterionKind.SEVERAL_OF, bound=2, choices=("Hiring",)), "choices"),
    ],
)
def test_what_a_kind_needs_is_asked_for(draft: Criterion, field: str) -> None:
    assert set(check(draft, in_force=[])) == {field}


def test_a_range_of_one_number_and_a_text_need_no_more() -> None:
    for draft in (Criterion("Seats", CriterionKind.BETWEEN, bound=3, most=3), SIGNER):
        assert check(draft, in_force=[]) == {}


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=6))
def test_a_lead_meets_the_criteria_when_each_required_one_holds(lines: list[tuple[bool, bool]]) -> None:
    judged = [
        Judged(Criterion("x", CriterionKind.YES_NO, required=required), "", met) for required, met in lines
    ]

    expected = None if not lines else (True, False) not in lines
    assert criteria_met(judged) is expected


def test_a_checklist_has_its_limits() -> None:
    full = [Criterion(f"No {n}", CriterionKind.YES_NO) for n in range(MAX_CRITERIA)]
    wide = Criterion("Industry", CriterionKind.ONE_OF, choices=tuple(map(str, range(MAX_CHOICES + 1))))

    assert "full" in check(BUDGET, in_force=full)["name"]
    assert "already" in check(Criterion("BUDGET", CriterionKind.YES_NO), in_force=[BUDGET])["name"]
    assert list(check(wide, in_force=[])) == ["choices"]
    assert check(INDUSTRY, in_force=[BUDGET, HEADCOUNT]) == {}


def test_choices_come_one_a_line() -> None:
    assert normalised_choices(" SaaS \n\n  Fin  tech\r\nSaaS\n") == ("SaaS", "Fin tech")


@pytest.mark.parametrize(
    ("passed", "reminded"),
    [
        (at(16, 15), at(18, 15)),
        (at(20, 15), at(24, 15)),  # Friday to Tuesday
        (at(21, 12), at(25, 9)),  # a Saturday begins on Monday morning
        (at(18, 20), at(23, 9)),  # an evening begins the next morning
    ],
)
def test_two_working_days_are_given(passed: datetime, reminded: datetime) -> None:
    assert remind_at(passed, HOURS) == reminded


def test_holidays_and_leave_do_not_count() -> None:
    hours = WorkHours(
        BERLIN, holidays={date(2026, 11, 17)}, leave=((date(2026, 11, 19), date(2026, 11, 20)),)
    )

    assert remind_at(at(16, 15), hours) == at(23, 15)


def test_who_is_away_for_good_is_not_reminded() -> None:
    assert remind_at(at(16, 15), WorkHours(BERLIN, leave=((date(2026, 1, 1), date(2030, 1, 1)),))) is None


@given(
    st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes)),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia"]),
    st.sampled_from([(time(9), time(18)), (time(22), time(6))]),
)
def test_a_reminder_comes_in_working_hours_and_never_early(
    passed: datetime, zone: str, work: tuple[time, time]
) -> None:
    hours = WorkHours(ZoneInfo(zone), opens=work[0], closes=work[1])

    due = remind_at(passed, hours)

    assert due is not None
    assert next_open(hours, due) == due
    assert due - passed >= timedelta(hours=40)
    assert local_date(due, hours.zone) >= local_date(passed, hours.zone) + timedelta(days=2)
