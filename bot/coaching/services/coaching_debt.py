"""Who has gone too long without coaching: told to the manager first."""

from collections.abc import Mapping
from datetime import date, timedelta

from bot.coaching.domain.plans import Uncoached
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.core.session_cache import read_once
from bot.people.domain.someone import Someone
from storage.books import Books
from storage.queries.coaching import sessions
from storage.queries.people import members as people
from storage.queries.people import people as people_queries

DEBT_DAYS = range(7, 366)
MOST_GAP = 2.0


@read_once
def limit(books: Books) -> int:
    """Days without coaching after which a manager is told."""
    return sessions.coaching_rules_of(books).debt_days


def set_limit(books: Books, days: int) -> None:
    if days not in DEBT_DAYS:
        raise BadInput(_("Please give a number of days from 7 to 365: `/scorecard coaching 28`."))
    rules = sessions.coaching_rules_of(books)
    rules.debt_days = days
    books.session.add(rules)


def set_least_gap(books: Books, text: str) -> float:
    """How many standard deviations below its role's middle a figure is before it is worth a coach's four weeks."""
    try:
        gap = float(text.replace(",", "."))
    except ValueError:
        gap = -1.0
    if not 0 <= gap <= MOST_GAP:
        raise BadInput(_("Please give a number from 0 to 2: `/scorecard coaching gap 0.5`."))
    rules = sessions.coaching_rules_of(books)
    rules.least_gap = gap
    books.session.add(rules)
    return gap


def newly_owed(books: Books, reps: Mapping[int, Someone], day: date) -> tuple[Uncoached, ...]:
    """Who has come to be owed in the week up to a day: nobody is told of the same person every week."""
    before = {one.person.id for one in owed(books, reps, day - timedelta(weeks=1))}
    return tuple(one for one in owed(books, reps, day) if one.person.id not in before)


@read_once
def has_begun(books: Books, day: date) -> bool:
    """Whether anybody in the workspace has met within the limit: else coaching has not begun, or has stopped."""
    since = day - timedelta(days=limit(books))
    return sessions.is_any_since(books, since)


def owed(books: Books, reps: Mapping[int, Someone], day: date) -> tuple[Uncoached, ...]:
    """Of these reps, as of a day: those who want coaching, have been here as long, and had none; the longest first.

    Nobody, where coaching has not begun.
    """
    since = day - timedelta(days=limit(books))
    if not has_begun(books, day):
        return ()
    last = sessions.last_as_learner(books, reps.keys(), day)
    new = people_queries.began_after(books, reps.keys(), since)
    found = [
        Uncoached(reps[person.id], (day - last[person.id]).days if person.id in last else None)
        for person in people.by_ids(books, reps.keys())
        if person.wants_coaching and person.id not in new and last.get(person.id, date.min) < since
    ]
    return tuple(sorted(found, key=lambda one: (one.days is not None, -(one.days or 0), one.person.name)))
