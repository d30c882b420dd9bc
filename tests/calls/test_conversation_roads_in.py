"""Deliveries that are not what they should be: each has an answer, and nothing is lost."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from bot.calls.services import agent_names
from bot.core.enums import Role
from bot.delivery.inbox import Inbox
from bot.sandbox import Member
from storage.database import Database
from storage.tables import Call, InboxEvent, InboxState
from tests.support import web
from tests.support.office import Office, open_office

CALL = {
    "call_id": "c-1",
    "rep_email": "ana@example.com",
    "started_at": "2026-11-16T09:40:00+01:00",
    "duration_s": 900,
}


def stored_calls(office: Office) -> int:
    with office.db.read() as session:
        return len(session.exec(select(Call)).all())


def stored_events(office: Office, *states: InboxState) -> list[InboxEvent]:
    with office.db.read() as session:
        return list(
            session.exec(select(InboxEvent).where(col(InboxEvent.state).in_(states or tuple(InboxState))))
        )


def test_an_unsigned_delivery_is_refused_and_not_stored(office: Office, ana: Member) -> None:
    assert web.post(f"{office.url}/calls/generic", json=CALL).status_code == 401
    assert office.delivers(CALL, secret="a guess").status_code == 401
    assert stored_events(office) == []


def test_a_source_that_is_not_configured_does_not_exist(office: Office) -> None:
    answers = {name: web.post(f"{office.url}/calls/{name}") for name in ("zoom", "nonsense")}

    assert {answer.status_code for answer in answers.values()} == {404}
    assert len({answer.text for answer in answers.values()}) == 1


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"\xff\xfe", "not JSON"),
        ([CALL], "one JSON object"),
        ({**CALL, "rep_email": ""}, "rep_email is missing"),
        ({**CALL, "call_id": None}, "call_id is missing"),
        ({**CALL, "started_at": "yesterday"}, "started_at is not"),
        ({**CALL, "started_at": "2026-11-16T09:40:00"}, "no offset"),
        ({**CALL, "duration_s": -1}, "duration_s"),
        ({**CALL, "ended_at": "2026-11-16T08:00:00+01:00"}, "before started_at"),
        ({**CALL, "direction": "sideways"}, "direction"),
        ({**CALL, "contact": {"name": "Dana"}}, "contact must be text"),
    ],
)
def test_what_cannot_be_read_is_answered_with_the_reason(
    office: Office, body: object, complaint: str
) -> None:
    answer = office.delivers(body)

    assert (answer.status_code, complaint in answer.text) == (400, True), answer.text
    assert stored_events(office) == []


def test_a_body_of_ten_megabytes_is_refused(office: Office) -> None:
    assert office.delivers(b"x" * 10_000_000).status_code == 413


def test_a_rep_nobody_knows_is_kept_and_said(office: Office, east: int) -> None:
    assert office.delivers(CALL).status_code == 200

    with office.db.reading(office.workspace_id, office.clock()) as books:
        [stranger] = agent_names.unnamed(books, limit=9)
    assert (stranger.agent, stranger.calls) == ("ana@example.com", 1)
    assert stored_events(office, InboxState.PARKED, InboxState.DEAD) == []


def test_slack_requests_without_a_signature_are_refused(office: Office) -> None:
    for headers in ({}, {"X-Slack-Request-Timestamp": "soon", "X-Slack-Signature": "v0=x"}):
        answer = web.post(f"{office.url}/slack/events", content=b"{}", headers=headers)
        assert answer.status_code == 401


def test_an_event_delivered_twice_is_worked_once(office: Office, ana: Member) -> None:
    event = {
        "type": "message_metadata_posted",
        "app_id": "A0DIALER",
        "metadata": {"event_type": "call_completed", "event_payload": CALL},
    }
    office.sandbox.emit(event, times=3)
    office.tick()

    assert len(stored_events(office)) == 1
    assert stored_calls(office) == 1


def test_a_call_that_ends_later_than_our_clock_says_waits_for_it(office: Office, ana: Member) -> None:
    """Ours was set back, perhaps: what was acknowledged must not be lost by that."""
    ended = office.clock() + timedelta(hours=1)
    told = {
        "call_id": "early",
        "rep_email": "ana@example.com",
        "started_at": (ended - timedelta(minutes=5)).isoformat(),
        "ended_at": ended.isoformat(),
        "duration_s": 300,
        "disposition": "completed",
    }
    metadata = {"event_type": "call_completed", "event_payload": told}
    office.sandbox.emit({"type": "message_metadata_posted", "app_id": "A0DIALER", "metadata": metadata})
    office.tick()
    assert stored_calls(office) == 0

    office.later(hours=1)
    assert stored_calls(office) == 1


def test_a_clock_set_back_while_a_delivery_is_stored_loses_no_call(
    office: Office, ana: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was acknowledged by the clock that it came in by, and is not judged anew by the other."""
    take = Inbox.take

    def take_an_hour_earlier(inbox: Inbox, *delivery: Any) -> bool:
        office.clock.advance(-timedelta(hours=1))
        return take(inbox, *delivery)

    monkeypatch.setattr(Inbox, "take", take_an_hour_earlier)
    assert office.delivers(CALL).status_code == 200
    monkeypatch.undo()
    office.tick()
    assert stored_calls(office) == 0

    office.later(hours=1)
    assert stored_calls(office) == 1


def test_an_event_is_tried_again_when_the_database_was_away(office: Office, ana: Member) -> None:
    event = {
        "type": "message_metadata_posted",
        "app_id": "A0DIALER",
        "metadata": {"event_type": "call_completed", "event_payload": CALL},
    }
    with office.db.begin() as session:
        session.connection().exec_driver_sql("ALTER TABLE inbox_event RENAME TO away")
    office.sandbox.emit(event)
    with office.db.begin() as session:
        session.connection().exec_driver_sql("ALTER TABLE away RENAME TO inbox_event")

    answers = {delivery.status for delivery in office.sandbox.deliveries}
    assert answers == {500}, "what was not stored is not acknowledged, so Slack sends it again"


def test_the_same_day_by_socket_mode(db: Database, tmp_path: Path) -> None:
    with open_office(db, tmp_path, by_socket=True) as office:
        ana = office.hires("Ana", Role.SDR, office.team())
        office.call_ended(ana)
        ana.clicks("Debrief")
        assert ana.submits(outcome="Meeting booked").closed
        ana.waits_for("meeting booked")
        assert all(delivery.kind != "http" for delivery in office.sandbox.deliveries)


def test_a_lost_reply_does_not_become_a_second_message(office: Office, ana: Member) -> None:
    office.sandbox.faults.drop_reply("chat.postMessage")

    office.call_ended(ana)
    office.later(minutes=2)

    assert len(ana.dm) == 1


def test_without_the_right_to_ask_a_lost_reply_is_left_alone(db: Database, tmp_path: Path) -> None:
    few = {"commands", "chat:write", "im:write", "users:read", "users:read.email", "files:write"}
    with open_office(db, tmp_path, scopes=few) as office:
        ana = office.hires("Ana", Role.SDR, office.team())
        office.sandbox.faults.drop_reply("chat.postMessage")
        office.call_ended(ana)
        office.later(minutes=2)

        assert len(ana.dm) == 1


def test_slack_asks_to_wait_and_is_obeyed(office: Office, ana: Member) -> None:
    office.sandbox.faults.rate_limit("chat.postMessage", retry_after=30)

    office.call_ended(ana)
    assert ana.dm == []
    office.later(seconds=29)
    assert ana.dm == []
    office.later(seconds=2)
    assert len(ana.dm) == 1


def test_a_broken_listener_answers_with_a_number_to_quote(office: Office, ana: Member) -> None:
    with office.db.begin() as session:
        session.connection().exec_driver_sql("ALTER TABLE person RENAME TO person_away")

    answer = ana.commands("/debrief")

    assert "quote" in answer.text
    assert not answer.error
