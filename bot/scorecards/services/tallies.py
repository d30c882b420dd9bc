"""What reps did in a period, as far as it was known at a moment: tallies made of the counts in storage."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar
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
from storage.queries.scorecards.spans import Span

_T = TypeVar("_T")
_Fields = dict[int, dict[str, Any]]
"""Per rep, fields of a Tally by name."""
_EVERYBODYS = (queries.calls, queries.debriefs, queries.prompts, queries.commitments)
_RESULTS = {Role.SDR: (results.leads,), Role.AE: (results.closed, results.decisions)}


def of_role(books: Books, role: Role, period: Period, *, as_of: datetime) -> list[RepTally]:
    """The period of everybody who holds the role at its end, each by the days of their own team's zone."""
    held = roster.who_held(books, role, period, as_of=as_of)
    return of_stints(books, held, period, as_of=as_of)


def of_stints(books: Books, held: Sequence[Stint], period: Period, *, as_of: datetime) -> list[RepTally]:
    """One row per stint; all stints are in the same role."""
    spans = [
        Span(stint.rep.id, *times)
        for stint in held
        if (times := _times(period, *_within(period, stint), as_of))
    ]
    fields = _fields(books, held, spans, as_of) if spans else {}
    away = _leave(books, held, period)
    return [
        RepTally(
            rep=stint.rep.id,
            tally=Tally(**fields.get(stint.rep.id, {})),
            presence=_presence(period, stint, away.get(stint.rep.id, ()), as_of),
            ramping=is_ramping(stint.started_on, _today(period, stint, as_of)),
        )
        for stint in held
    ]


def _fields(books: Books, held: Sequence[Stint], spans: Sequence[Span], as_of: datetime) -> _Fields:
    """What everybody does, and what the role is there for."""
    fields: _Fields = defaultdict(dict)
    role = held[0].rep.role
    zones = {stint.rep.id: stint.zone for stint in held}
    questions = (*_EVERYBODYS, *_RESULTS.get(role, ()))
    for rep, count in rollups.count(
        books.session, questions, books.workspace_id, spans, zones, as_of=as_of
    ).items():
        fields[rep].update(count)
    for rep, minutes in coached(books, spans).items():
        fields[rep]["coached_minutes"] = tuple(minutes.values())
    if role is Role.AE:
        for rep, count in results.worked(books, spans, as_of=as_of).items():
            fields[rep].update(count)
        _add_cycles(fields, zones, results.won_deals(books, spans, as_of=as_of))
    if role is Role.AM:
        for rep, portfolio in accounts.portfolios_of(books, spans).items():
            fields[rep] |= {"accounts": portfolio.accounts, "currencies": portfolio.currencies}
    return fields


def coached(books: Books, spans: Sequence[Span]) -> dict[int, dict[int, int]]:
    """By coach, the minutes that count of each session in the span, by the session's id."""
    held = _grouped(
        (one.rep, CoachedSession(one.id, one.learner, one.held_on, one.minutes, one.confirmed))
        for one in queries.coached(books, spans)
    )
    since = {span.rep: span.first_day for span in spans}
    return {rep: counted(sessions, since=since[rep]) for rep, sessions in held.items()}


def _add_cycles(fields: _Fields, zones: Mapping[int, ZoneInfo], won: Iterable[results.WonDeal]) -> None:
    days = ((deal.rep, days_between(deal.opened_at, deal.closed_at, zones[deal.rep])) for deal in won)
    for rep, lengths in _grouped(days).items():
        fields[rep]["won_after_days"] = tuple(lengths)


def _grouped(pairs: Iterable[tuple[int, _T]]) -> dict[int, list[_T]]:
    found: dict[int, list[_T]] = defaultdict(list)
    for rep, one in pairs:
        found[rep].append(one)
    return found


def _leave(books: Books, held: Sequence[Stint], period: Period) -> Mapping[int, Sequence[Days]]:
    first, last = (local_date(edge, period.zone) for edge in (period.start, period.end))
    return people.leave(books, [stint.rep.id for stint in held], first, last)


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
