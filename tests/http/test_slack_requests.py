"""What strangers post to `/slack/events`: 401 and nothing else, whatever it is; and whom the error handler answers."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk import WebClient

from bot.core.enums import Role
from bot.core.logs import Repeated
from bot.http.slack_requests import is_signed, signature
from bot.slack.client import is_slacks
from storage.database import Database
from tests.http.posting import listening, post, signed
from tests.support.office import Office, open_office

EVIL = '{{"type":"x","team_id":"T0SANDBOX","response_url":"{url}"}}'


@pytest.mark.parametrize("stamp", [b"9" * 400, b"1" * 20, b"now", b"-1", "²".encode(), b""])
@pytest.mark.parametrize("given", [b"v0=00", b"v0=\xff\xfe", b""])
def test_an_unsigned_request_reaches_nobody(office: Office, stamp: bytes, given: bytes) -> None:
    with listening() as (url, heard):
        answer = post(
            office,
            EVIL.format(url=url).encode(),
            {
                "Content-Type": b"application/json",
                "X-Slack-Request-Timestamp": stamp,
                "X-Slack-Signature": given,
            },
        )

    assert (answer.status_code, answer.text, heard) == (401, "unsigned", [])


def test_a_stamp_of_now_with_an_odd_signature_is_refused_too(office: Office) -> None:
    with listening() as (url, heard):
        answer = post(
            office,
            EVIL.format(url=url).encode(),
            {
                "Content-Type": b"application/json",
                "X-Slack-Request-Timestamp": str(int(time.time())).encode(),
                "X-Slack-Signature": b"v0=\xc3\xa4",
            },
        )

    assert (answer.status_code, heard) == (401, [])


@pytest.mark.parametrize("seconds", [-310, 310, -86_400])
def test_what_slack_signed_at_another_time_is_somebodys_copy(office: Office, seconds: int) -> None:
    body, secret = b'{"type":"url_verification","challenge":"c"}', office.corner.settings.slack_signing_secret
    assert secret is not None
    for away, status in ((seconds, 401), (0, 200)):
        stamp = str(int(time.time()) + away)
        answer = post(
            office,
            body,
            {
                "Content-Type": b"application/json",
                "X-Slack-Request-Timestamp": stamp.encode(),
                "X-Slack-Signature": signature(secret.get_secret_value(), stamp, body).encode(),
            },
        )
        assert answer.status_code == status


@pytest.mark.parametrize("given", [-301, -300, 0, 300, 301])
def test_a_signature_stands_for_five_minutes(given: int) -> None:
    now = datetime(2026, 11, 18, 12, tzinfo=UTC)
    stamp = str(int(now.timestamp()) + given)
    headers = {"x-slack-request-timestamp": stamp, "x-slack-signature": signature("s3cret", stamp, b"{}")}

    assert is_signed("s3cret", headers, b"{}", now=now) is (abs(given) <= 300)


@pytest.mark.parametrize("body", [b"{", b"[]", b"7", b"[" * 300_000, b"null", b"\xff\xfe", b'{"event":7}'])
def test_what_cannot_be_read_is_refused_before_anybody_tries(
    office: Office, logs_now: Callable[[], str], body: bytes
) -> None:
    stamp = {
        "Content-Type": b"application/json",
        "X-Slack-Request-Timestamp": str(int(time.time())).encode(),
    }
    for _ in range(3):
        assert post(office, body, stamp).status_code == 401

    lines = [line for line in logs_now().splitlines() if line]
    assert len(lines) <= 1, "one line, however often"
    assert "Traceback" not in logs_now()


HEADER = st.text(
    st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=60
).map(lambda text: text.encode("latin-1"))


@given(body=st.binary(max_size=300), stamp=HEADER | st.just(b"%d" % time.time()), sign=HEADER)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_whatever_make_anything_but_401(
    office: Office, body: bytes, stamp: bytes, sign: bytes
) -> None:
    answer = post(office, body, {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": sign})

    assert answer.status_code == 401


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b"7", b"null", b'{"event":7}', b'{"event":[]}', b"[" * 300_000]
)
def test_what_cannot_be_read_is_no_failure_of_ours_when_it_is_signed(
    office: Office, logs_now: Callable[[], str], body: bytes
) -> None:
    assert post(office, body, signed(office, body, "application/json")).status_code < 500
    assert "Traceback" not in logs_now() and "exc_info" not in logs_now()


@pytest.mark.parametrize("team", ["T0SANDBOX", "T0UNKNOWN"])
def test_the_answer_to_a_signed_request_goes_to_slack_alone(office: Office, team: str) -> None:
    """Whoever learns the signing secret still cannot make the bot, or Bolt, post into the network behind it."""
    office.hires("Ana", Role.SDR, office.team())
    with listening() as (url, heard):
        payload = json.dumps(
            {
                "type": "block_actions",
                "team": {"id": team},
                "user": {"id": "U0NOBODY", "team_id": team},
                "response_url": url,
                "actions": [{"action_id": "open_debrief", "block_id": "x", "type": "button", "value": "1"}],
                "trigger_id": "1.2",
                "container": {},
            }
        )
        body = urlencode({"payload": payload}).encode()
        answer = post(office, body, signed(office, body, "application/x-www-form-urlencoded"))

    assert (answer.status_code, heard) == (400, [])


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://hooks.slack.com/actions/T/1/x", True),
        ("https://hooks.slack-gov.com/x", True),
        ("https://slack.com/x", True),
        ("http://hooks.slack.com/x", False),
        ("https://hooks.slack.com.evil.example/x", False),
        ("https://evilslack.com/x", False),
        ("https://hooks.slack.com@evil.example/x", False),
        ("https://evil.example/hooks.slack.com", False),
        ("http://127.0.0.1:9399/x", False),
        ("", False),
    ],
)
def test_slacks_own_hosts_are_told_from_lookalikes(url: str, own: bool) -> None:
    assert is_slacks(WebClient(), url) is own


def test_without_a_signing_secret_nobody_may_speak_over_http(db: Database, tmp_path: Path) -> None:
    """Socket Mode: the word that stood in for the secret was known to everybody who reads the source."""
    with open_office(db, tmp_path, by_socket=True, slack_signing_secret=None) as office:
        body, stamp = b'{"type":"url_verification","challenge":"c"}', str(int(time.time()))
        answer = post(
            office,
            body,
            {
                "Content-Type": b"application/json",
                "X-Slack-Request-Timestamp": stamp.encode(),
                "X-Slack-Signature": signature("socket", stamp, body).encode(),
            },
        )

    assert answer.status_code in (401, 404)


def test_a_line_that_repeats_is_counted(logs_now: Callable[[], str]) -> None:
    often = Repeated(every=0.2)
    for _ in range(50):
        often.warn("refused", path="/x")
    often.warn("refused", path="/y")
    time.sleep(0.25)
    often.warn("refused", path="/x")

    lines = [json.loads(line) for line in logs_now().splitlines()]
    assert [(line["path"], line.get("repeated")) for line in lines] == [
        ("/x", None),
        ("/y", None),
        ("/x", 49),
    ]
