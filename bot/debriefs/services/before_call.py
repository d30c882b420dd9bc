"""Before a call: how a rep and some people left off, and what is on the rep's plate."""

from bot.core.enums import Resolved
from bot.debriefs.domain.last_time import Agenda, LeftOff, is_meant, same_people
from bot.debriefs.services import next_steps
from bot.debriefs.services.debriefs import answer_of
from bot.debriefs.services.last_time import LOOKED_BACK
from bot.people.services.members import Member
from storage.books import Books
from storage.queries.debriefs import debriefs as queries
from storage.tables import Call, Debrief

MOST_MEANT = 3
"""Different people that one name may mean."""
MOST_TO_SHOW = 5


def left_off_with(books: Books, rep: Member, words: str) -> list[LeftOff]:
    """The latest with each of the people whom the words may mean, the latest first."""
    found = [
        (debrief, call)
        for debrief, call in _latest(books, rep)
        if is_meant(words, call.contact, call.company)
    ]
    return [_left_off(books, debrief, call) for debrief, call in found[:MOST_MEANT]]


def agenda(books: Books, rep: Member) -> Agenda:
    open_ones = [
        (debrief, call)
        for debrief, call in _latest(books, rep)
        if debrief.measure.strip() and debrief.resolved in (None, Resolved.NOT_NOW)
    ]
    return Agenda(
        due=tuple(next_steps.due(books, rep)),
        coming=tuple(next_steps.coming(books, rep)),
        to_show=tuple(_left_off(books, debrief, call) for debrief, call in open_ones[:MOST_TO_SHOW]),
    )


def _latest(books: Books, rep: Member) -> list[tuple[Debrief, Call]]:
    """The last debrief with each of the rep's people; who is not named is nobody."""
    kept: list[tuple[Debrief, Call]] = []
    for debrief, call in queries.written_before(books, rep.id, books.now, limit=LOOKED_BACK):
        if not (call.contact.strip() or call.company.strip()):
            continue
        if not any(
            same_people(call.contact, call.company, other.contact, other.company) for _debrief, other in kept
        ):
            kept.append((debrief, call))
    return kept


def _left_off(books: Books, debrief: Debrief, call: Call) -> LeftOff:
    answer = answer_of(books, debrief)
    return LeftOff(call.contact, call.company, debrief.call_started_at, answer, debrief.resolved)
