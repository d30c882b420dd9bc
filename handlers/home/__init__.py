"""The Home tab is opened, and what did not get through is tried again from it."""

from slack_bolt import App

from bot.blocks.ids import Action
from bot.delivery.inbox import AfterCommit, Event, Inbox
from bot.delivery.services import undelivered
from bot.people.domain import access
from bot.people.domain.access import Right
from bot.people.services import members, people
from handlers.common.heard import Click, clicked
from handlers.home import tab
from storage.books import Books

AGAIN = {Action.SEND_AGAIN: undelivered.send_again, Action.WORK_AGAIN: undelivered.work_again}


def register(app: App, inbox: Inbox) -> None:
    def opened(_books: Books, event: Event) -> AfterCommit | None:
        inner = event.body["event"]
        if inner.get("tab") != "home":
            return None
        slack_user = str(inner["user"])
        return lambda: tab.draw_and_publish(
            event.db, event.workspace_id, event.slack, slack_user, event.worked_at
        )

    inbox.on("app_home_opened", opened)
    for action in AGAIN:
        app.action(action)(clicked(try_again))


def try_again(click: Click) -> None:
    with click.writing() as books:
        person = members.me(books, click.slack_user)
        access.require(people.viewer(books, person.id), Right.SEE_DEAD_LETTERS)
        AGAIN[Action(click.action["action_id"])](books, click.id, person.id)
    click.ack()
    tab.show(click)
