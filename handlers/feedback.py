"""A coach answers a learner's debrief; the learner rates the conversation before the coach's rating is shown."""

from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.models.blocks import Block

from bot import outbox
from bot.clock import Clock
from bot.inbox import Inbox
from bot.outbox import Message
from bot.services import feedback, members
from bot.services.feedback import Given
from bot.views import feedback as views
from bot.views.ids import Action, Input, View
from bot.views.reader import reader
from bot.words import OutboxKind
from handlers import forms
from storage.database import Database


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.GIVE_FEEDBACK)(open_form)
    app.view(View.FEEDBACK)(submit)
    for action in views.RATED.values():
        app.action(action)(rate)


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
    now, rating = clock(), forms.choice(view, Input.RATING)
    with db.begin() as session:
        coach = members.me(session, workspace_id, body["user"]["id"], now=now)
        given = feedback.give(
            session,
            workspace_id,
            coach.id,
            int(view["private_metadata"]),
            what_worked=forms.text(view, Input.WHAT_WORKED),
            commitment=forms.text(view, Input.COMMITMENT),
            due_on=forms.day(view, Input.DUE_ON),
            rating=int(rating) if rating else None,
            now=now,
        )
        text, blocks = _words(given)
        message = Message(OutboxKind.FEEDBACK, text, blocks, person_id=given.learner.id)
        outbox.put(session, workspace_id, message, now=now)
    ack()


def rate(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    respond: Respond,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    """The learner's own eyes first; then both are shown."""
    now = clock()
    rating = next(number for number, name in views.RATED.items() if name == action["action_id"])
    with db.begin() as session:
        me = members.me(session, workspace_id, body["user"]["id"], now=now)
        given = feedback.rate_oneself(session, workspace_id, me.id, int(action["value"]), rating, now=now)
    ack()
    text, blocks = _words(given)
    respond(text=text, blocks=blocks, replace_original=True)


def _words(given: Given) -> tuple[str, list[Block]]:
    reads = reader(given.learner.locale, given.learner.zone)
    return views.given_text(given.told, reads), views.given(given.told, reads)
