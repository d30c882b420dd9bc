"""A rep's card, from rows."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.calendar.periods import Period, parse
from bot.core.enums import Metric
from bot.scorecards.domain.definitions.counting import Measure
from bot.scorecards.domain.scorecard import Scorecard
from bot.scorecards.services import scorecard as scorecards
from storage.books import Books
from tests.support.builders import Builder

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
OCTOBER = parse("2026-10", now=NOW, zone=BERLIN)


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=BERLIN).astimezone(UTC)


def october(day: int, hour: int = 9) -> datetime:
    return at(date(2026, 10, day), hour)


def card(build: Builder, rep: int, period: Period = OCTOBER, as_of: datetime = NOW) -> Scorecard:
    return scorecards.scorecard_of(Books(build.session, build.workspace_id, NOW), rep, period, as_of=as_of)


def measured(
    build: Builder, rep: int, key: Metric, period: Period = OCTOBER, as_of: datetime = NOW
) -> Measure:
    figure = card(build, rep, period, as_of).figure(key)
    assert figure is not None
    return figure.measure
