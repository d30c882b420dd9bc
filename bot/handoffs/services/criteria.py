"""Qualification checklists: what is in force for whom, what changes in it, and who is to hear of that."""

from collections import defaultdict
from datetime import timedelta

from bot.calendar.wallclock import local_date
from bot.core.enums import CriterionKind, Role
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.handoffs.domain import checklist as rules
from bot.handoffs.domain.checklist import Change, Criterion
from bot.people.domain import access
from bot.people.domain.access import Right, Subject, Viewer
from bot.people.services import members, teams
from bot.people.services.members import Member
from storage.books import Books
from storage.queries import handoffs as queries
from storage.tables import Criterion as Row

CALM = timedelta(minutes=10)
"""Nobody hears of a change before the checklist has rested so long: five new lines are one message."""


def checklist(books: Books) -> list[Criterion]:
    """The criteria in force, every team's first."""
    return [criterion_of(row) for row in queries.checklist(books)]


def asked_of(books: Books, sender: Member) -> list[Criterion]:
    """What a lead of this SDR is judged by."""
    return rules.asked_of(checklist(books), _teams_of(books, sender))


def seen_by(books: Books, reader: Member, viewer: Viewer) -> list[Criterion]:
    """Those of the teams that somebody is in or leads; an admin sees all."""
    if viewer.is_admin:
        return checklist(books)
    return rules.asked_of(checklist(books), viewer.managed_team_ids | _teams_of(books, reader))


def may_change(viewer: Viewer, team_id: int | None) -> bool:
    return access.may(viewer, Right.SET_CHECKLIST, _whose(team_id))


def changeable(books: Books, viewer: Viewer) -> list[tuple[int | None, str]]:
    """Whose checklist somebody may add to: teams by name, and first, without an id, every team's."""
    offered = [(None, _("Every team")), *((team.id, team.name) for team in teams.every(books))]
    return [(team_id, name) for team_id, name in offered if may_change(viewer, team_id)]


def require_editor(viewer: Viewer) -> None:
    """Raises NotAllowed for who leads no team and is no admin."""
    access.require(viewer, Right.SET_CHECKLIST, Subject(team_ids=viewer.managed_team_ids))


def add(books: Books, viewer: Viewer, draft: Criterion) -> None:
    """In force from now on; raises BadInput for the first field to be mended, NotAllowed for others' checklists."""
    access.require(viewer, Right.SET_CHECKLIST, _whose(draft.team_id))
    if draft.team_id is not None and not teams.among(books, [draft.team_id]):
        raise NotFound(_("That team is gone."))
    rows = queries.checklist(books)
    for field, sentence in rules.check(draft, in_force=[criterion_of(row) for row in rows]).items():
        raise BadInput(sentence, field=field)
    books.session.add(
        Row(
            workspace_id=books.workspace_id,
            team_id=draft.team_id,
            name=draft.name,
            kind=draft.kind,
            bound=draft.bound if draft.kind in rules.BOUNDED_BELOW else None,
            most=draft.most if draft.kind in rules.BOUNDED_ABOVE else None,
            before=draft.before if draft.kind is CriterionKind.DATE_BEFORE else None,
            choices="\n".join(draft.choices) if draft.kind in rules.LISTED else "",
            required=draft.required,
            position=max((row.position for row in rows), default=0) + 1,
            added_at=books.now,
        )
    )
    books.session.flush()


def retire(books: Books, viewer: Viewer, criterion_id: int) -> None:
    """Asked no more from now on; leads that were judged by it keep it. Retired twice is retired once."""
    rows = queries.criteria(books, [criterion_id])
    if not rows:
        raise NotFound(_("That criterion is gone."))
    access.require(viewer, Right.SET_CHECKLIST, _whose(rows[0].team_id))
    rows[0].retired_at = rows[0].retired_at or books.now
    books.session.flush()


def is_any_untold(books: Books) -> bool:
    """Whether anybody may have something to hear: looking takes no write lock."""
    return bool(queries.criteria_untold(books))


def take_changes(books: Books) -> list[tuple[Member, Change]]:
    """What each SDR and manager is to hear now that the checklist has rested; claimed, it is to be said."""
    rows = queries.criteria_untold(books)
    if not rows or books.now < max(row.retired_at or row.added_at for row in rows) + CALM:
        return []
    came: dict[int | None, list[Criterion]] = defaultdict(list)
    went: dict[int | None, list[Criterion]] = defaultdict(list)
    for row in rows:
        (came if row.retired_at is None else went)[row.team_id].append(criterion_of(row))
        row.told_at = books.now
    told = []
    for person_id, team_ids in _concerned(books).items():
        asked = (None, *sorted(team_ids))
        change = Change(
            tuple(one for team_id in asked for one in came[team_id]),
            tuple(one for team_id in asked for one in went[team_id]),
        )
        if change.came or change.went:
            told.append((members.member(books, person_id), change))
    return told


def criterion_of(row: Row) -> Criterion:
    return Criterion(
        id=row.id,
        name=row.name,
        kind=row.kind,
        bound=row.bound,
        choices=tuple(row.choices.splitlines()),
        required=row.required,
        team_id=row.team_id,
        most=row.most,
        before=row.before,
    )


def _concerned(books: Books) -> dict[int, set[int]]:
    """By person the teams: SDRs, whose leads are judged, and who leads them; those whom Slack knows."""
    held = teams.roster_on(books, books.now.date())
    selling = {team.id for _person, membership, team in held if membership.role is Role.SDR}
    concerned: dict[int, set[int]] = defaultdict(set)
    for person, membership, team in held:
        if person.slack_user_id and team.id in selling and membership.role in (Role.SDR, Role.MANAGER):
            concerned[person.id].add(team.id)
    return concerned


def _teams_of(books: Books, member: Member) -> frozenset[int]:
    held = teams.roster_on(books, local_date(books.now, member.zone))
    return frozenset(membership.team_id for person, membership, _team in held if person.id == member.id)


def _whose(team_id: int | None) -> Subject:
    return Subject(team_ids=frozenset(() if team_id is None else {team_id}))
