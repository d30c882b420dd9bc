"""What a person decides about coaching for themselves."""

from collections import defaultdict
from collections.abc import Collection

from bot.calendar.wallclock import local_date
from bot.coaching.domain import topics
from bot.coaching.domain.plans import Choices
from bot.core.enums import Metric
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.people.services import teams
from bot.people.services.teams import Floor
from storage.books import Books
from storage.queries.coaching import coaches
from storage.queries.people import members as queries
from storage.tables import Person

CAPACITIES = range(1, 11)
"""Learners a week that a coach can offer to take."""


def offers(books: Books) -> dict[int, frozenset[Metric]]:
    """What those coaches help with who have named topics."""
    named: dict[int, list[str]] = defaultdict(list)
    for person, topic in coaches.topics_of_all(books):
        named[person].append(topic)
    return {person: topics.metrics_of(told) for person, told in named.items()}


def choices(books: Books, person_id: int) -> Choices:
    person = _person(books, person_id)
    return Choices(
        person.willing and bool(queries.teams_on(books, person_id, books.now.date())),
        person.coach_capacity,
        person.wants_coaching,
        person.named_publicly,
        tuple(coaches.topics_of(books, person_id)),
    )


def offer(
    books: Books, person_id: int, *, capacity: int | None, topics: Collection[str] | None = None
) -> None:
    """Coach others from the next pairs on; what is None stays as it was, and one learner at least is taken.

    Topics that are given replace those before; without any, a coach helps with whatever they are strong in.
    """
    if capacity is not None and capacity not in CAPACITIES:
        raise BadInput(_("Please say how many learners a week, from 1 to 10: `/coach on 2`."))
    person = _person(books, person_id)
    person.willing, person.coach_capacity = True, capacity or max(person.coach_capacity, 1)
    if topics is not None:
        coaches.replace_topics(books, person_id, topics)


def who_offers(books: Books, topic: str, floor: Floor, *, in_public: bool = False) -> list[str]:
    """Names of the floor's willing coaches who offer the topic; `in_public`, of those who let themselves be named."""
    offering = {person_id for person_id, offered in coaches.topics_of_all(books) if offered == topic}
    held = teams.roster_on(books, local_date(books.now, floor.zone))
    names = {
        person.id: person.name
        for person, _membership, team in held
        if person.willing
        and person.id in offering
        and (person.named_publicly or not in_public)
        and floor.id in (None, team.id)
    }
    return sorted(names.values())


def withdraw(books: Books, person_id: int) -> None:
    """Coach nobody from the next pairs on; what was agreed for this week stands."""
    _person(books, person_id).willing = False


def learn(books: Books, person_id: int, *, wants: bool) -> None:
    _person(books, person_id).wants_coaching = wants


def be_named(books: Books, person_id: int, *, named: bool) -> None:
    _person(books, person_id).named_publicly = named


def _person(books: Books, person_id: int) -> Person:
    [person] = queries.by_ids(books, [person_id])
    return person
