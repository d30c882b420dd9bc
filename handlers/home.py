"""The Home tab, and the switches on it."""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.views import View as HomeTab

from bot.clock import Clock
from bot.inbox import AfterCommit, Event, Inbox
from bot.services import calls, members
from bot.views import home as views
from bot.views.ids import Action
from bot.views.reader import reader
from storage.database import Database, Session

SWITCHES = {
    Action.COACHING_ON: {"willing": True},
    Action.COACHING_OFF: {"willing": False},
    Action.NAMING_ON: {"named_publicly": True},
    Action.NAMING_OFF: {"named_publicly": False},
}


def register(app: App, inbox: Inbox) -> None:
    def opened(session: Session, event: Event) -> AfterCommit | None:
        inner = event.body["event"]
        if inner.get("tab") != "home":
            return None
        slack_user = str(inner["user"])
        view = _home(session, event.workspace_id, slack_user, lambda: event.worked_at)
        return lambda: _publish(app.client, slack_user, view)

    inbox.on("app_home_opened", opened)
    inbox.on("user_change", changed)
    for action in SWITCHES:
        app.action(action)(switch)


def changed(session: Session, event: Event) -> None:
    """Somebody's zone or locale changed, or they left or joined Slack."""
    members.link(session, event.workspace_id, [event.body["event"]["user"]])


def switch(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    slack_user = str(body["user"]["id"])
    with db.begin() as session:
        person = members.me(session, workspace_id, slack_user, now=clock())
        members.switch(session, workspace_id, person.id, **SWITCHES[Action(action["action_id"])])
        view = _home(session, workspace_id, slack_user, clock)
    ack()
    _publish(client, slack_user, view)


def _home(session: Session, workspace_id: int, slack_user: str, clock: Clock) -> HomeTab:
    if not members.is_known(session, workspace_id, slack_user):
        return views.stranger(members.STRANGER)
    person = members.me(session, workspace_id, slack_user, now=clock())
    waiting = calls.open_calls(session, workspace_id, person.id)
    return views.home(
        waiting,
        reader(person.locale, person.zone),
        willing=person.willing,
        named_publicly=person.named_publicly,
    )


def _publish(client: WebClient, slack_user: str, view: HomeTab) -> None:
    client.views_publish(user_id=slack_user, view=view)
