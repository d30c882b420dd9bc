"""The question whether a commitment was kept, and what is said to either answer."""

from slack_sdk.models.blocks import Block

from bot.language import gettext as _
from bot.views import kit
from bot.views.ids import Action
from bot.views.kit import said

WORDS_LIMIT = 500


def question(question_id: int, words: str, coach: str) -> list[Block]:
    return [
        kit.section(question_text(words, coach)),
        buttons(question_id),
        kit.context(_("Either answer helps: it shows whether the step was small enough.")),
    ]


def question_text(words: str, coach: str) -> str:
    return _("With {coach} you set out to: “{words}”\nDid you?").format(
        coach=said(coach, limit=80), words=said(words, limit=WORDS_LIMIT)
    )


def buttons(question_id: int) -> Block:
    return kit.buttons(
        kit.button(_("Yes, I did"), Action.COMMITMENT_KEPT, question_id, style="primary"),
        kit.button(_("Not this time"), Action.COMMITMENT_NOT_KEPT, question_id),
    )


def answered(question_id: int, words: str, coach: str, *, kept: bool) -> list[Block]:
    """The answer, and the way back."""
    back = (
        kit.button(_("Not quite, after all"), Action.COMMITMENT_NOT_KEPT, question_id)
        if kept
        else kit.button(_("I did, after all"), Action.COMMITMENT_KEPT, question_id)
    )
    return [kit.section(answered_text(words, coach, kept=kept)), kit.buttons(back)]


def answered_text(words: str, coach: str, *, kept: bool) -> str:
    told = said(words, limit=WORDS_LIMIT)
    if kept:
        return _("✓ Done: “{words}”. Well kept.").format(words=told)
    return _("Not yet: “{words}”. {coach} can help you make it smaller.").format(
        words=told, coach=said(coach, limit=80)
    )


def heard_kept(learner: str, words: str) -> str:
    """What the coach reads of a yes; a no is the learner's own to tell."""
    return _("{learner} kept what you two agreed: “{words}”").format(
        learner=said(learner, limit=80), words=said(words, limit=WORDS_LIMIT)
    )
