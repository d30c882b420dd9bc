"""The checklist as the form of a lead asks it, and how the lead stands by it before it is passed."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    InputBlock,
    InputInteractiveElement,
    NumberInputElement,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticMultiSelectElement,
    StaticSelectElement,
)

from bot.blocks import kit
from bot.blocks.ids import Input
from bot.blocks.reader import Reader
from bot.core.enums import CriterionKind
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.handoffs.domain.checklist import MAX_ANSWER, NO, OTHER, YES, Criterion, Judged
from bot.handoffs.views.lead import judged


def asked(criterion: Criterion) -> InputBlock:
    """One criterion as an input; its block's id is the criterion's own."""
    element = _element(criterion)
    element.action_id = Input.CRITERION
    label = criterion.name if criterion.required else _("{name} (nice to have)").format(name=criterion.name)
    return InputBlock(label=label, element=element, block_id=str(criterion.id), optional=True)


def tested(checklist: Sequence[Judged], reader: Reader) -> list[Block]:
    """Every line as it would be judged, and what that comes to."""
    missing = sum(one.criterion.required and not one.met for one in checklist)
    told = ngettext(
        "*By the checklist {n} required thing is missing.* You can pass it all the same.",
        "*By the checklist {n} required things are missing.* You can pass it all the same.",
        missing,
    ).format(n=missing)
    if not missing:
        told = _("*By the checklist nothing required is missing.* It is qualified once the AE accepts it.")
    return list(kit.listed([told, *judged(checklist, reader)]))


def _element(criterion: Criterion) -> InputInteractiveElement:
    match criterion.kind:
        case CriterionKind.YES_NO:
            return RadioButtonsElement(options=[kit.option(_("Yes"), YES), kit.option(_("No"), NO)])
        case CriterionKind.AT_LEAST | CriterionKind.AT_MOST | CriterionKind.BETWEEN:
            return NumberInputElement(is_decimal_allowed=False)
        case CriterionKind.DATE_WITHIN | CriterionKind.DATE_BEFORE:
            return DatePickerElement()
        case CriterionKind.TEXT:
            return PlainTextInputElement(max_length=MAX_ANSWER)
        case CriterionKind.SEVERAL_OF:
            options = [kit.option(choice, choice) for choice in criterion.choices]
            return StaticMultiSelectElement(placeholder=_("Pick all that hold"), options=options)
        case CriterionKind.ONE_OF:
            choices = [kit.option(choice, choice) for choice in criterion.choices if choice != OTHER]
            return StaticSelectElement(options=[*choices, kit.option(_("Something else"), OTHER)])
