"""Acknowledging `/scorecard` over HTTP against a listener that only acks; start to ready, and idle memory."""

import hashlib
import hmac
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import httpx
from slack_bolt import Ack, App

from bot.app import build_app
from bot.clock import system_clock
from bot.pacing import Pace
from bot.runtime import Runtime
from bot.sandbox import Sandbox, Tokens
from bot.settings import load
from bot.words import Role
from storage import schema
from storage.database import Database
from storage.tables import EVER, Call, Membership, Person, Team

CALLS = 100_000
REPS = 20
ROUNDS = 60


def run() -> None:
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
        url = f"http://127.0.0.1:{runtime.web.port}/slack/events"
        ours, bare = _times(url, tokens, ana.id)
        runtime.stop()
        db.close()
    print(f"  /scorecard over HTTP, {CALLS:,} calls stored: {ours / bare:.2f} x a listener that only acks")
    print(f"    ({ours * 1000:.1f} ms against {bare * 1000:.1f} ms, medians of {ROUNDS} in turn)")
    _start()


def _bare(app: App) -> None:
    def only_ack(ack: Ack) -> None:
        ack("ok")

    app.command("/only-ack")(only_ack)


def _times(url: str, tokens: Tokens, user: str) -> tuple[float, float]:
    """Medians in seconds, the two commands in turn."""
    taken: dict[str, list[float]] = {"/scorecard": [], "/only-ack": []}
    with httpx.Client(trust_env=False) as client:
        for number in range(ROUNDS + 5):
            for command, times in taken.items():
                began = time.perf_counter()
                answer = client.post(url, **_signed(command, user, tokens.signing_secret))  # type: ignore[arg-type]
                elapsed = time.perf_counter() - began
                assert answer.status_code == 200, answer.text
                if number >= 5:
                    times.append(elapsed)
    return statistics.median(taken["/scorecard"]), statistics.median(taken["/only-ack"])


def _signed(command: str, user: str, secret: str) -> dict[str, object]:
    body = urlencode(
        {
            "command": command,
            "text": "",
            "user_id": user,
            "team_id": "T00000001",
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


def _start() -> None:
    """From the command line to `/readyz`, and the memory it then rests at."""
    with tempfile.TemporaryDirectory() as folder, Sandbox() as sandbox:
        tokens = sandbox.install()
        environment = os.environ | {
            "SLACK_BOT_TOKEN": tokens.bot_token,
            "SLACK_SIGNING_SECRET": tokens.signing_secret,
            "SLACK_API_URL": sandbox.api_url,
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'start.db'}",
            "CORNERMAN_PORT": "18099",
        }
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], env=environment, stderr=subprocess.DEVNULL
        )
        while not _ready():
            time.sleep(0.02)
        elapsed = time.perf_counter() - began
        time.sleep(5)
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
        resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        process.terminate()
        process.wait()
    print(
        f"  start to ready, an empty database migrated: {elapsed:.1f} s; idle: {int(resident.split()[1]) // 1024} MB"
    )


def _ready() -> bool:
    try:
        return httpx.get("http://127.0.0.1:18099/readyz", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def _settings(sandbox: Sandbox, tokens: Tokens):  # type: ignore[no-untyped-def]
    return load(
        _env_file=None,
        slack_bot_token=tokens.bot_token,
        slack_signing_secret=tokens.signing_secret,
        slack_api_url=sandbox.api_url,
    )


if __name__ == "__main__":
    run()
