"""When and where a team's digest comes, and how a week's digest stands."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Plan:
    """Every week on `weekday` (0 is Monday) at `at` in `zone`; `next_at` is None without a channel.

    `locale` is how the channel reads dates and numbers, such as `de-DE`; None reads as English.
    """

    team_id: int
    team: str
    weekday: int
    at: time
    zone: ZoneInfo
    channel: str | None
    next_at: datetime | None
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a week's digest was told; `lost_id` is the message that Slack would not take."""

    is_told: bool
    lost_id: int | None = None
