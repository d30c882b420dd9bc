""" "Never pair me with": each person's own confidential list, which only they ever see."""

from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from storage.books import Books
from storage.insert_once import insert_once
from storage.queries.coaching import pair_wishes as queries
from storage.queries.people import members
from storage.tables import PairWish, WishKind


def add(books: Books, person_id: int, other_id: int) -> None:
    """From the next pairs on the two are not paired, whoever would coach; saying it twice is saying it once."""
    if person_id == other_id:
        raise BadInput(_("You are never paired with yourself."))
    insert_once(
        books.session,
        PairWish(
            workspace_id=books.workspace_id,
            kind=WishKind.EXCLUSION,
            coach_id=person_id,
            learner_id=other_id,
            said_by_id=person_id,
            said_at=books.now,
        ),
    )


def take_back(books: Books, person_id: int, other_id: int) -> None:
    """Raises NotFound where the person never said so; what the other said stays, and stays unknown."""
    said = queries.exclusions_of(books, person_id)
    found = [wish for wish in said if wish.learner_id == other_id]
    if not found:
        raise NotFound(_("That person is not on your list. `/coach never` shows it."))
    for wish in found:
        books.session.delete(wish)


def names(books: Books, person_id: int) -> list[str]:
    """Whom the person is never paired with, by their own word."""
    others = [wish.learner_id for wish in queries.exclusions_of(books, person_id)]
    return sorted(person.name for person in members.by_ids(books, others))
