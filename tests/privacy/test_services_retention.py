"""Claims about what is kept how long: words go, numbers stay."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from bot.core.enums import OutboxKind, Outcome, Role
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.privacy import jobs as erase
from bot.privacy.domain import months_before
from storage.books import Books
from storage.database import Database
from storage.tables import Call, Debrief, InboxEvent, InboxState, OutboxMessage, OutboxState, Story, Workspace
from tests.support.builders import Builder, workspace
from tests.support.tools import tools

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def acme(any_db: Database) -> int:
    with any_db.begin() as session:
        return workspace(session).workspace_id


def swept(db: Database, workspace_id: int) -> None:
    erase.let_go_of_old_words(tools(db, workspace_id, now=NOW))


def delivered(workspace_id: int, days_ago: int, state: InboxState) -> InboxEvent:
    then = NOW - days_ago * DAY
    return InboxEvent(
        workspace_id=workspace_id,
        source="slack",
        name="x",
        event_key=f"{state} {days_ago}",
        body={"user": "Ana"},
        request_id="",
        received_at=then,
        next_at=then,
        state=state,
    )


def test_deliveries_go_after_thirty_days_unless_they_wait_to_be_worked(any_db: Database, acme: int) -> None:
    with any_db.begin() as session:
        for state in InboxState:
            session.add_all(delivered(acme, days, state) for days in (29, 31))
    swept(any_db, acme)

    with any_db.read() as session:
        left = set(session.exec(select(InboxEvent.event_key)))
    assert left == {"waiting 29", "waiting 31", "done 29", "parked 29", "dead 29"}


@pytest.mark.parametrize("days, words", [(29, "Hello Ana"), (31, "")])
def test_a_message_loses_its_words_after_the_workspaces_own_time(
    any_db: Database, acme: int, days: int, words: str
) -> None:
    with any_db.writing(acme, NOW) as books:
        told = outbox.put(books, Message(OutboxKind.NOTICE, "Hello Ana", channel="C1"))
        row = books.session.get_one(OutboxMessage, told)
        row.state, row.sent_at = OutboxState.SENT, NOW - days * DAY
    swept(any_db, acme)

    with any_db.read() as session:
        assert session.exec(select(OutboxMessage)).one().text == words


def test_a_workspace_may_keep_less(any_db: Database, acme: int) -> None:
    with any_db.begin() as session:
        session.get_one(Workspace, acme).keep_messages_days = 3
        told = outbox.put(Books(session, acme, NOW), Message(OutboxKind.NOTICE, "Hello Ana", channel="C1"))
        row = session.get_one(OutboxMessage, told)
        row.state, row.sent_at = OutboxState.SENT, NOW - 4 * DAY
    swept(any_db, acme)

    with any_db.read() as session:
        assert session.exec(select(OutboxMessage)).one().text == ""


def test_old_debriefs_lose_their_words_and_keep_their_numbers(any_db: Database, acme: int) -> None:
    old, new = datetime(2025, 5, 15, 12, tzinfo=UTC), datetime(2025, 5, 17, 12, tzinfo=UTC)
    with any_db.begin() as session:
        build = Builder(session, acme)
        ana = build.rep("Ana", Role.AE, build.team())
        for when in (old, new):
            build.debrief(ana, when, tags=["authority"], improve="Ask who signs", outcome=Outcome.ADVANCED)
            build.story(ana, "A secret", when, shared=False)
            build.story(ana, "For all", when)
        for call in session.exec(select(Call)):
            call.contact = "Dana"
    swept(any_db, acme)

    with any_db.read() as session:
        debriefs = session.exec(select(Debrief).order_by(Debrief.call_started_at)).all()  # type: ignore[arg-type]
        assert [(one.improve, one.outcome) for one in debriefs] == [
            ("", Outcome.ADVANCED),
            ("Ask who signs", Outcome.ADVANCED),
        ]
        assert [one.contact for one in session.exec(select(Call).order_by(Call.started_at))] == ["", "Dana"]  # type: ignore[arg-type]
        assert sorted(one.told for one in session.exec(select(Story))) == ["A secret", "For all", "For all"]


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_so_many_months_earlier_is_the_same_day_or_the_months_last(day: date, months: int) -> None:
    earlier = months_before(day, months)

    assert (day.year - earlier.year) * 12 + day.month - earlier.month == months
    assert earlier.day == day.day or (earlier.day < day.day and (earlier + DAY).day == 1)
