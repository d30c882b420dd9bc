"""Claims about being forgotten: nothing that tells who somebody was is left, and the others keep what is theirs."""

from typing import Any

import pytest
from sqlmodel import select

from bot.core.enums import (
    FormerCount,
    Pinned,
    Role,
)
from bot.privacy.services import erasure
from storage.database import Database, Session
from storage.queries.privacy import erasure as queries
from storage.tables import (
    CoachingSession,
    Deal,
    DealPinned,
    Erasure,
    FormerSum,
    Handoff,
    InboxEvent,
    InboxState,
    MondayPick,
    PairWish,
    Person,
    WishKind,
)
from tests.privacy.floor import NOW, OCTOBER, Floor, everything, forget
from tests.support.builders import Builder


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


def test_two_who_are_forgotten_cannot_be_told_apart(any_db: Database, floor: Floor) -> None:
    forget(any_db, floor, floor.zora)
    forget(any_db, floor, floor.others[0])

    with any_db.read() as session:
        passed_by = set(session.exec(select(Handoff.sdr_id).where(Handoff.ae_id == floor.bo)))
        rows = session.exec(select(FormerSum).where(FormerSum.counted == FormerCount.LEADS_PASSED)).all()
    assert len(passed_by) == 1
    assert [(row.team_id, row.amount) for row in rows] == [(floor.team, 6)]


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
