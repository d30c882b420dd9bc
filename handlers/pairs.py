"""`/scorecard pairs`: a manager previews the pairs of the week to come, and pins, blocks, swaps or lets go."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.clock import Clock
from bot.domain import access
from bot.domain.access import Action as Act
from bot.domain.access import Subject
from bot.domain.plans import PairingPlan
from bot.errors import BadInput
from bot.inbox import Inbox
from bot.language import gettext as _
from bot.services import floors, pair_wishes, pairings
from bot.services.floors import Floor
from bot.services.pair_wishes import Couple
from bot.views import pairs as views
from bot.views.ids import Action, Input, View
from handlers import forms, scorecard
from handlers.later import answering
from handlers.scene import Scene, scene
from handlers.scorecard import Request
from storage.database import Database


def register(app: App, _inbox: Inbox) -> None:
    scorecard.VERBS["pairs"] = preview
    app.action(Action.PAIR_CHANGE)(open_form_on)
    app.action(Action.PAIR_WISH)(open_form)
    app.action(Action.REMOVE_WISH)(remove)
    app.view(View.PAIR_WISH)(submit)


def preview(request: Request) -> None:
    """The plan with its values and reasons; making it may take longer than Slack waits."""
    with request.db.read() as session:
        here = scene(session, request.workspace_id, request.slack_user, request.now)
        floor = _asked_team(here, request.asked.rest)
    request.ack()
    with request.db.read() as session:
        here = scene(session, request.workspace_id, request.slack_user, request.now)
        plan = _plan(here, _id(floor))
        wishes = [
            (one.id, views.wish(is_pin=one.is_pin, coach=one.coach, learner=one.learner, by=one.by))
            for one in pair_wishes.standing(session, plan, now=request.now)
        ]
    words = views.preview(plan, floor.name, wishes, here.reads)
    answering(request)(text=words.text, blocks=words.blocks, response_type="ephemeral")


def open_form_on(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    """About one learner."""
    with db.read() as session:
        here = scene(session, workspace_id, str(body["user"]["id"]), clock())
        learner = here.person(int(action["value"]))
        floor = here.require(Act.MANAGE_PAIRS, learner)
        view = _form(here, _id(floor), learner.id)
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=view)


def open_form(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    """About a team."""
    with db.read() as session:
        here = scene(session, workspace_id, str(body["user"]["id"]), clock())
        view = _form(here, _leads(here, int(action["value"])), None)
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=view)


def submit(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    with db.begin() as session:
        here = scene(session, workspace_id, str(body["user"]["id"]), clock())
        team_id = _leads(here, int(view["private_metadata"]))
        match forms.choice(view, Input.WISH):
            case views.SWAP:
                lines = _swap(here, team_id, view)
            case way:
                lines = _pin_or_block(here, team_id, view, is_pin=way == views.PIN)
    ack(response_action="update", view=views.saved(lines))


def remove(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    respond: Respond,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    wish_id = int(action["value"])
    with db.begin() as session:
        here = scene(session, workspace_id, str(body["user"]["id"]), clock())
        about = pair_wishes.team_of(session, workspace_id, wish_id, now=here.now)
        access.require(here.viewer, Act.MANAGE_PAIRS, about)
        pair_wishes.remove(session, workspace_id, wish_id)
    ack()
    respond(text=views.removed(), response_type="ephemeral", replace_original=False)


def _swap(here: Scene, team_id: int, view: forms.Entered) -> list[str]:
    learner, other = _picked(view, Input.LEARNER), _picked(view, Input.OTHER)
    made = pair_wishes.swap(
        here.session,
        here.workspace_id,
        _plan(here, team_id),
        here.member,
        learner,
        other,
        now=here.now,
    )
    return _told(here, made)


def _pin_or_block(here: Scene, team_id: int, view: forms.Entered, *, is_pin: bool) -> list[str]:
    couple = pair_wishes.couple(
        here.session,
        here.workspace_id,
        here.member,
        team_id,
        _week(here, team_id),
        _picked(view, Input.COACH),
        _picked(view, Input.LEARNER),
        now=here.now,
    )
    if is_pin:
        pair_wishes.pin(here.session, here.workspace_id, couple, now=here.now)
        return _told(here, [couple])
    pair_wishes.block(here.session, here.workspace_id, couple, now=here.now)
    return [views.blocked(couple.coach.name, couple.learner.name)]


def _told(here: Scene, made: Sequence[Couple]) -> list[str]:
    return [views.pinned(one.coach.name, one.learner.name, one.week, here.reads) for one in made]


def _picked(view: forms.Entered, name: Input) -> int:
    chosen = forms.choice(view, name)
    if not chosen:
        raise BadInput(_("Please choose somebody here."), field=name)
    return int(chosen)


def _form(here: Scene, team_id: int, learner_id: int | None) -> Any:
    """Raises BadInput where nobody coaches."""
    may_coach, may_learn = pairings.sides(here.session, here.workspace_id, team_id, _week(here, team_id))
    if not may_coach or not may_learn:
        raise BadInput(views.nobody_coaches())
    chosen = next((one for one in may_learn if one.id == learner_id), None)
    return views.form(team_id, may_coach, may_learn, chosen)


def _plan(here: Scene, team_id: int) -> PairingPlan:
    week = _week(here, team_id)
    return pairings.propose(here.session, here.workspace_id, team_id, week, as_of=here.now)


def _week(here: Scene, team_id: int) -> date:
    return pairings.upcoming(here.session, here.workspace_id, team_id, now=here.now)


def _asked_team(here: Scene, asked: str) -> Floor:
    """The team named, else the one that the asker leads; raises unless they may change its pairs."""
    if asked:
        floor = floors.named(here.session, here.workspace_id, asked)
    else:
        floor = floors.led(here.session, here.workspace_id, here.member, now=here.now)
    access.require(here.viewer, Act.MANAGE_PAIRS, floor.subject)
    return floor


def _id(floor: Floor) -> int:
    if floor.id is None:
        raise BadInput(_("Which team? Write `/scorecard pairs` and the team's name."))
    return floor.id


def _leads(here: Scene, team_id: int) -> int:
    access.require(here.viewer, Act.MANAGE_PAIRS, Subject(team_ids=frozenset({team_id})))
    return team_id
