"""What the two screens of a debrief's form hold, over the answer as it was before."""

from dataclasses import replace
from typing import Any

from bot.domain.debriefs import Answer
from bot.views import debrief_form as views
from bot.views.ids import Input
from bot.words import Outcome
from handlers import forms


def first(view: dict[str, Any], before: Answer) -> Answer:
    chosen = forms.choice(view, Input.OUTCOME)
    outcome = Outcome(chosen) if chosen else None
    pinned = forms.choices(view, Input.PINNED_DOWN)
    nobody_came = outcome is Outcome.NO_SHOW  # then there was nobody to ask: unasked, not no
    return replace(
        before,
        outcome=outcome,
        went_well=forms.text(view, Input.WENT_WELL),
        tags=tuple(forms.choices(view, Input.TAGS)),
        measure=forms.text(view, Input.MEASURE),
        timeline_agreed=None if nobody_came else views.TIMELINE in pinned,
        authority_reached=None if nobody_came else views.AUTHORITY in pinned,
    )


def second(view: dict[str, Any], before: Answer) -> Answer:
    return replace(
        before,
        reason=forms.text(view, Input.REASON) or before.reason,
        improve=forms.text(view, Input.IMPROVE),
        next_step=forms.text(view, Input.NEXT_STEP),
        next_step_on=forms.day(view, Input.NEXT_STEP_ON),
        story=forms.text(view, Input.STORY),
    )


def deal_id(view: dict[str, Any]) -> int | None:
    """The deal chosen on the second screen; None for none."""
    chosen = forms.choice(view, Input.DEAL)
    return int(chosen) if chosen and chosen != views.NO_DEAL else None
