"""The sandbox and the database against the model: what is missing, what is there twice, what nobody wanted."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from bot.core.enums import OutboxKind
from bot.sandbox.state import Message
from bot.slack import METADATA_TYPE, SHARE, UPDATE
from storage.queries.delivery.errands import ERRAND
from storage.tables import (
    Call,
    Deal,
    Debrief,
    Digest,
    InboxEvent,
    InboxState,
    OutboxMessage,
    Prompt,
)
from tests.torture.model import Model
from tests.torture.papers import MONTHLY, WORKBOOK
from tests.torture.world import World

BROKE = re.compile("Something broke(?! on our side while)")


@dataclass(frozen=True, slots=True)
class Line:
    """Of one kind of thing: how many there should be, and how many of them are missing or there twice."""

    what: str
    expected: int
    lost: int = 0
    doubled: int = 0


def clean(lines: Iterable[Line]) -> bool:
    return all(line.lost == 0 and line.doubled == 0 for line in lines)


def judge(world: World, model: Model) -> list[Line]:
    with world.db.read() as session:
        rows = session.exec(select(OutboxMessage)).all()
        return [
            _calls(session, model),
            _debriefs(session, model),
            _prompts(session, model),
            *_messages(world, rows),
            _workbooks(world),
            _asked_for(session, world, model),
            *_files_taken(session, world, model, rows),
            _final_words(world, rows),
            _digests(session, world),
            Line("events worked", *_worked(session)),
            Line("messages without an owner", 0, doubled=_orphans(world, rows)),
        ]


def _calls(session: Session, model: Model) -> Line:
    found = Counter(session.exec(select(Call.call_key)).all())
    return _line("calls stored", model.calls.keys(), found)


def _debriefs(session: Session, model: Model) -> Line:
    """Each with the outcome that its rep saw accepted."""
    rows = session.exec(select(Call.call_key, Debrief.outcome).where(col(Debrief.call_id) == Call.id)).all()
    wanted = {(call.key, call.answer) for call in model.answered}
    return _line("debriefs", wanted, Counter((key, outcome) for key, outcome in rows))


def _prompts(session: Session, model: Model) -> Line:
    """Each call but those that join another has a question, and a message that asks it."""
    asked = session.exec(
        select(Call.call_key).where(
            col(Prompt.call_id) == Call.id, col(Prompt.message_id) == OutboxMessage.id
        )
    ).all()
    return _line("questions asked", {call.key for call in model.asked_about}, Counter(asked))


def _workbooks(world: World) -> Line:
    """Each leader sees one workbook of last month, with all its bytes."""
    whole = Counter(
        leader.email
        for leader in world.leaders
        for message in leader.member.dm
        for file in message.files
        if message.text.startswith(MONTHLY) and file.content is not None and len(file.content) == file.length
    )
    return _line("workbooks of the month", (leader.email for leader in world.leaders), whole)


def _asked_for(session: Session, world: World, model: Model) -> Line:
    """Each that was promised, and each that was kept to be written, comes once, with all its bytes."""
    kept: Counter[str] = Counter()
    for event in session.exec(select(InboxEvent).where(InboxEvent.source == ERRAND)):
        if event.body["errand"] == "workbook":
            kept[_email_of(world, event.body["user"])] += 1
    came = Counter(
        rep.email
        for rep in world.reps
        for message in rep.member.dm
        for file in message.files
        if message.text.startswith(WORKBOOK) and file.content is not None and len(file.content) == file.length
    )
    return Line(
        "workbooks asked for",
        kept.total(),
        lost=(kept - came).total() + (model.promised - kept).total(),
        doubled=(came - kept).total() + (kept - model.asked_for).total(),
    )


def _email_of(world: World, slack_user: str) -> str:
    return next(rep.email for rep in world.reps if rep.member.id == slack_user)


def _files_taken(session: Session, world: World, model: Model, rows: Sequence[OutboxMessage]) -> list[Line]:
    """A file that Slack could deliver is shown once; one that was taken is stored, and said to be, once.

    What was said is counted where it was written: a click replaces what was shown, and each message is judged by key.
    """
    said = Counter(row.text for row in rows)
    shown = {sent.name: said[f"{sent.name}, as it would be stored."] for sent in model.sent}
    told = Counter(text.partition(":")[0].removeprefix("✓ ") for text in said.elements())
    stored = Counter(session.exec(select(Deal.deal_key)).all())
    taken = [sent for sent in model.sent if sent.is_taken]
    wanted = {sent.name for sent in model.sent} & _delivered(world)
    return [
        _line("files shown as they would be stored", wanted, shown),
        _line("files said to be taken in", (sent.name for sent in taken), told),
        _line("deals of those files", (sent.deal_key for sent in taken), stored),
    ]


def _delivered(world: World) -> set[str]:
    """Names of files of which the bot heard, and said so."""
    return {
        file["name"]
        for delivery in world.sandbox.deliveries
        if not delivery.error
        for file in (delivery.payload.get("event") or {}).get("files") or []
    }


def _messages(world: World, rows: Sequence[OutboxMessage]) -> list[Line]:
    """By kind: whatever was written to be said stands in Slack once, by its key."""
    said = Counter(keys_of(world, rows))
    posts = [row for row in rows if row.method != UPDATE]
    return [
        _line(f"{kind} messages", {row.key for row in posts if row.kind == kind}, said)
        for kind in OutboxKind
        if any(row.kind == kind for row in posts)
    ]


def _final_words(world: World, rows: Sequence[OutboxMessage]) -> Line:
    """A message that was updated reads as its last update says."""
    shown = dict(zip(keys_of(world, rows), (message.text for message in bots_messages(world)), strict=True))
    last = {row.updates_id: row.text for row in sorted(rows, key=lambda row: row.id) if row.method == UPDATE}
    keys = {row.id: row.key for row in rows}
    stale = sum(shown.get(keys[id]) != text for id, text in last.items() if id is not None)
    return Line("messages brought up to date", len(last), lost=stale)


def _digests(session: Session, world: World) -> Line:
    told = session.exec(select(Digest.team_id).where(Digest.skipped == "")).all()
    return _line("teams told of their week", {team.team_id for team in world.teams}, Counter(told))


def _worked(session: Session) -> tuple[int, int]:
    """How many events came in, and how many of them were not worked."""
    states = Counter(session.exec(select(InboxEvent.state)).all())
    return states.total(), states.total() - states[InboxState.DONE]


def _orphans(world: World, rows: Iterable[OutboxMessage]) -> int:
    known = {row.key for row in rows}
    return sum(key not in known for key in keys_of(world, rows))


def bots_messages(world: World) -> list[Message]:
    """What the bot said to all of a conversation; not its answers to a click or a form, which are not kept: they are
    seen by one person alone, or told by direct message where the form that failed had been acknowledged.
    """
    with world.sandbox.workspace.lock:
        channels = list(world.sandbox.workspace.channels.values())
        return [
            message
            for channel in channels
            for message in channel.messages
            if message.app is world.sandbox.app
            and message.seen_only_by is None
            and not BROKE.match(message.text)
        ]


def keys_of(world: World, rows: Iterable[OutboxMessage]) -> list[str]:
    """Of each of the bot's messages; "" for one that no row of the outbox speaks of.

    A message that shares a file bears no metadata: it is known by the file.
    """
    shared = {row.file_id: row.key for row in rows if row.method == SHARE}
    return [_key(message, shared) for message in bots_messages(world)]


def _key(message: Message, shared: Mapping[str | None, str]) -> str:
    metadata = message.metadata or {}
    if metadata.get("event_type") == METADATA_TYPE:
        return str(metadata["event_payload"]["k"])
    return next((shared[file.id] for file in message.files if file.id in shared), "")


def _line(what: str, wanted: Iterable[object], found: Mapping[Any, int]) -> Line:
    wanted = set(wanted)
    return Line(
        what,
        len(wanted),
        lost=sum(found.get(one, 0) == 0 for one in wanted),
        doubled=sum(max(0, found.get(one, 0) - 1) for one in wanted),
    )
