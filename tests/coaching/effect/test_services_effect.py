"""Whether coaching worked is told of learners beside reps of their role, and only where there is enough to tell it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.coaching.services import effect as effects
from bot.coaching.services.effect import RoleEffect
from bot.core.enums import Metric, Role
from storage.database import Database
from tests.support.builders import Builder, workspace

FIRST = date(2026, 8, 3)
"""The Monday of the week of the first sessions; eight weeks later is now."""
NOW = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)


def team(acme: Builder, coached: int, others: int) -> list[int]:
    """SDRs with four leads in each period; half qualified before, three quarters after for the coached."""
    east = acme.team("East", zone="UTC")
    coach, ae = acme.rep("Coach", Role.AE, east), acme.rep("Ben", Role.AE, east)
    learners = []
    for n in range(coached + others):
        sdr = acme.rep(f"Rep {n}", Role.SDR, east)
        # One more or less, so that the figures spread.
        for day, share in (
            (FIRST - timedelta(days=20), 4),
            (FIRST + timedelta(days=20), 6 if n < coached else 4),
        ):
            for lead in range(8):
                passed = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=lead)
                acme.handoff(sdr, ae, passed, accepted=lead < share + n % 2)
        if n < coached:
            acme.coached(coach, sdr, FIRST + timedelta(days=1), metric=Metric.QUALIFIED_RATE, minutes=30)
            learners.append(sdr)
    return learners


def found(db: Database, *, coached: int, others: int, first: int | None = None) -> list[RoleEffect]:
    with db.begin() as session:
        acme = workspace(session)
        learners = team(acme, coached, others)
    with db.reading(acme.workspace_id, NOW) as books:
        looked_at = None if first is None else learners[:first]
        return effects.effects_of_coaching(books, as_of=NOW, learners=looked_at)


def test_what_coaching_added_is_found(any_db: Database) -> None:
    [one] = found(any_db, coached=6, others=6)

    assert (one.role, one.effect.metric) == (Role.SDR, Metric.QUALIFIED_RATE)
    assert (one.effect.learners, one.effect.comparison) == (6, 6)
    assert one.effect.difference == pytest.approx(0.25)
    assert one.effect.interval is not None


def test_too_few_reps_are_no_answer(db: Database) -> None:
    [one] = found(db, coached=3, others=6)

    assert (one.effect.learners, one.effect.comparison) == (3, 6)
    assert not one.effect.enough


def test_only_the_learners_asked_for_count_and_the_others_are_no_comparison(db: Database) -> None:
    [one] = found(db, coached=6, others=6, first=5)

    assert (one.effect.learners, one.effect.comparison) == (5, 6)


def test_nobody_coached_is_nothing_to_tell(db: Database) -> None:
    assert found(db, coached=0, others=6) == []
