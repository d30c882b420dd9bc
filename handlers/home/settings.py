"""What is one's own to decide, from the Home tab: when to be asked, to coach, to be coached, to be named."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.clock import Clock
from bot.inbox import Inbox
from bot.services import coaches, home, members
from bot.services.members import Member
from bot.views import home_mine as views
from bot.views.ids import Action, Input, View
from handlers import forms
from handlers.home import tab
from storage.database import Database, Session

Change = Callable[[Session, int, Member, datetime], None]


def _learn(*, wants: bool) -> Change:
    return lambda session, workspace_id, me, _now: coaches.learn(session, workspace_id, me.id, wants=wants)


def _coach(session: Session, workspace_id: int, me: Member, _now: datetime) -> None:
    coaches.offer(session, workspace_id, me.id, capacity=None)


def _stop_coaching(session: Session, workspace_id: int, me: Member, _now: datetime) -> None:
    coaches.withdraw(session, workspace_id, me.id)


def _be_named(*, named: bool) -> Change:
    return lambda session, workspace_id, me, _now: coaches.be_named(session, workspace_id, me.id, named=named)


def _be_quiet(session: Session, workspace_id: int, me: Member, now: datetime) -> None:
    home.be_quiet_today(session, workspace_id, me, now=now)


def _listen(session: Session, workspace_id: int, me: Member, _now: datetime) -> None:
    home.listen_again(session, workspace_id, me.id)


CHANGES: dict[Action, Change] = {
    Action.QUIET_TODAY: _be_quiet,
    Action.LISTEN_AGAIN: _listen,
    Action.COACHING_ON: _coach,
    Action.COACHING_OFF: _stop_coaching,
    Action.LEARNING_ON: _learn(wants=True),
    Action.LEARNING_OFF: _learn(wants=False),
    Action.NAMING_ON: _be_named(named=True),
    Action.NAMING_OFF: _be_named(named=False),
}


def register(app: App, _inbox: Inbox) -> None:
    for action in CHANGES:
        app.action(action)(change)
    app.action(Action.CHANGE_HOURS)(open_hours)
    app.view(View.HOURS)(submit_hours)


def change(
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
        me = members.me(session, workspace_id, slack_user, now=now)
        CHANGES[Action(action["action_id"])](session, workspace_id, me, now)
        view = tab.drawn(session, workspace_id, slack_user, now=now)
    ack()
    tab.publish(client, slack_user, view)


def open_hours(
    ack: Ack, body: dict[str, Any], client: WebClient, db: Database, clock: Clock, workspace_id: int
) -> None:
    now = clock()
    with db.read() as session:
        me = members.me(session, workspace_id, body["user"]["id"], now=now)
        habits = home.habits(session, workspace_id, me, now=now)
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=views.hours_form(habits))


def submit_hours(
    ack: Ack,
    body: dict[str, Any],
    view: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    slack_user, now = str(body["user"]["id"]), clock()
    with db.begin() as session:
        me = members.me(session, workspace_id, slack_user, now=now)
        home.set_hours(
            session,
            workspace_id,
            me.id,
            opens=forms.time_of_day(view, Input.OPENS),
            closes=forms.time_of_day(view, Input.CLOSES),
        )
        drawn = tab.drawn(session, workspace_id, slack_user, now=now)
    ack()
    tab.publish(client, slack_user, drawn)
