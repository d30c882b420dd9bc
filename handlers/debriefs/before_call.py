"""`/debrief next`: what is due, and before a call how one left off with whom one is about to talk to."""

from bot.blocks.reader import reader
from bot.blocks.words import Words
from bot.calendar.wallclock import local_date
from bot.debriefs.services import before_call
from bot.debriefs.views import before_call as views
from bot.people.services import members
from bot.people.services.members import Member
from handlers.common.heard import Typed
from storage.books import Books


def show(asked: Typed) -> None:
    """One's own, and nobody else's."""
    _next, *names = asked.text.split()
    with asked.reading() as books:
        rep = members.me(books, asked.slack_user)
        words = _left_off(books, rep, " ".join(names)) if names else agenda(books, rep)
    asked.ack(text=words.text, blocks=words.blocks)


def agenda(books: Books, rep: Member) -> Words:
    found, today = before_call.agenda(books, rep), local_date(books.now, rep.zone)
    return views.agenda(found, today, reader(rep.locale, rep.zone))


def _left_off(books: Books, rep: Member, asked_for: str) -> Words:
    found = before_call.left_off_with(books, rep, asked_for)
    return views.left_off(found, asked_for, reader(rep.locale, rep.zone), rep.roles)
