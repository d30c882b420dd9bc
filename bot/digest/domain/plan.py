"""When and where a team's digest comes, and how a week's digest stands."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.calendar.wallclock import local_date

_WEEK = timedelta(weeks=1)
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Coming:
    """A digest that comes at that moment, on the week of the Monday `week`; `so_far`: which still runs then."""

    at: datetime
    week: date
    so_far: bool


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
    coming: tuple[Coming, ...] = ()
    """The next two."""

    @property
    def settings(self) -> tuple[object, ...]:
        """What a manager decides."""
        return self.weekday, self.at, self.zone, self.channel, self.locale


@dataclass(frozen=True, slots=True)
class Standing:
    """What a team's digest is about to be: it tells of `week`, and comes at `comes_at` (None without a channel).

    `postable` is the finished week that can be posted now, `lost_id` the message that Slack would not take, `posted`
    the digest that the channel has, `skipped` the finished week that is not told, or the running one that is not to be.
    """

    week: date
    comes_at: datetime | None = None
    comes_late: bool = False
    """The finished week was never told, and its own moment has passed."""
    postable: date | None = None
    lost_id: int | None = None
    posted: int | None = None
    skipped: date | None = None


def last_finished_week(now: datetime, zone: ZoneInfo) -> date:
    """The Monday of the ISO week that ended last, by the zone's wall."""
    today = local_date(now, zone)
    return today - timedelta(days=today.weekday()) - _WEEK


def reported_week(moment: datetime, zone: ZoneInfo) -> date:
    """The Monday of the week that a digest at that moment tells of.

    From Friday on it is the running one, which is as good as over; before, the one that ended last.
    """
    today = local_date(moment, zone)
    monday = today - timedelta(days=today.weekday())
    return monday if today.weekday() >= _FRIDAY else monday - _WEEK
