"""Pairs with the sessions they held, what is paid for of each, and what the coaching did."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from bot.coaching.domain.effect import Effect
from bot.coaching.domain.sessions import HeldSession, credited
from bot.coaching.services import effect as coached
from bot.core.enums import Role
from bot.people.domain.access import Right, Subject, may
from bot.people.domain.stints import days_over
from bot.scorecards.services import tallies
from bot.workbook.domain.coaching import SessionRecord
from bot.workbook.services.reach import Reach
from storage.queries.workbook import records as queries
from storage.tables import CoachingSession, Pairing


class _Minutes(NamedTuple):
    """By session: what is paid for, and what the coach's figure counts."""

    credited: dict[int, int]
    counted: dict[int, int]


_Meeting = tuple[int, int, date]
"""Coach, learner, and the Monday of the week in which they meet."""


def sessions(reach: Reach) -> list[SessionRecord]:
    """One record per session, and one per pair of a week that held none; the oldest first."""
    first, last = days_over(reach.known)
    monday = _monday(first)
    pairs = {
        (pair.coach_id, pair.learner_id, pair.week): pair
        for pair in queries.pairs(reach.books, list(reach.shown), monday, last, as_of=reach.as_of)
    }
    held = [
        one for one in queries.sessions(reach.books, list(reach.shown), monday, last) if _is_known(reach, one)
    ]
    minutes = _Minutes(_credited(held), _counted(reach))
    met = _by_meeting(held)
    records = [
        record
        for meeting in sorted(pairs.keys() | met.keys(), key=lambda one: (one[2], one[0], one[1]))
        for record in _records(reach, meeting, pairs.get(meeting), met.get(meeting, []), minutes)
    ]
    return [record for record in records if _belongs(record, first, monday)]


def _belongs(record: SessionRecord, first: date, monday: date) -> bool:
    """The days before the period's first are read for the limit per week alone."""
    if record.held_on is None:
        return record.week >= monday
    return record.held_on >= first or (record.due_on is not None and record.due_on >= first)


def _is_known(reach: Reach, one: CoachingSession) -> bool:
    """A session dated today is known when the day is over, by the clock of the coach's team."""
    return one.coach_id not in reach.shown or one.held_on <= reach.shown[one.coach_id].span.last_day


def _by_meeting(held: Iterable[CoachingSession]) -> dict[_Meeting, list[CoachingSession]]:
    met: dict[_Meeting, list[CoachingSession]] = defaultdict(list)
    for one in held:
        met[(one.coach_id, one.learner_id, _monday(one.held_on))].append(one)
    return met


def _records(
    reach: Reach,
    meeting: _Meeting,
    pair: Pairing | None,
    held: Sequence[CoachingSession],
    minutes: "_Minutes",
) -> Iterator[SessionRecord]:
    coach, learner, week = meeting
    blank = SessionRecord(
        week,
        reach.labels[coach],
        reach.labels[learner],
        pair.metric if pair else held[0].metric,
        pair.status if pair else None,
        pair.reason if pair else "",
    )
    if not held:
        yield blank
    for one in held:
        yield blank._replace(
            metric=one.metric,
            held_on=one.held_on,
            minutes=one.minutes,
            commitment=one.commitment,
            due_on=one.due_on,
            is_due=_is_due(reach, one),
            kept=one.kept,
            rating=one.rating,
            credited=minutes.credited[one.id] if coach in reach.shown and _is_paid_here(reach, one) else None,
            counted=minutes.counted.get(one.id),
        )


def _is_due(reach: Reach, one: CoachingSession) -> bool:
    shown = reach.shown.get(one.learner_id)
    return one.due_on <= (shown.span.last_day if shown else days_over(reach.known)[1])


def _is_paid_here(reach: Reach, one: CoachingSession) -> bool:
    first, last = days_over(reach.known)
    return first <= one.held_on <= last


def _counted(reach: Reach) -> dict[int, int]:
    """By session of those shown, as their figures count it."""
    spans = [one.span for one in reach.shown.values()]
    return {id: minutes for own in tallies.coached(reach.books, spans) for id, minutes in own.items()}


def _credited(held: Iterable[CoachingSession]) -> dict[int, int]:
    given = [
        HeldSession(one.id, one.coach_id, one.learner_id, one.held_on, one.minutes, one.commitment)
        for one in held
    ]
    return {credit.session.session_id: credit.minutes for credit in credited(given)}


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def effects(reach: Reach) -> list[tuple[Role, Effect]]:
    """Of the learners shown, for those who may see whether coaching works."""
    teams = {one.rep.team_id for one in reach.shown.values()}
    if not all(may(reach.viewer, Right.SEE_EFFECT, Subject(team_ids=frozenset((team,)))) for team in teams):
        return []
    found = coached.effects_of_coaching(reach.books, as_of=reach.as_of, learners=reach.shown.keys())
    return [(one.role, one.effect) for one in found]
