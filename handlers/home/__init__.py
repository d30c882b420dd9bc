"""The Home tab is opened, and what did not get through is tried again from it."""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.clock import Clock
from bot.domain import access
from bot.domain.access import Action as Act
from bot.inbox import AfterCommit, Event, Inbox
from bot.services import members, people, undelivered
from bot.views.ids import Action
from handlers.home import tab
from storage.database import Database, Session

AGAIN = {Action.SEND_AGAIN: undelivered.send_again, Action.WORK_AGAIN: undelivered.work_again}


def register(app: App, inbox: Inbox) -> None:
    def opened(session: Session, event: Event) -> AfterCommit | None:
        inner = event.body["event"]
        if inner.get("tab") != "home":
            return None
        slack_user = str(inner["user"])
        view = tab.drawn(session, event.workspace_id, slack_user, now=event.worked_at)
        return lambda: tab.publish(event.slack, slack_user, view)

    inbox.on("app_home_opened", opened)
    for action in AGAIN:
        app.action(action)(try_again)


def try_again(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    slack_user, now = str(body["user"]["id"]), clock()
    with db.begin() as session:
        person = members.me(session, workspace_id, slack_user, now=now)
        access.require(people.viewer(session, workspace_id, person.id, now=now), Act.SEE_DEAD_LETTERS)
        AGAIN[Action(action["action_id"])](session, workspace_id, int(action["value"]), now=now)
        view = tab.drawn(session, workspace_id, slack_user, now=now)
    ack()
    tab.publish(client, slack_user, view)
