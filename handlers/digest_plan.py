"""The manager changes when and where the team's digest comes."""

import re
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.clock import Clock
from bot.domain import access
from bot.domain.access import Action as Act
from bot.domain.access import Subject
from bot.domain.edition import edition
from bot.errors import BadInput
from bot.inbox import Inbox
from bot.language import gettext as _
from bot.services import audit, digest_plans, members, people
from bot.services.members import Member
from bot.views import digest_plan as views
from bot.views.ids import Action, Input, View
from bot.views.reader import Reader, reader
from bot.words import AuditAct
from handlers import forms
from storage.database import Database, Session

DIGEST = "digest"
"""What the audit log calls it."""


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.CHANGE_DIGEST)(open_form)
    app.view(View.DIGEST_PLAN)(submit)


def open_form(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    team_id = int(action["value"])
    with db.read() as session:
        manager = _manager(session, workspace_id, body["user"]["id"], team_id, clock())
        plan = digest_plans.of_team(session, workspace_id, team_id)
        version = audit.version(session, workspace_id, DIGEST, team_id=team_id)
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=views.form(plan, version, _reads(manager)))


def submit(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    now, opened_on = clock(), edition(view["private_metadata"])
    team_id = opened_on.of
    channel = forms.conversation(view, Input.CHANNEL)
    if not re.match(r"[CG]", channel):
        raise BadInput(_("Please choose a channel that I am a member of."), field=Input.CHANNEL)
    with db.begin() as session:
        manager = _manager(session, workspace_id, body["user"]["id"], team_id, now)
        before = views.comes(digest_plans.of_team(session, workspace_id, team_id), _reads(manager))
        audit.require_unchanged(
            session, workspace_id, DIGEST, opened_on.version, team_id=team_id, now_is=before
        )
        plan = digest_plans.change(
            session,
            workspace_id,
            team_id,
            weekday=int(forms.choice(view, Input.DAY)),
            at=forms.time_of_day(view, Input.TIME),
            channel=channel,
            zone=forms.choice(view, Input.ZONE),
            locale=forms.choice(view, Input.LOCALE),
            now=now,
        )
        audit.note(session, workspace_id, manager.id, AuditAct.SET, now=now, team_id=team_id, what=DIGEST)
    ack(response_action="update", view=views.changed(plan, reader(manager.locale, plan.zone)))


def _manager(session: Session, workspace_id: int, slack_user: str, team_id: int, now: datetime) -> Member:
    """Raises NotAllowed for anybody who may not post the team's digest."""
    me = members.me(session, workspace_id, slack_user, now=now)
    viewer = people.viewer(session, workspace_id, me.id, now=now)
    access.require(viewer, Act.POST_DIGEST, Subject(team_ids=frozenset({team_id})))
    return me


def _reads(manager: Member) -> Reader:
    return reader(manager.locale, manager.zone)
