"""`/scorecard targets`: what is to be reached."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from slack_bolt import App
from slack_sdk.models.views import View as Modal

from bot.blocks.ids import Input, View
from bot.core.enums import AuditAct, Metric, OutboxKind, Role
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import Message
from bot.delivery.services import notices
from bot.people.domain import access
from bot.people.domain.access import Right, Subject
from bot.people.services import audit_log, members, people, teams
from bot.people.services.members import Member
from bot.people.services.teams import Floor
from bot.scorecards.domain import command
from bot.scorecards.domain import targets as rules
from bot.scorecards.domain.money import Owner
from bot.scorecards.services import targets
from bot.scorecards.views import targets as views
from handlers.common import forms
from handlers.common.asker import Scene, scene
from handlers.common.heard import Submission, submitted
from handlers.common.opening import form
from handlers.scorecards import goals
from handlers.scorecards.scorecard import Request


def register(app: App, _inbox: Inbox) -> None:
    app.view(View.ROLE_TARGETS)(submitted(set_for_role))
    app.view(View.REP_TARGETS)(submitted(set_for_rep))


def open_targets(request: Request) -> None:
    """Of a rep; of a role in the teams that the asker leads, of every team for an admin; of a role in one team."""
    word, _blank, team = request.asked.rest.partition(" ")
    role = command.role_of(word)
    if not (role or request.asked.slack_user):
        raise BadInput(views.whose())
    with form(request) as opening, request.reading() as books:
        here = scene(books, request.slack_user)
        if request.asked.slack_user:
            opening.show(_rep_form(here, here.mentioned(request.asked.slack_user)))
        elif role:
            opening.show(role_form(here, role, teams.named(books, team).id if team.strip() else None))


def set_for_role(sent: Submission) -> None:
    asked, _blank, team = sent.metadata.partition(" ")
    role = Role(asked)
    with sent.writing() as books:
        here = scene(books, sent.slack_user)
        whose, from_day = _whose(here, role, int(team) if team else None), _from_day(sent.view, here)
        wanted = _targets(sent.view)
        floor = whose[0] if whose else teams.led(books, here.member)
        goal, new_goal = goals.put(here, floor, sent.view, role, _goal_owners(whose, role))
        concerned: Sequence[Floor | None] = whose or [None]
        for one in concerned:
            _note_targets(here, role, one, wanted, from_day, new_goal)
        changed = targets.change(
            books, role, wanted, from_day=from_day, team_ids=[one.id for one in whose if one.id]
        )
        told = views.saved(changed, from_day, here.reads, goal)
    sent.ack(response_action="update", view=told)


def set_for_rep(sent: Submission) -> None:
    with sent.writing() as books:
        here = scene(books, sent.slack_user)
        rep = here.person(sent.id)
        floor = here.require(Right.SET_TARGETS, rep)
        role, from_day, wanted = _role(here, rep), _from_day(sent.view, here), _targets(sent.view)
        before = targets.own(books, role, rep.id, from_day)
        changed = targets.change(books, role, wanted, from_day=from_day, person_id=rep.id)
        goal, _new = goals.put(here, floor, sent.view, role, [Owner(person_id=rep.id)])
        if change := views.change(before, wanted):
            note(here, f"targets: {change}", rep=rep)
            _tell(here, rep, views.told_own(here.member.name, change))
        told = views.saved(changed, from_day, here.reads, goal)
    sent.ack(response_action="update", view=told)


def _rep_form(here: Scene, rep: Member) -> Modal:
    floor = here.require(Right.SET_TARGETS, rep)
    role = _role(here, rep)
    return views.rep_form(
        rep.id,
        rep.name,
        role,
        targets.own(here.books, role, rep.id, here.today),
        targets.targets_on(here.books, role, here.today, team_id=floor.id),
        goals.asked(here, floor, role, Owner(person_id=rep.id)),
        from_day=_quarter(here, floor),
    )


def role_form(here: Scene, role: Role, team_id: int | None = None) -> Modal:
    """Raises NotAllowed for anybody who leads nobody of that role, or not that team."""
    whose = _whose(here, role, team_id)
    floor = whose[0] if whose else teams.led(here.books, here.member)
    return views.role_form(
        role if team_id is None else f"{role} {team_id}",
        role,
        [one.name for one in whose],
        _of_role(here, role, whose, here.today),
        targets.suggested(here.books, role),
        goals.asked(here, floor, role, _goal_owners(whose, role)[0]),
        from_day=_quarter(here, floor),
    )


def _whose(here: Scene, role: Role, team_id: int | None) -> list[Floor]:
    """The teams for whose role the asker sets targets: the one they name, else those they lead.

    None for an admin who names none: they set every team's.
    """
    if team_id is not None:
        access.require(here.viewer, Right.SET_TARGETS, Subject(team_ids=frozenset({team_id})))
        return teams.among(here.books, {team_id})
    having = targets.teams_with(here.books, role, here.today)
    access.require(here.viewer, Right.SET_TARGETS, Subject(team_ids=having))
    return [] if here.viewer.is_admin else teams.among(here.books, having & here.viewer.managed_team_ids)


def _goal_owners(whose: Sequence[Floor], role: Role) -> list[Owner]:
    """Each of these teams; none: the role in every team."""
    return [Owner(role=role, team_id=one.id) for one in whose] or [Owner(role=role)]


def _of_role(here: Scene, role: Role, whose: Sequence[Floor], day: date) -> dict[Metric, float]:
    """What is in force for them; where they lead several teams, for the first."""
    return targets.targets_on(here.books, role, day, team_id=whose[0].id if whose else None)


def _note_targets(
    here: Scene,
    role: Role,
    floor: Floor | None,
    wanted: Mapping[Metric, float | None],
    from_day: date,
    new_goal: str,
) -> None:
    """What is about to change for a team (None: every team): into the log, and to who leads it."""
    before = targets.targets_on(here.books, role, from_day, team_id=floor.id if floor else None)
    change = views.change(before, wanted)
    if change:
        note(here, f"targets of {role}: {change}", floor=floor)
    concerned = {floor.id} if floor else targets.teams_with(here.books, role, here.today)
    for team_id in sorted(id for id in concerned if id):
        own = frozenset[Metric]() if floor else targets.own_of_team(here.books, role, team_id, from_day)
        changed = views.change(before, {one: value for one, value in wanted.items() if one not in own})
        if changed:
            _tell_reps(here, role, team_id, views.told_reps(here.member.name, role, changed))
        if told := ", ".join(part for part in (changed, new_goal) if part):
            tell_leads(here, role, {team_id}, views.told_targets(here.member.name, role, told))


def tell_leads(here: Scene, role: Role, concerned: Collection[int] | None, text: str) -> None:
    """Everybody else who leads the teams (None: any team that has the role) hears of it, while they work."""
    if concerned is None:
        concerned = targets.teams_with(here.books, role, here.today)
    leads = {lead.id: lead for team_id in concerned for lead in members.managers_of(here.books, team_id)}
    for lead in leads.values():
        _tell(here, lead, text)


def _tell_reps(here: Scene, role: Role, team_id: int, text: str) -> None:
    """Whoever is to reach it hears of it too."""
    for someone, place in people.roster(here.books, here.today):
        if place.team_id == team_id and place.role is role:
            _tell(here, members.member(here.books, someone.id), text)


def _tell(here: Scene, person: Member, text: str) -> None:
    if person.id != here.member.id and person.slack_user_id:
        notices.tell(here.books, person, Message(OutboxKind.NOTICE, text, person_id=person.id))


def note(here: Scene, what: str, *, rep: Member | None = None, floor: Floor | None = None) -> None:
    audit_log.note(
        here.books,
        here.member.id,
        AuditAct.SET,
        whom_id=rep.id if rep else None,
        team_id=floor.id if floor else None,
        what=what,
    )


def _role(here: Scene, rep: Member) -> Role:
    place = people.place_on(here.books, rep.id, here.today)
    if place is None:
        raise NotFound(_("That person has no role today, so there is nothing to aim at."))
    return place.role


def _quarter(here: Scene, floor: Floor) -> date:
    """The first day of the running quarter, from which targets count unless another day is picked."""
    return here.period("quarter", floor).dates()[0]


def _from_day(view: dict[str, Any], here: Scene) -> date:
    return forms.day(view, Input.FROM_DAY) or here.today


def _targets(view: dict[str, Any]) -> Mapping[Metric, float | None]:
    return {metric: rules.read(metric, typed) for metric, typed in typed(view).items()}


def typed(view: dict[str, Any]) -> dict[Metric, str]:
    """What was typed beside each metric; blank where nothing was."""
    values: dict[str, dict[str, Any]] = view["state"]["values"]
    asked_for = {block: inputs[Input.GOAL] for block, inputs in values.items() if Input.GOAL in inputs}
    return {Metric(block): str(given.get("value") or "").strip() for block, given in asked_for.items()}
