"""The list of reasons for which a workspace says that it loses, as an admin changes it."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import ConfirmObject, PlainTextInputElement, PlainTextObject, StaticSelectElement
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.kit import said
from bot.core.i18n import gettext as _
from bot.pipeline.domain.losses import MAX_LABEL, Reason

Topics = Mapping[str, str]
"""Tags of debriefs, each with its label."""


def listed(offered: Sequence[Reason], topics: Topics) -> Modal:
    note = _(
        "Who loses a deal or a call picks one of these, or says it in their own words. What was answered with a reason "
        "that you take off stays readable and counted."
    )
    rows = [
        kit.section(
            f"*{said(one.label)}*{_about(one, topics)}",
            accessory=kit.button(_("Take off"), Action.LOSS_REASON_OFF, one.key, confirm=_sure(one)),
        )
        for one in offered
    ]
    add = kit.button(_("Add a reason"), Action.LOSS_REASON_NEW, "new", style="primary")
    return kit.modal(View.SAID, _("Why we lose"), [kit.context(note), *rows, kit.buttons(add)])


def form(topics: Topics) -> Modal:
    options = [kit.option(label, tag) for tag, label in topics.items()]
    return kit.modal(
        View.LOSS_REASON,
        _("Add a reason"),
        [
            kit.ask(_("Reason"), Input.NAME, PlainTextInputElement(max_length=MAX_LABEL), optional=False),
            kit.ask(
                _("What is it about?"),
                Input.KIND,
                StaticSelectElement(options=options),
                hint=_("Then teammates' stories and coaches on that topic stand beneath it."),
            ),
        ],
        submit=_("Add"),
    )


def _about(one: Reason, topics: Topics) -> str:
    return f" · {topics[one.topic]}" if one.topic in topics else ""


def _sure(one: Reason) -> ConfirmObject:
    return ConfirmObject(
        title=_("Take it off?"),
        text=PlainTextObject(text=_("“{reason}” is not offered any more.").format(reason=one.label)),
        confirm=_("Take off"),
        deny=_("Keep"),
    )
