"""A next step is done or moved: in Home, in the morning's message, or in what `/debrief next` shows.

What it was pressed in is drawn anew.
"""

from datetime import date

from slack_bolt import App

from bot.blocks.ids import Action
from bot.blocks.reader import reader
from bot.calendar.wallclock import local_date
from bot.debriefs.services import next_steps
from bot.debriefs.views import next_steps as views
from bot.delivery.inbox import Inbox
from bot.people.services import members
from handlers.common.heard import Click, clicked
from handlers.debriefs import before_call
from handlers.home import tab


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
            words = before_call.agenda(books, rep)
        else:
            left = next_steps.due(books, rep)
            words = views.morning(left, local_date(books.now, rep.zone), reader(rep.locale, rep.zone))
    click.respond(text=words.text, blocks=words.blocks, replace_original=True)
