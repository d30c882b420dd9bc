"""A coach answers a learner's debrief."""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot import outbox
from bot.clock import Clock
from bot.inbox import Inbox
from bot.outbox import Message
from bot.services import feedback, members
from bot.views import feedback as views
from bot.views.ids import Action, Input, View
from bot.views.reader import reader
from bot.words import OutboxKind
from handlers import forms
from storage.database import Database


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.GIVE_FEEDBACK)(open_form)
    app.view(View.FEEDBACK)(submit)


def open_form(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    now = clock()
    with db.read() as session:
        coach = members.me(session, workspace_id, body["user"]["id"], now=now)
        shared = feedback.shared_with(session, workspace_id, coach.id, int(action["value"]), now=now)
    ack()
    reads = reader(coach.locale, coach.zone)
    form = views.form(shared.learner.name, shared.debrief_id, shared.call, shared.answer, reads)
    client.views_open(trigger_id=body["trigger_id"], view=form)


def submit(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    now = clock()
    what_worked, commitment = forms.text(view, Input.WHAT_WORKED), forms.text(view, Input.COMMITMENT)
    rating = forms.choice(view, Input.RATING)
    with db.begin() as session:
        coach = members.me(session, workspace_id, body["user"]["id"], now=now)
        shared = feedback.give(
            session,
            workspace_id,
            coach.id,
            int(view["private_metadata"]),
            what_worked=what_worked,
            commitment=commitment,
            rating=int(rating) if rating else None,
            now=now,
        )
        reads = reader(shared.learner.locale, shared.learner.zone)
        text = views.given_text(coach.name, shared.call, reads)
        blocks = views.given(coach.name, shared.call, what_worked, commitment, reads)
        outbox.put(
            session,
            workspace_id,
            Message(OutboxKind.FEEDBACK, text, blocks, person_id=shared.learner.id),
            now=now,
        )
    ack()
