"""What the rollup by week counts is what the rows count, whoever wrote them and whoever asks."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlmodel import Session, col

from bot.core.enums import DealStatus, Decision, Metric, Outcome, Role
from storage import schema
from storage.database import Database
from storage.queries.scorecards import asking as queries
from storage.queries.scorecards import rollups
from storage.queries.scorecards.asking import Counts
from storage.queries.scorecards.spans import Span
from storage.rollup_upkeep import QUESTIONS, rebuild
from storage.tables import (
    Call,
    CoachingSession,
    Deal,
    Debrief,
    Handoff,
    Membership,
    Person,
    Prompt,
    RepTouched,
    RepWeek,
    Team,
    Workspace,
)
from tests.storage.test_tallies import INSTANTS, KNOWN, START, World, store, worlds
from tests.support.builders import Builder, workspace
from tests.support.properties import examples

UTC_ZONE, BERLIN, AUCKLAND = ZoneInfo("UTC"), ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Auckland")
FAR = START + timedelta(weeks=60)
Counted = dict[int, dict[str, int]]


def by_rollup(
    session: Session, home: int, spans: list[Span], zone: ZoneInfo, *, as_of: datetime = FAR
) -> Counted:
    zones = {span.rep: zone for span in spans}
    return told(rollups.count(session, QUESTIONS, home, spans, zones, as_of=as_of, few=0))


def by_rows(session: Session, home: int, spans: list[Span], *, as_of: datetime = FAR) -> Counted:
    found: Counted = {}
    for question in QUESTIONS:
        for rep, counts in queries.count(session, (question,), home, spans, as_of=as_of).items():
            found.setdefault(rep, {}).update(counts)
    return told(found)


def told(counts: Counts) -> Counted:
    """Without what is nothing."""
    found = {rep: {name: n for name, n in its.items() if n} for rep, its in counts.items()}
    return {rep: its for rep, its in found.items() if its}


def over(rep: int, first: date, beyond: date, zone: ZoneInfo, until: datetime = FAR) -> Span:
    since, end = (
        datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC) for day in (first, beyond)
    )
    return Span(rep, since, min(end, until), first, min(beyond, until.date()) - timedelta(days=1))


def weeks(session: Session) -> list[tuple[object, ...]]:
    columns = [column for column in RepWeek.__table__.columns if column.name != "id"]  # type: ignore[attr-defined]
    return sorted((tuple(row) for row in session.execute(sa.select(*columns))), key=str)


days = st.integers(-10, 12).map(lambda n: START.date() + timedelta(days=n))
spans_of = st.tuples(days, days).map(lambda both: (min(both), max(both) + timedelta(days=1)))


@given(worlds(), st.lists(spans_of, min_size=3, max_size=3), st.sampled_from([*INSTANTS, KNOWN, FAR]))
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
        for rep, (first, beyond) in zip(ids, asked, strict=True)
        for span in [over(rep, first, beyond, zone, as_of + timedelta(microseconds=1))]
        if span.since < span.until
    ]
    with any_db.read() as session:
        assert by_rollup(session, home, spans, zone, as_of=as_of) == by_rows(
            session, home, spans, as_of=as_of
        )


@pytest.fixture
def build(any_db: Database) -> Iterator[Callable[[Session], Builder]]:
    with any_db.begin() as session:
        home = workspace(session).workspace_id
    yield lambda session: Builder(session, home)


def season(build: Builder) -> list[int]:
    """Two SDRs and their AE, five weeks of work."""
    team = build.team(zone="Europe/Berlin")
    ana, ben, bo = (
        build.rep("Ana", Role.SDR, team), build.rep("Ben", Role.SDR, team), build.rep("Bo", Role.AE, team)
    )  # fmt: skip
    for n in range(35):
        at = START + timedelta(days=n, hours=n % 24, minutes=59)
        for rep in (ana, ben, bo):
            build.debrief(rep, at, outcome=Outcome.ADVANCED, timeline_agreed=bool(n % 2))
        build.handoff(ana, bo, at, accepted=bool(n % 3))
        build.session.flush()
    for call in build.session.scalars(sa.select(Call)).all():
        build.session.add(
            Prompt(
                workspace_id=call.workspace_id,
                call_id=call.id,
                person_id=call.person_id,
                asked_at=call.ended_at,
            )
        )
    return [ana, ben, bo]


def test_whole_weeks_are_read_from_the_rollup_alone(
    any_db: Database, build: Callable[[Session], Builder]
) -> None:
    with any_db.begin() as session:
        made = build(session)
        reps = season(made)
    spans = [over(rep, date(2026, 10, 5), date(2026, 11, 2), BERLIN) for rep in reps]

    with any_db.read() as session:
        right = by_rows(session, made.workspace_id, spans)
        session.connection().execute(sa.update(RepWeek).values(calls=1_000))
        found = by_rollup(session, made.workspace_id, spans, BERLIN)

    assert right[reps[0]]["calls"] > 20
    assert found[reps[0]] == right[reps[0]] | {"calls": 4_000}


def test_a_day_of_mixed_work_leaves_the_rollup_that_a_rebuild_makes(
    any_db: Database, build: Callable[[Session], Builder]
) -> None:
    with any_db.begin() as session:
        made = build(session)
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


def test_what_is_not_committed_yet_is_read_from_the_rows(
    any_db: Database, build: Callable[[Session], Builder]
) -> None:
    with any_db.begin() as session:
        made = build(session)
        reps = season(made)
    spans = [over(rep, date(2026, 10, 5), date(2026, 11, 2), BERLIN) for rep in reps]

    with any_db.begin() as session:
        before = by_rollup(session, made.workspace_id, spans, BERLIN)
        Builder(session, made.workspace_id).call(reps[0], START + timedelta(days=8))
        after = by_rollup(session, made.workspace_id, spans, BERLIN)

    assert after[reps[0]]["calls"] == before[reps[0]]["calls"] + 1


def test_a_rep_whose_team_moved_to_another_zone_is_counted_by_its_days_at_once(
    any_db: Database, build: Callable[[Session], Builder]
) -> None:
    with any_db.begin() as session:
        made = build(session)
        reps = season(made)
    with any_db.begin() as session:
        session.execute(sa.update(Team).values(time_zone="Pacific/Auckland"))
        session.execute(sa.update(Membership).values(started_on=date(2026, 1, 1)))
    spans = [over(rep, date(2026, 10, 5), date(2026, 11, 2), AUCKLAND) for rep in reps]

    with any_db.read() as session:
        assert by_rollup(session, made.workspace_id, spans, AUCKLAND) == by_rows(
            session, made.workspace_id, spans
        )


def test_a_workspace_can_be_erased_with_all_it_counted(
    any_db: Database, build: Callable[[Session], Builder]
) -> None:
    with any_db.begin() as session:
        made = build(session)
        season(made)
    with any_db.begin() as session:
        session.execute(sa.delete(Workspace).where(col(Workspace.id) == made.workspace_id))

    with any_db.read() as session:
        assert weeks(session) == []
        assert not session.scalar(sa.select(sa.func.count()).select_from(RepTouched))


def test_an_upgrade_keeps_what_notes_the_changes(
    any_db: Database, build: Callable[[Session], Builder]
) -> None:
    schema.upgrade(any_db)

    with any_db.begin() as session:
        made = build(session)
        made.call(made.rep("Ana", Role.SDR, made.team()), START)

    with any_db.read() as session:
        assert len(weeks(session)) == 1


def test_writers_at_one_time_lose_nothing(any_db: Database, build: Callable[[Session], Builder]) -> None:
    with any_db.begin() as session:
        made = build(session)
        team = made.team()
        reps = [made.rep(name, Role.SDR, team) for name in ("Ana", "Ben")]

    def work(n: int) -> None:
        with any_db.begin() as session:
            for rep in reps if n % 2 else reversed(reps):
                Builder(session, made.workspace_id).call(rep, START + timedelta(minutes=n))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(24)))

    with any_db.read() as session:
        assert session.scalars(sa.select(col(RepWeek.calls)).order_by(col(RepWeek.id))).all() == [24, 24]
