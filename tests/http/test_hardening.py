"""What strangers and the hasty get: little, and kindly."""

import socket
import time
from pathlib import Path

import pytest

from bot.core.enums import Role
from bot.http import server
from bot.http.slack_requests import signature
from bot.sandbox import text_of
from bot.slack import rate_limit
from bot.slack.rate_limit import Pace
from storage.database import Database
from tests.setup.campus import open_campus
from tests.support import web
from tests.support.office import SCOPES, Office, open_office

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
}


@pytest.mark.parametrize(
    "path", ["/healthz", "/readyz", "/metrics", "/slack/events", "/calls/generic", "/nowhere"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_answer_tells_browsers_to_keep_out(office: Office, method: str, path: str) -> None:
    answer = web.request(method, f"{office.url}{path}")

    assert HEADERS.items() <= dict(answer.headers).items()
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "server" not in answer.headers
    assert "strict-transport-security" not in answer.headers, "nobody reaches this one by https"


def test_behind_https_browsers_are_told_to_stay_with_it(db: Database, tmp_path: Path) -> None:
    with open_campus(db, tmp_path) as campus:
        campus.starts()

        assert "max-age" in campus.browser().opens("/healthz").headers["strict-transport-security"]


def test_a_broken_answer_bears_the_headers_too(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("xoxb-secret")

    monkeypatch.setattr(office.corner.slack, "dispatch", broken)
    secret, stamp = office.corner.settings.slack_signing_secret, str(int(time.time()))
    assert secret is not None
    signed = {
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature(secret.get_secret_value(), stamp, b""),
    }

    answer = web.post(f"{office.url}/slack/events", headers=signed)

    assert (answer.status_code, answer.text) == (500, "Internal Server Error")
    assert HEADERS.items() <= dict(answer.headers).items()


def test_a_body_that_trickles_is_not_waited_for(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "SECONDS_FOR_BODY", 0.2)
    port = office.runtime.web.port

    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(b"POST /calls/generic HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
        assert line.recv(100).startswith(b"HTTP/1.1 408")


def test_the_world_behind_a_proxy_learns_only_whether_it_serves(office: Office) -> None:
    outside = {"X-Forwarded-For": "203.0.113.9"}

    assert web.get(f"{office.url}/metrics", headers=outside).status_code == 404
    assert web.get(f"{office.url}/healthz", headers=outside).text == "ok"
    office.runtime.ask_to_stop()
    assert web.get(f"{office.url}/readyz", headers=outside).text == "not ready"
    assert web.get(f"{office.url}/readyz").text == "It is stopping."


class Watch:
    """Stands still until it is moved."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_who_asks_too_often_is_asked_to_wait_and_nobody_else_is(db: Database, tmp_path: Path) -> None:
    watch = Watch()
    with open_office(db, tmp_path, pace=Pace(watch=watch)) as office:
        ana = office.hires("Ana", Role.SDR, office.team())
        bo = office.hires("Bo", Role.AE, office.team("West"))
        for _ in range(rate_limit.BURST):
            assert "often" not in ana.commands("/coach help").says

        assert "wait a few seconds" in ana.commands("/coach help").says
        assert "wait" not in ana.commands("/debrief help").says
        assert "wait" not in bo.commands("/coach help").says

        watch.seconds += rate_limit.EVERY
        assert "wait" not in ana.commands("/coach help").says
        assert "wait a few seconds" in ana.commands("/coach help").says


def test_an_admin_is_told_what_is_off_where_the_app_was_granted_too_little(
    db: Database, tmp_path: Path
) -> None:
    with open_office(db, tmp_path, scopes=SCOPES - {"files:write", "dnd:read"}) as office:
        team = office.team()
        admin = office.hires("Ada", Role.MANAGER, team, is_admin=True)
        rep = office.hires("Ana", Role.SDR, team)

        assert "files:write: workbooks are not delivered" in text_of(admin.opens_home()).replace("`", "")
        assert "dnd:read" not in text_of(admin.opens_home()), "declining what is optional is no trouble"
        assert "files:write" not in text_of(rep.opens_home())


def test_a_pace_fills_up_again() -> None:
    watch = Watch()
    pace = Pace(burst=2, every=5, watch=watch)

    assert [pace.allows("a") for _ in range(3)] == [True, True, False]
    assert pace.allows("b")
    watch.seconds = 4.9
    assert not pace.allows("a")
    watch.seconds = 5.0
    assert pace.allows("a")


def test_a_pace_forgets_whom_it_need_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limit, "MOST_KNOWN", 3)
    watch = Watch()
    pace = Pace(burst=1, every=1, watch=watch)
    for key in range(50):
        pace.allows(key)
        watch.seconds += 2

    assert len(pace._buckets) <= 3
