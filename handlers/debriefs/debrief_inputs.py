"""What the two screens of a debrief's form hold, over the answer as it was before."""

from dataclasses import replace
from typing import Any

from bot.blocks.ids import Input
from bot.core.enums import Outcome
from bot.debriefs.domain.debrief import Answer
from bot.pipeline.views.deal import AUTHORITY, NO_DEAL, TIMELINE
from handlers.common import forms


def first(view: dict[str, Any], before: Answer) -> Answer:
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


def second(view: dict[str, Any], before: Answer) -> Answer:
    return replace(
        before,
        reason=forms.text(view, Input.REASON) or before.reason,
        competitor=forms.text(view, Input.COMPETITOR) or before.competitor,
        lost_stage=forms.choice(view, Input.STAGE) or before.lost_stage,
        improve=forms.text(view, Input.IMPROVE),
        story=forms.text(view, Input.STORY),
        product=" ".join(forms.text(view, Input.PRODUCT).split()),
    )


def deal_id(view: dict[str, Any]) -> int | None:
    """The deal chosen on the second screen; None for none."""
    chosen = forms.choice(view, Input.DEAL)
    return int(chosen) if chosen and chosen != NO_DEAL else None
