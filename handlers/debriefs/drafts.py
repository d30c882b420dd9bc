"""What the two screens of a debrief's form hold, kept with each change, so that a form that is closed loses
nothing.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from slack_bolt import App

from bot.blocks.ids import Input, View
from bot.core.enums import Outcome
from bot.debriefs.domain.debrief import Answer
from bot.debriefs.services import drafts
from bot.debriefs.services.drafts import Draft, Screen
from bot.delivery.inbox import Inbox
from bot.people.services import members
from bot.pipeline.views.deal import AUTHORITY, NO_DEAL, TIMELINE
from handlers.common import forms
from handlers.common.heard import Click, clicked

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
        return Screen.FIRST, Draft(first_screen(view, Answer()))
    contact, deal_id = forms.text(view, Input.CONTACT), deal_chosen(view)
    return Screen.SECOND, Draft(second_screen(view, Answer()), contact, deal_id)


def first_screen(view: dict[str, Any], before: Answer) -> Answer:
    chosen = forms.choice(view, Input.OUTCOME)
    outcome = Outcome(chosen) if chosen else None
    pinned = forms.choices(view, Input.PINNED_DOWN)
    nobody_came = outcome is Outcome.NO_SHOW  # then there was nobody to ask: unasked, not no
    return replace(
        before,
        outcome=outcome,
        next_step=forms.text(view, Input.NEXT_STEP),
        next_step_on=forms.day(view, Input.NEXT_STEP_ON),
        went_well=forms.text(view, Input.WENT_WELL),
        tags=tuple(forms.choices(view, Input.TAGS)),
        measure=forms.text(view, Input.MEASURE),
        timeline_agreed=None if nobody_came else TIMELINE in pinned,
        authority_reached=None if nobody_came else AUTHORITY in pinned,
        pinned_by="" if nobody_came else forms.text(view, Input.PINNED_BY),
    )


def second_screen(view: dict[str, Any], before: Answer) -> Answer:
    return replace(
        before,
        reason=forms.text(view, Input.REASON) or before.reason,
        competitor=forms.text(view, Input.COMPETITOR) or before.competitor,
        lost_stage=forms.choice(view, Input.STAGE) or before.lost_stage,
        improve=forms.text(view, Input.IMPROVE),
        story=forms.text(view, Input.STORY),
        product=" ".join(forms.text(view, Input.PRODUCT).split()),
    )


def deal_chosen(view: dict[str, Any]) -> int | None:
    """The deal chosen on the second screen; None for none."""
    chosen = forms.choice(view, Input.DEAL)
    return int(chosen) if chosen and chosen != NO_DEAL else None
