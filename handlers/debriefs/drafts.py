"""While a debrief's form is filled in: each change is kept, so that a form that is closed loses nothing."""

from datetime import UTC, datetime
from typing import Any

from slack_bolt import App

from bot.blocks.ids import Input, View
from bot.debriefs.domain.debrief import Answer
from bot.debriefs.services import drafts
from bot.debriefs.services.drafts import Draft, Screen
from bot.delivery.inbox import Inbox
from bot.people.services import members
from handlers.common import forms
from handlers.common.heard import Click, clicked
from handlers.debriefs import debrief_inputs

INPUTS = (
    Input.OUTCOME,
    Input.WENT_WELL,
    Input.TAGS,
    Input.MEASURE,
    Input.PINNED_DOWN,
    Input.PINNED_BY,
    Input.REASON,
    Input.COMPETITOR,
    Input.STAGE,
    Input.IMPROVE,
    Input.NEXT_STEP,
    Input.NEXT_STEP_ON,
    Input.STORY,
    Input.PRODUCT,
    Input.CONTACT,
    Input.DEAL,
)


def register(app: App, _inbox: Inbox) -> None:
    for name in INPUTS:
        app.action(name)(clicked(keep))


def keep(click: Click) -> None:
    view = click.body["view"]
    call_id, at = int(view["private_metadata"]), datetime.fromtimestamp(float(click.action["action_ts"]), UTC)
    with click.writing() as books:
        rep = members.me(books, click.slack_user)
        drafts.keep(books, rep.id, call_id, *_entered(view), at=at)
    click.ack()


def _entered(view: dict[str, Any]) -> tuple[Screen, Draft]:
    if view["callback_id"] == View.DEBRIEF:
        return Screen.FIRST, Draft(debrief_inputs.first(view, Answer()))
    contact, deal_id = forms.text(view, Input.CONTACT), debrief_inputs.deal_id(view)
    return Screen.SECOND, Draft(debrief_inputs.second(view, Answer()), contact, deal_id)
