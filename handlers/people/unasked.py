"""A kind of gathered message is turned off where it appears, and on again there or in Home."""

from slack_bolt import App

from bot.blocks.ids import Action
from bot.core.enums import Unasked
from bot.delivery.inbox import Inbox
from bot.people.services import members, unasked
from bot.people.views import unasked as views
from handlers.common.heard import Click, clicked
from handlers.home import tab


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.HEAR_LESS)(clicked(turn))
    app.action(Action.HEAR_AGAIN)(clicked(turn))


def turn(click: Click) -> None:
    kind, on = Unasked(click.value), click.action["action_id"] == Action.HEAR_AGAIN
    with click.writing() as books:
        unasked.turn(books, members.me(books, click.slack_user).id, kind, on=on)
    click.ack()
    if click.is_in_view:
        tab.show(click)
        return
    words = views.turned(kind, on=on)
    click.respond(text=words.text, blocks=words.blocks, response_type="ephemeral", replace_original=False)
