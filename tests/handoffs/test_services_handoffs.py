"""Leads, their decisions and their reminders hold on both databases, for two at a time too."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlmodel import Session, col, select

from bot.core.enums import CriterionKind, Decision, OutboxKind, Role
from bot.core.errors import BadInput, NotFound
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.handoffs.domain.checklist import Criterion as Draft
from bot.handoffs.domain.checklist import Lead
from bot.handoffs.services import criteria, handoffs
from bot.handoffs.services import questions as handoff_questions
from bot.people.domain.access import OPERATOR
from bot.people.services import members
from bot.people.services.members import Member
from storage.books import Books
from storage.database import Database
from storage.queries import imports
from storage.tables import EVER, CriterionAnswer, Handoff, Membership, Person, Team, Workspace

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
REASON = "They have no budget before spring"


class Floor:
    """An SDR, an AE and a manager of one team, in a workspace beside which another one has the same people."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.workspace_id, self.people = self._staffed()
        self.other_id, self.strangers = self._staffed()

    def _staffed(self) -> tuple[int, dict[Role, int]]:
        with self.db.begin() as session:
            workspace = Workspace(name="Acme")
            session.add(workspace)
            session.flush()
            team = Team(workspace_id=workspace.id, name="East", time_zone="Europe/Berlin")
            session.add(team)
            session.flush()
            roles = (Role.SDR, Role.AE, Role.MANAGER)
            return workspace.id, {role: self._hired(session, team, role) for role in roles}

    def _hired(self, session: Session, team: Team, role: Role) -> int:
        user = f"U{team.workspace_id}{role}"
        person = Person(workspace_id=team.workspace_id, name=role, slack_user_id=user)
        session.add(person)
        session.flush()
        session.add(
            Membership(
                workspace_id=team.workspace_id,
                person_id=person.id,
                team_id=team.id,
                role=role,
                started_on=EVER,
            )
        )
        session.flush()
        return person.id

    def member(self, session: Session, role: Role) -> Member:
        return members.member(Books(session, self.workspace_id, NOW), self.people[role])

    def add(self, name: str, *, now: datetime = NOW) -> int:
        with self.db.writing(self.workspace_id, now) as books:
            draft = Draft(name, CriterionKind.YES_NO)
            criteria.add(books, OPERATOR, draft)
            return criteria.checklist(books)[-1].id

    def passes(self, key: str = "", answers: dict[int, str] | None = None, *, now: datetime = NOW) -> Lead:
        with self.db.writing(self.workspace_id, now) as books:
            passed = handoffs.pass_lead(
                books,
                self.member(books.session, Role.SDR),
                key=key or uuid4().hex,
                ae_id=self.people[Role.AE],
                company="Globex",
                contact="",
                answers=answers or {},
            )
            if passed.is_new:
                asking = Message(OutboxKind.NOTICE, "?", person_id=self.people[Role.AE])
                message_id = outbox.put(books, asking)
                handoff_questions.note_asked(books, passed.lead, message_id)
            return passed.lead

    def decides(self, lead_id: int, reason: str = REASON) -> Lead:
        with self.db.writing(self.workspace_id, NOW + timedelta(hours=1)) as books:
            return handoffs.decide(books, self.people[Role.AE], lead_id, Decision.REJECTED, reason)

    def stored(self) -> list[Handoff]:
        with self.db.read() as session:
            return list(
                session.exec(
                    select(Handoff).where(Handoff.workspace_id == self.workspace_id).order_by(col(Handoff.id))
                )
            )


@pytest.fixture
def floor(any_db: Database) -> Iterator[Floor]:
    yield Floor(any_db)


def test_two_submissions_at_once_are_one_lead(floor: Floor) -> None:
    budget = floor.add("Budget")

    with ThreadPoolExecutor(4) as pool:
        leads = list(pool.map(lambda _: floor.passes("k-1", {budget: "yes"}), range(4)))

    assert len({lead.id for lead in leads}) == len(floor.stored()) == 1
    with floor.db.read() as session:
        assert len(session.exec(select(CriterionAnswer)).all()) == 1


def test_of_two_decisions_at_once_one_stands(floor: Floor) -> None:
    lead = floor.passes()

    def decide(reason: str) -> str:
        try:
            return floor.decides(lead.id, reason).reason
        except BadInput as error:
            return str(error)

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(decide, [f"{REASON}, {n}" for n in range(4)]))

    assert sum("already" in answer for answer in said) == 3
    assert floor.stored()[0].reason in said


def test_a_reminder_is_claimed_once(floor: Floor) -> None:
    lead = floor.passes()
    due = NOW + timedelta(days=2)

    def remind(_: int) -> bool:
        with floor.db.writing(floor.workspace_id, due) as books:
            found = handoff_questions.remind(books, lead.id, quiet=())
        return found is not None

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(remind, range(4))) == 1


def test_a_lead_decided_by_a_file_is_not_brought_up(floor: Floor) -> None:
    lead = floor.passes()
    with floor.db.begin() as session:
        row = session.get_one(Handoff, lead.id)
        row.decision, row.decided_at = Decision.ACCEPTED, NOW

    with floor.db.writing(floor.workspace_id, NOW) as books:
        later = NOW + timedelta(days=3)
        assert len(handoff_questions.reminders_due(books.at(later))) == 1
        assert handoff_questions.remind(books.at(later), lead.id, quiet=()) is None
        assert handoff_questions.reminders_due(books.at(later)) == []


def test_do_not_disturb_is_waited_out(floor: Floor) -> None:
    lead = floor.passes()
    due = NOW + timedelta(days=2)
    quiet = ((due, due + timedelta(hours=1)),)

    with floor.db.writing(floor.workspace_id, due) as books:
        assert handoff_questions.remind(books, lead.id, quiet=quiet) is None
        later = due + timedelta(hours=1)
        assert handoff_questions.remind(books.at(later), lead.id, quiet=()) is not None


def test_whether_a_reason_teaches_is_what_an_import_would_find(floor: Floor) -> None:
    for reason in (REASON, "no", REASON.upper(), "The contact left the company in June"):
        floor.decides(floor.passes().id, reason)

    with floor.db.reading(floor.workspace_id, NOW) as books:
        flags = [flag for _, _, flag in imports.reasons_given(books)]
    assert flags == [handoff.teaches for handoff in floor.stored()] == [True, False, False, True]


def test_another_workspace_sees_nothing(floor: Floor) -> None:
    lead = floor.passes()
    stranger = floor.strangers[Role.AE]

    with floor.db.writing(floor.other_id, NOW) as books:
        with pytest.raises(NotFound):
            handoffs.to_decide(books, stranger, lead.id)
        with pytest.raises(NotFound):
            handoffs.decide(books, stranger, lead.id, Decision.ACCEPTED, REASON)
        assert handoff_questions.reminders_due(books.at(NOW + timedelta(days=9))) == []


def test_somebody_elses_key_is_no_lead_of_mine(floor: Floor) -> None:
    floor.passes("k-1")

    with floor.db.writing(floor.workspace_id, NOW) as books, pytest.raises(NotFound):
        handoffs.pass_lead(
            books,
            floor.member(books.session, Role.MANAGER),
            key="k-1",
            ae_id=floor.people[Role.AE],
            company="Mine",
            contact="",
            answers={},
        )

    assert [handoff.company for handoff in floor.stored()] == ["Globex"]


def test_a_retired_criterion_is_asked_no_more_and_still_judges_what_it_judged(floor: Floor) -> None:
    budget = floor.add("Budget")
    lead = floor.passes(answers={budget: "no"})
    with floor.db.writing(floor.workspace_id, NOW + timedelta(hours=1)) as books:
        criteria.retire(books, OPERATOR, budget)
        assert criteria.checklist(books) == []

    assert [(one.criterion.name, one.met) for one in floor.decides(lead.id).checklist] == [("Budget", False)]
    assert floor.stored()[0].criteria_met is False
