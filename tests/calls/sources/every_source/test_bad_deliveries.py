"""Every source: what is forged, stale, broken, too large or repeated, and a database that is away."""

from datetime import timedelta
from typing import Any

import jwt
import pytest

from bot.calls.sources import SOURCES as ADAPTERS
from bot.sandbox import Member
from storage.database import Database
from tests.calls.sources.bodies import GOOD
from tests.calls.sources.reading import calls, events
from tests.calls.sources.senders import SECRET, SOURCES, STAMPED, deliver, packed, send
from tests.support import web
from tests.support.office import Office, open_office

every_source = pytest.mark.parametrize("source", SOURCES)


def test_every_adapter_is_tried_here() -> None:
    assert set(ADAPTERS) == set(SOURCES) == set(GOOD)


def test_a_good_delivery_is_stored_and_a_forged_one_is_not(office: Office, ana: Member) -> None:
    for source in SOURCES:
        body = packed(source, GOOD[source], secret="a guess, as long as the secret is")
        forged = send(office, source, body, secret="a guess, as long as the secret is")
        unsigned = web.post(f"{office.url}/calls/{source}", content=body)

        assert (forged.status_code, unsigned.status_code) == (401, 401), source
        assert events(office) == [], source
    for source in SOURCES:
        assert send(office, source, GOOD[source]).text == "stored", source


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_stale_or_future_delivery_is_refused(office: Office, minutes: int) -> None:
    for source in STAMPED:
        answer = send(office, source, GOOD[source], later=timedelta(minutes=minutes))
        assert answer.status_code == 401, source


DEEP = b"[" * 100_000


def test_what_cannot_be_read_is_answered_with_400_though_signed(office: Office) -> None:
    for source in SOURCES:
        for body in (b"\xff\xfe", b"\x00", DEEP, b'{"a":' * 100_000, b"", b"null", b"7"):
            status = send(office, source, body).status_code
            is_unsigned = source == "dialpad"  # no JWT, so nobody signed it
            is_a_form = source == "twilio" and body[:1] not in (b"\xff", b"\x00", b"[", b"{")
            assert status == (401 if is_unsigned else 200 if is_a_form else 400), (source, body[:10])
    assert events(office) == []


@pytest.mark.parametrize("part", [0, 1])
def test_a_jwt_nested_too_deeply_is_refused(office: Office, part: int) -> None:
    segments = packed("dialpad", GOOD["dialpad"]).split(b".")
    segments[part] = jwt.utils.base64url_encode(DEEP)

    assert send(office, "dialpad", b".".join(segments)).status_code == 401


def test_ten_megabytes_are_too_many(office: Office) -> None:
    for source in SOURCES:
        assert send(office, source, b"x" * 10_000_000).status_code == 413, source


def test_the_same_again_is_stored_once(office: Office, ana: Member) -> None:
    for source in SOURCES:
        for _ in range(3):
            assert send(office, source, GOOD[source]).status_code == 200, source
    office.tick()

    assert len(events(office)) == len(SOURCES)
    assert len({(call.source, call.call_key) for call in calls(office)}) == len(calls(office))


def test_none_of_them_exists_until_it_is_configured(db: Database, tmp_path: Any) -> None:
    with open_office(db, tmp_path, sources="") as office:
        answers = [send(office, source, GOOD[source]) for source in SOURCES]
        nonsense = web.post(f"{office.url}/calls/nonsense")

    assert {(answer.status_code, answer.text) for answer in answers} == {(404, nonsense.text)}


def test_a_database_that_is_away_is_no_fault_of_the_senders(office: Office) -> None:
    """Zoom and Dialpad never repeat what was answered with 4xx."""
    with office.db.begin() as session:
        session.connection().exec_driver_sql("ALTER TABLE inbox_event RENAME TO away")
    for source in SOURCES:
        assert send(office, source, GOOD[source]).status_code == 503, source
    with office.db.begin() as session:
        session.connection().exec_driver_sql("ALTER TABLE away RENAME TO inbox_event")

    assert deliver(office, "zoom", GOOD["zoom"]).text == "stored"


def test_the_secret_is_in_no_row_and_in_no_answer(office: Office, ana: Member) -> None:
    answers = [send(office, source, GOOD[source]).text for source in SOURCES]

    assert not any(SECRET in text for text in answers)
    assert not any(SECRET in str(event.body) for event in events(office))
