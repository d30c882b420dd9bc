"""Days on which somebody is away, said in advance."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from bot.domain.leave import Days
from bot.errors import BadInput, NotFound
from bot.language import gettext as _
from storage.queries import leave as queries
from storage.queries import members
from storage.tables import Leave


@dataclass(frozen=True, slots=True)
class Away:
    id: int
    person_id: int
    days: Days


def ahead(session: Session, workspace_id: int, person_id: int, today: date) -> list[Away]:
    """What has not ended, in order."""
    rows = members.leave_of(session, workspace_id, person_id, since=today)
    return sorted((_away(row) for row in rows), key=lambda away: away.days.first)


def add(session: Session, workspace_id: int, person_id: int, days: Days) -> None:
    """Raises BadInput where it overlaps leave that is known already."""
    for known in ahead(session, workspace_id, person_id, days.first):
        if known.days.first <= days.last:
            raise BadInput(
                _("That overlaps the leave from {first} to {last}. Take that back first.").format(
                    first=known.days.first, last=known.days.last
                )
            )
    session.add(
        Leave(workspace_id=workspace_id, person_id=person_id, first_day=days.first, last_day=days.last)
    )
    session.flush()


def find(session: Session, workspace_id: int, leave_id: int) -> Away:
    """Raises NotFound."""
    row = queries.by_id(session, workspace_id, leave_id)
    if row is None:
        raise NotFound(_("That leave was taken back already."))
    return _away(row)


def take_back(session: Session, workspace_id: int, leave_id: int, *, today: date) -> None:
    """Leave that runs ends yesterday; days that are past stay leave."""
    row = queries.by_id(session, workspace_id, leave_id)
    if row is None or row.last_day < today:
        raise NotFound(_("That leave is over, or was taken back already."))
    if row.first_day >= today:
        session.delete(row)
    else:
        row.last_day = today.fromordinal(today.toordinal() - 1)
    session.flush()


def _away(row: Leave) -> Away:
    return Away(row.id, row.person_id, Days(row.first_day, row.last_day))
