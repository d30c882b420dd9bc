"""`/debrief next` shows what is due and how one left off; a next step is done or moved there, in Home or in the
morning.
"""

from datetime import date

from slack_bolt import App

from bot.blocks.ids import Action
from bot.blocks.reader import reader
from bot.blocks.words import Words
from bot.calendar.wallclock import local_date
from bot.debriefs.services import before_call, next_steps
from bot.debriefs.views import before_call as before_call_views
from bot.debriefs.views import last_time as views
from bot.delivery.inbox import Inbox
from bot.people.services import members
from bot.people.services.members import Member
from handlers.common.heard import Click, Typed, clicked
from handlers.home import tab
from storage.books import Books


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.STEP_DONE)(clicked(done))
    app.action(Action.STEP_MOVED)(clicked(move))


def done(click: Click) -> None:
    with click.writing() as books:
        next_steps.done(books, members.me(books, click.slack_user).id, click.id)
    click.ack()
    _show_again(click)


def move(click: Click) -> None:
    with click.writing() as books:
        rep = members.me(books, click.slack_user)
        next_steps.move(books, rep, click.block_id, date.fromisoformat(click.action["selected_date"]))
    click.ack()
    _show_again(click)


def _show_again(click: Click) -> None:
    if click.is_in_view:
        tab.show(click)
        return
    with click.reading() as books:
        rep = members.me(books, click.slack_user)
        if click.body["container"]["is_ephemeral"]:
            words = agenda(books, rep)
        else:
            left = next_steps.due(books, rep)
            words = views.morning_steps(left, local_date(books.now, rep.zone), reader(rep.locale, rep.zone))
    click.respond(text=words.text, blocks=words.blocks, replace_original=True)


def show(asked: Typed) -> None:
    """One's own, and nobody else's."""
    _next, *names = asked.text.split()
    with asked.reading() as books:
        rep = members.me(books, asked.slack_user)
        words = _left_off(books, rep, " ".join(names)) if names else agenda(books, rep)
    asked.ack(text=words.text, blocks=words.blocks)


def agenda(books: Books, rep: Member) -> Words:
    found, today = before_call.agenda(books, rep), local_date(books.now, rep.zone)
    return before_call_views.agenda(found, today, reader(rep.locale, rep.zone))


def _left_off(books: Books, rep: Member, asked_for: str) -> Words:
    found = before_call.left_off_with(books, rep, asked_for)
    return before_call_views.left_off(found, asked_for, reader(rep.locale, rep.zone), rep.roles)
