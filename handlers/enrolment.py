"""People put on the roster from Slack, and what they are there."""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot import directory, outbox
from bot.clock import Clock
from bot.errors import BadInput
from bot.inbox import Inbox
from bot.language import gettext as _
from bot.outbox import Message
from bot.services import enrolment
from bot.views import enrolment as views
from bot.views.ids import Action, Input, View
from bot.words import OutboxKind, Role
from handlers import forms
from handlers.configuring import admin, note
from handlers.scene import Scene
from storage.database import Database


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.SETUP_PEOPLE)(open_people)
    app.action(Action.SETUP_ROLES)(open_roles)
    app.view(View.SETUP_PEOPLE)(add_people)
    app.view(View.SETUP_ROLES)(save_roles)


def open_people(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    with db.read() as session:
        admin(session, workspace_id, body["user"]["id"], clock())
        team = enrolment.team(session, workspace_id, int(action["value"]))
    ack()
    view = views.people_form(team.id, team.name, directory.user_groups(client))
    client.views_open(trigger_id=body["trigger_id"], view=view)


def add_people(
    ack: Ack,
    body: dict[str, Any],
    view: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    """Slack is asked for the people after the answer: that may take longer than it waits."""
    team_id, role = int(view["private_metadata"]), Role(forms.choice(view, Input.ROLE))
    picked, channel = forms.people(view, Input.PEOPLE), forms.conversation(view, Input.CHANNEL)
    group = forms.choice(view, Input.GROUP)
    if not (picked or channel or group):
        raise BadInput(_("Please pick somebody."), field=Input.PEOPLE)
    with db.read() as session:
        here = admin(session, workspace_id, body["user"]["id"], clock())
        team = enrolment.team(session, workspace_id, team_id)
    ack(response_action="update", view=views.adding())
    users = directory.users(client, picked, channel=channel, group=group)
    with db.begin() as session:
        again = admin(session, workspace_id, body["user"]["id"], clock())
        enrolled = enrolment.enrol(session, workspace_id, users, team_id, role, today=again.today)
        note(again, "people", team_id=team_id)
    _tell(db, here, views.added(team.name, enrolled))


def open_roles(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    with db.read() as session:
        here = admin(session, workspace_id, body["user"]["id"], clock())
        team = enrolment.team(session, workspace_id, int(action["value"]))
        teammates = enrolment.teammates(session, workspace_id, team.id, here.today)
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=views.roles_form(team.id, team.name, teammates))


def save_roles(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    team_id = int(view["private_metadata"])
    wanted = {int(block): Role(role) for block, role in forms.each_choice(view, Input.ROLE).items()}
    with db.begin() as session:
        here = admin(session, workspace_id, body["user"]["id"], clock())
        changed = sum(
            enrolment.put_right(session, workspace_id, team_id, person_id, role, today=here.today)
            for person_id, role in wanted.items()
        )
        note(here, "roles", team_id=team_id)
    ack(response_action="update", view=views.roles_saved(changed))


def _tell(db: Database, here: Scene, text: str) -> None:
    with db.begin() as session:
        message = Message(OutboxKind.NOTICE, text, person_id=here.member.id)
        outbox.put(session, here.workspace_id, message, now=here.now)
