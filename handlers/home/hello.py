"""Whatever is written to the bot is answered: with what it can do, a tap away."""

from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.home.services import home
from bot.home.views import hello as views
from bot.people.services import members
from storage.books import Books


def answer(books: Books, slack_user: str, channel: str) -> None:
    if not members.is_known(books, slack_user):
        outbox.put(books, Message(OutboxKind.NOTICE, members.STRANGER, channel=channel))
        return
    me = members.me(books, slack_user)
    words = views.hello(me.name, me.roles, waiting=home.count_waiting(books, me.id))
    outbox.put(books, Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=me.id))
