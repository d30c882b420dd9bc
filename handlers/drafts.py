"""While a debrief's form is filled in: each change is kept, so that a form that is closed loses nothing."""

from datetime import UTC, datetime
from typing import Any

from slack_bolt import Ack, App

from bot.clock import Clock
from bot.domain.debriefs import Answer
from bot.inbox import Inbox
from bot.services import drafts, members
from bot.services.drafts import Draft, Screen
from bot.views.ids import Input, View
from handlers import forms, screens
from storage.database import Database

INPUTS = (
    Input.OUTCOME,
    Input.WENT_WELL,
    Input.TAGS,
    Input.MEASURE,
    Input.PINNED_DOWN,
    Input.REASON,
    Input.IMPROVE,
    Input.NEXT_STEP,
    Input.NEXT_STEP_ON,
    Input.STORY,
    Input.CONTACT,
    Input.DEAL,
)


def register(app: App, _inbox: Inbox) -> None:
    for name in INPUTS:
        app.action(name)(keep)


def keep(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    view = body["view"]
    call_id, at = int(view["private_metadata"]), datetime.fromtimestamp(float(action["action_ts"]), UTC)
    with db.begin() as session:
        rep = members.me(session, workspace_id, body["user"]["id"], now=clock())
        drafts.keep(session, workspace_id, rep.id, call_id, *_entered(view), at=at)
    ack()


def _entered(view: dict[str, Any]) -> tuple[Screen, Draft]:
    if view["callback_id"] == View.DEBRIEF:
        return Screen.FIRST, Draft(screens.first(view, Answer()))
    contact, deal_id = forms.text(view, Input.CONTACT), screens.deal_id(view)
    return Screen.SECOND, Draft(screens.second(view, Answer()), contact, deal_id)
