"""A call that ended, in the one shape that every road to it is turned into."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.words import Direction, Disposition

NOT_COMPLETED = frozenset(Disposition)


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
    """Any disposition but the four that mean nobody was reached."""
    return disposition.strip().lower().replace("-", "_").replace(" ", "_") not in NOT_COMPLETED
