"""The event log beside the conversation: what Slack sent and how fast it was taken, and what the bot asked of Slack."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.sandbox.courier import Delivery, Kind

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox
    from bot.sandbox.server import RecordedCall

MOST_SHOWN = 40
SENT, CALLED = "sent", "called"
TOLD = {Kind.EVENT: "event", Kind.INTERACTION: "interaction", Kind.COMMAND: "command"}


@dataclass(frozen=True, slots=True)
class Entry:
    """`side` and `number` name the whole of it; `milliseconds` is how long the bot took to take what Slack sent."""

    side: str
    number: int
    since: int
    at: datetime
    what: str
    how: str
    error: str = ""
    milliseconds: float | None = None


def newest(sandbox: "Sandbox") -> list[Entry]:
    """Newest first. The workspace's lock must be held."""
    sent = [
        Entry(SENT, number, one.since, one.at, one.name, _how(one), one.error, one.elapsed_ms)
        for number, one in list(enumerate(sandbox.courier.log))[-MOST_SHOWN:]
    ]
    called = [
        Entry(CALLED, number, one.since, one.at, one.method, "Web API", str(one.answer.get("error", "")))
        for number, one in list(enumerate(sandbox.slack.calls))[-MOST_SHOWN:]
    ]
    in_order = sorted([*sent, *called], key=lambda entry: entry.since)
    return in_order[: -MOST_SHOWN - 1 : -1]


def whole(sandbox: "Sandbox", side: str, number: int) -> str | None:
    """The entry with all that went to and fro, as JSON; None where there is no such entry."""
    with sandbox.workspace.lock:
        entries: Sequence[Delivery | RecordedCall] = (
            sandbox.courier.log if side == SENT else sandbox.slack.calls
        )
        if not 0 <= number < len(entries):
            return None
        return json.dumps(asdict(entries[number]), indent=2, ensure_ascii=False, default=str)


def _how(sent: Delivery) -> str:
    told = TOLD[sent.kind]
    return f"{told}, again ({sent.attempt})" if sent.attempt else told
