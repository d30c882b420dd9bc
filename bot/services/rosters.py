"""Who is in which team and role on a day."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from bot.services.remembered import once
from storage.queries import people
from storage.tables import Membership, Person, Team


def on(session: Session, workspace_id: int, day: date) -> Sequence[tuple[Person, Membership, Team]]:
    """Everybody, by name."""
    return once(session, ("roster", workspace_id, day), lambda: people.members_on(session, workspace_id, day))
