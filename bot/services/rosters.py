"""Who is in which team and role on a day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlmodel import Session

from bot.services.remembered import once
from storage.queries import people
from storage.tables import Membership, Person, Team

Held = tuple[Person, Membership, Team]


def on(session: Session, workspace_id: int, day: date) -> Sequence[Held]:
    """Everybody, by name."""
    return once(session, ("roster", workspace_id, day), lambda: people.members_on(session, workspace_id, day))


def by_team(session: Session, workspace_id: int, day: date) -> Mapping[int, Sequence[Held]]:
    """The same by the team's id."""

    def read() -> Mapping[int, Sequence[Held]]:
        found: dict[int, list[Held]] = defaultdict(list)
        for held in on(session, workspace_id, day):
            found[held[2].id].append(held)
        return found

    return once(session, ("roster by team", workspace_id, day), read)
