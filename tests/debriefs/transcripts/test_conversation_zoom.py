"""Zoom's own transcript is fetched, counted and told in the thread."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from bot.calls.sources import SOURCES
from bot.delivery.errands import LEASE, Errand, Errands
from bot.sandbox import Member
from handlers.calls.calls import ERRAND
from tests.debriefs.transcripts.dropped import VTT, kept
from tests.support.doubles.http import Answer, Asked, double
from tests.support.office import Office

MEETING = {
    "event": "meeting.ended",
    "payload": {
        "account_id": "acct",
        "object": {
            "uuid": "m-1==",
            "host_id": "h-1",
            "host_email": "ana@example.com",
            "topic": "Acme",
            "start_time": "2026-11-16T08:30:00Z",
            "end_time": "2026-11-16T08:59:00Z",
        },
    },
}


@pytest.fixture
def zoom(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Where Zoom keeps a transcript: the tokens it was asked with, and first of all its address."""
    asked: list[str] = []

    def answer(request: Asked) -> Answer:
        asked.append(request.headers.get("authorization", ""))
        return Answer(status=503) if request.path.startswith("/away") and len(asked) == 2 else Answer(VTT)

    with double(answer) as server:
        asked.append(server.url)
        monkeypatch.setattr(SOURCES["zoom"], "hosts", ("127.0.0.1",))
        yield asked


def ready(url: str) -> dict[str, Any]:
    files = [
        {"file_type": "MP4", "download_url": f"{url}/video"},
        {"file_type": "TRANSCRIPT", "download_url": f"{url}/rec/1"},
    ]
    about = {"uuid": "m-1==", "host_id": "h-1", "recording_files": files}
    said = {"account_id": "acct", "object": about}
    return {"event": "recording.transcript_completed", "download_token": "t-1", "payload": said}


def arrives(office: Office, said: dict[str, Any]) -> None:
    """As Zoom's deliveries are worked once they were verified."""
    office.corner.inbox.take(office.workspace_id, "calls/zoom", uuid4().hex, {"text": json.dumps(said)}, "r")
    office.tick()


def test_zooms_own_transcript_is_fetched_counted_and_told_in_the_thread(
    office: Office, ana: Member, boss: Member, zoom: list[str]
) -> None:
    arrives(office, MEETING)
    asked = len(ana.dm)
    arrives(office, ready(zoom[0]))
    assert zoom[1:] == [], "nobody has agreed to it, so it is not fetched"

    boss.commands("/scorecard transcripts on")
    arrives(office, ready(zoom[0]))
    ana.waits_for("You spoke *21%* of the time.")
    assert zoom[1:] == ["Bearer t-1"]
    assert ana.dm[asked].thread_ts == ana.dm[asked - 1].ts
    assert [row.questions for row in kept(office)] == [3]


class Died(BaseException):
    """The process, half-way: nothing after it runs."""


def dies(_errand: Errand) -> None:
    raise Died


def test_a_transcript_whose_process_dies_as_it_is_fetched_is_counted_by_another(
    office: Office, ana: Member, boss: Member, zoom: list[str]
) -> None:
    arrives(office, MEETING)
    boss.commands("/scorecard transcripts on")
    office.runtime.stop()  # nobody takes anything up by themselves
    said = json.dumps(ready(zoom[0]))
    office.corner.inbox.take(office.workspace_id, "calls/zoom", uuid4().hex, {"text": said}, "r")
    office.corner.inbox.work_all()
    dying = Errands(office.db, office.corner.tenants.client, office.clock)
    dying.on(ERRAND, dies, None)
    with pytest.raises(Died):
        dying.run_one()
    assert kept(office) == []

    office.later(seconds=LEASE.total_seconds() + 1)

    ana.waits_for("You spoke *21%* of the time.")
    assert [row.questions for row in kept(office)] == [3]


def test_a_source_that_is_away_is_asked_again(
    office: Office, ana: Member, boss: Member, zoom: list[str]
) -> None:
    arrives(office, MEETING)
    boss.commands("/scorecard transcripts on")
    arrives(office, ready(f"{zoom[0]}/away"))
    assert kept(office) == []

    office.later(minutes=1)

    ana.waits_for("You spoke *21%* of the time.")
    assert len(zoom[1:]) == 2 and [row.questions for row in kept(office)] == [3]


def test_a_transcript_that_lies_elsewhere_or_belongs_to_nobody_is_not_fetched(
    office: Office, ana: Member, boss: Member, zoom: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    boss.commands("/scorecard transcripts on")
    arrives(office, ready(zoom[0]))
    assert zoom[1:] == [], "no call of ours"

    arrives(office, MEETING)
    monkeypatch.setattr(SOURCES["zoom"], "hosts", ("zoom.us",))
    arrives(office, ready(zoom[0]))
    arrives(office, ready("https://zoom.us.evil.example.com"))
    assert zoom[1:] == []
    assert kept(office) == []
