"""What a person decides about coaching for themselves."""

from collections.abc import Collection

from sqlmodel import Session

from bot.domain.plans import Choices
from bot.errors import BadInput
from bot.language import gettext as _
from storage.queries import coach_topics
from storage.queries import members as queries
from storage.tables import Person

CAPACITIES = range(1, 11)
"""Learners a week that a coach can offer to take."""


def choices(session: Session, workspace_id: int, person_id: int) -> Choices:
    person = _person(session, workspace_id, person_id)
    return Choices(
        person.willing,
        person.coach_capacity,
        person.wants_coaching,
        person.named_publicly,
        tuple(coach_topics.of(session, workspace_id, person_id)),
    )


def offer(
    session: Session,
    workspace_id: int,
    person_id: int,
    *,
    capacity: int | None,
    topics: Collection[str] | None = None,
) -> None:
    """Coach others from the next pairs on; what is None stays as it was, and one learner at least is taken.

    Topics that are given replace those before; without any, a coach helps with whatever they are strong in.
    """
    if capacity is not None and capacity not in CAPACITIES:
        raise BadInput(_("Please say how many learners a week, from 1 to 10: `/coach on 2`."))
    person = _person(session, workspace_id, person_id)
    person.willing, person.coach_capacity = True, capacity or max(person.coach_capacity, 1)
    if topics is not None:
        coach_topics.replace(session, workspace_id, person_id, topics)


def withdraw(session: Session, workspace_id: int, person_id: int) -> None:
    """Coach nobody from the next pairs on; what was agreed for this week stands."""
    _person(session, workspace_id, person_id).willing = False


def learn(session: Session, workspace_id: int, person_id: int, *, wants: bool) -> None:
    _person(session, workspace_id, person_id).wants_coaching = wants


def be_named(session: Session, workspace_id: int, person_id: int, *, named: bool) -> None:
    _person(session, workspace_id, person_id).named_publicly = named


def _person(session: Session, workspace_id: int, person_id: int) -> Person:
    [person] = queries.by_ids(session, workspace_id, [person_id])
    return person
