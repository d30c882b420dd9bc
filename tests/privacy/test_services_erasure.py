"""Claims about being forgotten: nothing that tells who somebody was is left, and what others count on stays."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, select

from bot.calendar import periods
from bot.core.enums import (
    AuditAct,
    DealStatus,
    ErasureCause,
    FormerCount,
    Metric,
    OutboxKind,
    Outcome,
    Pinned,
    Role,
)
from bot.core.errors import NotFound
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.people.services import erasure_requests
from bot.privacy.services import erasure
from bot.privacy.services.erasure import Stage, people, sums
from storage.database import Database, DatabaseError, Session
from storage.queries.delivery import outbox_due as messages
from storage.queries.privacy import erasure as queries
from storage.tables import (
    AuditEntry,
    CoachingSession,
    Deal,
    DealPinned,
    Debrief,
    DebriefVersion,
    Dispute,
    Erasure,
    FormerSum,
    Handoff,
    InboxEvent,
    InboxState,
    Leave,
    MondayPick,
    OutboxMessage,
    OutboxState,
    PairWish,
    Person,
    Target,
    WishKind,
    Workspace,
)
from tests.support.builders import Builder, workspace

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
    with db.writing(floor.workspace_id, NOW) as books:
        request = erasure_requests.ask(books, person_id, cause)
    stage = Stage.MORE
    while stage is Stage.MORE:
        with db.writing(floor.workspace_id, NOW) as books:
            stage = erasure.erase_some(books, request.id, tell=False)
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
    with any_db.reading(floor.workspace_id, NOW) as books:
        for table, column, _weak in queries.references("person"):
            assert not queries.rows(books, table, 1, **{column: floor.zora}), table.name


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
    with any_db.reading(floor.workspace_id, NOW) as books:
        kept = sums.of_months(books, floor.team, october)
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


def test_what_somebody_answered_and_confirmed_goes_with_them(any_db: Database, floor: Floor) -> None:
    with any_db.begin() as session:
        deal = session.exec(select(Deal.id)).first()
        assert deal is not None
        for lead in session.exec(select(Handoff)):
            lead.asked_back_at, lead.answer_back = NOW, "Bo's answer"
        words: dict[str, Any] = {"person_id": floor.zora, "words": "Zoraida says the CFO", "said_at": NOW}
        session.add_all(
            [
                DealPinned(workspace_id=floor.workspace_id, deal_id=deal, what=Pinned.TIMELINE, **words),
                MondayPick(
                    workspace_id=floor.workspace_id,
                    manager_id=floor.ed,
                    person_id=floor.zora,
                    week=NOW.date(),
                ),
            ]
        )
    forget(any_db, floor, floor.zora)
    forget(any_db, floor, floor.bo)

    with any_db.read() as session:
        assert session.exec(select(DealPinned)).all() == []
        assert session.exec(select(MondayPick)).all() == []
        assert {lead.answer_back for lead in session.exec(select(Handoff))} <= {""}


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

    with any_db.reading(floor.workspace_id, NOW) as books:
        receipt = erasure.receipt(books, done)
    assert receipt.done_at == NOW
    assert receipt.counts == receipt.counts | {
        "debrief": 5, "call": 5, "handoff": 5, "story": 1, "dispute": 1, "leave": 1, "target": 1, "pairing": 1,
        "pair_wish": 1, "coaching_session": 1, "membership": 1, "person": 1,
    }  # fmt: skip


def test_a_message_already_said_loses_its_words_and_can_still_be_updated(
    any_db: Database, floor: Floor
) -> None:
    with any_db.writing(floor.workspace_id, NOW) as books:
        told = outbox.put(books, Message(OutboxKind.NOTICE, "Ask Zoraida", person_id=floor.bo))  # fmt: skip
        row = books.session.get_one(OutboxMessage, told)
        row.state, row.sent_at, row.ts, row.channel = OutboxState.SENT, NOW - timedelta(days=1), "1.2", "D1"

    forget(any_db, floor, floor.zora)

    with any_db.read() as session:
        row = session.get_one(OutboxMessage, told)
        assert (row.text, row.blocks, row.ts, row.channel) == ("", [], "1.2", "D1")


def test_who_left_slack_has_a_week_in_which_it_can_be_called_off(any_db: Database, floor: Floor) -> None:
    with any_db.writing(floor.workspace_id, NOW) as books:
        request = erasure_requests.ask(books, floor.zora, ErasureCause.LEFT)
        assert erasure.erasures_due(books.at(NOW + timedelta(days=6))) == []
        assert erasure.erasures_due(books.at(NOW + timedelta(days=7))) == [request.id]
        assert request.due_at == NOW + timedelta(days=14)
        erasure_requests.call_off(books, request.id)
        assert queries.open_erasures(books) == []


def test_asking_oneself_does_not_wait_for_the_week(any_db: Database, floor: Floor) -> None:
    with any_db.writing(floor.workspace_id, NOW) as books:
        first = erasure_requests.ask(books, floor.zora, ErasureCause.LEFT)
        again = erasure_requests.ask(books, floor.zora, ErasureCause.ASKED)
        assert (again.id, again.begins_at) == (first.id, NOW)


def test_what_has_begun_is_not_called_off(any_db: Database, floor: Floor) -> None:
    with any_db.writing(floor.workspace_id, NOW) as books:
        request = erasure_requests.ask(books, floor.zora, ErasureCause.ASKED)
        erasure.erase_some(books, request.id, tell=False)
    with any_db.writing(floor.workspace_id, NOW) as books, pytest.raises(NotFound, match="has begun"):
        erasure_requests.call_off(books, request.id)


def test_a_whole_workspace_goes_and_its_neighbour_stays(any_db: Database, floor: Floor) -> None:
    with any_db.begin() as session:
        neighbour = Floor(session)
    before = sorted(value for value in everything(any_db))
    done = forget(any_db, floor, None, ErasureCause.OPERATOR)

    with any_db.reading(floor.workspace_id, NOW) as books:
        for table in queries.owned():
            assert not queries.rows(books, table, 1), table.name
        assert books.session.get_one(Workspace, floor.workspace_id).slack_team_id is None
        assert erasure.receipt(books, done).counts["call"] == 5
        kept = queries.rows(books.of(neighbour.workspace_id), Debrief.__table__, 100)  # type: ignore[attr-defined]
    assert len(kept) == 5
    assert sum("Zoraida" in value for value in everything(any_db)) * 2 == sum("Zoraida" in v for v in before)


def test_nothing_more_is_said_where_the_app_was_removed(any_db: Database, floor: Floor) -> None:
    with any_db.writing(floor.workspace_id, NOW) as books:
        outbox.put(books, Message(OutboxKind.DIGEST, "Top", channel="C1"))
        assert messages.is_due(books.session, now=NOW)
        request = erasure_requests.ask(books, None, ErasureCause.UNINSTALLED)
        books.session.flush()
        assert not messages.is_due(books.session, now=NOW)
        assert messages.claim_due(books.session, now=NOW, rest=timedelta()) is None

        erasure_requests.came_back(books)
        assert queries.open_erasures(books) == []
        [old] = books.session.exec(select(OutboxMessage))
        books.session.refresh(old)
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
    with any_db.writing(floor.workspace_id, NOW) as books:
        request = erasure_requests.ask(books, floor.zora, ErasureCause.ASKED)
    stages = []
    while Stage.DONE not in stages:
        with any_db.writing(floor.workspace_id, NOW) as books:
            stages.append(erasure.erase_some(books, request.id, tell=False))
    assert len(stages) > 12

    october = periods.parse("2026-10", now=NOW, zone=BERLIN)
    with any_db.reading(floor.workspace_id, NOW) as books:
        kept = sums.of_months(books, floor.team, october)
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


def test_who_is_forgotten_takes_nobody_elses_wish_along(any_db: Database, floor: Floor) -> None:
    """The manager who said it goes; the coach and the learner whom it is about do not."""
    with any_db.begin() as session:
        person = Person(workspace_id=floor.workspace_id, name="Boss")
        session.add(person)
        session.flush()
        boss = person.id
        session.add(
            PairWish(
                workspace_id=floor.workspace_id,
                kind=WishKind.PIN,
                coach_id=floor.bo,
                learner_id=floor.others[0],
                said_by_id=boss,
                said_at=OCTOBER,
            )
        )
    forget(any_db, floor, boss)

    with any_db.read() as session:
        [kept] = session.exec(select(PairWish).where(PairWish.kind == WishKind.PIN)).all()
    assert (kept.coach_id, kept.learner_id, kept.said_by_id) == (floor.bo, floor.others[0], None)


@pytest.mark.parametrize("field", ["name", "email", "slack_user_id"])
def test_what_is_set_aside_goes_whichever_way_it_names_the_person(
    any_db: Database, floor: Floor, field: str
) -> None:
    with any_db.begin() as session:
        person = session.get_one(Person, floor.zora)
        person.slack_user_id = "U0ZORAIDA"
        called = getattr(person, field)
        for key, words in (("theirs", f"about <@{called}>"), ("others", "about nobody")):
            session.add(
                InboxEvent(
                    workspace_id=floor.workspace_id,
                    source="calls/generic",
                    name="y",
                    event_key=key,
                    body={"text": words},
                    request_id="",
                    received_at=OCTOBER,
                    next_at=OCTOBER,
                    state=InboxState.DEAD,
                )
            )
    forget(any_db, floor, floor.zora)

    with any_db.read() as session:
        left = session.exec(select(InboxEvent.event_key).where(InboxEvent.name == "y")).all()
    assert left == ["others"]
