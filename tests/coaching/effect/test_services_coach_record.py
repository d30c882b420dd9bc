"""A coach's record: how far the learners came, beside reps whom nobody coached."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.coaching.services import coach_record
from bot.core.enums import Metric, Role
from storage.books import Books
from storage.database import Database
from tests.support.builders import Builder, workspace

FIRST = date(2026, 8, 4)
"""The Tuesday of the first sessions; eight weeks later is now."""
NOW = datetime(2026, 10, 5, 12, tzinfo=UTC)
QUALIFIED = Metric.QUALIFIED_RATE


def team(acme: Builder) -> dict[str, int]:
    """Two coaches with two learners each: Ana's come far, Coy's do as the seven others."""
    east = acme.team("East", zone="UTC")
    people = {name: acme.rep(name, Role.AE, east) for name in ("Ana", "Coy", "Decider")}
    for n in range(11):
        sdr = acme.rep(f"Rep {n}", Role.SDR, east)
        after = 7 if n < 2 else 3
        for day, qualified in (
            (FIRST - timedelta(days=20), 3 + n % 3),
            (FIRST + timedelta(days=20), after + n % 3),
        ):
            for lead in range(10):
                passed = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=lead)
                acme.handoff(sdr, people["Decider"], passed, accepted=lead < qualified)
        if n < 4:
            coach = people["Ana" if n < 2 else "Coy"]
            acme.coached(coach, sdr, FIRST, metric=QUALIFIED, minutes=150, rating=5)
            acme.coached(coach, sdr, FIRST + timedelta(days=7), metric=QUALIFIED, minutes=30)
    return people


def test_lift_goes_to_the_coach_whose_learners_came_far(any_db: Database) -> None:
    with any_db.begin() as session:
        acme = workspace(session)
        people = team(acme)
        session.flush()

        lifts = coach_record.lifts(Books(session, acme.workspace_id, NOW), as_of=NOW)

        assert lifts.keys() == {people["Ana"], people["Coy"]}
        assert min(lifts[people["Ana"]]) > 1
        assert lifts[people["Coy"]] == pytest.approx((0, 0), abs=0.5)


def test_nothing_is_said_of_lift_before_four_weeks_have_passed(db: Database) -> None:
    with db.begin() as session:
        acme = workspace(session)
        team(acme)
        session.flush()

        early = datetime.combine(FIRST + timedelta(weeks=4), datetime.min.time(), UTC)

        assert coach_record.lifts(Books(session, acme.workspace_id, NOW), as_of=early) == {}


def test_a_record_counts_sessions_minutes_credited_and_what_learners_say(db: Database) -> None:
    with db.begin() as session:
        acme = workspace(session)
        people = team(acme)
        session.flush()

        record = coach_record.record_of_coach(
            Books(session, acme.workspace_id, NOW), people["Ana"], as_of=NOW
        )
        later = coach_record.record_of_coach(
            Books(session, acme.workspace_id, NOW), people["Ana"], as_of=NOW + timedelta(days=400)
        )

    assert (record.sessions, record.learners, record.ratings) == (4, 2, 2)
    assert record.minutes == 2 * (120 + 30)  # two hours a pair and week
    assert (record.mean_rating, record.lifts) == (None, 2)
    assert later.sessions == 0
