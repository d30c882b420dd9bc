"""What reps did in a period, as far as it was known at a moment: tallies made of the counts in storage."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from bot.calendar import working_hours
from bot.calendar.periods import Period
from bot.calendar.wallclock import days_between, local_date
from bot.calendar.working_hours import Presence
from bot.core.enums import Role
from bot.people.domain.stints import Stint, between, days_over, in_zone
from bot.people.services import people as roster
from bot.people.services.calendars import public_holidays
from bot.pipeline.services import accounts
from bot.scorecards.domain.coached import CoachedSession, counted
from bot.scorecards.domain.evidence import RepTally, is_ramping
from bot.scorecards.domain.tally import Tally
from storage.books import Books
from storage.queries.people import people
from storage.queries.people.people import Days
from storage.queries.scorecards import results, rollups
from storage.queries.scorecards import tallies as queries
from storage.queries.scorecards.asking import count
from storage.queries.scorecards.spans import Span

_T = TypeVar("_T")
_Fields = dict[str, Any]
"""Fields of a Tally by name."""
_EVERYBODYS = (queries.calls, queries.debriefs, queries.prompts, queries.commitments)
_RESULTS = {Role.SDR: (results.leads,), Role.AE: (results.closed, results.decisions)}
_WHOLE = {Role.AE: (results.worked,)}


class Window(NamedTuple):
    """A period, and the stints that are asked about in it."""

    held: Sequence[Stint]
    period: Period


class _Asked(NamedTuple):
    """A stint of a window that lies in it, and its days there."""

    window: int
    stint: Stint
    span: Span


def of_role(books: Books, role: Role, period: Period, *, as_of: datetime) -> list[RepTally]:
    """The period of everybody who holds the role at its end, each by the days of their own team's zone."""
    held = roster.who_held(books, role, period, as_of=as_of)
    return of_stints(books, held, period, as_of=as_of)


def of_stints(books: Books, held: Sequence[Stint], period: Period, *, as_of: datetime) -> list[RepTally]:
    """One row per stint."""
    [rows] = of_windows(books, [Window(held, period)], as_of=as_of)
    return rows


def of_windows(books: Books, windows: Sequence[Window], *, as_of: datetime) -> list[list[RepTally]]:
    """The rows of each window: however many there are, they are asked for together."""
    asked = _asked(windows, as_of)
    found = _fields(books, asked, as_of) if asked else []
    fields = {(one.window, one.span.rep): told for one, told in zip(asked, found, strict=True)}
    away = _leave(books, windows)
    return [
        [
            RepTally(
                rep=stint.rep.id,
                tally=Tally(**fields.get((n, stint.rep.id), {})),
                presence=_presence(period, stint, away.get(stint.rep.id, ()), as_of),
                ramping=is_ramping(stint.started_on, _today(period, stint, as_of)),
            )
            for stint in held
        ]
        for n, (held, period) in enumerate(windows)
    ]


def activity(books: Books, held: Sequence[Stint], period: Period, *, as_of: datetime) -> list[Tally]:
    """What everybody does alone, whatever the role: calls, debriefs, prompts, commitments."""
    spans = [one.span for one in _asked([Window(held, period)], as_of)]
    counts = count(books.session, _EVERYBODYS, books.workspace_id, spans, as_of=as_of) if spans else []
    fields: list[_Fields] = [{**told} for told in counts]
    return [Tally(**told) for told in fields]


def _asked(windows: Sequence[Window], as_of: datetime) -> list[_Asked]:
    return [
        _Asked(n, stint, Span(stint.rep.id, *times))
        for n, (held, period) in enumerate(windows)
        for stint in held
        if (times := _times(period, *_within(period, stint), as_of))
    ]


def _fields(books: Books, asked: Sequence[_Asked], as_of: datetime) -> list[_Fields]:
    """What everybody does, and what the role is there for."""
    fields = _counted(books, asked, as_of)
    for told, minutes in zip(fields, coached(books, [one.span for one in asked]), strict=True):
        if minutes:
            told["coached_minutes"] = tuple(minutes.values())
    aes, ams = _in_role(asked, Role.AE), _in_role(asked, Role.AM)
    if aes:
        won = results.won_deals(books, [asked[n].span for n in aes], as_of=as_of)
        for at, deals in _grouped((deal.span, deal) for deal in won).items():
            zone = asked[aes[at]].stint.zone
            days = (days_between(deal.opened_at, deal.closed_at, zone) for deal in deals)
            fields[aes[at]]["won_after_days"] = tuple(days)
    if ams:
        for at, held in accounts.portfolios_of(books, [asked[n].span for n in ams]).items():
            fields[ams[at]] |= {"accounts": held.accounts, "currencies": held.currencies}
    return fields


def _counted(books: Books, asked: Sequence[_Asked], as_of: datetime) -> list[_Fields]:
    """Each role is asked what it is there for."""
    fields: list[_Fields] = [{} for _ in asked]
    for role in {one.stint.rep.role for one in asked}:
        places = _in_role(asked, role)
        counts = rollups.count(
            books.session,
            (*_EVERYBODYS, *_RESULTS.get(role, ())),
            books.workspace_id,
            [asked[n].span for n in places],
            [asked[n].stint.zone for n in places],
            as_of=as_of,
            whole=_WHOLE.get(role, ()),
        )
        for n, told in zip(places, counts, strict=True):
            fields[n].update(told)
    return fields


def _in_role(asked: Sequence[_Asked], role: Role) -> list[int]:
    return [n for n, one in enumerate(asked) if one.stint.rep.role is role]


def coached(books: Books, spans: Sequence[Span]) -> list[dict[int, int]]:
    """The minutes that count of each session that the rep held in the span, by the session's id."""
    held = _grouped(
        (one.span, CoachedSession(one.id, one.learner, one.held_on, one.minutes, one.confirmed))
        for one in queries.coached(books, spans)
    )
    return [counted(held[n], since=span.first_day) if n in held else {} for n, span in enumerate(spans)]


def _grouped(pairs: Iterable[tuple[int, _T]]) -> dict[int, list[_T]]:
    found: dict[int, list[_T]] = defaultdict(list)
    for rep, one in pairs:
        found[rep].append(one)
    return found


def _leave(books: Books, windows: Sequence[Window]) -> Mapping[int, Sequence[Days]]:
    """Over all of them: what lies beside a window changes nothing in it."""
    people_asked = {stint.rep.id for held, _period in windows for stint in held}
    edges = [local_date(edge, one.zone) for _held, one in windows for edge in (one.start, one.end)]
    if not people_asked:
        return {}
    return people.leave(books, sorted(people_asked), min(edges), max(edges))


@lru_cache(maxsize=16)
def _edges(period: Period) -> tuple[date, date]:
    return local_date(period.start, period.zone), local_date(period.end, period.zone)


def _within(period: Period, stint: Stint) -> tuple[ZoneInfo, date | None, date | None]:
    """The stint's zone, and its first and last day where they lie within the period: most of a role share these."""
    first, beyond = _edges(period)
    started_on = stint.started_on if stint.started_on > first else None
    ended_on = stint.ended_on if stint.ended_on and stint.ended_on < beyond else None
    return stint.zone, started_on, ended_on


@lru_cache(maxsize=4096)
def _times(
    period: Period, zone: ZoneInfo, started_on: date | None, ended_on: date | None, as_of: datetime
) -> tuple[datetime, datetime, date, date] | None:
    """From when to when, and from which day to which, a stint lies in the period as it is known."""
    own = between(period, zone, started_on, ended_on, as_of)
    return (own.start, own.end, *days_over(own)) if own else None


def _presence(period: Period, stint: Stint, away: Sequence[Days], as_of: datetime) -> Presence:
    zone, started_on, ended_on = _within(period, stint)
    return _days_there(in_zone(period, zone), stint.country, tuple(away), started_on, ended_on, as_of)


@lru_cache(maxsize=4096)
def _days_there(
    period: Period,
    country: str | None,
    away: tuple[Days, ...],
    started_on: date | None,
    ended_on: date | None,
    as_of: datetime,
) -> Presence:
    """Most of a role share their dates, which are counted once."""
    first, last = (local_date(edge, period.zone) for edge in (period.start, period.end))
    return working_hours.presence(
        period,
        holidays=public_holidays(country, first.year, last.year),
        leave=away,
        started_on=started_on,
        ended_on=ended_on,
        as_of=as_of,
    )


def _today(period: Period, stint: Stint, as_of: datetime) -> date:
    """The day on which the period ends, or which it has reached."""
    return local_date(min(period.end, as_of), stint.zone)
