"""Debrief memory: a rep who picks the same thing to work on week after week is told so, with what has helped others."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.calendar.wallclock import local_date, start_of_day
from bot.debriefs.domain import topics as rules
from bot.debriefs.domain.topics import Habit
from bot.debriefs.services import stories
from bot.people.services.members import Member
from storage.books import Books, insert_once
from storage.queries.debriefs import stories as queries
from storage.tables import HabitTold


def noticed(books: Books, rep: Member, tags: Iterable[str], *, call_started: datetime) -> Habit | None:
    """What to tell the rep about the tags of a debrief just written; claimed, so that it is told once."""
    week = _monday(call_started, rep)
    first = week - timedelta(weeks=rules.LOOKED_BACK)
    since = start_of_day(first, rep.zone)
    chosen = _by_tag(
        (tag, _monday(started_at, rep)) for tag, started_at in queries.chosen(books, rep.id, since=since)
    )
    told = _by_tag((row.tag, row.week) for row in queries.told(books, rep.id, since=first))
    found = rules.habit(chosen, told, week=week, now_chosen=tuple(tags))
    if found is None:
        return None
    claim = HabitTold(workspace_id=books.workspace_id, person_id=rep.id, tag=found.tag, week=week)
    if not insert_once(books.session, claim):
        return None
    return replace(found, stories=tuple(stories.winning(books, rep, found.tag)))


def lately(books: Books, person_id: int) -> list[str]:
    """The tags that the rep picked in the last weeks, the latest first."""
    since = books.now - timedelta(weeks=rules.LOOKED_BACK)
    chosen = sorted(queries.chosen(books, person_id, since=since), key=lambda one: one[1], reverse=True)
    return list(dict.fromkeys(tag for tag, _at in chosen))


def _monday(instant: datetime, rep: Member) -> date:
    """Of the week that the instant falls in, by the rep's wall."""
    day = local_date(instant, rep.zone)
    return day - timedelta(days=day.weekday())


def _by_tag(pairs: Iterable[tuple[str, date]]) -> dict[str, set[date]]:
    found: dict[str, set[date]] = defaultdict(set)
    for tag, week in pairs:
        found[tag].add(week)
    return found
