"""How a kind of gathered message is turned off where it appears, and on again."""

from slack_sdk.models.blocks import ActionsBlock, ButtonElement, SectionBlock

from bot.blocks import kit
from bot.blocks.ids import Action
from bot.blocks.words import Words
from bot.core.enums import Unasked
from bot.core.i18n import gettext as _


def stop(kind: Unasked) -> ButtonElement:
    return kit.button(_("Stop these messages"), Action.HEAR_LESS, kind)


def stop_row(kind: Unasked) -> ActionsBlock:
    return kit.buttons(stop(kind))


def turned(kind: Unasked, *, on: bool) -> Words:
    if on:
        text = _("You get this again: {what}.").format(what=_what(kind))
        return Words(text, [kit.section(text), stop_row(kind)])
    return Words(_off(kind), [is_off(kind)])


def is_off(kind: Unasked) -> SectionBlock:
    """With the way back."""
    return kit.section(_off(kind), accessory=kit.button(_("Write to me again"), Action.HEAR_AGAIN, kind))


def _off(kind: Unasked) -> str:
    return _("You do not get this any more: {what}.").format(what=_what(kind))


def _what(kind: Unasked) -> str:
    return {
        Unasked.NEXT_STEPS: _("a message in the morning about next steps that fall due"),
        Unasked.REFUSALS: _("once a month, what your refused leads lacked"),
        Unasked.OUR_ANSWER: _("a teammate's story when you pick something to work on"),
        Unasked.LEAD_NEWS: _("what became of leads you passed"),
        Unasked.FIRST_MONTH: _("once a week in your first month as a coach, what helps"),
        Unasked.MONDAY: _("as the week begins, three people and what to do in fifteen minutes"),
        Unasked.ASKED_BACK: _("questions of SDRs about your decisions"),
        Unasked.PAIR_RESULTS: _("what came of the weeks of a coach and a learner"),
        Unasked.COACHING_PAY: _("once a month, what your coaching earned"),
        Unasked.PAY_TO_APPROVE: _("once a month, the coaching credit of your teams, to approve"),
    }[kind]
