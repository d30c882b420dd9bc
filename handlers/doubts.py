"""A manager says whether a digest arrived, of which Slack did not tell."""

from typing import Any

from slack_bolt import Ack, App, Respond

from bot.clock import Clock
from bot.inbox import Inbox
from bot.services import members, people, undelivered
from bot.views import doubts as views
from bot.views.ids import Action
from storage.database import Database


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.DIGEST_ARRIVED)(settle)
    app.action(Action.DIGEST_AGAIN)(settle)


def settle(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    respond: Respond,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    now, arrived = clock(), action["action_id"] == Action.DIGEST_ARRIVED
    with db.begin() as session:
        manager = members.me(session, workspace_id, body["user"]["id"], now=now)
        viewer = people.viewer(session, workspace_id, manager.id, now=now)
        doubt = undelivered.settle(
            session, workspace_id, int(action["value"]), viewer, arrived=arrived, now=now
        )
    ack()
    respond(text=views.settled(doubt.team, arrived=arrived), replace_original=True)
