"""`/scorecard targets` and `/scorecard weights`: what is to be reached, and what a score is made of."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from slack_bolt import Ack, App
from slack_sdk.models.views import View as Modal

from bot.clock import Clock
from bot.domain import access, asked
from bot.domain import targets as rules
from bot.domain.access import Action as Act
from bot.errors import BadInput, NotFound
from bot.inbox import Inbox
from bot.language import gettext as _
from bot.services import audit, floors, people, rankings, targets, weights
from bot.services.floors import Floor
from bot.services.members import Member
from bot.views import targets as views
from bot.views.ids import Input, View
from bot.words import AuditAct, Metric, Role
from handlers import forms, scorecard
from handlers.scene import Scene, scene
from handlers.scorecard import Request
from storage.database import Database


def register(app: App, _inbox: Inbox) -> None:
    scorecard.VERBS["targets"] = open_targets
    scorecard.VERBS["weights"] = open_weights
    app.view(View.ROLE_TARGETS)(set_for_role)
    app.view(View.REP_TARGETS)(set_for_rep)
    app.view(View.WEIGHTS)(propose_weights)
    app.view(View.WEIGHTS_PREVIEW)(confirm_weights)


def open_targets(request: Request) -> None:
    role = asked.role_of(request.asked.rest)
    if not (role or request.asked.slack_user):
        raise BadInput(views.whose())
    with request.db.read() as session:
        here = scene(session, request.workspace_id, request.slack_user, request.now)
        if request.asked.slack_user:
            view = _rep_form(here, here.mentioned(request.asked.slack_user))
        elif role:
            view = role_form(here, role)
    request.ack()
    request.client.views_open(trigger_id=request.body["trigger_id"], view=view)


def open_weights(request: Request) -> None:
    role = asked.role_of(request.asked.rest)
    if role is None:
        raise BadInput(views.whose())
    with request.db.read() as session:
        here = scene(session, request.workspace_id, request.slack_user, request.now)
        _require_leads(here, role)
        view = views.weights_form(role, weights.on(session, here.workspace_id, role, here.today))
    request.ack()
    request.client.views_open(trigger_id=request.body["trigger_id"], view=view)


def set_for_role(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    role = Role(view["private_metadata"])
    with db.begin() as session:
        here = scene(session, workspace_id, body["user"]["id"], clock())
        _require_leads(here, role)
        from_day = _from_day(view, here)
        changed = targets.change(session, workspace_id, role, _targets(view), from_day=from_day)
        _note(here, f"targets of {role}")
        told = views.saved(changed, from_day, here.reads)
    ack(response_action="update", view=told)


def set_for_rep(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    with db.begin() as session:
        here = scene(session, workspace_id, body["user"]["id"], clock())
        rep = here.person(int(view["private_metadata"]))
        here.require(Act.SET_TARGETS, rep)
        from_day = _from_day(view, here)
        changed = targets.change(
            session, workspace_id, _role(here, rep), _targets(view), from_day=from_day, person_id=rep.id
        )
        _note(here, "targets", rep)
        told = views.saved(changed, from_day, here.reads)
    ack(response_action="update", view=told)


def propose_weights(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    """Kept, but not counting, so that what is looked at is what is let count."""
    role = Role(view["private_metadata"])
    with db.begin() as session:
        here = scene(session, workspace_id, body["user"]["id"], clock())
        _require_leads(here, role)
        given = {metric: rules.number(metric, typed) for metric, typed in _typed(view).items() if typed}
        proposed = weights.propose(session, workspace_id, role, given)
        shown = _preview(here, proposed)
    ack(response_action="update", view=shown)


def confirm_weights(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    proposed = int(view["private_metadata"])
    with db.begin() as session:
        here = scene(session, workspace_id, body["user"]["id"], clock())
        role, _shares = weights.proposal(session, workspace_id, proposed)
        _require_leads(here, role)
        weights.confirm(session, workspace_id, proposed, today=here.today)
        _note(here, f"weights of {role}")
    ack(response_action="update", view=views.weighed(role))


def _rep_form(here: Scene, rep: Member) -> Modal:
    floor = here.require(Act.SET_TARGETS, rep)
    role = _role(here, rep)
    return views.rep_form(
        rep.id,
        rep.name,
        role,
        targets.own(here.session, here.workspace_id, role, rep.id, here.today),
        targets.on(here.session, here.workspace_id, role, here.today),
        from_day=_quarter(here, floor),
    )


def role_form(here: Scene, role: Role) -> Modal:
    """Raises NotAllowed for anybody who leads nobody of that role."""
    _require_leads(here, role)
    return views.role_form(
        role,
        targets.on(here.session, here.workspace_id, role, here.today),
        targets.suggested(here.session, here.workspace_id, role, now=here.now),
        from_day=_quarter(here, floors.led(here.session, here.workspace_id, here.member, now=here.now)),
    )


def _preview(here: Scene, proposed: int) -> Modal:
    """The names of last month in the asker's team of that role; an admin without one sees everybody's."""
    role, shares = weights.proposal(here.session, here.workspace_id, proposed)
    floor = _floor_with(here, role)
    month = here.period("last-month", floor)
    now, then = (
        rankings.of(
            here.session,
            here.workspace_id,
            role,
            month,
            as_of=here.now,
            team_id=floor.id,
            public=True,
            weights=used,
        )
        for used in (None, shares)
    )
    return views.preview(proposed, now, then, here.reads)


def _floor_with(here: Scene, role: Role) -> Floor:
    teams = targets.teams_with(here.session, here.workspace_id, role, here.today).team_ids
    led = floors.led(here.session, here.workspace_id, here.member, now=here.now)
    if led.id in teams:
        return led
    mine = floors.among(here.session, here.workspace_id, teams & here.viewer.managed_team_ids)
    return mine[0] if mine else floors.everywhere(here.session, here.workspace_id)


def _require_leads(here: Scene, role: Role) -> None:
    subject = targets.teams_with(here.session, here.workspace_id, role, here.today)
    access.require(here.viewer, Act.SET_TARGETS, subject)


def _note(here: Scene, what: str, rep: Member | None = None) -> None:
    audit.note(
        here.session,
        here.workspace_id,
        here.member.id,
        AuditAct.SET,
        now=here.now,
        whom_id=rep.id if rep else None,
        what=what,
    )


def _role(here: Scene, rep: Member) -> Role:
    place = people.place_on(here.session, here.workspace_id, rep.id, here.today)
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
