"""What a person finds in the Home tab about themselves and about those they lead."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.core.enums import Metric, PairingStatus, Role, Unasked
from bot.debriefs.domain.topics import Topic
from bot.digest.domain.plan import Plan
from bot.digest.domain.trend import WeekCount


@dataclass(frozen=True, slots=True)
class Habits:
    """When a person can be asked, and what they have chosen. `quiet_until` is None unless it is still to come."""

    opens: time
    closes: time
    zone: ZoneInfo
    quiet_until: datetime | None
    willing: bool
    learning: bool
    named: bool
    is_here: bool = True
    """Holds a role; who has left coaches nobody, and is in no digest."""
    sells: bool = True
    unwanted: tuple[Unasked, ...] = ()
    """Gathered messages that they have turned off."""


@dataclass(frozen=True, slots=True)
class ThisWeek:
    """What a rep of that role, or a team of reps (None), did since Monday."""

    role: Role | None
    calls: int
    talk_seconds: int
    asked: int
    debriefed: int
    advanced: int


@dataclass(frozen=True, slots=True)
class PairOfMine:
    """A pair of the running week, from one side: `other` is on the other."""

    id: int
    other: str
    i_coach: bool
    metric: Metric
    status: PairingStatus


@dataclass(frozen=True, slots=True)
class SetOut:
    """What somebody set out to do with a coach and has not said anything about yet."""

    question_id: int
    words: str
    coach: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class TeamLed:
    """`pairs` of the week that both agreed to, those only `asked`, and how many have `met`; `topics` worth training."""

    plan: Plan
    week: ThisWeek
    debriefs: WeekCount
    pairs: int
    asked: int
    met: int
    topics: tuple[Topic, ...] = ()
