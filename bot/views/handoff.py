"""A lead on its way: the form that passes it, the AE's question, and what the SDR learns from the answer."""

from collections.abc import Iterable, Sequence

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    InputInteractiveElement,
    NumberInputElement,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View as Modal

from bot.domain.handoffs import MAX_NAME, MAX_REASON, NO, OTHER, YES, Criterion, Judged, Lead
from bot.language import gettext as _
from bot.views import kit
from bot.views.ids import Action, Input, View
from bot.views.kit import said
from bot.views.reader import Reader
from bot.words import CriterionKind, Decision

FORMS: dict[Decision, View] = {
    Decision.ACCEPTED: View.HANDOFF_ACCEPT,
    Decision.REJECTED: View.HANDOFF_REJECT,
}


def form(key: str, checklist: Sequence[Criterion]) -> Modal:
    """The key makes a second submission the same lead."""
    asked: list[Block] = [
        kit.ask(_("Which AE?"), Input.AE, UserSelectElement(placeholder=_("Pick one")), optional=False),
        kit.ask(_("Company"), Input.COMPANY, _line(), optional=False),
        kit.ask(_("Contact"), Input.CONTACT, _line(), hint=_("Name and role of the one to talk to.")),
    ]
    if checklist:
        asked.append(
            kit.context(_("The checklist. Leave blank what you do not know: it counts as not met yet."))
        )
    return kit.modal(
        View.HANDOFF, _("Pass a lead"), [*asked, *map(_asked, checklist)], submit=_("Pass"), about=key
    )


def passed_text(lead: Lead) -> str:
    """What the SDR reads when the form closes."""
    return _(
        "✓ {ae} has your lead *{who}*. You hear from me as soon as they decide, with the reason."
    ).format(ae=said(lead.ae, limit=80), who=who(lead))


def question(lead: Lead, reader: Reader) -> list[Block]:
    return _with_buttons(lead, question_text(lead, reader), reader)


def question_text(lead: Lead, reader: Reader) -> str:
    return _("*{sdr}* passes you a lead: *{who}*. {when}").format(
        sdr=said(lead.sdr, limit=80), who=who(lead), when=_when(lead, reader)
    )


def reminder(lead: Lead, reader: Reader) -> list[Block]:
    return _with_buttons(lead, reminder_text(lead, reader), reader)


def reminder_text(lead: Lead, reader: Reader) -> str:
    return _("*{sdr}* still waits for your word on *{who}*, passed {when}. One sentence is enough.").format(
        sdr=said(lead.sdr, limit=80), who=who(lead), when=_when(lead, reader)
    )


def decision_form(lead: Lead, decision: Decision, reader: Reader) -> Modal:
    title, label = {
        Decision.ACCEPTED: (_("Accept the lead"), _("What made it a good lead?")),
        Decision.REJECTED: (_("Reject the lead"), _("What was missing?")),
    }[decision]
    reason = PlainTextInputElement(multiline=True, max_length=MAX_REASON)
    hint = _("{sdr} reads this and learns from it: say what you saw, not only that it was good or bad.")
    return kit.modal(
        FORMS[decision],
        title,
        [
            kit.section("\n".join([question_text(lead, reader), *_checklist(lead.checklist, reader)])),
            kit.ask(
                label, Input.REASON, reason, hint=hint.format(sdr=kit.shortened(lead.sdr, 80)), optional=False
            ),
        ],
        submit=_("Send"),
        about=lead.id,
    )


def decided(lead: Lead) -> list[Block]:
    """What the AE's question turns into."""
    return [kit.section(decided_text(lead))]


def decided_text(lead: Lead) -> str:
    told = {
        Decision.ACCEPTED: _("✓ You accepted *{who}* from {sdr}."),
        Decision.REJECTED: _("✗ You rejected *{who}* from {sdr}."),
    }[lead.decision or Decision.ACCEPTED].format(who=who(lead), sdr=said(lead.sdr, limit=80))
    return f"{told}\n{_why(lead)}"


def lesson(lead: Lead, reader: Reader) -> list[Block]:
    """The decision as the SDR reads it, with what the checklist lacked."""
    return [kit.section("\n".join([lesson_text(lead), *_shortfall(lead, reader)]))]


def lesson_text(lead: Lead) -> str:
    told = {
        Decision.ACCEPTED: _("✓ *{ae}* accepted your lead *{who}*."),
        Decision.REJECTED: _("*{ae}* did not take your lead *{who}*."),
    }[lead.decision or Decision.ACCEPTED].format(ae=said(lead.ae, limit=80), who=who(lead))
    return f"{told}\n{_why(lead)}"


def help_text() -> str:
    return _(
        "`/handoff` passes a lead to an AE. With `/handoff criteria` managers change the qualification checklist."
    )


def who(lead: Lead) -> str:
    """Contact and company, inert."""
    return ", ".join(said(name, limit=80) for name in (lead.contact, lead.company) if name)


def asks_for(criterion: Criterion, reader: Reader) -> str:
    """What is good enough, for a mrkdwn text: `at least 50`."""
    match criterion.kind:
        case CriterionKind.YES_NO:
            return _("yes")
        case CriterionKind.AT_LEAST:
            return _("at least {n}").format(n=reader.number(criterion.bound or 0))
        case CriterionKind.ONE_OF:
            return _("one of: {choices}").format(choices=said(", ".join(criterion.choices), limit=200))


def _with_buttons(lead: Lead, text: str, reader: Reader) -> list[Block]:
    return [
        kit.section("\n".join([text, *_checklist(lead.checklist, reader)])),
        kit.buttons(
            kit.button(_("Accept"), Action.HANDOFF_ACCEPT, lead.id, style="primary"),
            kit.button(_("Reject"), Action.HANDOFF_REJECT, lead.id),
        ),
    ]


def _checklist(checklist: Iterable[Judged], reader: Reader) -> list[str]:
    return [
        f"{'✓' if one.met else '✗'} {said(one.criterion.name, limit=80)}: {_answer(one, reader)}"
        for one in checklist
    ]


def _answer(one: Judged, reader: Reader) -> str:
    wanted = (
        "" if one.met else " ({})".format(_("wanted: {this}").format(this=asks_for(one.criterion, reader)))
    )
    if not one.answer:
        return _("not known") + wanted
    if one.criterion.kind is CriterionKind.AT_LEAST:
        return reader.number(int(one.answer)) + wanted
    words = {YES: _("yes"), NO: _("no"), OTHER: _("something else")}
    return words.get(one.answer, said(one.answer, limit=80)) + wanted


def _shortfall(lead: Lead, reader: Reader) -> list[str]:
    missing = [one for one in lead.checklist if one.criterion.required and not one.met]
    if not missing:
        return []
    title = _("To pin down before the next one:")
    if lead.decision is Decision.ACCEPTED:
        title = _("Accepted, but not yet a qualified lead by the checklist, which still wants:")
    return [title, *_checklist(missing, reader)]


def _why(lead: Lead) -> str:
    return _("Why: {reason}").format(reason=said(lead.reason, limit=2000))


def _when(lead: Lead, reader: Reader) -> str:
    """`Mon 16 Nov, 14:05`."""
    return f"{reader.weekday(lead.passed_at.astimezone(reader.zone).date())}, {reader.time(lead.passed_at)}"


def _asked(criterion: Criterion) -> InputBlock:
    """One criterion as an input; its block's id is the criterion's own."""
    element = _element(criterion)
    element.action_id = Input.CRITERION
    label = criterion.name if criterion.required else _("{name} (nice to have)").format(name=criterion.name)
    return InputBlock(label=label, element=element, block_id=str(criterion.id), optional=True)


def _element(criterion: Criterion) -> InputInteractiveElement:
    match criterion.kind:
        case CriterionKind.YES_NO:
            return RadioButtonsElement(options=[kit.option(_("Yes"), YES), kit.option(_("No"), NO)])
        case CriterionKind.AT_LEAST:
            return NumberInputElement(is_decimal_allowed=False)
        case CriterionKind.ONE_OF:
            choices = [kit.option(choice, choice) for choice in criterion.choices if choice != OTHER]
            return StaticSelectElement(options=[*choices, kit.option(_("Something else"), OTHER)])


def _line() -> PlainTextInputElement:
    return PlainTextInputElement(max_length=MAX_NAME)
