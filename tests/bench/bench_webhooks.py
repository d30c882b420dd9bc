"""Webhooks over HTTP at a steady rate into the bot in a process of its own, on SQLite, beside a bare route.

The bare route verifies the same signature and inserts one row with a commit and a full sync of its own. How long each
sender waits counts from the moment its delivery was due, so that a stall counts for all that it holds up. And: is any
lost, and how long after it came was each worked.
"""

import asyncio
import hashlib
import hmac
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import httpx
import uvicorn
from sqlmodel import func, select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from storage.database import Database
from storage.tables import Call, InboxEvent, InboxState, Person, Workspace
from tests.bench.process import running
from tests.bench.table import MeasuresNothing, Row, demand, written

RATE = int(os.environ.get("RATE", "200"))
SECONDS = int(os.environ.get("SECONDS", "60"))
WORKED_WITHIN = 120.0
PORT, BARE_PORT = 18098, 18097
SECRET = "for the bench only"
REPS, LINES = 50, 100


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        bare = _bare_times(path)
        ours, memory, lags = _our_times(path)
    count = f"{RATE} webhooks a second for {SECONDS} s, SQLite"
    against = "a route with one insert"
    return [
        _row(f"{count}: median", ours, bare, 0.5, against),
        _row(f"{count}: p99", ours, bare, 0.99, against, memory=memory),
        Row(f"{count}: worked after, p99", at(lags, 0.99) * 1000, spread=(lags[0] * 1000, lags[-1] * 1000)),
    ]


def _row(what: str, ours: list[float], bare: list[float], share: float, against: str, **more: Any) -> Row:
    spread = (ours[0] * 1000, ours[-1] * 1000)
    return Row(
        what, at(ours, share) * 1000, floor=at(bare, share) * 1000, against=against, spread=spread, **more
    )


def at(times: list[float], share: float) -> float:
    return median(times) if share == 0.5 else times[min(len(times) - 1, int(len(times) * share))]


def _our_times(folder: Path) -> tuple[list[float], float, list[float]]:
    """Sorted: what senders waited, and after how long each delivery was worked; and the bot's memory at the end."""
    secrets = folder / "webhooks.toml"
    secrets.write_text(f'generic = "{SECRET}"\n', encoding="utf-8")
    url = f"sqlite:///{folder / 'bench.db'}"
    with running(url, PORT, CORNERMAN_WEBHOOK_SECRETS=str(secrets)) as bot:
        hire(url)
        waited = sorted(asyncio.run(send((PORT,), RATE, SECONDS)))
        lags = sorted(worked(url, len(waited)))
        return waited, bot.memory(), lags


def _bare_times(folder: Path) -> list[float]:
    path = folder / "bare.db"
    command = [sys.executable, "-m", "tests.bench.bench_webhooks", "bare", str(path)]
    with _process(command, BARE_PORT):
        waited = sorted(asyncio.run(send((BARE_PORT,), RATE, SECONDS)))
    with sqlite3.connect(path) as connection:
        [stored] = connection.execute("SELECT count(*) FROM delivery").fetchone()
    demand(stored == len(waited), f"the bare route stored {stored} of {len(waited)}")
    return waited


async def send(ports: Sequence[int], rate: int, seconds: int) -> list[float]:
    """At so many a second, by turns to each port: the seconds that each sender waited, from when it was due."""
    start = time.perf_counter() + 0.5
    numbers = iter(range(rate * seconds))
    lines = (_line(ports[n % len(ports)], start, rate, numbers) for n in range(LINES))
    return [waited for line in await asyncio.gather(*lines) for waited in line]


async def _line(port: int, start: float, rate: int, numbers: Iterator[int]) -> list[float]:
    """One connection that sends what is due next. Bare, because a client's own work would be taken for the bot's."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    waited = []
    for number in numbers:
        due = start + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        writer.write(_request(port, number))
        head = await reader.readuntil(b"\r\n\r\n")
        demand(head.startswith(b"HTTP/1.1 200 "), f"a webhook was answered with {head[:60]!r}")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        await reader.readexactly(int(length[1]) if length else 0)
        waited.append(time.perf_counter() - due)
    writer.close()
    return waited


def _request(port: int, number: int) -> bytes:
    body, headers = _call(number)
    lines = ["POST /calls/generic HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Content-Length: {len(body)}"]
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
    return body, {"X-Cornerman-Timestamp": stamp, "X-Cornerman-Signature": f"v0={_signature(stamp, body)}"}


def _signature(stamp: str, body: bytes) -> str:
    return hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()


def hire(url: str) -> None:
    db = Database(url)
    with db.begin() as session:
        workspace = session.exec(select(Workspace)).one()
        session.add_all(
            Person(workspace_id=workspace.id, name=f"Rep {n}", email=f"rep{n}@example.com")
            for n in range(REPS)
        )
    db.close()


def worked(url: str, sent: int) -> list[float]:
    """Seconds from coming in to being worked, of every delivery; raises MeasuresNothing where one was lost."""
    db = Database(url)
    until = time.perf_counter() + WORKED_WITHIN
    while True:
        with db.read() as session:
            events = session.exec(select(InboxEvent.state, InboxEvent.received_at, InboxEvent.done_at)).all()
            calls = session.exec(select(func.count()).select_from(Call)).one()
        if all(state == InboxState.DONE for state, _, _ in events) or time.perf_counter() > until:
            break
        time.sleep(0.5)
    db.close()
    demand(len(events) == sent, f"{len(events)} of {sent} deliveries were stored")
    demand(calls == sent, f"{calls} calls came of {sent} deliveries within {WORKED_WITHIN:.0f} s")
    return [(done - received).total_seconds() for _, received, done in events if done]


@contextmanager
def _process(command: list[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        with httpx.Client(trust_env=False) as client:
            while process.poll() is None:
                with suppress(httpx.TransportError):
                    client.get(f"http://127.0.0.1:{port}/")
                    break
                time.sleep(0.05)
            else:
                raise MeasuresNothing("the bare route did not start")
        yield
    finally:
        process.terminate()
        process.wait()


def _bare(path: str) -> None:
    """The least that could take a webhook: the signature, one insert, one commit with a full sync."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE delivery (id INTEGER PRIMARY KEY, body TEXT)")

    async def take(request: Request) -> PlainTextResponse:
        body = await request.body()
        expected = f"v0={_signature(request.headers['x-cornerman-timestamp'], body)}"
        if not hmac.compare_digest(expected, request.headers["x-cornerman-signature"]):
            return PlainTextResponse("no", 401)
        connection.execute("INSERT INTO delivery (body) VALUES (?)", (body.decode(),))
        return PlainTextResponse("ok")

    app = Starlette(routes=[Route("/calls/generic", take, methods=["POST"])])
    uvicorn.run(app, host="127.0.0.1", port=BARE_PORT, log_level="critical", access_log=False)


if __name__ == "__main__":
    if sys.argv[1:2] == ["bare"]:
        _bare(sys.argv[2])
    else:
        print(written(run()))
