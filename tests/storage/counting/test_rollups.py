"""What the rollup by week counts is what the rows count, whoever wrote them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlmodel import Session, col

from bot.core.enums import DealStatus, Decision, Metric, Outcome
from storage.database import Database
from storage.rollup_upkeep import rebuild
from storage.tables import (
    Call,
    CoachingSession,
    Deal,
    Debrief,
    Handoff,
    Person,
    Prompt,
    RepTouched,
    RepWeek,
    Team,
    Workspace,
)
from tests.storage.counting.seasons import (
    AUCKLAND,
    BERLIN,
    FAR,
    UTC_ZONE,
    by_rollup,
    by_rows,
    over,
    season,
    weeks,
)
from tests.storage.counting.stored_worlds import store
from tests.storage.counting.worlds import INSTANTS, KNOWN, START, World, worlds
from tests.support.builders import Builder
from tests.support.properties import examples

days = st.integers(-10, 12).map(lambda n: START.date() + timedelta(days=n))
spans_of = st.tuples(days, days).map(lambda both: (min(both), max(both) + timedelta(days=1)))


@given(worlds(), st.lists(spans_of, min_size=5, max_size=5), st.sampled_from([*INSTANTS, KNOWN, FAR]))
@examples(20, suppress_health_check=list(HealthCheck))
@pytest.mark.parametrize("zone", [UTC_ZONE, BERLIN, AUCKLAND], ids=str)
def test_a_rollup_and_the_rows_say_the_same(
    any_db: Database,
    zone: ZoneInfo,
    world: World,
    asked: list[tuple[date, date]],
    as_of: datetime,
) -> None:
    with any_db.begin() as session:
        home, ids = store(session, world)
        session.get_one(Workspace, home).time_zone = "Europe/Berlin"

    spans = [
        span
        for rep, (first, beyond) in zip((*ids, *ids[:2]), asked, strict=True)
        for span in [over(rep, first, beyond, zone, as_of + timedelta(microseconds=1))]
        if span.since < span.until
    ]
    with any_db.read() as session:
        assert by_rollup(session, home, spans, zone, as_of=as_of) == by_rows(
            session, home, spans, as_of=as_of
        )


def test_whole_weeks_are_read_from_the_rollup_alone(
    any_db: Database, builder_in: Callable[[Session], Builder]
) -> None:
    with any_db.begin() as session:
        made = builder_in(session)
        reps = season(made)
    spans = [over(rep, date(2026, 10, 5), date(2026, 11, 2), BERLIN) for rep in reps]

    with any_db.read() as session:
        right = by_rows(session, made.workspace_id, spans)
        session.connection().execute(sa.update(RepWeek).values(calls=1_000))
        found = by_rollup(session, made.workspace_id, spans, BERLIN)

    assert right[0]["calls"] > 20
    assert found[0] == right[0] | {"calls": 4_000}


def test_a_day_of_mixed_work_leaves_the_rollup_that_a_rebuild_makes(
    any_db: Database, builder_in: Callable[[Session], Builder]
) -> None:
    with any_db.begin() as session:
        made = builder_in(session)
        reps = season(made)
    works = (
        _decides, _edits, _rejects, _moves_a_call, _erases, _hands_over, _keeps, _forgets_questions, _changes_zone,
        _calls_again,
    )  # fmt: skip
    for work in works:
        with any_db.begin() as session:
            work(session, reps)
        with any_db.begin() as session:
            kept = weeks(session)
            rebuild(session)
        with any_db.read() as session:
            assert weeks(session) == kept, work.__name__
            assert not session.scalar(sa.select(sa.func.count()).select_from(RepTouched))
    assert len(kept) > 10


def _decides(session: Session, _reps: list[int]) -> None:
    lead = session.scalars(sa.select(Handoff).order_by(col(Handoff.id))).first()
    assert lead is not None
    lead.decision, lead.decided_at = Decision.ACCEPTED, lead.passed_at + timedelta(days=20)
    deal = Deal(
        workspace_id=lead.workspace_id, deal_key="d1", ae_id=lead.ae_id, handoff_id=lead.id, status=DealStatus.WON,
        first_seen_at=lead.passed_at, closed_at=lead.passed_at + timedelta(days=25),
    )  # fmt: skip
    session.add(deal)


def _edits(session: Session, reps: list[int]) -> None:
    debrief = session.scalars(sa.select(Debrief).where(col(Debrief.person_id) == reps[0])).first()
    assert debrief is not None
    debrief.outcome, debrief.edited_at = Outcome.LOST, FAR - timedelta(days=1)


def _rejects(session: Session, _reps: list[int]) -> None:
    decided = col(Handoff.decision).is_not(None)
    session.execute(sa.update(Handoff).values(decision=Decision.REJECTED).where(decided))


def _forgets_questions(session: Session, _reps: list[int]) -> None:
    session.execute(sa.delete(Prompt))


def _keeps(session: Session, _reps: list[int]) -> None:
    session.execute(sa.update(CoachingSession).values(kept=True))


def _moves_a_call(session: Session, reps: list[int]) -> None:
    call = session.scalars(sa.select(Call).where(col(Call.person_id) == reps[1])).first()
    assert call is not None
    call.started_at += timedelta(days=14)
    call.ended_at += timedelta(days=14)
    session.execute(
        sa.update(Debrief).where(col(Debrief.call_id) == call.id).values(call_started_at=call.started_at)
    )


def _erases(session: Session, reps: list[int]) -> None:
    session.execute(
        sa.delete(Call).where(col(Call.person_id) == reps[0], col(Call.started_at) < START + timedelta(9))
    )
    session.delete(session.get_one(Person, reps[1]))


def _hands_over(session: Session, reps: list[int]) -> None:
    session.execute(sa.update(Call).where(col(Call.person_id) == reps[0]).values(person_id=reps[2]))
    session.add(
        CoachingSession(
            workspace_id=session.get_one(Person, reps[0]).workspace_id, session_key="s1", coach_id=reps[2],
            learner_id=reps[0], metric=Metric.WIN_RATE, held_on=START.date(), due_on=START.date(), commitment="Ask",
        )
    )  # fmt: skip


def _changes_zone(session: Session, reps: list[int]) -> None:
    session.execute(sa.update(Team).values(time_zone="Pacific/Auckland"))
    session.execute(sa.update(Call).values(talk_seconds=77))
    session.execute(sa.update(Handoff).values(teaches=True))


def _calls_again(session: Session, reps: list[int]) -> None:
    home = session.get_one(Person, reps[2]).workspace_id
    Builder(session, home).call(reps[2], START + timedelta(days=6, hours=23))
