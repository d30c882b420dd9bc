"""`/scorecard targets` and `/scorecard weights`: what is to be reached, and what a score is made of."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from slack_bolt import App
from slack_sdk.models.views import View as Modal

from bot.blocks.ids import Input, View
from bot.core.enums import AuditAct, Metric, OutboxKind, Role
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.delivery import outbox
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import Message
from bot.people.domain import access
from bot.people.domain.access import Right, Subject
from bot.people.services import audit_log, members, people, teams
from bot.people.services.members import Member
from bot.people.services.teams import Floor
from bot.scorecards.domain import command
from bot.scorecards.domain.aims import targets as rules
from bot.scorecards.domain.money.goals import Owner
from bot.scorecards.services import rankings, targets, weights
from bot.scorecards.views import targets as views
from handlers.common import forms
from handlers.common.asker import Scene, scene
from handlers.common.heard import Submission, submitted
from handlers.scorecards import goals
from handlers.scorecards.scorecard import Request


def register(app: App, _inbox: Inbox) -> None:
    app.view(View.ROLE_TARGETS)(submitted(set_for_role))
    app.view(View.REP_TARGETS)(submitted(set_for_rep))
    app.view(View.WEIGHTS)(submitted(propose_weights))
    app.view(View.WEIGHTS_PREVIEW)(submitted(confirm_weights))


def open_targets(request: Request) -> None:
    role = command.role_of(request.asked.rest)
    if not (role or request.asked.slack_user):
        raise BadInput(views.whose())
    with request.reading() as books:
        here = scene(books, request.slack_user)
        if request.asked.slack_user:
            view = _rep_form(here, here.mentioned(request.asked.slack_user))
        elif role:
            view = role_form(here, role)
    request.ack()
    request.client.views_open(trigger_id=request.body["trigger_id"], view=view)


def open_weights(request: Request) -> None:
    role = command.role_of(request.asked.rest)
    if role is None:
        raise BadInput(views.whose())
    with request.reading() as books:
        here = scene(books, request.slack_user)
        access.require(here.viewer, Right.SET_WEIGHTS)
        view = views.weights_form(role, weights.on(books.of(here.workspace_id), role, here.today))
    request.ack()
    request.client.views_open(trigger_id=request.body["trigger_id"], view=view)


def set_for_role(sent: Submission) -> None:
    role = Role(sent.metadata)
    with sent.writing() as books:
        here = scene(books, sent.slack_user)
        whose, from_day = _whose(here, role), _from_day(sent.view, here)
        wanted, before = _targets(sent.view), _of_role(here, role, whose, from_day)
        changed = targets.change(
            books, role, wanted, from_day=from_day, team_ids=[one.id for one in whose if one.id]
        )
        floor = teams.led(books, here.member)
        goal, new_goal = goals.put(here, floor, sent.view, role, _goal_owners(whose, role))
        change = ", ".join(part for part in (views.change(before, wanted), new_goal) if part)
        if change:
            _note(here, f"targets of {role}: {change}", teams=whose)
            _tell_leads(here, role, whose, views.told_targets(here.member.name, role, change))
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
        goal, new_goal = goals.put(here, floor, sent.view, role, [Owner(person_id=rep.id)])
        change = ", ".join(part for part in (views.change(before, wanted), new_goal) if part)
        if change:
            _note(here, f"targets: {change}", rep)
        told = views.saved(changed, from_day, here.reads, goal)
    sent.ack(response_action="update", view=told)


def propose_weights(sent: Submission) -> None:
    """Kept, but not counting, so that what is looked at is what is let count."""
    role = Role(sent.metadata)
    with sent.writing() as books:
        here = scene(books, sent.slack_user)
        access.require(here.viewer, Right.SET_WEIGHTS)
        given = {metric: rules.number(metric, typed) for metric, typed in _typed(sent.view).items() if typed}
        proposed = weights.propose(books, role, given)
        shown = _preview(here, proposed)
    sent.ack(response_action="update", view=shown)


def confirm_weights(sent: Submission) -> None:
    proposed = sent.id
    with sent.writing() as books:
        here = scene(books, sent.slack_user)
        access.require(here.viewer, Right.SET_WEIGHTS)
        role, shares = weights.proposal(books, proposed)
        change = views.reweighed(weights.on(books, role, here.today), shares)
        if weights.confirm(books, proposed, today=here.today):
            _note(here, f"weights of {role}: {change}")
            _tell_leads(here, role, [], views.told_weights(here.member.name, role, change))
    sent.ack(response_action="update", view=views.weighed(role))


def _rep_form(here: Scene, rep: Member) -> Modal:
    floor = here.require(Right.SET_TARGETS, rep)
    role = _role(here, rep)
    return views.rep_form(
        rep.id,
        rep.name,
        role,
        targets.own(here.books, role, rep.id, here.today),
        targets.on(here.books, role, here.today, team_id=floor.id),
        goals.asked(here, floor, role, Owner(person_id=rep.id)),
        from_day=_quarter(here, floor),
    )


def role_form(here: Scene, role: Role) -> Modal:
    """Raises NotAllowed for anybody who leads nobody of that role."""
    whose, floor = _whose(here, role), teams.led(here.books, here.member)
    return views.role_form(
        role,
        [one.name for one in whose],
        _of_role(here, role, whose, here.today),
        targets.suggested(here.books, role),
        goals.asked(here, floor, role, _goal_owners(whose, role)[0]),
        from_day=_quarter(here, floor),
    )


def _preview(here: Scene, proposed: int) -> Modal:
    """The names of last month in the asker's team of that role; an admin without one sees everybody's."""
    role, shares = weights.proposal(here.books, proposed)
    floor = _floor_with(here, role)
    month = here.period("last-month", floor)
    now, then = (
        rankings.board_of(
            here.books, role, month, as_of=here.now, team_id=floor.id, public=True, weights=used
        )
        for used in (None, shares)
    )
    return views.preview(proposed, now, then, here.reads)


def _whose(here: Scene, role: Role) -> list[Floor]:
    """The teams for whose role the asker sets targets: those they lead; none for an admin, who sets every team's."""
    having = targets.teams_with(here.books, role, here.today)
    access.require(here.viewer, Right.SET_TARGETS, Subject(team_ids=having))
    return [] if here.viewer.is_admin else teams.among(here.books, having & here.viewer.managed_team_ids)


def _goal_owners(whose: Sequence[Floor], role: Role) -> list[Owner]:
    """Each of these teams; none: the role in every team."""
    return [Owner(role=role, team_id=one.id) for one in whose] or [Owner(role=role)]


def _of_role(here: Scene, role: Role, whose: Sequence[Floor], day: date) -> dict[Metric, float]:
    """What is in force for them; where they lead several teams, for the first."""
    return targets.on(here.books, role, day, team_id=whose[0].id if whose else None)


def _floor_with(here: Scene, role: Role) -> Floor:
    having = targets.teams_with(here.books, role, here.today)
    led = teams.led(here.books, here.member)
    if led.id in having:
        return led
    mine = teams.among(here.books, having & here.viewer.managed_team_ids)
    return mine[0] if mine else teams.everywhere(here.books)


def _tell_leads(here: Scene, role: Role, whose: Sequence[Floor], text: str) -> None:
    """Everybody else who leads one of these teams (none: any team that has the role) hears of it."""
    concerned = {one.id for one in whose} or targets.teams_with(here.books, role, here.today)
    leads = {
        lead.id: lead for team_id in concerned if team_id for lead in members.managers_of(here.books, team_id)
    }
    for lead in leads.values():
        if lead.id != here.member.id and lead.slack_user_id:
            outbox.put(here.books, Message(OutboxKind.NOTICE, text, person_id=lead.id))


def _note(here: Scene, what: str, rep: Member | None = None, *, teams: Sequence[Floor] = ()) -> None:
    for team_id in [one.id for one in teams] or [None]:
        audit_log.note(
            here.books,
            here.member.id,
            AuditAct.SET,
            whom_id=rep.id if rep else None,
            team_id=team_id,
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
    return {metric: rules.read(metric, typed) for metric, typed in _typed(view).items()}


def _typed(view: dict[str, Any]) -> dict[Metric, str]:
    """What was typed beside each metric; blank where nothing was."""
    values: dict[str, dict[str, Any]] = view["state"]["values"]
    asked_for = {block: inputs[Input.GOAL] for block, inputs in values.items() if Input.GOAL in inputs}
    return {Metric(block): str(given.get("value") or "").strip() for block, given in asked_for.items()}
