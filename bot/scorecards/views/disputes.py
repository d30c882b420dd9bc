"""What a rep says is wrong, on its way to those who lead, and their answer on its way back."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement, PlainTextInputElement, RadioButtonsElement
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.core.enums import DisputeStatus
from bot.core.i18n import gettext as _
from bot.scorecards.domain.drilldown import Disputed
from bot.scorecards.views.figures import title

MOST = 20
"""Disputes of one list."""


def sent(asked: int, *, is_new: bool) -> Modal:
    if not is_new:
        told = _("You have said this before; it waits for an answer.")
    elif asked:
        told = _("✓ Your manager has it, and answers you here. Both are kept.")
    else:
        told = _("✓ It is kept. Nobody leads your team in Cornerman yet: tell your admin.")
    return kit.sentence(_("Report a mistake"), told)


def _asked(one: Disputed, reads: Reader) -> str:
    return (
        _("{name} says a number is wrong.").format(name=said(one.rep_name, limit=80))
        + f"\n{_what(one, reads)}"
    )


def asked(one: Disputed, reads: Reader) -> Words:
    text = _asked(one, reads)
    return Words(text, [kit.section(text), kit.buttons(_button(one))])


def form(one: Disputed, reads: Reader) -> Modal:
    verdicts = [
        kit.option(_("I corrected the record"), DisputeStatus.CORRECTED),
        kit.option(_("The number stands"), DisputeStatus.ANSWERED),
    ]
    return kit.modal(
        View.ANSWER_DISPUTE,
        _("Answer"),
        [
            kit.section(_asked(one, reads)),
            kit.ask(
                _("What did you find?"), Input.VERDICT, RadioButtonsElement(options=verdicts), optional=False
            ),
            kit.ask(
                _("Your answer"),
                Input.ANSWER,
                PlainTextInputElement(multiline=True, max_length=kit.INPUT_LIMIT),
                hint=_("{name} reads this.").format(name=one.rep_name),
                optional=False,
            ),
        ],
        submit=_("Send"),
        about=one.id,
    )


def answered(one: Disputed, by: str, reads: Reader) -> str:
    """To the rep."""
    told = _answered(one.status).format(name=said(by, limit=80))
    return "\n".join([told, _what(one, reads), _answer(one)])


def thanks(one: Disputed) -> Modal:
    return kit.sentence(_("Answer"), _("✓ {name} has your answer.").format(name=said(one.rep_name, limit=80)))


def to_answer(disputes: Sequence[Disputed], reads: Reader) -> list[Block]:
    """For those who lead."""
    if not disputes:
        return [kit.section(_("Nobody of yours says that a number is wrong."))]
    blocks: list[Block] = [kit.section(_asked(one, reads), accessory=_button(one)) for one in disputes[:MOST]]
    if len(disputes) > MOST:
        blocks.append(kit.context(_("{n} more wait behind these.").format(n=len(disputes) - MOST)))
    return blocks


def own(disputes: Sequence[Disputed], reads: Reader) -> list[Block]:
    """The rep's own, with what became of them."""
    if not disputes:
        return [
            kit.section(
                _(
                    "You have not said that a number is wrong. "
                    "On your card, “Why this number?” shows what it is made of."
                )
            )
        ]
    return [kit.section("\n".join([_what(one, reads), _state(one)])) for one in disputes[:MOST]]


def _what(one: Disputed, reads: Reader) -> str:
    days = _("{first} – {last}").format(first=reads.day(one.first_day), last=reads.day(one.last_day))
    return f"*{title(one.metric)}*, {days}: “{said(one.text, limit=1000)}”"


def _state(one: Disputed) -> str:
    if one.status is DisputeStatus.OPEN:
        return _("Waits for an answer.")
    return f"{_verdict(one.status)} {_answer(one)}"


def _answer(one: Disputed) -> str:
    return f"“{said(one.answer, limit=1000)}”"


def _verdict(status: DisputeStatus) -> str:
    return _("Corrected:") if status is DisputeStatus.CORRECTED else _("The number stands:")


def _answered(status: DisputeStatus) -> str:
    if status is DisputeStatus.CORRECTED:
        return _("✓ {name} corrected the record. Your card shows it as soon as it is in.")
    return _("{name} looked at it: the number stands.")


def _button(one: Disputed) -> ButtonElement:
    return kit.button(_("Answer"), Action.ANSWER_DISPUTE, one.id)
