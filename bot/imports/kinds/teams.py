"""Teams, with the channel and the time of their digest."""

import re
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError

from bot.calendar.wallclock import next_weekly
from bot.core.errors import BadInput
from bot.imports.kinds.kind import Column, Entry, Kind, Task
from bot.tabular import cells
from bot.tabular.cells import Reading
from bot.tabular.files import Cell
from storage.tables import Team

_SCHEDULE = ("channel", "digest_weekday", "digest_time", "time_zone")


def _country(cell: Cell, _: Reading) -> str:
    said = cells.text(cell).upper()
    if not re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", said):
        raise BadInput(f"“{said}” is not a country's code; write it like US")
    return said


def _channel(cell: Cell, _: Reading) -> str:
    """A channel's id, or its name without the sign before it."""
    return cells.text(cell).lstrip("#")


def _locale(cell: Cell, _: Reading) -> str:
    """A language as Slack writes it: `de-DE`."""
    said = cells.text(cell).replace("_", "-")
    try:
        return str(Locale.parse(said, sep="-")).replace("_", "-")
    except (UnknownLocaleError, ValueError):
        raise BadInput(f"“{said}” is no language I know; write it like de or en-GB") from None


def _complete(task: Task, entry: Entry) -> None:
    team = entry.merged
    team["time_zone"] = team.get("time_zone") or task.roster.zone.key
    moved = entry.stored is None or any(entry.stored[field] != team[field] for field in _SCHEDULE)
    if moved or team["digest_next_at"] is None:
        team["digest_next_at"] = _next_digest(task, entry) if team["channel"] else None


def _next_digest(task: Task, entry: Entry) -> object:
    team = entry.merged
    zone = ZoneInfo(team["time_zone"])
    return next_weekly(task.now, weekday=team["digest_weekday"], at=team["digest_time"], zone=zone)


KIND = Kind(
    table=Team,
    key=("name",),
    columns=(
        Column("team", "name", cells.name, required=True),
        Column("time_zone", "time_zone", cells.zone_name),
        Column("country", "country", _country),
        Column("channel", "channel", _channel),
        Column("digest_day", "digest_weekday", cells.weekday),
        Column("digest_time", "digest_time", cells.time_of_day),
        Column("locale", "locale", _locale),
        Column("fiscal_start", "fiscal_start", cells.whole(1, 12)),
    ),
    blank_says_nothing=True,
    complete=_complete,
)
