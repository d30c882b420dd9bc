"""`/debrief` by hand: a call that no source reported, and its form."""

from typing import Any
from uuid import uuid4

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.clock import Clock
from bot.errors import BadInput
from bot.inbox import Inbox
from bot.language import gettext as _
from bot.services import calls, debriefs, members
from bot.views import debrief_form as views
from bot.views.ids import Command, Input, Shortcut, View
from bot.views.reader import reader
from bot.words import Outcome
from handlers import forms
from handlers.debrief import share_with_coach
from storage.database import Database

LONGEST_CALL = 480
"""Minutes a call logged by hand may have lasted."""


def register(app: App, _inbox: Inbox) -> None:
    app.command(Command.DEBRIEF)(log_call)
    app.shortcut(Shortcut.LOG_CALL)(log_call)
    app.view(View.LOG_CALL)(submit_log)


def log_call(
    ack: Ack, body: dict[str, Any], client: WebClient, db: Database, clock: Clock, workspace_id: int
) -> None:
    slack_user = body["user_id"] if "command" in body else body["user"]["id"]
    with db.read() as session:
        members.me(session, workspace_id, slack_user, now=clock())
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=views.log_call(uuid4().hex))


def submit_log(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    """Logs the call and its outcome, then goes on to the form: the call's key was drawn when the form opened."""
    now = clock()
    with db.begin() as session:
        rep = members.me(session, workspace_id, body["user"]["id"], now=now)
        call = calls.by_hand(
            session,
            workspace_id,
            rep.id,
            key=view["private_metadata"],
            contact=forms.text(view, Input.CONTACT),
            company=forms.text(view, Input.COMPANY),
            minutes=_minutes(forms.text(view, Input.MINUTES)),
            now=now,
        )
        outcome = Outcome(forms.choice(view, Input.OUTCOME))
        written = debriefs.tap(session, workspace_id, rep.id, call.id, outcome, now=now)
        share_with_coach(session, workspace_id, rep, written, now)
    ack(response_action="update", view=views.form(call, written.answer, reader(rep.locale, rep.zone)))


def _minutes(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= LONGEST_CALL):
        sentence = _("Please give whole minutes, from 1 to {most}.").format(most=LONGEST_CALL)
        raise BadInput(sentence, field=Input.MINUTES)
    return int(text)
