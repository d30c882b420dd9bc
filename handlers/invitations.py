"""`/coach propose @person`, and the answer of whoever is asked to coach."""

from typing import Any

from slack_bolt import Ack, App, Respond

from bot import outbox
from bot.clock import Clock
from bot.domain.access import Action as Act
from bot.errors import BadInput
from bot.inbox import Inbox
from bot.language import gettext as _
from bot.outbox import Message
from bot.services import coaches, invitations, members
from bot.views import invitation as views
from bot.views.ids import Action
from bot.words import OutboxKind
from handlers import coach
from handlers.coach import Request
from handlers.scene import scene
from storage.database import Database


def register(app: App, _inbox: Inbox) -> None:
    coach.VERBS["propose"] = propose
    app.action(Action.COACH_YES)(answer)
    app.action(Action.COACH_NO)(answer)


def propose(request: Request) -> None:
    if request.mentioned is None:
        raise BadInput(_("Please name the person with an @: `/coach propose @name`."))
    with request.db.begin() as session:
        here = scene(session, request.workspace_id, request.slack_user, request.now)
        person = here.mentioned(request.mentioned)
        here.require(Act.MANAGE_PAIRS, person)
        invited = invitations.propose(session, request.workspace_id, here.member, person, now=request.now)
        words = views.proposed(invited.id, here.member.name)
        message = Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=person.id)
        outbox.put(session, request.workspace_id, message, now=request.now)
    request.ack(text=views.asked(person.name))


def answer(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    respond: Respond,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    yes = action["action_id"] == Action.COACH_YES
    with db.begin() as session:
        me = members.me(session, workspace_id, body["user"]["id"], now=clock())
        invitations.answer(session, workspace_id, me.id, int(action["value"]), yes=yes)
        chosen = coaches.choices(session, workspace_id, me.id)
    ack()
    text = views.accepted(chosen) if yes else views.declined()
    respond(text=text, blocks=[], replace_original=True)
