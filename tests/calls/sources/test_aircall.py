"""Aircall: a token in the body, seconds, a hint at hang-up and the record half a minute later."""

from typing import Any

import pytest

from bot.core.enums import Direction
from bot.sandbox import Member
from storage.tables import InboxState
from tests.calls.sources.reading import calls, events, the_call
from tests.calls.sources.senders import SECRET, deliver
from tests.support.office import Office

START = 1763282400
"""2025-11-16T08:40:00Z"""


def said(event: str = "call.ended", **more: Any) -> dict[str, Any]:
    about = {
        "id": 9001,
        "direction": "inbound",
        "started_at": START,
        "answered_at": START + 5,
        "ended_at": START + 900,
        "duration": 880,
        "raw_digits": "+15550100",
        "user": {"id": 77, "name": "Ana", "email": "ana@example.com"},
        "contact": {"first_name": "Dana", "last_name": "Fox", "company_name": "Acme"},
    }
    return {"resource": "call", "event": event, "data": about | more}


def test_the_record_becomes_a_call(office: Office, ana: Member) -> None:
    deliver(office, "aircall", said())

    call = the_call(office)
    assert (call.call_key, call.talk_seconds, call.direction) == ("9001", 880, Direction.INBOUND)
    assert (call.contact, call.company) == ("Dana Fox", "Acme")


@pytest.mark.parametrize("order", [("call.hungup", "call.ended"), ("call.ended", "call.hungup")])
def test_the_record_has_the_last_word_in_either_order(
    office: Office, ana: Member, order: tuple[str, str]
) -> None:
    for event in order:
        deliver(office, "aircall", said(event))

    assert the_call(office).talk_seconds == 880


def test_a_call_nobody_picked_up_is_nobodys(office: Office, ana: Member) -> None:
    deliver(office, "aircall", said(user={}, answered_at=None))

    assert calls(office) == []
    assert events(office) == []


def test_an_unanswered_call_of_a_rep_is_not_completed(office: Office, ana: Member) -> None:
    deliver(office, "aircall", said(answered_at=None, duration=12))

    assert not the_call(office).completed


def test_the_token_is_not_stored(office: Office, ana: Member) -> None:
    deliver(office, "aircall", said())

    [event] = events(office, InboxState.DONE)
    assert SECRET not in event.body["text"]
