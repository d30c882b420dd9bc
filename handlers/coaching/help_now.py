"""`/coach now pricing`: help during a call, and the teammate who takes it."""

from slack_bolt import App

from bot.blocks.ids import Action
from bot.coaching.domain import topics
from bot.coaching.services import help_now
from bot.coaching.services.help_now import Taken
from bot.coaching.views import help_now as views
from bot.core.enums import OutboxKind
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.debriefs.services import stories
from bot.delivery import outbox
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import Message
from bot.people.services import members
from handlers.coaching.preferences import Request
from handlers.common.heard import Click, clicked
from storage.books import Books


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.HELP_NOW)(clicked(take))


def ask(request: Request) -> None:
    """The best stories at once; a teammate is asked by message within seconds."""
    topic = next(iter(topics.read(" ".join(request.words))), None)
    if topic is None:
        raise BadInput(_("On what? Write `/coach now pricing`, or `/coach now next step`."))
    with request.writing() as books:
        me = members.me(books, request.slack_user)
        going = help_now.begin(books, me.id, topic)
        told = stories.best(books, me, topic)
    request.ack(text=views.begun(topic, told, is_new=going.is_new))


def take(click: Click) -> None:
    """The first click wins; everybody else who was asked is told kindly."""
    with click.writing() as books:
        me = members.me(books, click.slack_user)
        taken = help_now.take(books, me.id, click.id)
        if taken.is_new:
            _tell_everybody(books, taken)
    click.ack()


def _tell_everybody(books: Books, taken: Taken) -> None:
    asker, helper = taken.asker, taken.helper
    told = views.help_comes(helper.name, helper.slack_user_id, taken.topic)
    outbox.put(books, Message(OutboxKind.NOTICE, told.text, told.blocks, person_id=asker.id))
    turned = {id: (message, views.taken(helper.name)) for id, message in taken.others.items()}
    if taken.own_message is not None:
        turned[helper.id] = (
            taken.own_message,
            views.on_it(asker.name, asker.slack_user_id, taken.topic),
        )
    for person_id, (message_id, words) in turned.items():
        message = Message(
            OutboxKind.UPDATE, words.text, words.blocks, person_id=person_id, updates=message_id
        )
        outbox.put(books, message)
