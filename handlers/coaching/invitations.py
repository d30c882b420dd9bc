"""`/coach propose @person`, and the answer of whoever is asked to coach."""

from slack_bolt import App

from bot.blocks.ids import Action
from bot.coaching.services import invitations
from bot.coaching.services import preferences as coaches
from bot.coaching.views import invitation as views
from bot.core.enums import OutboxKind
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.delivery import outbox
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import Message
from bot.people.domain.access import Right
from bot.people.services import members
from handlers.coaching.preferences import Request
from handlers.common.asker import scene
from handlers.common.heard import Click, clicked


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.COACH_YES)(clicked(answer))
    app.action(Action.COACH_NO)(clicked(answer))


def propose(request: Request) -> None:
    if request.mentioned is None:
        raise BadInput(_("Please name the person with an @: `/coach propose @name`."))
    with request.writing() as books:
        here = scene(books, request.slack_user)
        person = here.mentioned(request.mentioned)
        here.require(Right.MANAGE_PAIRS, person)
        invited = invitations.propose(books, person)
        words = views.proposed(invited.id, here.member.name)
        message = Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=person.id)
        outbox.put(books, message)
    request.ack(text=views.proposal_sent(person.name))


def answer(click: Click) -> None:
    yes = click.action["action_id"] == Action.COACH_YES
    with click.writing() as books:
        me = members.me(books, click.slack_user)
        invitations.answer(books, me.id, click.id, yes=yes)
        chosen = coaches.choices(books, me.id)
    click.ack()
    text = views.accepted(chosen) if yes else views.declined()
    click.respond(text=text, blocks=[], replace_original=True)
