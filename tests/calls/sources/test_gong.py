"""Gong: a rule's webhook, by a key in the address or a signed JWT; hours late, and internal calls left out."""

import hashlib
import json
from datetime import timedelta
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.calls.domain.call import EndedCall
from bot.calls.sources.delivery import BadSignature, Delivery
from bot.calls.sources.gong import Gong
from bot.sandbox import Member
from tests.calls.sources.reading import events, the_call
from tests.calls.sources.senders import PUBLIC, SECRET, deliver
from tests.support.office import MONDAY_MORNING, Office

URL = f"{PUBLIC}/calls/gong"
ANA = {
    "id": "p-1",
    "userId": "7744",
    "name": "Ana",
    "emailAddress": "ana@example.com",
    "affiliation": "Internal",
}
DANA = {"id": "p-2", "name": "Dana Reed", "emailAddress": "dana@acme.com", "affiliation": "External"}


def said(*parties: dict[str, Any], is_test: bool = False, **meta: Any) -> dict[str, Any]:
    """As Gong's page shows it, shortened."""
    about = {
        "id": "5599332235511222779",
        "title": "Ana/Acme",
        "started": "2026-11-16T07:03:37.041977-01:00",
        "duration": 1159,
        "primaryUserId": "7744",
        "direction": "Conference",
        "system": "Zoom",
        "scope": "External",
    }
    return {
        "callData": {"metaData": about | meta, "parties": list(parties) or [ANA, DANA]},
        "isTest": is_test,
    }


def told(body: dict[str, Any]) -> list[EndedCall]:
    return list(Gong().parse(Delivery({}, json.dumps(body).encode(), MONDAY_MORNING, URL)))


def test_a_call_of_an_hour_ago_is_the_primary_users_with_who_was_outside(office: Office, ana: Member) -> None:
    deliver(office, "gong", said())

    call = the_call(office)
    assert (call.call_key, call.talk_seconds, call.contact) == ("5599332235511222779", 1159, "Dana Reed")
    assert "Dana Reed" in ana.dm[-1].text


@pytest.mark.parametrize(
    "body",
    [said(scope="Internal"), said(ANA, scope="Unknown"), said(is_test=True), said(DANA, primaryUserId="")],
)
def test_what_is_internal_a_test_or_nobodys_is_left_out(body: dict[str, Any]) -> None:
    assert told(body) == []


def test_where_gong_does_not_know_somebody_outside_makes_it_a_sales_call() -> None:
    assert [call.contact for call in told(said(ANA, DANA, scope="Unknown"))] == ["Dana Reed"]
    assert [call.contact for call in told(said(ANA, {"phoneNumber": "+15550100"}))] == ["+15550100"]
    assert [call.agent.key for call in told(said(DANA, scope="External"))] == ["7744"], "by the id alone"


def test_another_key_in_the_address_is_refused(office: Office) -> None:
    for query in ("", "?key=", "?key=a+guess", f"?token={SECRET}"):
        answer = httpx.post(f"{office.url}/calls/gong{query}", json=said(), trust_env=False)
        assert answer.status_code == 401, query
    assert events(office) == []


@pytest.fixture(scope="module")
def private() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def shown(private: rsa.RSAPrivateKey, *, bare: bool) -> str:
    """The public key as Gong's page shows it: without the lines around it."""
    kind = serialization.PublicFormat.SubjectPublicKeyInfo
    pem = private.public_key().public_bytes(serialization.Encoding.PEM, kind).decode()
    return "\n".join(pem.strip().split("\n")[1:-1]) if bare else pem


@pytest.mark.parametrize("bare", [True, False])
def test_a_jwt_that_names_address_and_body_is_believed(private: rsa.RSAPrivateKey, *, bare: bool) -> None:
    body = json.dumps(said()).encode()
    soon = (MONDAY_MORNING + timedelta(minutes=5)).timestamp()
    good = {"webhook_url": URL, "body_sha256": hashlib.sha256(body).hexdigest(), "exp": soon}

    def verify(
        claims: dict[str, Any], *, key: Any = private, content: bytes = body, algorithm: str = "RS256"
    ) -> None:
        token = jwt.encode(claims, key, algorithm=algorithm)
        headers = {"authorization": f"Bearer {token}"}
        Gong().verify(Delivery(headers, content, MONDAY_MORNING, URL), shown(private, bare=bare))

    verify(good)
    stale = good | {"exp": (MONDAY_MORNING - timedelta(minutes=1)).timestamp()}
    for claims in (stale, good | {"webhook_url": f"{PUBLIC}/calls/other"}, {**good, "body_sha256": "0"}, {}):
        with pytest.raises(BadSignature):
            verify(claims)
    with pytest.raises(BadSignature):
        verify(good, content=body + b" ")
    with pytest.raises(BadSignature):
        verify(good, key=rsa.generate_private_key(65537, 2048))
    with pytest.raises(BadSignature):
        verify(good, key="a secret as long as it should be, at least", algorithm="HS256")
