"""The Home tab, and the switches on it."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.views import View as HomeTab

from bot.clock import Clock
from bot.domain import access
from bot.domain.access import Action as Act
from bot.inbox import AfterCommit, Event, Inbox
from bot.services import calls, members, people, undelivered
from bot.services.members import Member
from bot.services.undelivered import Road
from bot.views import home as views
from bot.views.home import Stuck
from bot.views.ids import Action
from bot.views.reader import reader
from storage.database import Database, Session

SWITCHES = {
    Action.COACHING_ON: {"willing": True},
    Action.COACHING_OFF: {"willing": False},
    Action.NAMING_ON: {"named_publicly": True},
    Action.NAMING_OFF: {"named_publicly": False},
}

AGAIN = {Action.SEND_AGAIN: undelivered.send_again, Action.WORK_AGAIN: undelivered.work_again}


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
    for action in AGAIN:
        app.action(action)(try_again)


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
        view = _home(session, workspace_id, slack_user, clock)
    ack()
    _publish(client, slack_user, view)


def _stuck(session: Session, workspace_id: int, person: Member, now: datetime) -> list[Stuck]:
    viewer = people.viewer(session, workspace_id, person.id, now=now)
    if not access.may(viewer, Act.SEE_DEAD_LETTERS):
        return []
    again = {Road.IN: Action.WORK_AGAIN, Road.OUT: Action.SEND_AGAIN}
    return [
        Stuck(f"{one.what} {one.where_to}", f"{one.state}: {one.why}", again[one.road], one.id)
        for one in undelivered.listed(session, workspace_id)
    ]


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
        stuck=_stuck(session, workspace_id, person, clock()),
    )


def _publish(client: WebClient, slack_user: str, view: HomeTab) -> None:
    client.views_publish(user_id=slack_user, view=view)
