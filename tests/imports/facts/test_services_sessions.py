"""Coaching sessions come in with what was promised in them."""

from datetime import date

import pytest

from bot.core.enums import Metric
from storage.tables import (
    CoachingSession,
)
from tests.support.importing import Importer


def test_a_commitment_is_due_a_week_after_its_session_unless_dated(staffed: Importer) -> None:
    head = "session_id,coach_email,learner_email,metric,held_on,minutes,due_on,kept\n"
    staffed.take(
        "sessions",
        head
        + "s1,ben@acme.io,ana@acme.io,qualified_rate,2026-10-05,,,yes\n"
        + "s2,ben@acme.io,ana@acme.io,Win_Rate,2026-10-05,45,2026-10-07,\n",
    )
    one, two = staffed.all(CoachingSession)

    assert (one.due_on, one.minutes, one.kept) == (date(2026, 10, 12), 30, True)
    assert (two.due_on, two.minutes, two.kept, two.metric) == (date(2026, 10, 7), 45, None, Metric.WIN_RATE)


@pytest.mark.parametrize(
    ("minutes", "coach", "reason"),
    [
        ("0", "ben@acme.io", "minutes: 0 is not between 1 and 480."),
        ("481", "ben@acme.io", "minutes: 481 is not between 1 and 480."),
        ("30", "ana@acme.io", "The coach and the learner are the same person."),
    ],
)
def test_a_session_that_cannot_have_been_is_refused(
    staffed: Importer, minutes: str, coach: str, reason: str
) -> None:
    head = "session_id,coach_email,learner_email,metric,held_on,minutes\n"
    staffed.take("sessions", f"{head}s1,{coach},ana@acme.io,qualified_rate,2026-10-05,{minutes}\n")

    assert staffed.refused("sessions") == {2: reason}
