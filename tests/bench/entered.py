"""How many of our files three flows enter: `python -m tests.bench.entered`, with `--names` which they are.

A file is entered when a function of it is called, in any thread. What runs once as it is imported does not count, nor
does the stand-in Slack. The counts stand in docs/decisions/008-rooms-and-shelves.md.
"""

import argparse
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

from sqlmodel import select

from bot.core.enums import Role
from bot.debriefs.jobs import ask_for_debriefs
from bot.digest.jobs import post_digests
from bot.sandbox import Member
from bot.slack.tools import Tools
from handlers.common import late
from storage.tables import Person, Team
from tests.support.builders import Builder
from tests.support.databases import SQLiteFiles
from tests.support.office import UNHURRIED, Office, open_office
from tests.tree import ROOT

OURS = tuple(f"{ROOT / tree}/" for tree in ("bot", "handlers", "storage"))
NOT_OURS = f"{ROOT / 'bot/sandbox'}/"


class Entered:
    """Listens from now on to every thread that begins, and notes while it is asked to."""

    def __init__(self) -> None:
        self._noted: set[str] | None = None
        threading.setprofile(self._hear)
        sys.setprofile(self._hear)

    @contextmanager
    def noting(self) -> Iterator[set[str]]:
        self._noted = found = set[str]()
        yield found
        self._noted = None

    def _hear(self, frame: FrameType, event: str, _argument: Any) -> None:
        if self._noted is None or event != "call" or frame.f_code.co_name == "<module>":
            return
        file = frame.f_code.co_filename
        if file.startswith(OURS) and not file.startswith(NOT_OURS):
            self._noted.add(file.removeprefix(f"{ROOT}/"))


def a_call_to_its_question(office: Office, ana: Member) -> None:
    office.posts(
        {
            "call_id": "1",
            "rep_email": ana.person.email,
            "started_at": (office.clock() - timedelta(minutes=10)).isoformat(),
            "duration_s": 600,
            "contact": "Dana",
            "company": "Acme",
            "disposition": "completed",
        }
    )
    office.corner.inbox.work_all()
    _run(office, ask_for_debriefs)
    ana.waits_for("How did your call with *Dana, Acme* end?")


def scorecard(_office: Office, ana: Member) -> None:
    assert "Ana, SDR" in ana.commands("/scorecard").says


def digest(office: Office, ana: Member) -> None:
    _run(office, post_digests)
    [channel] = [one for one in office.sandbox.workspace.channels.values() if one.name == "sales"]
    assert ana.id in channel.members and "East: week of" in channel.messages[0].text


FLOWS: dict[str, Callable[[Office, Member], None]] = {
    "a call to its question": a_call_to_its_question,
    "/scorecard": scorecard,
    "a digest": digest,
}


def _run(office: Office, job: Callable[[Tools], object]) -> None:
    for tools in office.corner.everybodys_tools(False):
        job(tools)
    office.corner.outbox.send_all()


def _floor(office: Office) -> Member:
    """Five SDRs with leads of twelve weeks, of whom Ana is far ahead; their digest is due."""
    team, elsewhere = office.team("East"), office.team("West")
    people = [office.hires(f"Rep{n}", Role.SDR, team) for n in range(4)]
    people += [office.hires("Mia", Role.MANAGER, team), office.hires("Ana", Role.SDR, team)]
    channel = office.sandbox.add_channel("sales", members=people)
    office.sandbox.invite_bot(channel)
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        ae = build.rep("Decider", Role.AE, elsewhere)
        for person in session.exec(select(Person).where(Person.email != "mia@example.com")):
            for n in range(60 if person.id != ae else 0):
                passed = office.clock() - timedelta(days=4 + 7 * (n % 12))
                build.handoff(person.id, ae, passed, accepted=n < (58 if person.name == "Ana" else 30))
        east = session.get_one(Team, team)
        east.channel, east.digest_next_at = channel.id, office.clock()
    return people[-1]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.entered")
    parser.add_argument("--names", action="store_true", help="which files, too")
    names = parser.parse_args().names
    late.PATIENCE = UNHURRIED  # a listener that is late says so first, and enters more
    entered = Entered()
    for flow, play in FLOWS.items():
        folder = Path(tempfile.mkdtemp())
        with SQLiteFiles(folder).fresh() as db, open_office(db, folder) as office:
            ana = _floor(office)
            with entered.noting() as files:
                play(office, ana)
        print(f"{flow}: {len(files)}", *(sorted(files) if names else []), sep="\n  ")


if __name__ == "__main__":
    main()
