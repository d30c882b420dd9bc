"""Vonage: the event webhook of each leg, signed as a JWT; `duration` is seconds."""

import hashlib
import json
from itertools import permutations
from typing import Any

import jwt
import pytest

from bot.calls.domain.call import EndedCall
from bot.calls.sources.delivery import BadSignature, Delivery
from bot.calls.sources.vonage import Vonage
from bot.core.enums import Direction
from bot.sandbox import Member
from tests.calls.sources.reading import strangers, the_call
from tests.calls.sources.senders import SECRET, deliver, packed
from tests.support.office import MONDAY_MORNING, Office


def said(**more: Any) -> dict[str, Any]:
    """A leg of an app's user that is over."""
    return {
        "uuid": "u-1",
        "conversation_uuid": "CON-1",
        "from": "ana@example.com",
        "to": "447700900001",
        "direction": "inbound",
        "status": "completed",
        "start_time": "2026-11-16T08:40:00.000Z",
        "end_time": "2026-11-16T08:50:20.000Z",
        "duration": "620",
        "rate": "0.00",
        "price": "0.00",
        "network": "GB-FIXED",
        "timestamp": "2026-11-16T08:50:20.100Z",
    } | more


CALLER = said(uuid="in", **{"from": "447700900002", "to": "442079460000"})
RINGS_ANA = said(uuid="out", direction="outbound", duration="600", **{"from": "442079460000", "to": "ana"})
RINGS_NOBODY = RINGS_ANA | {"uuid": "out-2", "to": "bo", "status": "timeout", "duration": "0"}
CLICKED = said(uuid="rep", direction="outbound", **{"from": "442079460000", "to": "447700900077"})
THEN_DANA = said(
    uuid="dana",
    direction="outbound",
    duration="580",
    start_time="2026-11-16T08:40:40.000Z",
    **{"from": "442079460000", "to": "447700900003"},
)


def told(*legs: dict[str, Any]) -> list[EndedCall]:
    notices = [
        one for leg in legs for one in Vonage().parse(Delivery({}, packed("vonage", leg), MONDAY_MORNING))
    ]
    return list(Vonage().ended(notices))


def test_a_leg_from_the_app_becomes_its_users_call(office: Office, ana: Member) -> None:
    assert deliver(office, "vonage", said()).text == "stored"

    call = the_call(office)
    assert (call.call_key, call.talk_seconds, call.direction) == ("u-1", 620, Direction.OUTBOUND)
    assert call.ended_at.isoformat() == "2026-11-16T08:50:20+00:00"
    assert "447700900001" in ana.dm[-1].text or call.contact == "447700900001"


def test_who_answers_a_caller_has_the_call_and_the_way_in_is_nobodys() -> None:
    for legs in permutations((CALLER, RINGS_ANA, RINGS_NOBODY)):
        by_agent = {call.agent.key: call for call in told(*legs)}
        assert set(by_agent) == {"ana", "bo"}
        assert (by_agent["ana"].talked, by_agent["ana"].contact) == (600, "447700900002")
        assert not by_agent["bo"].is_completed


def test_of_a_click_to_call_the_first_leg_is_the_reps_and_the_next_the_customers() -> None:
    for legs in permutations((CLICKED, THEN_DANA)):
        [call] = told(*legs)
        assert (call.agent.key, call.contact, call.talked) == ("447700900077", "447700900003", 580)
        assert call.direction is Direction.OUTBOUND


def test_a_number_nobody_knows_waits_to_be_named(office: Office) -> None:
    deliver(office, "vonage", CLICKED)

    assert strangers(office) == ["447700900077"]


@pytest.mark.parametrize("status", ["started", "ringing", "answered", "", "disconnected"])
def test_what_is_not_over_is_not_stored(office: Office, status: str) -> None:
    assert deliver(office, "vonage", said(status=status)).text == "nothing to store"


def test_the_jwt_must_fit_the_body_the_secret_and_the_hour() -> None:
    body = json.dumps(said()).encode()
    good: dict[str, Any] = {
        "iat": int(MONDAY_MORNING.timestamp()),
        "payload_hash": hashlib.sha256(body).hexdigest(),
    }

    def verify(claims: dict[str, Any], *, secret: str = SECRET, content: bytes = body) -> None:
        token = jwt.encode(claims, secret, algorithm="HS256")
        Vonage().verify(Delivery({"authorization": f"Bearer {token}"}, content, MONDAY_MORNING), SECRET)

    verify(good)
    for claims in ({}, good | {"iat": good["iat"] - 301}, good | {"payload_hash": "0"}, {"iat": good["iat"]}):
        with pytest.raises(BadSignature):
            verify(claims)
    with pytest.raises(BadSignature):
        verify(good, secret="another secret that is as long as it should be")
    with pytest.raises(BadSignature):
        verify(good, content=body + b" ")
    with pytest.raises(BadSignature):
        Vonage().verify(Delivery({}, body, MONDAY_MORNING), SECRET)
