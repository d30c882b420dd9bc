"""`/coach now pricing`: help during a call, and the teammate who takes it."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App

from bot import outbox
from bot.clock import Clock
from bot.domain import topics
from bot.errors import BadInput
from bot.inbox import Inbox
from bot.language import gettext as _
from bot.outbox import Message
from bot.services import help_now, members, stories
from bot.services.help_now import Taken
from bot.views import help_now as views
from bot.views import kit
from bot.views.ids import Action
from bot.words import OutboxKind
from handlers import coach
from handlers.coach import Request
from storage.database import Database, Session


def register(app: App, _inbox: Inbox) -> None:
    coach.VERBS["now"] = ask
    app.action(Action.HELP_NOW)(take)


def ask(request: Request) -> None:
    """The best stories at once; a teammate is asked by message within seconds."""
    topic = next(iter(topics.read(" ".join(request.words))), None)
    if topic is None:
        raise BadInput(_("On what? Write `/coach now pricing`, or `/coach now next step`."))
    with request.db.begin() as session:
        me = members.me(session, request.workspace_id, request.slack_user, now=request.now)
        going = help_now.begin(session, request.workspace_id, me.id, topic, now=request.now)
        told = stories.best(session, request.workspace_id, me, topic, now=request.now)
    request.ack(text=views.begun(topic, told, is_new=going.is_new))


def take(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    """The first click wins; everybody else who was asked is told kindly."""
    now = clock()
    with db.begin() as session:
        me = members.me(session, workspace_id, body["user"]["id"], now=now)
        taken = help_now.take(session, workspace_id, me.id, int(action["value"]), now=now)
        if taken.is_new:
            _tell_everybody(session, workspace_id, taken, now)
    ack()


def _tell_everybody(session: Session, workspace_id: int, taken: Taken, now: datetime) -> None:
    asker, helper = taken.asker, taken.helper
    told = views.help_comes(helper.name, helper.slack_user_id, taken.topic)
    outbox.put(session, workspace_id, Message(OutboxKind.NOTICE, told, person_id=asker.id), now=now)
    turned = {id: (message, views.taken(helper.name)) for id, message in taken.others.items()}
    if taken.own_message is not None:
        turned[helper.id] = (
            taken.own_message,
            views.on_it(asker.name, asker.slack_user_id, taken.topic),
        )
    for person_id, (message_id, text) in turned.items():
        message = Message(
            OutboxKind.UPDATE, text, [kit.section(text)], person_id=person_id, updates=message_id
        )
        outbox.put(session, workspace_id, message, now=now)
