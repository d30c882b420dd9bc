"""What metrics and logs tell of a running process, and that they name nobody."""

import json
from collections.abc import Callable

from sqlmodel import select

from bot.sandbox import Member
from storage.tables import InboxEvent, OutboxMessage
from tests.http.running import get
from tests.support.office import Office


def test_metrics_tell_what_waits_and_name_nobody(office: Office, ana: Member) -> None:
    office.sandbox.emit({"type": "user_change_of_some_new_kind", "user": ana.id})
    office.call_ended(ana, contact="Dana Secret")
    page = get(office, "/metrics").text

    for name in (
        'cornerman_events_in_total{name="calls/generic"}',
        'cornerman_events_worked_total{name="calls/generic",state="done"}',
        'cornerman_outbox_tries_total{kind="prompt",outcome="Sent"}',
        'cornerman_outbox_messages{state="sent"} 1.0',
        "cornerman_inbox_oldest_seconds 0.0",
        'cornerman_ack_seconds_bucket{le="3.0",road="http"}',
    ):
        assert name in page, name
    for secret in ("Secret", "ana", ana.id, "some_new_kind"):
        assert secret not in page


def test_a_request_id_leads_from_a_delivery_to_its_message(
    office: Office, ana: Member, logs_now: Callable[[], str]
) -> None:
    office.call_ended(ana)
    office.call_ended(ana, minutes=1)
    with office.db.read() as session:
        requests = {row.request_id for row in session.exec(select(InboxEvent))}
        updates = session.exec(select(OutboxMessage).where(OutboxMessage.kind == "update")).all()

    assert {row.request_id for row in updates} <= requests
    told = [json.loads(line) for line in logs_now().splitlines() if '"kind": "update"' in line]
    assert {line["request_id"] for line in told} <= requests
    assert updates and told


def test_logs_hold_no_words_of_people_even_when_the_database_refuses_them(
    office: Office, ana: Member, logs_now: Callable[[], str]
) -> None:
    with office.db.begin() as session:
        session.connection().exec_driver_sql(
            "CREATE TRIGGER refuse BEFORE INSERT ON call BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )

    office.call_ended(ana, contact="Dana Secret")

    told = logs_now()
    assert "event failed" in told
    assert "Secret" not in told
