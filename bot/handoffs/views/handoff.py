"""A lead on its way: the form that passes it, the AE's question, and what the SDR learns from the answer."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.blocks.basic_components import OptionGroup, PlainTextObject
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.slash import SlashWords
from bot.blocks.words import Words
from bot.core.enums import Decision
from bot.core.i18n import gettext as _
from bot.handoffs.domain.checklist import (
    MAX_NAME,
    MAX_NOTES,
    MAX_REASON,
    Criterion,
    Lead,
    Receiver,
)
from bot.handoffs.views import checklist_form
from bot.handoffs.views.lead import judged, notes, shortfall, when, who, why

MOST_AES = 100
"""What a menu holds."""
FORMS: dict[Decision, View] = {
    Decision.ACCEPTED: View.HANDOFF_ACCEPT,
    Decision.REJECTED: View.HANDOFF_REJECT,
}


INSISTED: dict[Decision, View] = {
    Decision.ACCEPTED: View.HANDOFF_ACCEPT_SO,
    Decision.REJECTED: View.HANDOFF_REJECT_SO,
}
"""The same forms after a reason that says too little: what is sent from them stands."""


def form(
    key: str,
    checklist: Sequence[Criterion],
    aes: Sequence[Receiver],
    tested: Sequence[Block] = (),
) -> Modal:
    """The key makes a second submission the same lead. `aes` are those who can be meant, at least one.

    `tested` says how the lead stands so far, where the sender asked.
    """
    notes = PlainTextInputElement(multiline=True, max_length=MAX_NOTES)
    asked: list[Block] = [
        kit.ask(_("Which AE?"), Input.AE, _aes(aes), optional=False),
        kit.ask(_("Company"), Input.COMPANY, _line(), optional=False),
        kit.ask(_("Contact"), Input.CONTACT, _line(), hint=_("Name and role of the one to talk to.")),
        kit.ask(
            _("Notes"),
            Input.NOTES,
            notes,
            hint=_("What they said, what was promised: the AE begins from it."),
        ),
    ]
    if checklist:
        asked += [
            kit.context(_("The checklist. Leave blank what you do not know: it counts as not met yet.")),
            *map(checklist_form.asked, checklist),
            kit.buttons(kit.button(_("Test it first"), Action.LEAD_TEST, key)),
            *tested,
        ]
    return kit.modal(View.HANDOFF, _("Pass a lead"), asked, submit=_("Pass"), about=key)


def passed(lead: Lead) -> str:
    """What the SDR reads when the form closes."""
    return _(
        "✓ {ae} has your lead *{who}*. You hear from me as soon as they decide, with the reason."
    ).format(ae=said(lead.ae, limit=80), who=who(lead))


def _aes(aes: Sequence[Receiver]) -> StaticSelectElement:
    """By team, in the order given; the only one is chosen already."""
    options = {one.id: kit.option(one.name, str(one.id)) for one in aes[:MOST_AES]}
    groups = [
        OptionGroup(
            label=PlainTextObject(text=kit.shortened(team, kit.OPTION_LIMIT)),
            options=[options[one.id] for one in of_team],
        )
        for team, of_team in groupby(aes[:MOST_AES], key=lambda one: one.team)
    ]
    only = options[aes[0].id] if len(aes) == 1 else None
    return StaticSelectElement(placeholder=_("Pick one"), option_groups=groups, initial_option=only)


def question(lead: Lead, reader: Reader) -> Words:
    return _with_buttons(lead, _passes_you(lead, reader), reader)


def _passes_you(lead: Lead, reader: Reader) -> str:
    return _("*{sdr}* passes you a lead: *{who}*. Passed {when}").format(
        sdr=said(lead.sdr, limit=80), who=who(lead), when=when(lead, reader)
    )


def reminder(lead: Lead, reader: Reader) -> Words:
    text = _("*{sdr}* still waits for your word on *{who}*, passed {when}. One sentence is enough.")
    told = text.format(sdr=said(lead.sdr, limit=80), who=who(lead), when=when(lead, reader))
    return _with_buttons(lead, told, reader)


def decision_form(lead: Lead, decision: Decision, reader: Reader, too_short: str = "") -> Modal:
    """`too_short` is a reason that was sent and says too little: it may be sent again as it is."""
    title, label = {
        Decision.ACCEPTED: (_("Accept the lead"), _("What made it a good lead?")),
        Decision.REJECTED: (_("Reject the lead"), _("What was missing?")),
    }[decision]
    reason = PlainTextInputElement(initial_value=too_short or None, multiline=True, max_length=MAX_REASON)
    nudge = _("“{reason}” says what, not why: one sentence more, and {sdr} can do better next time.").format(
        reason=said(too_short, limit=40), sdr=said(lead.sdr, limit=80)
    )
    hint = _("{sdr} reads this and learns from it: say what you saw, not only that it was good or bad.")
    return kit.modal(
        (INSISTED if too_short else FORMS)[decision],
        title,
        [
            *([kit.section(nudge)] if too_short else []),
            kit.section(
                "\n".join([_passes_you(lead, reader), *notes(lead), *judged(lead.checklist, reader)])
            ),
            kit.ask(
                label, Input.REASON, reason, hint=hint.format(sdr=kit.shortened(lead.sdr, 80)), optional=False
            ),
        ],
        submit=_("Send as it is") if too_short else _("Send"),
        about=lead.id,
    )


def decided(lead: Lead) -> Words:
    """What the AE's question turns into."""
    told = {
        Decision.ACCEPTED: _("✓ You accepted *{who}* from {sdr}."),
        Decision.REJECTED: _("✗ You rejected *{who}* from {sdr}."),
    }[lead.decision or Decision.ACCEPTED].format(who=who(lead), sdr=said(lead.sdr, limit=80))
    text = f"{told}\n{why(lead)}"
    undo = kit.button(_("Undo"), Action.HANDOFF_UNDO, lead.id)
    return Words(
        text, [kit.section(text), kit.buttons(undo), kit.context(_("It can be undone for five minutes."))]
    )


def taken_back(lead: Lead) -> Words:
    """What the SDR's lesson turns into when the AE undoes the decision."""
    text = _("*{ae}* took that back and looks at your lead *{who}* again. You hear from me.").format(
        ae=said(lead.ae, limit=80), who=who(lead)
    )
    return Words(text, [kit.section(text)])


def lesson(lead: Lead, reader: Reader) -> Words:
    """The decision as the SDR reads it, with what the checklist lacked, and a tap on a reason that taught nothing."""
    words = _lesson(lead, reader)
    return Words(
        words.text,
        [
            *words.blocks,
            kit.buttons(
                kit.button(_("Ask back"), Action.ASK_BACK, lead.id),
                kit.button(_("This did not help me"), Action.HANDOFF_UNHELPFUL, lead.id),
            ),
        ],
    )


def lesson_unhelpful(lead: Lead, reader: Reader) -> Words:
    """The same once the SDR has tapped."""
    words = _lesson(lead, reader)
    back = kit.buttons(kit.button(_("Ask back"), Action.ASK_BACK, lead.id))
    return Words(words.text, [*words.blocks, back, kit.context(unhelpful())])


def unhelpful() -> str:
    return _(
        "You said that this did not help. It no longer counts as a reason that teaches; nobody is told who said so."
    )


def _lesson(lead: Lead, reader: Reader) -> Words:
    told = {
        Decision.ACCEPTED: _("✓ *{ae}* accepted your lead *{who}*."),
        Decision.REJECTED: _("*{ae}* did not take your lead *{who}*."),
    }[lead.decision or Decision.ACCEPTED].format(ae=said(lead.ae, limit=80), who=who(lead))
    text = f"{told}\n{why(lead)}"
    return Words(text, [kit.section("\n".join([text, *shortfall(lead, reader)]))])


def usage(words: SlashWords[Any], typed: str = "", elsewhere: str = "") -> str:
    near = elsewhere or words.nearest(typed)
    meant = [_("Did you mean `{command}`?").format(command=near)] if near else []
    return "\n".join([*meant, *words.bullets()])


def _with_buttons(lead: Lead, text: str, reader: Reader) -> Words:
    buttons = kit.buttons(
        kit.button(_("Accept"), Action.HANDOFF_ACCEPT, lead.id, style="primary"),
        kit.button(_("Reject"), Action.HANDOFF_REJECT, lead.id),
    )
    return Words(
        text, [kit.section("\n".join([text, *notes(lead), *judged(lead.checklist, reader)])), buttons]
    )


def _line() -> PlainTextInputElement:
    return PlainTextInputElement(max_length=MAX_NAME)
