"""Twilio: a form signed over the public address; `CallDuration` is seconds, `Duration` minutes."""

import base64
import hashlib
import hmac
from typing import Any

import httpx
import pytest

from bot.calls.delivery import Delivery
from bot.calls.twilio import Twilio
from bot.sandbox import Member
from bot.words import Direction
from tests.calls.reading import strangers, the_call
from tests.calls.senders import PUBLIC, SECRET, deliver, packed
from tests.conversations.office import MONDAY_MORNING, Office


def said(**more: Any) -> dict[str, Any]:
    return {
        "AccountSid": "AC1",
        "CallSid": "CA1",
        "CallStatus": "completed",
        "CallDuration": "620",
        "Duration": "11",
        "Direction": "outbound-dial",
        "From": "+15550100",
        "To": "client:ana@example.com",
        "Timestamp": "Mon, 16 Nov 2026 08:59:00 +0000",
        "ForwardedFrom": "",
    } | more


def test_a_finished_leg_becomes_a_call_in_seconds(office: Office, ana: Member) -> None:
    deliver(office, "twilio", said())

    call = the_call(office)
    assert (call.account, call.call_key, call.talk_seconds) == ("AC1", "CA1", 620)
    assert (call.contact, call.direction) == ("+15550100", Direction.INBOUND)
    assert call.ended_at.isoformat() == "2026-11-16T08:59:00+00:00"


def test_a_call_from_the_browser_is_the_clients(office: Office, ana: Member) -> None:
    deliver(office, "twilio", said(From="client:ana@example.com", To="+15550199", Direction="inbound"))

    call = the_call(office)
    assert (call.contact, call.direction) == ("+15550199", Direction.OUTBOUND)


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"Direction": "inbound", "To": "+15550111"}, "+15550111"),
        ({"Direction": "outbound-dial", "To": "+15550122"}, "+15550122"),
        ({"Direction": "outbound-api", "From": "+15550133", "To": "+15550100"}, "+15550133"),
        ({"To": "client:ana"}, "ana"),
    ],
)
def test_without_an_email_the_number_or_the_client_says_whose_it_is(
    office: Office, more: dict[str, str], key: str
) -> None:
    deliver(office, "twilio", said(**more))

    assert strangers(office) == [key]


@pytest.mark.parametrize("status", ["no-answer", "busy", "failed", "canceled"])
def test_nobody_reached_is_not_completed(office: Office, ana: Member, status: str) -> None:
    deliver(office, "twilio", said(CallStatus=status, CallDuration="0"))

    assert not the_call(office).completed
    assert ana.dm == []


def test_a_call_that_still_rings_says_nothing(office: Office) -> None:
    assert deliver(office, "twilio", said(CallStatus="ringing")).text == "nothing to store"


@pytest.mark.parametrize("signed", [f"{PUBLIC}/calls/twilio", f"{PUBLIC}:443/calls/twilio"])
def test_the_address_may_be_signed_with_or_without_its_port(signed: str) -> None:
    body = packed("twilio", said())
    pairs = sorted(httpx.QueryParams(body.decode()).multi_items())
    text = signed + "".join(name + value for name, value in pairs)
    digest = base64.b64encode(hmac.new(SECRET.encode(), text.encode(), hashlib.sha1).digest()).decode()

    Twilio().verify(
        Delivery({"x-twilio-signature": digest}, body, MONDAY_MORNING, f"{PUBLIC}/calls/twilio"), SECRET
    )


def test_another_address_is_refused(office: Office) -> None:
    body = packed("twilio", said())
    text = f"{office.url}/calls/twilio" + "".join(name + value for name, value in sorted(said().items()))
    digest = base64.b64encode(hmac.new(SECRET.encode(), text.encode(), hashlib.sha1).digest()).decode()

    answer = httpx.post(
        f"{office.url}/calls/twilio",
        content=body,
        headers={"X-Twilio-Signature": digest},
        trust_env=False,
    )

    assert answer.status_code == 401
    assert "CORNERMAN_PUBLIC_URL" in answer.text
