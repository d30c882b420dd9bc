"""Dialpad: the whole body is a JWT, times are milliseconds, and one call has many legs."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import jwt
import pytest

from bot.sandbox import Member
from tests.calls.sources.reading import calls, events, the_call
from tests.calls.sources.senders import SECRET, deliver
from tests.support.office import Office

START = 1794818400_000


def said(**more: Any) -> dict[str, Any]:
    return {
        "state": "hangup",
        "call_id": 51,
        "master_call_id": 50,
        "direction": "outbound",
        "date_started": START,
        "date_connected": START + 4_000,
        "date_ended": START + 604_000,
        "duration": 604_000.5,
        "talk_time": 600_000.7,
        "external_number": "+15550100",
        "contact": {"name": "Dana", "phone": "+15550100"},
        "target": {"type": "user", "id": 3, "name": "Ana", "email": "ana@example.com"},
    } | more


def test_a_hangup_becomes_a_call_in_seconds(office: Office, ana: Member) -> None:
    deliver(office, "dialpad", said())

    call = the_call(office)
    assert (call.call_key, call.talk_seconds, call.contact) == ("50", 600, "Dana")


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_legs_of_one_call_are_one_call(office: Office, ana: Member, order: tuple[int, ...]) -> None:
    legs = [
        said(call_id=51, date_connected=None, talk_time=0),
        said(call_id=52),
        said(call_id=53, talk_time=30_000),
    ]

    for index in order:
        deliver(office, "dialpad", legs[index])

    call = the_call(office)
    assert (call.talk_seconds, call.completed) == (600, True)


@pytest.mark.parametrize("more", [{"state": "ringing"}, {"target": {"type": "callcenter", "id": 9}}])
def test_what_is_not_the_end_of_a_reps_call_is_left_out(
    office: Office, ana: Member, more: dict[str, Any]
) -> None:
    assert deliver(office, "dialpad", said(**more)).text == "nothing to store"


@pytest.mark.parametrize(
    "body",
    [
        jwt.encode(said(), "x" * 32, algorithm="HS256"),
        jwt.encode(said(), SECRET * 3, algorithm="HS512"),
        jwt.encode(said(), "", algorithm="none"),
        "{}",
        "a.b.c",
    ],
)
def test_only_hs256_with_the_secret_is_believed(office: Office, body: str) -> None:
    assert deliver(office, "dialpad", body.encode()).status_code == 401
    assert events(office) == []


@pytest.mark.parametrize(("claim", "minutes"), [("exp", -1), ("iat", 10), ("iat", -24 * 60 - 1)])
def test_an_expired_old_or_future_token_is_refused(office: Office, claim: str, minutes: int) -> None:
    at = int((office.clock() + timedelta(minutes=minutes)).timestamp())

    assert deliver(office, "dialpad", said(**{claim: at})).status_code == 401


@pytest.mark.parametrize("days", [-2, 2])
def test_a_token_without_a_time_is_believed_for_a_day(office: Office, ana: Member, days: int) -> None:
    moved = dict.fromkeys(("date_started", "date_connected", "date_ended"), START + days * 86400000)
    assert deliver(office, "dialpad", said(**moved)).status_code == 401
    assert events(office) == []

    for_years = int((office.clock() + timedelta(days=3650)).timestamp())
    assert deliver(office, "dialpad", said(**moved | {"exp": for_years})).status_code == 401, (
        "it proves nothing"
    )

    stamped = moved | {"exp": int((office.clock() + timedelta(minutes=5)).timestamp())}
    assert deliver(office, "dialpad", said(**stamped)).status_code == 200
    deliver(office, "dialpad", said())
    assert "50" in {call.call_key for call in calls(office)}


def test_a_colleague_is_no_customer(office: Office, ana: Member) -> None:
    assert deliver(office, "dialpad", said(contact={"name": "Bo", "type": "user"})).text == "nothing to store"

    deliver(office, "dialpad", said(contact={"name": "Dana", "type": "local"}))
    assert the_call(office).contact == "Dana"
