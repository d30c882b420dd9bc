"""A manager says whether a digest arrived, of which Slack did not tell."""

from slack_bolt import App

from bot.blocks.ids import Action
from bot.delivery.inbox import Inbox
from bot.delivery.services import undelivered
from bot.digest.views import undelivered as views
from bot.people.services import members, people
from handlers.common.heard import Click, clicked


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.DIGEST_ARRIVED)(clicked(settle))
    app.action(Action.DIGEST_AGAIN)(clicked(settle))


def settle(click: Click) -> None:
    arrived = click.action["action_id"] == Action.DIGEST_ARRIVED
    with click.writing() as books:
        manager = members.me(books, click.slack_user)
        viewer = people.viewer(books, manager.id)
        doubt = undelivered.settle(books, click.id, viewer, arrived=arrived)
    click.ack()
    click.respond(text=views.settled(doubt.team, arrived=arrived), replace_original=True)
