"""Who is on the roster, and what changes there: by itself, as Slack tells, and by hand."""

from typing import Any

from slack_bolt import Ack, App

from bot import outbox
from bot.clock import Clock
from bot.domain import access
from bot.domain.access import Action as Act
from bot.domain.access import Subject
from bot.errors import BadInput, NotFound
from bot.inbox import Event, Inbox
from bot.language import gettext as _
from bot.outbox import Message
from bot.services import enrolment, floors, keepers, people, roster
from bot.services.members import Member
from bot.services.roster import Left
from bot.views import privacy as privacy_views
from bot.views import roster as views
from bot.views.ids import Input, View
from bot.views.reader import reader
from bot.words import OutboxKind, Role
from handlers import forms, scorecard
from handlers.configuring import note
from handlers.scene import Scene, scene
from handlers.scorecard import Request
from storage.database import Database, Session


def register(app: App, inbox: Inbox) -> None:
    inbox.on("user_change", changed)
    scorecard.VERBS["roster"] = show
    app.view(View.ROSTER)(save)


def changed(session: Session, event: Event) -> None:
    """Somebody's zone, locale or name changed, or they left or joined Slack."""
    user = event.body["event"]["user"]
    left = roster.heard_of(session, event.workspace_id, user, now=event.worked_at)
    if left is not None:
        _tell_admins(session, event, left)


def show(request: Request) -> None:
    """The team's list; of somebody mentioned, the form."""
    if request.asked.slack_user:
        _open_form(request, request.asked.slack_user)
        return
    with request.db.read() as session:
        here = scene(session, request.workspace_id, request.slack_user, request.now)
        if request.asked.rest:
            floor = floors.named(session, request.workspace_id, request.asked.rest)
        else:
            floor = floors.led(session, request.workspace_id, here.member, now=request.now)
        access.require(here.viewer, Act.MANAGE_ROSTER, floor.subject)
        mates = enrolment.teammates(session, request.workspace_id, floor.id, here.today)
    blocks, text = views.listed(floor.name, mates)
    request.ack(blocks=blocks, text=text)


def save(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    wanted, team_id = forms.choice(view, Input.ROLE), int(forms.choice(view, Input.TEAM))
    role = None if wanted == views.GONE else Role(wanted)
    from_day = forms.day(view, Input.FROM_DAY)
    if from_day is None:
        raise BadInput(_("Please pick a day."), field=Input.FROM_DAY)
    with db.begin() as session:
        here = scene(session, workspace_id, body["user"]["id"], clock())
        person = here.person(int(view["private_metadata"]))
        _require(here, person)
        team = _team_of_theirs(here, team_id)
        if role is None:
            enrolment.end(session, workspace_id, person.id, last_day=enrolment.day_before(from_day))
        else:
            enrolment.change(session, workspace_id, person.id, team_id=team_id, role=role, from_day=from_day)
        note(here, "role and team", whom_id=person.id)
        told = views.saved(person.name, team, role, from_day, here.reads)
    ack(response_action="update", view=told)


def _open_form(request: Request, slack_user: str) -> None:
    with request.db.read() as session:
        here = scene(session, request.workspace_id, request.slack_user, request.now)
        person = here.mentioned(slack_user)
        _require(here, person)
        place = people.place_on(session, request.workspace_id, person.id, here.today)
        teams = _teams(here)
        held = place.team_id if place else teams[0][0]
        view = views.form(person.id, person.name, teams, held, place.role if place else Role.SDR, here.today)
    request.ack()
    request.client.views_open(trigger_id=request.body["trigger_id"], view=view)


def _require(here: Scene, person: Member) -> None:
    """Their manager or an admin, whatever team they are in today."""
    place = people.place_on(here.session, here.workspace_id, person.id, here.today)
    teams = frozenset({place.team_id}) if place else frozenset()
    access.require(here.viewer, Act.MANAGE_ROSTER, Subject(team_ids=teams))


def _teams(here: Scene) -> list[tuple[int, str]]:
    """Those that the asker may put somebody into."""
    found = [
        (floor.id, floor.name)
        for floor in floors.every(here.session, here.workspace_id)
        if floor.id is not None and access.may(here.viewer, Act.MANAGE_ROSTER, floor.subject)
    ]
    if not found:
        raise NotFound(_("There is no team yet. An admin makes one with `/scorecard setup`."))
    return found


def _team_of_theirs(here: Scene, team_id: int) -> str:
    """Its name; a team that is not offered is one that does not exist."""
    name = dict(_teams(here)).get(team_id)
    if name is None:
        raise BadInput(_("There is no such team."), field=Input.TEAM)
    return name


def _tell_admins(session: Session, event: Event, left: Left) -> None:
    for admin in keepers.admins(session, event.workspace_id, now=event.worked_at):
        reads = reader(admin.locale, admin.zone)
        text, blocks = privacy_views.left(left.name, left.erasure.begins_at, left.erasure.id, reads)
        message = Message(OutboxKind.NOTICE, text, blocks, person_id=admin.id)
        outbox.put(session, event.workspace_id, message, now=event.worked_at)
