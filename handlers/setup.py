"""Setting it up in Slack: the Home tab's steps, each a form that can be left and taken up again."""

import re
from decimal import Decimal
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.clock import Clock
from bot.domain.edition import edition
from bot.domain.setup import Costs
from bot.errors import BadInput
from bot.inbox import Inbox
from bot.language import gettext as _
from bot.services import audit, criteria, setup
from bot.views import criteria as criteria_views
from bot.views import setup as views
from bot.views.ids import Action, Input, View
from bot.words import Role
from handlers import forms, scorecard, targets
from handlers.configuring import admin, note
from handlers.home import tab
from handlers.scorecard import Request
from storage.database import Database


def register(app: App, _inbox: Inbox) -> None:
    scorecard.VERBS["setup"] = show
    app.action(Action.SETUP_BEGIN)(begin)
    for action, form in FORMS.items():
        app.action(action)(form)
    app.view(View.SETUP_TEAM)(save_team)
    app.view(View.SETUP_COSTS)(save_costs)


def show(request: Request) -> None:
    """`/scorecard setup`: the same steps as in the Home tab."""
    with request.db.read() as session:
        admin(session, request.workspace_id, request.slack_user, request.now)
        progress = setup.progress(session, request.workspace_id, now=request.now)
    request.ack(blocks=views.steps(progress), text=_("Set up Cornerman"))


def begin(
    ack: Ack, body: dict[str, Any], client: WebClient, db: Database, clock: Clock, workspace_id: int
) -> None:
    """Slack is asked who that is, since a click could say anything."""
    slack_user, now = str(body["user"]["id"]), clock()
    user = client.users_info(user=slack_user, include_locale=True)["user"]
    with db.begin() as session:
        setup.begin(session, workspace_id, user, now=now)
        view = tab.drawn(session, workspace_id, slack_user, now=now)
    ack()
    tab.publish(client, slack_user, view)


def open_team(
    ack: Ack, body: dict[str, Any], client: WebClient, db: Database, clock: Clock, workspace_id: int
) -> None:
    with db.read() as session:
        here = admin(session, workspace_id, body["user"]["id"], clock())
        view = views.team_form(setup.progress(session, workspace_id, now=here.now))
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=view)


def save_team(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    channel = forms.conversation(view, Input.CHANNEL)
    if not re.match(r"[CG]", channel):
        raise BadInput(_("Please choose a channel that I am a member of."), field=Input.CHANNEL)
    with db.begin() as session:
        here = admin(session, workspace_id, body["user"]["id"], clock())
        team = setup.found_team(
            session,
            workspace_id,
            forms.text(view, Input.NAME),
            channel,
            zone=here.member.zone,
            now=here.now,
        )
        note(here, "team and channel", team_id=team.id)
        told = views.team_saved(team.name, channel)
    ack(response_action="update", view=told)


def open_checklist(
    ack: Ack, body: dict[str, Any], client: WebClient, db: Database, clock: Clock, workspace_id: int
) -> None:
    with db.read() as session:
        here = admin(session, workspace_id, body["user"]["id"], clock())
        view = criteria_views.checklist(criteria.checklist(session, workspace_id), here.reads)
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=view)


def open_targets(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    role = Role(action["selected_option"]["value"])
    with db.read() as session:
        view = targets.role_form(admin(session, workspace_id, body["user"]["id"], clock()), role)
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=view)


def open_costs(
    ack: Ack, body: dict[str, Any], client: WebClient, db: Database, clock: Clock, workspace_id: int
) -> None:
    with db.read() as session:
        admin(session, workspace_id, body["user"]["id"], clock())
        version = audit.version(session, workspace_id, setup.COSTS)
        view = views.costs_form(setup.costs(session, workspace_id), version)
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=view)


def save_costs(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    opened_on = edition(view["private_metadata"])
    wanted = Costs(
        tool_cost=Decimal(forms.text(view, Input.TOOL_COST)),
        credit_rate=Decimal(forms.text(view, Input.CREDIT_RATE)),
        currency=forms.text(view, Input.CURRENCY),
        keep_raw_days=int(forms.text(view, Input.KEEP_RAW_DAYS)),
        keep_messages_days=int(forms.text(view, Input.KEEP_MESSAGES_DAYS)),
        keep_words_months=int(forms.text(view, Input.KEEP_WORDS_MONTHS)),
    )
    with db.begin() as session:
        here = admin(session, workspace_id, body["user"]["id"], clock())
        now_is = views.costs_are(setup.costs(session, workspace_id))
        audit.require_unchanged(session, workspace_id, setup.COSTS, opened_on.version, now_is=now_is)
        setup.set_costs(session, workspace_id, wanted)
        note(here, setup.COSTS)
        told = views.costs_saved(setup.costs(session, workspace_id))
    ack(response_action="update", view=told)


FORMS = {
    Action.SETUP_TEAM: open_team,
    Action.SETUP_CHECKLIST: open_checklist,
    Action.SETUP_TARGETS: open_targets,
    Action.SETUP_COSTS: open_costs,
}
