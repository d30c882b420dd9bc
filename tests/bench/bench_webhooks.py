"""Webhooks over HTTP at a steady rate into the bot in a process of its own, on SQLite: how long, and is any lost."""

import asyncio
import hashlib
import hmac
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from sqlmodel import func, select

from bot.sandbox import Sandbox
from storage.database import Database
from storage.tables import InboxEvent, Person, Workspace

RATE = int(os.environ.get("RATE", "200"))
SECONDS = int(os.environ.get("SECONDS", "60"))
PORT = 18098
SECRET = "for the bench only"
REPS, LINES = 50, 100


def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        with _bot(path):
            _hire(path)
            began = time.perf_counter()
            waited = asyncio.run(_send())
            took = time.perf_counter() - began
            stored, worked = _found(path)
    times = sorted(waited)
    print(f"  {len(times):,} webhooks in {took:.0f} s ({RATE} a second), SQLite:")
    print(
        f"    median {statistics.median(times) * 1000:.0f} ms, p99 {times[len(times) * 99 // 100] * 1000:.0f} ms,"
        f" worst {times[-1] * 1000:.0f} ms; stored {stored:,}, lost {len(times) - stored}; worked {worked:,} by then"
    )


async def _send() -> list[float]:
    """Seconds from the moment each was due to its answer, so that a stall counts for all that it holds up."""
    start = time.perf_counter() + 0.5
    numbers = iter(range(RATE * SECONDS))
    lines = await asyncio.gather(*(_line(start, numbers) for _ in range(LINES)))
    return [waited for line in lines for waited in line]


async def _line(start: float, numbers: Iterator[int]) -> list[float]:
    """One connection that sends what is due next. Bare, because a client's own work would be taken for the bot's."""
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    waited = []
    for number in numbers:
        due = start + number / RATE
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        writer.write(_request(number))
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200 "):
            raise AssertionError(head.decode())
        length = re.search(rb"(?i)content-length: (\d+)", head)
        await reader.readexactly(int(length[1]) if length else 0)
        waited.append(time.perf_counter() - due)
    writer.close()
    return waited


def _request(number: int) -> bytes:
    body, headers = _call(number)
    lines = ["POST /calls/generic HTTP/1.1", f"Host: 127.0.0.1:{PORT}", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def _call(number: int) -> tuple[bytes, dict[str, str]]:
    now = datetime.now(UTC)
    body = json.dumps(
        {
            "call_id": f"c-{number}",
            "rep_email": f"rep{number % REPS}@example.com",
            "started_at": (now - timedelta(minutes=10)).isoformat(),
            "ended_at": now.isoformat(),
            "duration_s": 590,
            "contact": f"Contact {number}",
        }
    ).encode()
    stamp = str(int(now.timestamp()))
    digest = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return body, {"X-Cornerman-Timestamp": stamp, "X-Cornerman-Signature": f"v0={digest}"}


@contextmanager
def _bot(folder: Path) -> Iterator[None]:
    """`python -m bot run` on an empty database, until it is ready."""
    secrets = folder / "webhooks.toml"
    secrets.write_text(f'generic = "{SECRET}"\n', encoding="utf-8")
    with Sandbox() as sandbox:
        tokens = sandbox.install()
        environment = os.environ | {
            "SLACK_BOT_TOKEN": tokens.bot_token,
            "SLACK_SIGNING_SECRET": tokens.signing_secret,
            "SLACK_API_URL": sandbox.api_url,
            "DATABASE_URL": _url(folder),
            "CORNERMAN_PORT": str(PORT),
            "CORNERMAN_WEBHOOK_SECRETS": str(secrets),
        }
        command = [sys.executable, "-m", "bot", "run"]
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        try:
            _wait_until_ready(process)
            yield
        finally:
            process.terminate()
            process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        with suppress(httpx.TransportError):
            if httpx.get(f"http://127.0.0.1:{PORT}/readyz", trust_env=False).status_code == 200:
                return
        time.sleep(0.05)
    raise SystemExit("the bot did not start")


def _url(folder: Path) -> str:
    return f"sqlite:///{folder / 'bench.db'}"


def _hire(folder: Path) -> None:
    db = Database(_url(folder))
    with db.begin() as session:
        workspace = session.exec(select(Workspace)).one()
        session.add_all(
            Person(workspace_id=workspace.id, name=f"Rep {n}", email=f"rep{n}@example.com")
            for n in range(REPS)
        )
    db.close()


def _found(folder: Path) -> tuple[int, int]:
    """How many deliveries are stored, and how many of them worked already."""
    db = Database(_url(folder))
    with db.read() as session:
        stored = session.exec(select(func.count()).select_from(InboxEvent)).one()
        worked = session.exec(
            select(func.count()).select_from(InboxEvent).where(InboxEvent.state == "done")
        ).one()
    db.close()
    return stored, worked


if __name__ == "__main__":
    run()
