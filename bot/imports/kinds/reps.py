"""The roster: people, their teams and roles, and who leads them. One piece, for its rows refer to each other."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import partial
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.calendar.wallclock import local_date
from bot.core.enums import Role
from bot.core.errors import BadInput
from bot.imports.kinds.kind import Column, Entry, Fate, Kind, Task
from bot.imports.kinds.stints import Place, Stints
from bot.imports.services.roster import team_named
from bot.tabular import cells
from storage.books import Books
from storage.queries.people import people
from storage.tables import EVER, Person

_PERSONAL = ("name", "email", "slack_user_id", "time_zone", "willing", "coach_capacity")
_MOST_LEARNERS = 50

KIND = Kind(
    table=Person,
    key=(),
    columns=(
        Column("email", "email", cells.email),
        Column("name", "name", cells.person, required=True),
        Column("role", "role", cells.word(Role), required=True),
        Column("team", "team", cells.name, required=True),
        Column("slack_user_id", "slack_user_id", cells.text),
        Column("manager_email", "manager_email", cells.email),
        Column("manager_name", "manager_name", cells.person),
        Column("time_zone", "time_zone", cells.zone_name),
        Column("started_on", "started_on", cells.day),
        Column("ended_on", "ended_on", cells.day),
        Column("coach", "willing", cells.yes_no),
        Column("coach_capacity", "coach_capacity", cells.whole(0, _MOST_LEARNERS)),
    ),
    blank_says_nothing=True,
)


@dataclass(slots=True)
class _Book:
    """Everybody the roster and the file know, by what a row may call them."""

    by_email: dict[str, Person] = field(default_factory=dict)
    by_slack_id: dict[str, Person] = field(default_factory=dict)
    by_name: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))

    def note(self, person: Person, *, name: str, email: str | None, slack_id: str | None) -> None:
        if email:
            self.by_email[email] = person
        if slack_id:
            self.by_slack_id[slack_id] = person
        if all(known is not person for known in self.by_name[name]):
            self.by_name[name].append(person)

    def of(self, email: str | None, name: str) -> Person | None:
        """By the email, else by the name; who was known by name alone may be given an email."""
        if email and email in self.by_email:
            return self.by_email[email]
        emails = self.by_email.values()
        called = self.by_name[name]
        if email:
            called = [person for person in called if all(other is not person for other in emails)]
        if len(called) > 1:
            raise BadInput(f"Several people are called {name}; use an email.")
        return called[0] if called else None


def run(session: Session, task: Task, entries: Sequence[Entry]) -> None:
    """Decides the fate of every row, and writes those that stand."""
    enrolment = _Enrolment(session, task)
    for entry in entries:
        enrolment.attempt(entry, enrolment.identify)
    enrolment.refuse_unled(entries)
    enrolment.write([entry for entry in entries if entry.stands])


class _Enrolment:
    def __init__(self, session: Session, task: Task) -> None:
        self.session = session
        self.task = task
        self.book = _Book()
        self.stored = people.everybody(Books(session, task.workspace_id, self.task.now))
        for person in self.stored:
            self.book.note(person, name=person.name, email=person.email, slack_id=person.slack_user_id)
        by_id = {person.id: person for person in self.stored}
        for email, person_id in people.former_emails(Books(session, task.workspace_id, self.task.now)):
            self.book.by_email.setdefault(email, by_id[person_id])
        memberships = people.memberships(Books(session, task.workspace_id, self.task.now))
        self.stints = Stints(task.workspace_id, [stint for stint, _ in memberships])
        self.teams = {
            team.name: team for team in people.teams(Books(session, task.workspace_id, self.task.now))
        }
        self.persons: dict[int, Person] = {}
        """By the line that speaks of them."""

    def attempt(self, entry: Entry, step: Callable[[Entry], None]) -> None:
        if not entry.stands:
            return
        try:
            step(entry)
        except BadInput as error:
            entry.refuse(str(error))

    def identify(self, entry: Entry) -> None:
        row = entry.given
        if row.get("ended_on") and row["ended_on"] < row.get("started_on", EVER):
            raise BadInput(f"ended_on, {row['ended_on']}, comes before started_on, {row['started_on']}.")
        email, name, slack_id = row.get("email"), row["name"], row.get("slack_user_id")
        person = self.book.of(email, name) or Person(
            workspace_id=self.task.workspace_id, name=name, email=email, welcome_due=True
        )
        if slack_id and self.book.by_slack_id.get(slack_id, person) is not person:
            raise BadInput(f"The Slack user {slack_id} is somebody else in the roster.")
        if email and person.email and email != person.email:
            row["email"] = person.email  # the file knows a former one
        self.book.note(person, name=name, email=email, slack_id=slack_id)
        self.persons[entry.line] = person

    def refuse_unled(self, entries: Sequence[Entry]) -> None:
        """A manager must be in the roster or stand in the file; refusing one row may leave another without."""
        known = {id(person) for person in self.stored}
        while True:
            standing = [entry for entry in entries if entry.stands]
            led = known | {id(self.persons[entry.line]) for entry in standing}
            for entry in standing:
                self.attempt(entry, partial(self._require_manager, led=led))
            if not any(entry.refusal for entry in standing):
                return

    def _require_manager(self, entry: Entry, *, led: Collection[int]) -> None:
        named = entry.given.get("manager_email") or entry.given.get("manager_name")
        manager = self._manager(entry)
        if named and (manager is None or id(manager) not in led):
            raise BadInput(f"The manager {named} is neither in the roster nor in this file.")

    def _manager(self, entry: Entry) -> Person | None:
        email, name = entry.given.get("manager_email"), entry.given.get("manager_name")
        return self.book.of(email, name or "") if email or name else None

    def write(self, entries: Sequence[Entry]) -> None:
        unknown = self._add_people(entries)
        places = self._places(entries)
        for entry in entries:
            is_new = id(self.persons[entry.line]) in unknown
            unknown.discard(id(self.persons[entry.line]))
            self.attempt(entry, partial(self._enter, places=places, is_new=is_new))
        for person_id in places:
            self.stints.close_earlier(person_id)
        self.session.add_all(self.stints.new)

    def _add_people(self, entries: Sequence[Entry]) -> set[int]:
        known = {id(person) for person in self.stored}
        persons = {
            id(person): person for entry in entries if id(person := self.persons[entry.line]) not in known
        }
        self.session.add_all(persons.values())
        self.session.flush()
        return set(persons)

    def _places(self, entries: Sequence[Entry]) -> dict[int, set[Place]]:
        """All places that the file names for a person, and the teams it names made."""
        places: dict[int, set[Place]] = defaultdict(set)
        for entry in entries:
            name = entry.given["team"]
            if name not in self.teams:
                zone = self.task.roster.zone
                self.teams[name] = team_named(
                    Books(self.session, self.task.workspace_id, self.task.now), name, zone=zone
                )
            places[self.persons[entry.line].id].add((self.teams[name].id, entry.given["role"]))
        return places

    def _enter(self, entry: Entry, *, places: dict[int, set[Place]], is_new: bool) -> None:
        person, row = self.persons[entry.line], entry.given
        team = self.teams[row["team"]]
        today = local_date(self.task.now, ZoneInfo(team.time_zone))
        before, begun = self._state(person), len(self.stints.new)
        self.stints.enter(
            person.id,
            (team.id, row["role"]),
            row.get("started_on"),
            row.get("ended_on"),
            today=today,
            named=places[person.id],
        )
        is_new = is_new or len(self.stints.new) > begun
        if manager := self._manager(entry):
            self.stints.lead(manager.id, team.id, today=today)
        for field_name in _PERSONAL:
            setattr(person, field_name, row.get(field_name, getattr(person, field_name)))
        changed = len(self.stints.new) > begun or self._state(person) != before
        entry.fate = Fate.ADDED if is_new else Fate.UPDATED if changed else Fate.UNCHANGED

    def _state(self, person: Person) -> tuple[object, ...]:
        return *(getattr(person, name) for name in _PERSONAL), *self.stints.dates_of(person.id)
