"""The question whether a commitment was kept, and what is said to either answer."""

from slack_sdk.models.blocks import Block

from bot.blocks import kit
from bot.blocks.ids import Action
from bot.blocks.kit import said
from bot.blocks.words import Words
from bot.core.i18n import gettext as _

WORDS_LIMIT = 500


def question(question_id: int, words: str, coach: str) -> Words:
    text = _("With {coach} you set out to: “{words}”\nDid you?").format(
        coach=said(coach, limit=80), words=said(words, limit=WORDS_LIMIT)
    )
    small = _("Either answer helps: it shows whether the step was small enough.")
    return Words(text, [kit.section(text), buttons(question_id), kit.context(small)])


def buttons(question_id: int) -> Block:
    return kit.buttons(
        kit.button(_("Yes, I did"), Action.COMMITMENT_KEPT, question_id, style="primary"),
        kit.button(_("Not this time"), Action.COMMITMENT_NOT_KEPT, question_id),
    )


def answered(question_id: int, words: str, coach: str, *, kept: bool) -> Words:
    """The answer, and the way back."""
    back = (
        kit.button(_("Not quite, after all"), Action.COMMITMENT_NOT_KEPT, question_id)
        if kept
        else kit.button(_("I did, after all"), Action.COMMITMENT_KEPT, question_id)
    )
    text = _answered(words, coach, kept=kept)
    return Words(text, [kit.section(text), kit.buttons(back)])


def _answered(words: str, coach: str, *, kept: bool) -> str:
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
