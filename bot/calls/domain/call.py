"""A call that ended, in the one shape that every road to it is turned into; and what holds for every road."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.core.enums import Direction, Disposition

MOST_APART = timedelta(days=1)
"""By which clocks may differ that somebody will put right."""
FAST_CLOCK = timedelta(minutes=5)
"""How far ahead of ours the clock of a source may be."""
LONGEST_CALL = timedelta(hours=12)
"""A line that was open for longer was forgotten, not talked on."""
OLDEST = timedelta(days=400)
"""How long ago a call may have ended that a source tells of by itself; older ones come from call logs and files."""

NOT_COMPLETED = frozenset(Disposition) | {
    "cancelled",
    "missed",
    "unanswered",
    "not_answered",
    "noanswer",
    "voicemail",
    "left_voicemail",
    "voice_mail",
    "rejected",
    "declined",
    "abandoned",
}
"""What sources and people call a call in which nobody was reached."""


@dataclass(frozen=True, slots=True)
class Agent:
    """The rep as the source knows them: by email, or by a key of its own (an extension, a number, a user id).

    `key` is what a mapping is kept under; `name` only helps a person to recognise whom it means.
    """

    email: str | None = None
    key: str | None = None
    name: str = ""

    def __str__(self) -> str:
        return self.email or self.name or self.key or "nobody"


@dataclass(frozen=True, slots=True)
class EndedCall:
    """`source`, `account`, `call_key` and the agent are its key.

    `talk_seconds` is None where the source does not say: then the time between start and end stands for it.
    `is_hint`: told at hang-up; a record with the true figures may follow or have come already.
    `is_anew`: worked out from all that is known of the call, so that it replaces what was told of it before.
    """

    source: str
    account: str
    call_key: str
    agent: Agent
    started_at: datetime
    ended_at: datetime
    talk_seconds: int | None = None
    direction: Direction | None = None
    contact: str = ""
    company: str = ""
    disposition: str = ""
    is_hint: bool = False
    is_anew: bool = False

    @property
    def is_completed(self) -> bool:
        return completed(self.disposition)

    @property
    def talked(self) -> int:
        """Seconds."""
        if self.talk_seconds is not None:
            return self.talk_seconds
        return int((self.ended_at - self.started_at) / timedelta(seconds=1))


@dataclass(frozen=True, slots=True)
class CallSummary:
    """A call as its rep is reminded of it; `joined` counts later calls that share its debrief."""

    id: int
    started_at: datetime
    talk_seconds: int
    contact: str = ""
    company: str = ""
    joined: int = 0

    def local_day(self, zone: ZoneInfo) -> date:
        return self.started_at.astimezone(zone).date()


@lru_cache(maxsize=1_000)
def completed(disposition: str) -> bool:
    """Any disposition but those that mean nobody was reached, in whatever spelling."""
    return disposition.strip().lower().replace("-", "_").replace(" ", "_") not in NOT_COMPLETED


def implausible(ended: EndedCall, *, now: datetime, may_be_old: bool = False) -> str:
    """Why this cannot be a call that ended, in a sentence; "" where it can. `may_be_old`: history was asked for."""
    if ended.ended_at < ended.started_at:
        return "ended_at is before started_at."
    if ended.ended_at > now + FAST_CLOCK:
        return "The call would end in the future."
    if ended.ended_at - ended.started_at > LONGEST_CALL or ended.talked > LONGEST_CALL.total_seconds():
        return f"The call would be longer than {LONGEST_CALL // timedelta(hours=1)} hours."
    if not may_be_old and ended.ended_at < now - OLDEST:
        return "The call ended more than a year ago."
    return ""


def is_early(ended: EndedCall, *, now: datetime) -> bool:
    """Its end is to come, within a day: one of the two clocks is wrong."""
    return timedelta() < ended.ended_at - (now + FAST_CLOCK) <= MOST_APART


def combined(known: EndedCall, told: EndedCall) -> EndedCall:
    """Both as one, whichever came first: what is told again adds to what is known.

    A record outdoes a hint. Of two of a kind, legs of one talk or the same told again, the longer one's words stand.
    """
    if known.is_hint != told.is_hint:
        record, hint = (told, known) if known.is_hint else (known, told)
        return _filled(record, hint)
    if told.is_anew:
        return _filled(told, known)
    longer, shorter = sorted((known, told), key=_weight, reverse=True)
    return replace(
        _filled(longer, shorter),
        started_at=min(known.started_at, told.started_at),
        ended_at=max(known.ended_at, told.ended_at),
        talk_seconds=longer.talked,
    )


def _weight(call: EndedCall) -> tuple[bool, int, datetime, float, str, str, str]:
    """One that was completed counts for more than one that rang on a second phone, unanswered."""
    words = (call.contact, call.company, call.disposition)
    return (call.is_completed, call.talked, call.ended_at, -call.started_at.timestamp(), *words)


def _filled(call: EndedCall, other: EndedCall) -> EndedCall:
    """What the one does not say, as the other says it."""
    return replace(
        call,
        direction=call.direction or other.direction,
        contact=call.contact or other.contact,
        company=call.company or other.company,
    )
