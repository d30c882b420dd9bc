"""`/scorecard disputes`: what reps say is wrong with their numbers, and the answers."""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot import outbox
from bot.clock import Clock
from bot.errors import BadInput
from bot.inbox import Inbox
from bot.language import gettext as _
from bot.outbox import Message
from bot.services import disputes
from bot.views import disputes as views
from bot.views.ids import Action, Input, View
from bot.views.reader import reader
from bot.words import DisputeStatus, OutboxKind
from handlers import forms, scorecard
from handlers.scene import scene
from handlers.scorecard import Request
from storage.database import Database


def register(app: App, _inbox: Inbox) -> None:
    scorecard.VERBS["disputes"] = show
    app.action(Action.ANSWER_DISPUTE)(open_form)
    app.view(View.ANSWER_DISPUTE)(submit)


def show(request: Request) -> None:
    """To those who lead, what waits for them; to a rep, what became of their own."""
    with request.db.read() as session:
        here = scene(session, request.workspace_id, request.slack_user, request.now)
        if here.viewer.managed_team_ids or here.viewer.is_admin:
            waiting = disputes.still_open(session, request.workspace_id, here.viewer, now=request.now)
            blocks = views.to_answer(waiting, here.reads)
        else:
            own = disputes.own(session, request.workspace_id, here.member.id, now=request.now)
            blocks = views.own(own, here.reads)
    request.ack(blocks=blocks, text=_("What reps say is wrong with a number"))


def open_form(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    with db.read() as session:
        here = scene(session, workspace_id, body["user"]["id"], clock())
        one = disputes.to_answer(session, workspace_id, here.viewer, int(action["value"]), now=here.now)
        view = views.form(one, here.reads)
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=view)


def submit(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    text = forms.text(view, Input.ANSWER)
    if not text:
        raise BadInput(_("Say what you found, in a sentence."), field=Input.ANSWER)
    with db.begin() as session:
        here = scene(session, workspace_id, body["user"]["id"], clock())
        one = disputes.answer(
            session,
            workspace_id,
            here.viewer,
            int(view["private_metadata"]),
            status=DisputeStatus(forms.choice(view, Input.VERDICT)),
            text=text,
            now=here.now,
        )
        rep = here.person(one.rep_id)
        told = views.answered_text(one, here.member.name, reader(rep.locale, rep.zone))
        message = Message(OutboxKind.NOTICE, told, person_id=rep.id)
        outbox.put(session, workspace_id, message, now=here.now)
    ack(response_action="update", view=views.thanks(one))
