"""What is to be said of a person of the invented team: their place, and how good they truly are."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.core.enums import Metric, Role

DOMAIN = "lumenworks.example"


@dataclass(frozen=True, slots=True)
class Team:
    """`channel` is where its digest goes, on Mondays at nine."""

    name: str
    zone: ZoneInfo
    country: str
    channel: str
    currency: str
    locale: str


@dataclass(frozen=True, slots=True)
class Talk:
    """How a rep calls; `advanced`, `timeline` and `authority` are the chances of each in a conversation."""

    calls_per_day: float
    minutes: float
    advanced: float = 0.35
    timeline: float = 0.45
    authority: float = 0.45


@dataclass(frozen=True, slots=True, kw_only=True)
class Rep:
    handle: str
    name: str
    role: Role
    team: Team
    talk: Talk = Talk(0, 0)
    coaches: int = 0
    """Learners a week; 0: has not offered to coach."""
    weeks_here: int | None = None
    """Full weeks since the start; None: from the beginning."""
    away: tuple[tuple[int, int], ...] = ()
    """Leave, as first and last day counted from the Monday on which the demo begins."""

    @property
    def email(self) -> str:
        return f"{self.handle}@{DOMAIN}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sdr(Rep):
    """`qualified` is the share of leads that qualify, `lately` that of the last four weeks where it is another."""

    role: Role = Role.SDR
    leads_per_week: float
    qualified: float
    lately: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ae(Rep):
    """`won` is the share of deals won, `days` what one takes, `teaches` the share of decisions with a good reason."""

    role: Role = Role.AE
    won: float
    days: float
    teaches: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Am(Rep):
    """`growth` is that of an account from one review to the next, `leaves` the share of accounts lost at each."""

    role: Role = Role.AM
    growth: float
    leaves: float


@dataclass(frozen=True, slots=True)
class Cycle:
    """Four weekly sessions of a coach and a learner that began so many weeks ago."""

    coach: str
    learner: str
    metric: Metric
    weeks_ago: int
