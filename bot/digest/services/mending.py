"""Posts that name a pair which is over: they are edited, and stay otherwise as they were posted."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.calendar.wallclock import local_date
from bot.coaching.domain.week import monday_of
from bot.people.services import members
from storage.books import Books
from storage.queries.delivery import outbox
from storage.queries.digest import digests as queries

LOOK_BACK = timedelta(weeks=1)
"""What is older is no news, and the next digest has come."""

Begins = Callable[[str, str], str]
"""How the line of a coach and a learner, by their names, begins."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A post of which lines are taken out; `message_id` is the message that is edited."""

    message_id: int
    channel: str
    text: str
    blocks: tuple[dict[str, Any], ...]


def mended(books: Books, begins: Begins, label: str) -> list[Mended]:
    """Posts of the last week that tell of a pair called off since; `label` stands above the pairs.

    A pair that ended in a later week than the post tells of stays in it: it was there.
    """
    lines: dict[date | None, list[str]] = defaultdict(list)
    for coach, learner, week in queries.called_off_since(books, books.now - LOOK_BACK):
        lines[week].append(begins(*(members.member(books, id).name for id in (coach, learner))))
    if not lines:
        return []
    told = queries.told_since(books, books.now - LOOK_BACK)
    found = (_mended(books, id, lines[_pairs_of(at, ZoneInfo(zone))], label) for id, at, zone in told)
    return [one for one in found if one]


def _pairs_of(told_at: datetime, zone: ZoneInfo) -> date:
    """The Monday of the week whose pairs a post tells of: that in which it came."""
    return monday_of(local_date(told_at, zone))


def _mended(books: Books, message_id: int, lines: Sequence[str], label: str) -> Mended | None:
    versions = outbox.versions(books, message_id)
    if not versions or not any(line in versions[-1].text for line in lines):
        return None
    latest, first = versions[-1], versions[0]
    blocks = (_drawn(block, first.file_id) for block in latest.blocks)
    return Mended(
        message_id,
        first.channel or "",
        _without(latest.text, lines, label),
        tuple(kept for block in blocks if block and (kept := _kept(block, lines, label))),
    )


def _drawn(block: dict[str, Any], file_id: str | None) -> dict[str, Any] | None:
    """With the picture that it was posted with."""
    if block.get("slack_file") != {"id": ""}:
        return block
    return {**block, "slack_file": {"id": file_id}} if file_id else None


def _kept(block: dict[str, Any], lines: Sequence[str], label: str) -> dict[str, Any] | None:
    if block["type"] != "section":
        return block
    text = _without(block["text"]["text"], lines, label)
    return {**block, "text": {**block["text"], "text": text}} if text else None


def _without(text: str, lines: Sequence[str], label: str) -> str:
    """The parts of the text without the lines, and without a label that nothing stands under any more."""
    parts = (
        "\n".join(line for line in part.split("\n") if not line.startswith(tuple(lines)))
        for part in text.split("\n\n")
    )
    return "\n\n".join(part for part in parts if part and part != label)
