"""Half a year of the invented team as files of the contract, and the road by which they come in."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import MappingProxyType

from bot.core.enums import ImportKind
from bot.core.errors import BadInput
from bot.demo.season import cast
from bot.demo.season.cast import CAST, EAST, PAST_CYCLES, TEAMS
from bot.demo.season.dice import DAY, WEEK, Dice
from bot.demo.season.facts import Facts
from bot.demo.season.phrases import COMMITMENTS
from bot.demo.season.span import Span
from bot.demo.season.talk import Row
from bot.imports.services import run as imports
from storage.database import Database

SEED = "hook"
BEGINS = time(8, 59)
"""On the wall of East, a minute before the first digest is due."""
CRM_READ = (-20, -16, -12, -8, -6, -4, -3, -2, -1, 0)
"""The weeks, counted from that of the demo, before which the CRM's deals came in: so that they have a history."""
QUOTAS = {"East": 200_000, "West": 90_000}
"""What each AE of a team is to win in a quarter, in the team's currency."""
SESSIONS = 4
"""A cycle's weekly sessions."""


@dataclass(frozen=True, slots=True)
class SeasonFile:
    """`known_at` is the moment at which it is imported; deals that come again bring what changed."""

    kind: ImportKind
    known_at: datetime
    rows: Sequence[Row]

    def write(self, folder: Path) -> Path:
        path = folder / f"{self.kind}-{self.known_at:%Y-%m-%d}.csv"
        columns = list(dict.fromkeys(name for row in self.rows for name in row))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(self.rows)
        return path


def begins(monday: date) -> datetime:
    return datetime.combine(monday, BEGINS, EAST.zone)


def season(
    monday: date, seed: str = SEED, *, channels: Mapping[str, str] = MappingProxyType({})
) -> list[SeasonFile]:
    """The same files for the same seed and Monday: what is known when the demo begins, and what its week adds.

    `channels` are Slack's ids by the team's name; without one the channel's name stands in the file.
    """
    span = Span(monday)
    facts = Facts.of(seed, span)
    now = begins(monday)
    roster = {
        ImportKind.TEAMS: _teams(channels),
        ImportKind.REPS: list(_reps(span)),
        ImportKind.LEAVE: list(_leave(span)),
    }
    settled = {
        ImportKind.AGENTS: list(_agents()),
        ImportKind.RATES: [{"currency": "EUR", "base": "USD", "from": "2026-01-01", "rate": "1.16"}],
        ImportKind.QUOTAS: list(_quotas(monday)),
    }
    history = facts.known(now) | {ImportKind.SESSIONS: list(_sessions(seed, monday))}
    exports = [SeasonFile(kind, now, rows) for kind, rows in (roster | history | settled).items()]
    crm = [_crm(facts, begins(monday + week * WEEK - 2 * DAY)) for week in CRM_READ]
    after = begins(monday + 5 * DAY)
    week = [SeasonFile(kind, after, rows) for kind, rows in facts.known(after, since=now).items()]
    return [*exports, *crm, *week, _crm(facts, after)]


def import_season(db: Database, workspace_id: int, files: Sequence[SeasonFile], folder: Path) -> int:
    """Writes the files and imports them; returns the rows read. Raises BadInput where a row is refused."""
    read = 0
    for file in files:
        path = file.write(folder)
        report = imports.run_import(
            db,
            workspace_id,
            path,
            file.kind,
            mapping=imports.Mapping(),
            now=file.known_at,
            rejected_to=folder,
            yes=True,
        )
        if report.rejected:
            raise BadInput(f"{report.rejected} rows of {path.name} were refused; see {report.rejected_file}.")
        read += report.read
    return read


def _teams(channels: Mapping[str, str]) -> list[Row]:
    return [
        {
            "team": team.name,
            "time_zone": team.zone.key,
            "country": team.country,
            "channel": channels.get(team.name, team.channel),
            "digest_day": "Monday",
            "digest_time": "09:00",
        }
        for team in TEAMS
    ]


def _reps(span: Span) -> Iterator[Row]:
    for rep in CAST:
        manager = cast.manager_of(rep.team)
        yield {
            "email": rep.email,
            "name": rep.name,
            "role": rep.role,
            "team": rep.team.name,
            "manager_email": manager.email if manager is not rep else "",
            "time_zone": rep.team.zone.key,
            "started_on": span.started_on(rep).isoformat(),
            "coach": "yes" if rep.coaches else "no",
            "coach_capacity": str(rep.coaches) if rep.coaches else "",
        }


def _leave(span: Span) -> Iterator[Row]:
    for rep in CAST:
        for first, last in span.leave(rep):
            yield {"rep_email": rep.email, "from": first.isoformat(), "to": last.isoformat()}


def _quotas(monday: date) -> Iterator[Row]:
    """What each AE is to win in the quarter."""
    period = f"{monday.year}-Q{(monday.month + 2) // 3}"
    for rep in cast.AES:
        amount, currency = QUOTAS[rep.team.name], rep.team.currency
        yield {"rep_email": rep.email, "period": period, "amount": str(amount), "currency": currency}


def _agents() -> Iterator[Row]:
    """Whose the extensions of the phone system are."""
    for extension, rep in enumerate(CAST, start=201):
        yield {"source": "ringcentral", "agent": str(extension), "rep_email": rep.email}


def _sessions(seed: str, monday: date) -> Iterator[Row]:
    dice = Dice(seed, "sessions")
    for cycle in PAST_CYCLES:
        for week in range(SESSIONS):
            held = monday + (week - cycle.weeks_ago) * WEEK + timedelta(days=dice.randrange(5))
            yield {
                "session_id": f"{cycle.coach}-{cycle.learner}-{week + 1}",
                "coach_email": cast.rep(cycle.coach).email,
                "learner_email": cast.rep(cycle.learner).email,
                "metric": cycle.metric,
                "held_on": held.isoformat(),
                "minutes": str(dice.choice((20, 25, 30))),
                "commitment": dice.choice(COMMITMENTS),
                "kept": "yes" if dice.chance(0.75) else "no",
                "rating": str(dice.choice((4, 4, 5))),
            }


def _crm(facts: Facts, at: datetime) -> SeasonFile:
    return SeasonFile(ImportKind.DEALS, at, facts.crm(at))
