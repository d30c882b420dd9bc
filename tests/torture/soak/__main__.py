"""`make soak MINUTES=60`: one process of the bot, for so long at Slack's ceiling. Does anything grow, is anything lost?

Exits 1 where something is; with `--leak` the process keeps 20 kB of every request, and has to be caught; in a run of a
few minutes that takes more, `--leak 200`.
"""

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from datetime import time as time_of_day
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from bot.core.enums import PromptStatus, Role
from bot.sandbox import Sandbox
from storage.database import Database
from storage.queries.delivery import inbox, outbox
from storage.tables import Call, Debrief, InboxState, OutboxState, Prompt, Team, Workspace
from tests.bench.process import Bot, started, told
from tests.support.databases import PostgreSQL
from tests.support.office import COMMANDS, SCOPES, SECRET
from tests.torture.soak.load import Load
from tests.torture.soak.samples import Sample, growths, table
from tests.torture.staff import Rep, hired
from tests.torture.world import free_port

TEAMS, REPS = 8, 5
EVERY = 10.0
"""Seconds from one look to the next."""
PATIENCE = 600.0
"""Seconds after the load for all of it to be worked and said."""
SATURDAY = 5


def main() -> int:
    asked = _parser().parse_args()
    if datetime.now(UTC).weekday() >= SATURDAY:
        print("Nobody is asked anything on a weekend: run it from Monday to Friday.", file=sys.stderr)
        return 2
    folder = Path(tempfile.mkdtemp(prefix="cm-soak-"))
    command = ["tests.torture.soak.leaky", str(asked.leak)] if asked.leak else ["bot", "run"]
    seconds = asked.minutes * 60
    with (
        _database(asked.database, folder) as url,
        Sandbox() as sandbox,
        _bot(sandbox, url, folder, command) as bot,
    ):
        wrong = _soaked(sandbox, bot, Database(url), seconds)
    for sentence in wrong or ["Memory, files and threads are flat, nothing was lost, and nothing waits."]:
        print(sentence)
    print(f"Log: {folder / 'bot.log'}", file=sys.stderr)
    return int(bool(wrong))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.torture.soak")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--leak", type=int, nargs="?", const=20, help="keep so many kB of every request")
    return parser


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'soak.db'}"
        return
    server = PostgreSQL(keeps_commits=True)
    try:
        with server.fresh() as db:
            yield db.url.render_as_string(hide_password=False)
    finally:
        server.stop()


@contextmanager
def _bot(sandbox: Sandbox, url: str, folder: Path, command: Sequence[str]) -> Iterator[Bot]:
    (secrets := folder / "webhooks.toml").write_text(f'generic = "{SECRET}"\n', encoding="utf-8")
    port = free_port()
    environment = told(sandbox, url, port, scopes=SCOPES, commands=COMMANDS)
    environment |= {"CORNERMAN_WEBHOOK_SECRETS": str(secrets), "CORNERMAN_LOG": "json"}
    with (folder / "bot.log").open("wb") as log, started(environment, port, command, log) as bot:
        sandbox.deliver_over_http(f"http://127.0.0.1:{port}/slack/events")
        yield bot


def _soaked(sandbox: Sandbox, bot: Bot, db: Database, seconds: float) -> list[str]:
    """What went wrong, after the table was printed."""
    load = Load(sandbox, f"http://127.0.0.1:{bot.port}", _staff(db, sandbox))
    samples: list[Sample] = []
    over = threading.Event()
    watching = threading.Thread(target=_watch, args=(sandbox, bot, db, samples, over), daemon=True)
    watching.start()
    load.run(seconds)
    over.set()
    watching.join()
    left = _left(db)
    print(table(load.events, samples, seconds))
    print(f"\nProcessor time of the bot: {bot.processor() / seconds:.0%} of a core.\n")
    return [*growths(samples, seconds), *_lost(db, load), *left]


def _staff(db: Database, sandbox: Sandbox) -> list[Rep]:
    """Who is at work all day, and may be asked as often as there are calls."""
    with db.begin() as session:
        workspace = session.exec(select(Workspace)).one()
        workspace.work_starts, workspace.work_ends = time_of_day(0), time_of_day(23, 59)
        workspace.prompts_per_day = 1_000_000
        reps = []
        for n in range(TEAMS):
            team = Team(workspace_id=workspace.id, name=f"Team {n}", time_zone="UTC")
            session.add(team)
            session.flush()
            for m in range(REPS):
                name, role = f"Rep {n} {m}", Role.SDR if m else Role.AE
                reps.append(hired(session, sandbox, workspace.id, team.id, name, role))
        return reps


def _watch(sandbox: Sandbox, bot: Bot, db: Database, samples: list[Sample], over: threading.Event) -> None:
    """Looks every ten seconds; what the sandbox has written down of it all is let go, it would fill the machine."""
    began = time.monotonic()
    wal = Path(f"{db.url.database}-wal") if db.is_sqlite else None
    while not over.wait(max(0.0, began + EVERY * (len(samples) + 1) - time.monotonic())):
        with db.read() as session:
            waiting = inbox.counts(session).get(InboxState.WAITING, 0)
        size = wal.stat().st_size / 2**20 if wal is not None and wal.exists() else 0.0
        at = time.monotonic() - began
        samples.append(Sample(at, bot.memory(), bot.files(), bot.threads(), size, waiting))
        with sandbox.workspace.lock:
            sandbox.courier.log.clear()
            sandbox.slack.calls.clear()


def _left(db: Database) -> list[str]:
    """What is not worked and said when there was time for it."""
    deadline = time.monotonic() + PATIENCE
    while (waiting := _waiting(db)) and time.monotonic() < deadline:
        time.sleep(0.5)
    return [f"{count:,} {what} wait still." for what, count in waiting.items()]


def _waiting(db: Database) -> dict[str, int]:
    with db.read() as session:
        messages = outbox.counts(session)
        asked = select(func.count()).where(
            Prompt.status == PromptStatus.WAITING, col(Prompt.next_at) <= datetime.now(UTC)
        )
        counts = {
            "deliveries": inbox.counts(session).get(InboxState.WAITING, 0),
            "questions": session.exec(asked).one(),
            "messages": sum(messages.get(one, 0) for one in (OutboxState.QUEUED, OutboxState.SENDING)),
        }
    return {what: count for what, count in counts.items() if count}


def _lost(db: Database, load: Load) -> list[str]:
    """Of each call its row and its question, of each answer that was accepted a debrief; and what was set aside."""
    with db.read() as session:
        stored = set(session.exec(select(Call.call_key)))
        put = sa.and_(col(Prompt.call_id) == col(Call.id), col(Prompt.message_id).is_not(None))
        asked = set(session.exec(select(Call.call_key).join(Prompt, put)))
        answered = session.exec(select(func.count()).select_from(Debrief)).one()
        aside = _set_aside(session)
    counts = {
        f"of {len(load.calls):,} calls have no row": len(load.calls - stored),
        f"of {len(load.calls):,} calls have no question": len(load.calls - asked),
        f"of {load.answers:,} answers are not kept": max(0, load.answers - answered),
        "deliveries or messages were set aside": aside,
    }
    return [f"{count:,} {what}." for what, count in counts.items() if count]


def _set_aside(session: Session) -> int:
    events, messages = inbox.counts(session), outbox.counts(session)
    return sum(events.get(one, 0) for one in (InboxState.PARKED, InboxState.DEAD)) + sum(
        messages.get(one, 0) for one in (OutboxState.DEAD, OutboxState.UNKNOWN)
    )


if __name__ == "__main__":
    sys.exit(main())
