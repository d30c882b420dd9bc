"""Claims about being forgotten: nothing that tells who somebody was is left, and what others count on stays."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, select

from bot import outbox
from bot.domain import periods
from bot.errors import NotFound
from bot.outbox import Message
from bot.services import erasure
from bot.services.erasure import Stage, people, sums
from bot.words import (
    AuditAct,
    DealStatus,
    ErasureCause,
    FormerCount,
    Metric,
    OutboxKind,
    Outcome,
    Role,
)
from storage.database import Database, DatabaseError, Session
from storage.queries import erasing as queries
from storage.queries import outbox as messages
from storage.tables import (
    AuditEntry,
    CoachingSession,
    Debrief,
    DebriefVersion,
    Dispute,
    Erasure,
    FormerSum,
    Handoff,
    InboxEvent,
    InboxState,
    Leave,
    OutboxMessage,
    OutboxState,
    Person,
    Target,
    WishKind,
    Workspace,
)
from tests.builders import Builder, workspace

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 6, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


class Floor:
    """East with four SDRs, two AEs; Zoraida, an SDR, has a bit of everything, and so has her AE, Bo."""

    def __init__(self, session: Session) -> None:
        self.build = build = workspace(session)
        self.workspace_id = build.workspace_id
        self.team = build.team()
        self.zora = build.rep("Zoraida", Role.SDR, self.team)
        self.others = [build.rep(name, Role.SDR, self.team) for name in ("Ana", "Cy", "Di")]
        self.bo, self.ed = (build.rep(name, Role.AE, self.team) for name in ("Bo", "Ed"))
        for n in range(5):
            build.debrief(
                self.zora, OCTOBER + timedelta(days=n), outcome="advanced", improve="Zoraida's words"
            )
            build.handoff(
                self.zora, self.bo, OCTOBER + timedelta(days=n), accepted=n < 3, reason="Bo's words"
            )
        build.handoff(self.others[0], self.bo, OCTOBER, accepted=True, reason="Bo's words")
        build.coached(self.bo, self.zora, date(2026, 10, 20), commitment="I, Zoraida, ask who signs")
        build.pairing(self.team, self.bo, self.zora, date(2026, 10, 19))
        build.story(self.zora, "How Zoraida won", OCTOBER)
        build.wish(WishKind.EXCLUSION, self.zora, self.bo)
        build.away(self.zora, date(2026, 12, 1), date(2026, 12, 3))
        build.deal(self.bo, OCTOBER, status=DealStatus.WON, closed_at=OCTOBER + timedelta(days=9))
        session.add_all(self._about_zora())
        session.flush()

    def _about_zora(self) -> list[SQLModel]:
        mine: dict[str, Any] = {"workspace_id": self.workspace_id, "person_id": self.zora}
        event: dict[str, Any] = {"workspace_id": self.workspace_id, "source": "calls/generic", "name": "x"}
        return [
            Dispute(metric=Metric.CALLS_PER_DAY, first_day=date(2026, 10, 1), last_day=date(2026, 10, 2),
                    text="Zoraida objects", said_at=OCTOBER, **mine),
            Target(role=Role.SDR, metric=Metric.CALLS_PER_DAY, value=10, from_day=date(2026, 1, 1), **mine),
            InboxEvent(event_key="1", body={"rep": "Zoraida"}, request_id="", received_at=OCTOBER, next_at=OCTOBER,
                       state=InboxState.DONE, done_at=OCTOBER, **event),
            InboxEvent(event_key="2", body={"rep": "Zoraida"}, request_id="", received_at=OCTOBER, next_at=OCTOBER,
                       state=InboxState.PARKED, done_at=OCTOBER, **event),
        ]  # fmt: skip


@pytest.fixture
def floor(any_db: Database) -> Floor:
    with any_db.begin() as session:
        return Floor(session)


def forget(
    db: Database, floor: Floor, person_id: int | None, cause: ErasureCause = ErasureCause.ASKED
) -> int:
    """Asked for and worked to its end; the erasure's id."""
    with db.begin() as session:
        request = erasure.ask(session, floor.workspace_id, person_id, cause, now=NOW)
    stage = Stage.MORE
    while stage is Stage.MORE:
        with db.begin() as session:
            stage = erasure.step(session, floor.workspace_id, request.id, now=NOW, tell=False)
    assert stage is Stage.DONE
    return request.id


def everything(db: Database) -> Iterator[str]:
    """Every value of every row of every table, as text."""
    with db.engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            for row in connection.execute(sa.select(table)):
                yield from (f"{table.name}: {value}" for value in row)


def identity(db: Database, person_id: int) -> list[str]:
    with db.read() as session:
        person = session.get_one(Person, person_id)
        return [person.name, str(person.email), str(person.slack_user_id)]


def test_no_table_tells_who_was_forgotten(any_db: Database, floor: Floor) -> None:
    names = identity(any_db, floor.zora)
    assert any("Zoraida" in value for value in everything(any_db)), "there was something to forget"

    forget(any_db, floor, floor.zora)

    left = [value for value in everything(any_db) if any(name in value for name in names)]
    assert left == []
    with any_db.read() as session:
        for table, column, _weak in queries.references("person"):
            assert not queries.rows(session, floor.workspace_id, table, 1, **{column: floor.zora}), table.name


def test_the_others_keep_what_is_theirs(any_db: Database, floor: Floor) -> None:
    def of_bo(session: Session) -> list[object]:
        leads = session.exec(select(Handoff).where(Handoff.ae_id == floor.bo).order_by(Handoff.handoff_key))
        coached = session.exec(select(CoachingSession).where(CoachingSession.coach_id == floor.bo)).one()
        return [
            [(one.decision, one.reason, one.company) for one in leads],
            (coached.minutes, coached.held_on, bool(coached.commitment)),
        ]

    with any_db.read() as session:
        before = of_bo(session)
    forget(any_db, floor, floor.zora)

    with any_db.read() as session:
        assert of_bo(session) == before


def test_the_teams_sums_stay_right(any_db: Database, floor: Floor) -> None:
    forget(any_db, floor, floor.zora)

    october = periods.parse("2026-10", now=NOW, zone=BERLIN)
    with any_db.read() as session:
        kept = sums.of_months(session, floor.workspace_id, floor.team, october)
    assert kept == {
        (Role.SDR, FormerCount.CALLS): 5,
        (Role.SDR, FormerCount.TALK_SECONDS): 5 * 600,
        (Role.SDR, FormerCount.DEBRIEFS): 5,
        (Role.SDR, FormerCount.ADVANCED): 5,
        (Role.SDR, FormerCount.LEADS_PASSED): 5,
        (Role.SDR, FormerCount.LEADS_QUALIFIED): 3,
    }


def test_two_who_are_forgotten_cannot_be_told_apart(any_db: Database, floor: Floor) -> None:
    forget(any_db, floor, floor.zora)
    forget(any_db, floor, floor.others[0])

    with any_db.read() as session:
        passed_by = set(session.exec(select(Handoff.sdr_id).where(Handoff.ae_id == floor.bo)))
        rows = session.exec(select(FormerSum).where(FormerSum.counted == FormerCount.LEADS_PASSED)).all()
    assert len(passed_by) == 1
    assert [(row.team_id, row.amount) for row in rows] == [(floor.team, 6)]


def test_nothing_is_kept_of_one_who_would_stand_alone_in_the_sum(any_db: Database, floor: Floor) -> None:
    """Two AEs: whoever knows the one reads the other's numbers off the team's."""
    forget(any_db, floor, floor.bo)

    with any_db.read() as session:
        assert session.exec(select(FormerSum)).all() == []
        assert session.exec(select(Handoff.reason).where(Handoff.reason != "")).all() == []


def test_a_small_teams_sum_goes_to_the_workspace(any_db: Database, floor: Floor) -> None:
    with any_db.begin() as session:
        build = Builder(session, floor.workspace_id)
        west = build.team("West")
        lone = build.rep("Wim", Role.SDR, west)
        build.call(lone, OCTOBER)

    forget(any_db, floor, lone)

    with any_db.read() as session:
        kept = session.exec(select(FormerSum).where(FormerSum.counted == FormerCount.CALLS)).one()
    assert (kept.team_id, kept.amount) == (None, 1)


def test_what_both_have_left_is_nobodys(any_db: Database, floor: Floor) -> None:
    forget(any_db, floor, floor.zora)
    forget(any_db, floor, floor.bo)

    with any_db.read() as session:
        assert session.exec(select(CoachingSession)).all() == []
        assert len(session.exec(select(Handoff)).all()) == 1, "Ana's lead is still Ana's"


def test_the_receipt_counts_what_went(any_db: Database, floor: Floor) -> None:
    done = forget(any_db, floor, floor.zora)

    with any_db.read() as session:
        receipt = erasure.receipt(session, floor.workspace_id, done)
    assert receipt.done_at == NOW
    assert receipt.counts == receipt.counts | {
        "debrief": 5, "call": 5, "handoff": 5, "story": 1, "dispute": 1, "leave": 1, "target": 1, "pairing": 1,
        "pair_wish": 1, "coaching_session": 1, "membership": 1, "person": 1,
    }  # fmt: skip


def test_a_message_already_said_loses_its_words_and_can_still_be_updated(
    any_db: Database, floor: Floor
) -> None:
    with any_db.begin() as session:
        told = outbox.put(session, floor.workspace_id,
                          Message(OutboxKind.NOTICE, "Ask Zoraida", person_id=floor.bo), now=NOW)  # fmt: skip
        row = session.get_one(OutboxMessage, told)
        row.state, row.sent_at, row.ts, row.channel = OutboxState.SENT, NOW - timedelta(days=1), "1.2", "D1"

    forget(any_db, floor, floor.zora)

    with any_db.read() as session:
        row = session.get_one(OutboxMessage, told)
        assert (row.text, row.blocks, row.ts, row.channel) == ("", [], "1.2", "D1")


def test_who_left_slack_has_a_week_in_which_it_can_be_called_off(any_db: Database, floor: Floor) -> None:
    with any_db.begin() as session:
        request = erasure.ask(session, floor.workspace_id, floor.zora, ErasureCause.LEFT, now=NOW)
        assert erasure.due(session, floor.workspace_id, now=NOW + timedelta(days=6)) == []
        assert erasure.due(session, floor.workspace_id, now=NOW + timedelta(days=7)) == [request.id]
        assert request.due_at == NOW + timedelta(days=14)
        erasure.call_off(session, floor.workspace_id, request.id)
        assert erasure.pending(session, floor.workspace_id) == []


def test_asking_oneself_does_not_wait_for_the_week(any_db: Database, floor: Floor) -> None:
    with any_db.begin() as session:
        first = erasure.ask(session, floor.workspace_id, floor.zora, ErasureCause.LEFT, now=NOW)
        again = erasure.ask(session, floor.workspace_id, floor.zora, ErasureCause.ASKED, now=NOW)
        assert (again.id, again.begins_at) == (first.id, NOW)


def test_what_has_begun_is_not_called_off(any_db: Database, floor: Floor) -> None:
    with any_db.begin() as session:
        request = erasure.ask(session, floor.workspace_id, floor.zora, ErasureCause.ASKED, now=NOW)
        erasure.step(session, floor.workspace_id, request.id, now=NOW, tell=False)
    with any_db.begin() as session, pytest.raises(NotFound, match="has begun"):
        erasure.call_off(session, floor.workspace_id, request.id)


def test_a_whole_workspace_goes_and_its_neighbour_stays(any_db: Database, floor: Floor) -> None:
    with any_db.begin() as session:
        neighbour = Floor(session)
    before = sorted(value for value in everything(any_db))
    done = forget(any_db, floor, None, ErasureCause.OPERATOR)

    with any_db.read() as session:
        for table in queries.owned():
            assert not queries.rows(session, floor.workspace_id, table, 1), table.name
        assert session.get_one(Workspace, floor.workspace_id).slack_team_id is None
        assert erasure.receipt(session, floor.workspace_id, done).counts["call"] == 5
        kept = queries.rows(session, neighbour.workspace_id, Debrief.__table__, 100)  # type: ignore[attr-defined]
    assert len(kept) == 5
    assert sum("Zoraida" in value for value in everything(any_db)) * 2 == sum("Zoraida" in v for v in before)


def test_nothing_more_is_said_where_the_app_was_removed(any_db: Database, floor: Floor) -> None:
    with any_db.begin() as session:
        outbox.put(session, floor.workspace_id, Message(OutboxKind.DIGEST, "Top", channel="C1"), now=NOW)
        assert messages.is_due(session, now=NOW)
        request = erasure.ask(session, floor.workspace_id, None, ErasureCause.UNINSTALLED, now=NOW)
        session.flush()
        assert not messages.is_due(session, now=NOW)
        assert messages.claim_due(session, now=NOW, rest=timedelta()) is None

        erasure.came_back(session, floor.workspace_id)
        assert erasure.pending(session, floor.workspace_id) == []
        [old] = session.exec(select(OutboxMessage))
        session.refresh(old)
        assert old.state is OutboxState.DEAD, "a digest of last week is not news"
    assert request.cause is ErasureCause.UNINSTALLED


def test_the_words_of_an_earlier_version_go_too(any_db: Database, floor: Floor) -> None:
    with any_db.begin() as session:
        debrief = session.exec(select(Debrief).limit(1)).one()
        session.add(
            DebriefVersion(
                workspace_id=floor.workspace_id,
                debrief_id=debrief.id,
                version=1,
                outcome=Outcome.LOST,
                improve="Zoraida, before",
                written_at=NOW,
            )
        )
    forget(any_db, floor, floor.zora)

    with any_db.read() as session:
        assert session.exec(select(DebriefVersion)).all() == []
        assert session.exec(select(Leave)).all() == []


def test_many_rows_go_in_small_batches(
    any_db: Database, floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "BATCH", 2)
    with any_db.begin() as session:
        request = erasure.ask(session, floor.workspace_id, floor.zora, ErasureCause.ASKED, now=NOW)
    stages = []
    while Stage.DONE not in stages:
        with any_db.begin() as session:
            stages.append(erasure.step(session, floor.workspace_id, request.id, now=NOW, tell=False))
    assert len(stages) > 12

    october = periods.parse("2026-10", now=NOW, zone=BERLIN)
    with any_db.read() as session:
        kept = sums.of_months(session, floor.workspace_id, floor.team, october)
    assert kept[Role.SDR, FormerCount.CALLS] == 5, "each row is counted once"


@pytest.mark.parametrize("verb", ["UPDATE audit_entry SET what = 'x'", "DELETE FROM audit_entry"])
def test_the_audit_log_refuses_to_be_changed(any_db: Database, floor: Floor, verb: str) -> None:
    with any_db.begin() as session:
        session.add(
            AuditEntry(workspace_id=floor.workspace_id, at=NOW, act=AuditAct.EXPORTED, what="workbook")
        )
    with pytest.raises(DatabaseError, match="never changed"), any_db.begin() as session:
        session.execute(sa.text(verb))


def test_the_empty_row_keeps_its_number(any_db: Database, floor: Floor) -> None:
    forget(any_db, floor, floor.ed)
    with any_db.begin() as session:
        new = Builder(session, floor.workspace_id).rep("Neu", Role.AE, floor.team)
        row = session.get_one(Person, floor.ed)
        assert (row.name, row.email, row.slack_user_id) == (f"Former colleague {floor.ed}", None, None)
        assert session.exec(select(Erasure.person_id)).one() == floor.ed
    assert new != floor.ed
