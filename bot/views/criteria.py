"""The qualification checklist, as people read it and managers change it."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ConfirmObject,
    NumberInputElement,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
)
from slack_sdk.models.views import View as Modal

from bot.domain.handoffs import MAX_LABEL, Criterion
from bot.language import gettext as _
from bot.views import kit
from bot.views.handoff import asks_for
from bot.views.ids import Action, Input, View
from bot.views.kit import said
from bot.views.reader import Reader
from bot.words import CriterionKind


def checklist(criteria: Sequence[Criterion], reader: Reader) -> Modal:
    """What is in force, each line with its way out, and the way to a new one."""
    return kit.modal(
        View.SAID,
        _("Checklist"),
        [
            kit.context(
                _(
                    "A lead is qualified when its AE accepts it and every required criterion holds. A change counts "
                    "from now on: leads already passed keep the checklist they were judged by."
                )
            ),
            *_rows(criteria, reader),
            kit.buttons(kit.button(_("Add a criterion"), Action.ADD_CRITERION, "new", style="primary")),
        ],
    )


def form() -> Modal:
    kinds = [kit.option(label, kind) for kind, label in _kinds().items()]
    required = kit.option(_("Required: without it a lead is not qualified"), "required")
    return kit.modal(
        View.CRITERION,
        _("Add a criterion"),
        [
            kit.ask(
                _("Name"),
                Input.NAME,
                PlainTextInputElement(max_length=MAX_LABEL, placeholder=_("Budget, headcount, job title …")),
                optional=False,
            ),
            kit.ask(
                _("What does it ask for?"),
                Input.KIND,
                RadioButtonsElement(options=kinds, initial_option=kinds[0]),
                optional=False,
            ),
            kit.ask(
                _("The least number that is enough"),
                Input.BOUND,
                NumberInputElement(is_decimal_allowed=False),
                hint=_("For “a number”: 50 people, 6 months in the role."),
            ),
            kit.ask(
                _("What is good enough"),
                Input.CHOICES,
                PlainTextInputElement(multiline=True, max_length=kit.INPUT_LIMIT),
                hint=_("For “one of a list”: one choice a line."),
            ),
            kit.ask(
                _("How much does it weigh?"),
                Input.REQUIRED,
                CheckboxesElement(options=[required], initial_options=[required]),
            ),
        ],
        submit=_("Add"),
    )


def _rows(criteria: Sequence[Criterion], reader: Reader) -> list[Block]:
    if not criteria:
        return [kit.section(_("There are no criteria yet: the AE's acceptance alone decides."))]
    return [
        kit.section(
            f"*{said(criterion.name)}*: {asks_for(criterion, reader)}\n{_weight(criterion)}",
            accessory=kit.button(
                _("Retire"), Action.RETIRE_CRITERION, criterion.id, confirm=_sure(criterion.name)
            ),
        )
        for criterion in criteria
    ]


def _weight(criterion: Criterion) -> str:
    return _("Required") if criterion.required else _("Nice to have")


def _sure(name: str) -> ConfirmObject:
    return ConfirmObject(
        title=_("Retire this criterion?"),
        text=PlainTextObject(text=_("New leads are not asked for “{name}” any more.").format(name=name)),
        confirm=_("Retire"),
        deny=_("Keep"),
    )


def _kinds() -> dict[CriterionKind, str]:
    return {
        CriterionKind.YES_NO: _("Yes or no"),
        CriterionKind.AT_LEAST: _("A number, at least …"),
        CriterionKind.ONE_OF: _("One of a list"),
    }
