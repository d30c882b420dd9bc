"""Who is meant: the workspace's people, loaded once a file, and those that only the file knows."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.calls.domain.agents import spelt
from bot.core.enums import Role
from bot.core.errors import BadInput
from bot.tabular import cells
from bot.tabular.line import Cell
from bot.tabular.mapping import Newcomers
from storage.books import Books
from storage.queries.calls import agents
from storage.queries.people import people
from storage.tables import EVER, Membership, Person, Team

_MOST_AGENTS = 100_000
_ROLES = {"sdr": Role.SDR, "ae": Role.AE, "am": Role.AM}
"""What people become who are named in a column of one role."""


@dataclass(slots=True)
class Stint:
    started_on: date
    ended_on: date | None
    zone: ZoneInfo
    role: Role

    def covers(self, day: date) -> bool:
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)


@dataclass(slots=True)
class Known:
    """A person of the roster. A negative id: a newcomer, who is stored with the first row that speaks of them."""

    id: int
    name: str
    email: str | None
    zone: ZoneInfo
    """Where the person has never had a team."""
    role: Role = Role.AE
    """What a newcomer becomes; means nothing for anybody else."""
    stints: list[Stint] = field(default_factory=list)
    """From the first day to the last."""

    def zone_on(self, day: date) -> ZoneInfo:
        """The zone of the team on that day, else of the last team."""
        if not self.stints:
            return self.zone
        return next(
            (stint.zone for stint in reversed(self.stints) if stint.covers(day)), self.stints[-1].zone
        )


class Roster:
    def __init__(
        self,
        session: Session,
        workspace_id: int,
        *,
        now: datetime,
        zone: ZoneInfo,
        newcomers: Newcomers | None,
        said: ZoneInfo | None = None,
    ) -> None:
        """`zone` is that of people who have no team, and of teams that the import makes.

        `said` is the zone that the map gives the file's instants, which then is everybody's.
        """
        zone = said or zone
        self.workspace_id, self.now = workspace_id, now
        self.zone = zone
        self._newcomers = newcomers
        self._last_newcomer = 0
        self._by_id: dict[int, Known] = {}
        self._by_email: dict[str, Known] = {}
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        """In small letters."""
        books = Books(session, workspace_id, now)
        self.arrived: list[Known] = []
        """Newcomers that have been stored."""
        team = people.team_named(books, newcomers.team) if newcomers else None
        self._newcomers_zone = said or (ZoneInfo(team.time_zone) if team else zone)
        self._read(books, said)

    def _read(self, books: Books, said: ZoneInfo | None) -> None:
        for person in people.everybody(books):
            self._know(Known(person.id, person.name, person.email, self.zone))
        # who joins while this is being read is not of it: PostgreSQL shows each question what was stored until then
        for email, person_id in people.former_emails(books):
            if person_id in self._by_id:
                self._by_email.setdefault(email, self._by_id[person_id])
        named = agents.named(books, limit=_MOST_AGENTS)
        self._by_agent = {
            (row.source, row.account, row.agent): row.person_id
            for row, _ in named
            if row.person_id in self._by_id
        }
        for held, team in people.memberships(books):
            stint = Stint(held.started_on, held.ended_on, said or ZoneInfo(team.time_zone), held.role)
            if held.person_id in self._by_id:
                self._by_id[held.person_id].stints.append(stint)

    def zone_on(self, _: date) -> ZoneInfo:
        """The zone of rows that speak of nobody."""
        return self.zone

    def __getitem__(self, person_id: int) -> Known:
        """Newcomers answer to their first id also when they have been stored."""
        return self._by_id[person_id]

    def by_email(self, email: str) -> Known | None:
        return self._by_email.get(email)

    def by_agent(self, source: str, account: str, agent: str) -> Known | None:
        """Whom somebody has said a source's extension, number or id is."""
        keys = ((source.lower(), one, spelt(agent)) for one in (account, ""))
        person_id = next((found for key in keys if (found := self._by_agent.get(key))), None)
        return self._by_id.get(person_id) if person_id else None

    def named(self, email_cell: Cell, name_cell: Cell, prefix: str) -> Known:
        """The person of `rep_email`, else of `rep_name`; raises BadInput for nobody and for several."""
        said, name = cells.text(email_cell), cells.name(name_cell)
        if not said and not name:
            raise BadInput(f"{prefix}_email is empty.")
        email = cells.email(said) if said else None
        known = self.by_email(email) if email else self.of_name(name)
        return known or self._newcomer(name or str(email).partition("@")[0], email, prefix)

    def of_name(self, name: str) -> Known | None:
        """Who is spelt exactly so, else so in small and capital letters; raises BadInput for several."""
        called = self._by_name.get(name.casefold(), [])
        found = [one for one in called if one.name == name] or called
        if len(found) > 1:
            raise BadInput(f"Several people are called {name}; use an email.")
        return found[0] if found else None

    def _newcomer(self, name: str, email: str | None, prefix: str) -> Known:
        if self._newcomers is None:
            raise BadInput(
                f"{email or name} is not in the roster; import the reps first, or write [create] reps in the map."
            )
        role = _ROLES.get(prefix) or self._newcomers.role
        if role is None:
            raise BadInput(
                f"{email or name} is not in the roster, and [create] reps in the map says no role for them."
            )
        self._last_newcomer -= 1
        return self._know(Known(self._last_newcomer, name, email, self._newcomers_zone, role))

    def _know(self, known: Known) -> Known:
        self._by_id[known.id] = known
        self._by_name[known.name.casefold()].append(known)
        if known.email:
            self._by_email[known.email] = known
        return known

    def settle(self, session: Session, ids: Collection[int]) -> dict[int, int]:
        """Stores the newcomers among the ids; their ids from now on, by those they had."""
        arrived = sorted({one for one in ids if one < 0}, reverse=True)
        if not arrived or self._newcomers is None:
            return {}
        team = team_named(Books(session, self.workspace_id, self.now), self._newcomers.team, zone=self.zone)
        return {one: self._settle(session, self._by_id[one], team) for one in arrived}

    def _settle(self, session: Session, known: Known, team: Team) -> int:
        person = Person(workspace_id=self.workspace_id, name=known.name, email=known.email, welcome_due=True)
        session.add(person)
        session.flush()
        session.add(
            Membership(
                workspace_id=self.workspace_id,
                person_id=person.id,
                team_id=team.id,
                role=known.role,
                started_on=EVER,
            )
        )
        known.id = person.id
        self._by_id[person.id] = known
        self.arrived.append(known)
        return person.id


def team_named(books: Books, name: str, *, zone: ZoneInfo) -> Team:
    """The team; one that nobody has heard of is made, in the zone given."""
    known = people.team_named(books, name)
    if known:
        return known
    team = Team(workspace_id=books.workspace_id, name=name, time_zone=zone.key)
    books.session.add(team)
    books.session.flush()
    return team
