"""Acknowledging `/scorecard` with a real card over HTTP, beside a listener that only acks."""

import hashlib
import hmac
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from slack_bolt import Ack, App

from bot.app import build_app
from bot.core.clock import system_clock
from bot.core.enums import Role
from bot.runtime import Runtime
from bot.sandbox import Sandbox, Tokens
from bot.settings import load
from bot.slack.rate_limit import Pace
from storage import schema
from storage.database import Database
from storage.tables import EVER, Call, Membership, Person, Team
from tests.bench.table import Row, compared, demand, in_turn, written

CALLS = 100_000
REPS = 20
ROUNDS = 60


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder, Sandbox() as sandbox:
        tokens = sandbox.install()
        ana = sandbox.add_person("Ana", email="ana@example.com", tz="Europe/Berlin")
        db = Database(f"sqlite:///{Path(folder) / 'bench.db'}")
        schema.upgrade(db)
        corner = build_app(_settings(sandbox, tokens), db, system_clock, pace=Pace(burst=10**9))
        _bare(corner.slack)
        _fill(db, corner.tools.workspace_id, ana.id)
        runtime = Runtime(corner, host="127.0.0.1", port=0)
        runtime.start(with_jobs=False)
        try:
            asked = _Asked(runtime.web.port, corner.tools.team_id, ana.id, tokens.signing_secret)
            first = asked.seconds("/scorecard", "Rep 0")
            ours, bare = in_turn(
                ROUNDS,
                lambda: asked.seconds("/scorecard", "Rep 0"),
                lambda: asked.seconds("/only-ack", "ok"),
            )
        finally:
            runtime.stop()
            db.close()
    what = f"/scorecard over HTTP, {CALLS:,} calls stored"
    return [
        Row(f"{what}, the first after a start", first * 1000),
        compared(what, ours, bare, "a listener that only acks"),
    ]


class _Asked:
    """A person who types commands over one connection."""

    def __init__(self, port: int, team: str, user: str, secret: str) -> None:
        self._url, self._team, self._user, self._secret = (
            f"http://127.0.0.1:{port}/slack/events",
            team,
            user,
            secret,
        )
        self._client = httpx.Client(trust_env=False, timeout=60)

    def seconds(self, command: str, said: str) -> float:
        """Until the answer; raises MeasuresNothing where it does not say what it has to."""
        sent = _signed(command, self._team, self._user, self._secret)
        began = time.perf_counter()
        answer = self._client.post(self._url, **sent)
        elapsed = time.perf_counter() - began
        demand(
            answer.status_code == 200 and said in answer.text,
            f"{command} was to answer with {said!r} and answered {answer.status_code} {answer.text[:200]!r}",
        )
        return elapsed


def _bare(app: App) -> None:
    def only_ack(ack: Ack) -> None:
        ack("ok")

    app.command("/only-ack")(only_ack)


def _signed(command: str, team: str, user: str, secret: str) -> dict[str, Any]:
    body = urlencode(
        {
            "command": command,
            "text": "",
            "user_id": user,
            "team_id": team,
            "channel_id": "D1",
            "trigger_id": "1.2",
            "response_url": "http://127.0.0.1:9/none",
        }
    ).encode()
    stamp = str(int(time.time()))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": f"v0={digest}",
    }
    return {"content": body, "headers": headers}


def _fill(db: Database, workspace_id: int, ana: str) -> None:
    now = datetime.now(UTC)
    with db.begin() as session:
        team = Team(workspace_id=workspace_id, name="East", time_zone="Europe/Berlin")
        session.add(team)
        session.flush()
        people = [
            Person(workspace_id=workspace_id, name=f"Rep {n}", slack_user_id=ana if n == 0 else None)
            for n in range(REPS)
        ]
        session.add_all(people)
        session.flush()
        session.add_all(
            Membership(
                workspace_id=workspace_id,
                person_id=person.id,
                team_id=team.id,
                role=Role.SDR,
                started_on=EVER,
            )
            for person in people
        )
        rows = [
            {
                "workspace_id": workspace_id,
                "person_id": people[number % REPS].id,
                "source": "bench",
                "account": "",
                "call_key": str(number),
                "started_at": now - timedelta(minutes=5 * (number % 50_000) + 5),
                "ended_at": now - timedelta(minutes=5 * (number % 50_000)),
                "talk_seconds": 300,
                "contact": "",
                "company": "",
                "disposition": "completed",
                "completed": True,
                "imported": True,
            }
            for number in range(CALLS)
        ]
        session.execute(Call.__table__.insert(), rows)  # type: ignore[attr-defined]


def _settings(sandbox: Sandbox, tokens: Tokens):  # type: ignore[no-untyped-def]
    return load(
        _env_file=None,
        slack_bot_token=tokens.bot_token,
        slack_signing_secret=tokens.signing_secret,
        slack_api_url=sandbox.api_url,
    )


if __name__ == "__main__":
    print(written(run()))
