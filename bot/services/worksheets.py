"""What a learner notes before a meeting, for the two of them to read."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.errors import NotAllowed
from bot.language import gettext as _
from bot.services import pair_answers
from bot.services.pair_answers import KeptPair
from storage.queries import meetings as queries
from storage.tables import Worksheet


@dataclass(frozen=True, slots=True)
class Notes:
    worked: str = ""
    did_not: str = ""
    will_try: str = ""


def of_pair(session: Session, workspace_id: int, pairing_id: int) -> Notes:
    """Blank while nothing is written."""
    row = queries.worksheet(session, workspace_id, pairing_id)
    return Notes(row.worked, row.did_not, row.will_try) if row else Notes()


def write(
    session: Session, workspace_id: int, person_id: int, pairing_id: int, given: Notes, *, now: datetime
) -> tuple[KeptPair, str | None]:
    """Keep it, anew as often as the learner likes; with the pair comes the group message it goes to, if there is one.

    Raises NotAllowed for the coach, NotFound for a stranger.
    """
    pair = pair_answers.of(session, workspace_id, person_id, pairing_id, now=now)
    if pair.i_coach:
        raise NotAllowed(_("The worksheet is the learner's to write; you read it as soon as it is there."))
    row = queries.worksheet(session, workspace_id, pairing_id) or Worksheet(
        workspace_id=workspace_id, pairing_id=pairing_id, written_at=now
    )
    row.worked, row.did_not, row.will_try, row.written_at = given.worked, given.did_not, given.will_try, now
    session.add(row)
    meeting = queries.of_pair(session, workspace_id, pair.id, pair.coach.id)
    return pair, meeting.channel if meeting else None
