"""What a learner notes before a meeting, for the two of them to read."""

from dataclasses import dataclass

from bot.coaching.services import pair_answers
from bot.coaching.services.pair_answers import KeptPair
from bot.core.errors import BadInput, NotAllowed
from bot.core.i18n import gettext as _
from storage.books import Books
from storage.queries.coaching import meetings as queries
from storage.tables import Worksheet


@dataclass(frozen=True, slots=True)
class Notes:
    worked: str = ""
    did_not: str = ""
    will_try: str = ""


def of_pair(books: Books, pairing_id: int) -> Notes:
    """Blank while nothing is written."""
    row = queries.worksheet(books, pairing_id)
    return Notes(row.worked, row.did_not, row.will_try) if row else Notes()


def write(books: Books, person_id: int, pairing_id: int, given: Notes) -> tuple[KeptPair, str | None]:
    """Keep it, anew as often as the learner likes; with the pair comes the group message it goes to, if there is one.

    Raises NotAllowed for the coach, NotFound for a stranger, BadInput for one without a word.
    """
    pair = pair_answers.kept_pair(books, person_id, pairing_id)
    if pair.i_coach:
        raise NotAllowed(_("The worksheet is the learner's to write; you read it as soon as it is there."))
    if given == Notes():
        sentence = _("Write a line in any of them, or close the form: an empty page says nothing.")
        raise BadInput(sentence, field="what_worked")
    row = queries.worksheet(books, pairing_id) or Worksheet(
        workspace_id=books.workspace_id, pairing_id=pairing_id, written_at=books.now
    )
    row.worked, row.did_not, row.will_try, row.written_at = (
        given.worked,
        given.did_not,
        given.will_try,
        books.now,
    )
    books.session.add(row)
    meeting = queries.of_pair(books, pair.id, pair.coach.id)
    return pair, meeting.channel if meeting else None
