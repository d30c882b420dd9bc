"""What changed, where an expected close moves again: asked in the form that moves it, or afterwards."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, InputBlock, RadioButtonsElement
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.core.enums import SlipCause
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.pipeline.domain.plunger import Moved

MOST = 3


def rows(moved: Sequence[Moved], reader: Reader) -> list[Block]:
    blocks: list[Block] = []
    for one in moved[:MOST]:
        button = kit.button(_("What changed?"), Action.STUCK_WHY, one.deal_id)
        blocks.append(kit.section(_moved(one, reader), accessory=button, block_id=f"moved {one.deal_id}"))
    return blocks


def form(one: Moved, reader: Reader) -> Modal:
    asked = [kit.section(_moved(one, reader)), question(optional=False)]
    return kit.modal(View.STUCK_WHY, _("What changed?"), asked, submit=_("Save"), about=one.deal_id)


def question(*, optional: bool) -> InputBlock:
    causes = [kit.option(label, cause) for cause, label in _causes().items()]
    return kit.ask(
        _("It moves again: what changed?"),
        Input.CAUSE,
        RadioButtonsElement(options=causes),
        optional=optional,
    )


def _moved(one: Moved, reader: Reader) -> str:
    day = reader.day(one.expected_close) if one.expected_close else ""
    told = ngettext(
        "The expected close of *{deal}* has moved {n} time, to {day}.",
        "The expected close of *{deal}* has moved {n} times, to {day} now.",
        one.times,
    )
    return told.format(deal=said(one.company, limit=80), n=one.times, day=day)


def _causes() -> dict[SlipCause, str]:
    return {
        SlipCause.TIMELINE: _("There was no timeline, or theirs changed"),
        SlipCause.AUTHORITY: _("Somebody else has to agree"),
        SlipCause.PRICE: _("Price or terms"),
        SlipCause.COMPETITOR: _("A competitor came in"),
        SlipCause.SILENCE: _("They went silent"),
    }
