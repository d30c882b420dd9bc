"""Whether the coaching worked, from the rows up."""

from datetime import UTC, date, datetime, timedelta

from bot.domain.effect import Lack
from bot.services import effects
from bot.words import Metric, Outcome, Role
from storage.database import Database, Session
from tests.builders import Builder, workspace

FIRST_SESSION = date(2026, 8, 17)  # a Monday
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


def debriefs(acme: Builder, rep: int, since: date, *, weeks: int, advanced: int) -> None:
    """Ten a week, of which so many advanced."""
    for week in range(weeks):
        for number in range(10):
            at = datetime.combine(since + timedelta(weeks=week), datetime.min.time(), UTC) + timedelta(
                hours=10 + number / 2
            )
            outcome = Outcome.ADVANCED if number < advanced else Outcome.CONTINUED
            acme.debrief(rep, at, outcome=outcome)


def staffed(session: Session, *, coached: int, others: int) -> Builder:
    """Coached reps went from 3 to 6 of ten, more or less; the others stayed at 3, more or less."""
    acme = workspace(session)
    east = acme.team()
    coach = acme.rep("Coach", Role.AM, east)
    for number in range(coached + others):
        rep = acme.rep(f"Rep {number}", Role.AE, east)
        was = 2 + number % 3
        gained = 3 + number % 2 if number < coached else number % 2
        debriefs(acme, rep, FIRST_SESSION - timedelta(weeks=13), weeks=13, advanced=was)
        debriefs(acme, rep, FIRST_SESSION + timedelta(weeks=1), weeks=12, advanced=was + gained)
        if number < coached:
            acme.coached(coach, rep, FIRST_SESSION, metric=Metric.EFFECTIVE_RATE, minutes=30)
    session.flush()
    return acme


def test_a_real_gain_is_found_with_its_interval(any_db: Database) -> None:
    with any_db.begin() as session:
        acme = staffed(session, coached=6, others=6)
        [found] = effects.of(session, acme.workspace_id, as_of=NOW)

    assert (found.metric, found.learners, found.comparison, found.enough) == (
        Metric.EFFECTIVE_RATE,
        6,
        6,
        True,
    )
    assert found.difference is not None
    assert found.interval is not None
    assert 0.2 < found.difference < 0.4
    assert found.interval[0] < 0.3 < found.interval[1]


def test_too_few_reps_are_not_enough_data_and_it_is_said_which(db: Database) -> None:
    with db.begin() as session:
        acme = staffed(session, coached=6, others=3)
        [found] = effects.of(session, acme.workspace_id, as_of=NOW)

    assert found.difference is None
    assert [(lack.lack, lack.have, lack.need) for lack in found.missing] == [(Lack.UNCOACHED, 3, 5)]


def test_what_was_not_known_yet_does_not_count(db: Database) -> None:
    with db.begin() as session:
        acme = staffed(session, coached=6, others=6)
        assert effects.of(session, acme.workspace_id, as_of=datetime(2026, 8, 16, tzinfo=UTC)) == []
        [early] = effects.of(session, acme.workspace_id, as_of=datetime(2026, 9, 10, tzinfo=UTC))

    assert not early.enough
    assert Lack.WEEKS in {lack.lack for lack in early.missing}
