"""How long the Home tab takes to open with 10,000 debriefs stored: `python -m tests.bench.bench_home`.

End to end, over the wire: from the moment Slack says that somebody opened it until it is published. One team of 20
reps and its manager; a year of calls, half of them asked about, every tenth question left unanswered.
"""

import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import sqlalchemy as sa
from sqlmodel import select

from bot.core.enums import Role
from bot.sandbox import Member
from storage.tables import Call, Debrief, Person, Prompt
from tests.bench.table import Row, demand, written
from tests.support.databases import SQLiteFiles
from tests.support.office import Office, open_office

DEBRIEFS = 10_000
REPS = 20
ROUNDS = 15
WORTH = "scorecard"
"""What every Home shows."""
NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
YEAR = timedelta(weeks=52)


def run() -> list[Row]:
    with (
        tempfile.TemporaryDirectory() as folder,
        SQLiteFiles(Path(folder)).fresh() as db,
        open_office(db, Path(folder), now=NOW) as office,
    ):
        rep, manager = _staff(office)
        return [_opened("a rep's Home", rep), _opened("a manager's Home", manager)]


def _opened(name: str, person: Member) -> Row:
    took = sorted(_seconds(person) for _ in range(ROUNDS))
    spread = (took[0] * 1000, took[-1] * 1000)
    return Row(f"{name}, {DEBRIEFS:,} debriefs", median(took) * 1000, spread=spread)


def _seconds(person: Member) -> float:
    started = time.perf_counter()
    person.opens_home()
    took = time.perf_counter() - started
    shown = str(person.home)
    demand(WORTH in shown, f"the Home that was published does not say {WORTH!r} but {shown[:200]!r}")
    return took


def _staff(office: Office) -> tuple[Member, Member]:
    team = office.team("East", zone="UTC")
    manager = office.hires("Mia", Role.MANAGER, team)
    reps = [office.hires(f"Rep{n}", Role.SDR, team) for n in range(REPS)]
    with office.db.begin() as session:
        ids = session.exec(select(Person.id).where(Person.name != "Mia")).all()
        dice = random.Random(1)
        calls = [_call(office, ids[n % REPS], n, dice) for n in range(2 * DEBRIEFS * 10 // 9)]
        session.execute(sa.insert(Call), calls)
        asked = calls[::2]
        session.execute(sa.insert(Prompt), [_prompt(call, n) for n, call in enumerate(asked)])
        session.execute(sa.insert(Debrief), [_debrief(call) for n, call in enumerate(asked) if n % 10])
    return reps[0], manager


def _call(office: Office, rep: int, n: int, dice: random.Random) -> dict[str, Any]:
    started = NOW - YEAR * dice.random()
    return {"id": n + 1, "workspace_id": office.workspace_id, "person_id": rep, "source": "x", "account": "",
            "call_key": str(n), "started_at": started, "ended_at": started + timedelta(minutes=9),
            "talk_seconds": 540, "contact": "Dana", "company": "Acme", "disposition": "completed",
            "completed": True, "imported": False, "hinted": False}  # fmt: skip


def _prompt(call: dict[str, Any], n: int) -> dict[str, Any]:
    return {"workspace_id": call["workspace_id"], "call_id": call["id"], "person_id": call["person_id"],
            "status": "answered" if n % 10 else "resting", "asked_at": call["ended_at"]}  # fmt: skip


def _debrief(call: dict[str, Any]) -> dict[str, Any]:
    return {"workspace_id": call["workspace_id"], "call_id": call["id"], "person_id": call["person_id"],
            "call_started_at": call["started_at"], "submitted_at": call["ended_at"], "version": 1,
            "outcome": "advanced", "reason": "", "went_well": "", "measure": "", "improve": "",
            "next_step": ""}  # fmt: skip


if __name__ == "__main__":
    print(written(run()))
