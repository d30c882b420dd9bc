"""Anything that can send JSON: signed, or with a token of its own."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from structlog.testing import capture_logs

from bot.core.enums import Direction
from bot.http import call_webhooks
from bot.sandbox import Member
from bot.slack.rate_limit import Pace
from storage.database import Database
from tests.calls.sources.bodies import GENERIC
from tests.calls.sources.reading import calls, events, the_call
from tests.support.office import Office, open_office

TOKEN = "a-token-of-thirty-characters-!"
SECRET = "another long secret, to sign with"


@pytest.fixture
def office(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(call_webhooks, "BEARER_PACE", Pace(burst=5, every=60))
    monkeypatch.setattr(call_webhooks, "GUESS_PACE", Pace(burst=3, every=60))
    sources = f'[generic]\nsecret = "{SECRET}"\ntoken = "{TOKEN}"\n[zoom]\nsecret = "z"\ntoken = "{TOKEN}"'
    with open_office(db, tmp_path, sources=sources) as office:
        office.secret = SECRET
        yield office


def bears(
    office: Office, authorization: str, said: object = GENERIC, source: str = "generic"
) -> httpx.Response:
    headers = {"Authorization": authorization}
    return httpx.post(f"{office.url}/calls/{source}", json=said, headers=headers, trust_env=False)


def test_a_token_is_as_good_as_a_signature(office: Office, ana: Member) -> None:
    assert bears(office, f"Bearer {TOKEN}").text == "stored"
    assert bears(office, f"bearer {TOKEN}").text == "stored", "sent again"
    assert office.delivers({**GENERIC, "call_id": "c-2"}).status_code == 200, "signed all the same"

    assert [call.call_key for call in calls(office)] == ["c-1", "c-2"]


@pytest.mark.parametrize(
    "authorization",
    ["Bearer", "Bearer a guess", f"Basic {TOKEN}", f"Bearer {TOKEN}x", TOKEN, "Bearer é"],
)
def test_another_token_or_none_is_refused_and_never_written_down(office: Office, authorization: str) -> None:
    with capture_logs() as logs:
        answer = httpx.post(
            f"{office.url}/calls/generic",
            json=GENERIC,
            headers={b"Authorization": authorization.encode()},
            trust_env=False,
        )

    assert answer.status_code == 401
    assert events(office) == []
    assert not any(secret in f"{logs} {answer.text}" for secret in (TOKEN, "a guess", SECRET))


def test_other_sources_take_no_token(office: Office) -> None:
    assert bears(office, f"Bearer {TOKEN}", source="zoom").status_code == 401


def test_a_token_that_could_be_guessed_opens_nothing(db: Database, tmp_path: Path) -> None:
    with open_office(db, tmp_path, sources=f'[generic]\nsecret = "{SECRET}"\ntoken = "short"') as office:
        answer = bears(office, "Bearer short")

    assert answer.status_code == 401
    assert "24 characters" in answer.text


def test_so_many_at_once_are_asked_to_wait_and_guesses_hold_nobody_up(office: Office, ana: Member) -> None:
    guesses = [bears(office, "Bearer a guess").status_code for _ in range(4)]
    assert guesses == [401, 401, 401, 429]

    answers = [bears(office, f"Bearer {TOKEN}", {**GENERIC, "call_id": f"c-{n}"}) for n in range(6)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert answers[-1].headers["Retry-After"] == "60"


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ({"started_at": "2018-11-16T08:40:00Z"}, "more than a year"),
        ({"started_at": "2099-11-16T08:40:00Z"}, "future"),
        ({"started_at": "2026-11-13T08:40:00Z", "duration_s": 172_800}, "longer than 12 hours"),
    ],
)
def test_what_cannot_be_a_call_that_ended_is_refused_with_the_reason(
    office: Office, more: dict[str, object], complaint: str
) -> None:
    answer = bears(office, f"Bearer {TOKEN}", {**GENERIC, **more})

    assert (answer.status_code, complaint in answer.text) == (400, True), answer.text


def test_outbound_may_be_written_large(office: Office, ana: Member) -> None:
    bears(office, f"Bearer {TOKEN}", {**GENERIC, "direction": "Outbound", "disposition": "Missed"})
    office.tick()

    assert (the_call(office).direction, the_call(office).completed) == (Direction.OUTBOUND, False)
