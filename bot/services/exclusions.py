""" "Never pair me with": each person's own confidential list, which only they ever see."""

from datetime import datetime

from sqlmodel import Session

from bot.errors import BadInput, NotFound
from bot.language import gettext as _
from storage.queries import members
from storage.queries import wishes as queries
from storage.queries.inbox import insert_once
from storage.tables import PairWish, WishKind


def add(session: Session, workspace_id: int, person_id: int, other_id: int, *, now: datetime) -> None:
    """From the next pairs on the two are not paired, whoever would coach; saying it twice is saying it once."""
    if person_id == other_id:
        raise BadInput(_("You are never paired with yourself."))
    insert_once(
        session,
        PairWish(
            workspace_id=workspace_id,
            kind=WishKind.EXCLUSION,
            coach_id=person_id,
            learner_id=other_id,
            said_by_id=person_id,
            said_at=now,
        ),
    )


def take_back(session: Session, workspace_id: int, person_id: int, other_id: int) -> None:
    """Raises NotFound where the person never said so; what the other said stays, and stays unknown."""
    said = queries.exclusions_of(session, workspace_id, person_id)
    found = [wish for wish in said if wish.learner_id == other_id]
    if not found:
        raise NotFound(_("That person is not on your list. `/coach never` shows it."))
    for wish in found:
        session.delete(wish)


def names(session: Session, workspace_id: int, person_id: int) -> list[str]:
    """Whom the person is never paired with, by their own word."""
    others = [wish.learner_id for wish in queries.exclusions_of(session, workspace_id, person_id)]
    return sorted(person.name for person in members.by_ids(session, workspace_id, others))
