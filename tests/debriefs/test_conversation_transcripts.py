"""A transcript dropped into the thread of a question: its rep reads the numbers, and the words are forgotten."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from bot.calls.sources import SOURCES
from bot.core.enums import Role
from bot.delivery.errands import LEASE, Errand, Errands
from bot.sandbox import Member, text_of
from handlers.calls.calls import ERRAND
from storage.tables import Call, CallConversation, Debrief, DebriefDraft, InboxEvent, OutboxMessage, Person
from tests.support.doubles.http import Answer, Asked, double
from tests.support.office import Office

VTT = """WEBVTT

00:00:02.000 --> 00:00:09.500
Ana: Thanks for making the time. What made you look for a new tool?

00:00:10.000 --> 00:00:41.000
Dana: Our reports take three days, and nobody trusts them.

00:00:42.000 --> 00:00:50.000
Ana: Who signs for this on your side? And by when would it have to run?

00:00:51.000 --> 00:01:20.000
Dana: Our head of operations, before the end of March.
"""


@pytest.fixture
def boss(office: Office, east: int) -> Member:
    return office.hires("Boss", Role.MANAGER, east, is_admin=True)


def kept(office: Office) -> list[CallConversation]:
    with office.db.read() as session:
        return list(session.exec(select(CallConversation)))


def drops(
    office: Office, rep: Member, body: str | bytes, *, name: str = "call.vtt", thread: bool = True
) -> str:
    """In the thread of the rep's first question; returns what the bot says to it."""
    content = body.encode() if isinstance(body, str) else body
    question = rep.dm[0]
    before = len(rep.dm)
    rep.uploads(content, name, thread_ts=question.ts if thread else None)
    office.tick()
    [answer] = rep.waits_for(lambda one: [said for said in one.dm[before:] if said.user != one.id])
    return answer.text


def test_the_rep_reads_the_numbers_and_no_word_is_kept(office: Office, ana: Member, boss: Member) -> None:
    office.call_ended(ana)
    assert "not read here" in drops(office, ana, VTT)
    assert kept(office) == []
    assert "From now on" in boss.commands("/scorecard transcripts on").text

    told = drops(office, ana, VTT)

    assert "You spoke *21%* of the time." in told
    assert "yours 0:08, theirs 0:31" in told
    assert "138 questions an hour, the first after 0:00" in told
    [row] = kept(office)
    assert (row.rep_spoken, row.spoken, row.questions) == (15.5, 75.5, 3)
    assert len(boss.dm) == 1, "nobody else is told: the one line is the answer to the command"
    with office.db.read() as session:
        rows = [*session.exec(select(InboxEvent)), *session.exec(select(OutboxMessage))]
    assert not any("head of operations" in str(one.model_dump()) for one in rows)

    again = VTT.replace("00:01:20.000", "00:00:55.000")
    drops(office, ana, again)
    assert [row.spoken for row in kept(office)] == [50.5], "the latest reading counts"


def words_kept(office: Office, text: str) -> list[str]:
    """Tables in which the text stands anywhere."""
    with office.db.read() as session:
        return [
            table.name
            for table in SQLModel.metadata.sorted_tables
            if any(text in str(row) for row in session.connection().execute(sa.select(table)))
        ]


def test_a_quote_is_kept_where_the_rep_puts_it_and_every_other_word_is_forgotten(
    office: Office, ana: Member, boss: Member
) -> None:
    boss.commands("/scorecard transcripts on")
    office.call_ended(ana)
    told = drops(office, ana, VTT)
    assert "A line worth telling you keep yourself: write it into the form's story." in told
    assert words_kept(office, "nobody trusts them") == words_kept(office, "head of operations") == []

    ana.clicks("Meeting booked", ana.dm[0])
    ana.waits_for("Add more")
    ana.clicks("Add more")
    assert ana.submits(story="“Our reports take three days, and nobody trusts them.”").closed
    office.tick()

    assert words_kept(office, "nobody trusts them") == ["outbox_message", "story"], (
        "as it is shown back to its rep"
    )
    assert words_kept(office, "head of operations") == []


def test_what_cannot_be_read_says_why_and_leaves_nothing(office: Office, ana: Member, boss: Member) -> None:
    boss.commands("/scorecard transcripts on")
    office.call_ended(ana)

    assert "cannot tell which of the speakers is you: Zoe, Dana" in drops(
        office, ana, VTT.replace("Ana:", "Zoe:")
    )
    assert "cut off" in drops(office, ana, VTT[: VTT.index("00:01:20")])
    assert "larger than 2 MB" in drops(office, ana, b"x" * 3_000_000)
    assert "thread of the question" in drops(office, ana, VTT, thread=False)
    assert kept(office) == []


def test_what_seems_to_have_been_named_is_ticked_in_the_form_for_the_rep_to_confirm(
    office: Office, ana: Member, boss: Member
) -> None:
    boss.commands("/scorecard transcripts on")
    office.call_ended(ana)
    told = drops(office, ana, VTT)
    assert "a date and somebody who decides were named: confirm both in the form" in told
    with office.db.read() as session:
        [draft] = session.exec(select(DebriefDraft)).all()
        assert (draft.timeline_agreed, draft.authority_reached, draft.outcome) == (True, True, None)
        assert session.exec(select(Debrief)).all() == [], "it fills in, it never decides"

    again = drops(office, ana, VTT.replace("head of operations", "team"))
    assert "It sounds" not in again, "what is ticked already is not told again"


def test_a_call_that_is_debriefed_is_not_filled_in_any_more(
    office: Office, ana: Member, boss: Member
) -> None:
    boss.commands("/scorecard transcripts on")
    office.call_ended(ana)
    ana.clicks("Meeting booked")
    office.tick()

    assert "It sounds" not in drops(office, ana, VTT)


def counted(office: Office, rep: Member, share: float, calls: int) -> None:
    """So many calls of the rep, read before."""
    for n in range(calls):
        office.call_ended(rep, contact=f"{rep.person.name}'s {n}")
    with office.db.begin() as session:
        told = session.exec(
            select(Call).join(Person, col(Person.id) == Call.person_id).where(Person.name == rep.person.name)
        ).all()
        for call in told:
            session.add(
                CallConversation(
                    workspace_id=office.workspace_id,
                    call_id=call.id,
                    person_id=call.person_id,
                    spoken=100,
                    rep_spoken=100 * share,
                    length=600,
                    longest_rep=9,
                    longest_other=9,
                    questions=3,
                    turns=9,
                    read_at=office.clock(),
                )
            )


def test_how_conversations_go_stands_on_the_reps_own_card_and_on_nobody_elses(
    office: Office, ana: Member, boss: Member
) -> None:
    counted(office, ana, 0.55, 3)
    card = ana.commands("/scorecard").message
    ana.clicks("More", card)
    told = text_of(ana.waits_for("*Conversation*"))
    assert "(no part of the score): in your last 3 calls read you spoke 55% of the time." in told
    assert "You asked 18 questions an hour." in told

    theirs = boss.commands(f"/scorecard <@{ana.id}>").message
    boss.clicks("More", theirs)
    assert "Conversation" not in text_of(boss.waits_for("Less"))


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
        return Answer(VTT)

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


def test_only_an_admin_agrees_to_it(office: Office, ana: Member, boss: Member) -> None:
    assert "From now on" not in ana.commands("/scorecard transcripts on").text
    assert "*off*" in boss.commands("/scorecard transcripts").text
    assert "on` or" in boss.commands("/scorecard transcripts maybe").text


def test_the_middle_of_the_role_is_told_once_three_have_read_theirs(
    office: Office, ana: Member, boss: Member, east: int
) -> None:
    boss.commands("/scorecard transcripts on")
    others = [office.hires(name, Role.SDR, east) for name in ("Bo", "Cy")]
    told = ""
    for rep in (*others, ana):
        office.call_ended(rep)
        told = drops(office, rep, VTT.replace("Ana:", f"{rep.person.name}:"))

    assert "the middle of SDRs here is 21%" in told
