"""A question back about a decision on a lead, and its answer."""

from slack_sdk.models.blocks import PlainTextInputElement
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.kit import said
from bot.blocks.words import Words
from bot.core.enums import Decision, Unasked
from bot.core.i18n import gettext as _
from bot.handoffs.domain.checklist import MAX_REASON, Lead
from bot.handoffs.views.lead import who
from bot.people.views import unasked

ANSWER = 1_000
"""Characters of an answer that the SDR reads; the whole of it is kept."""


def question(lead: Lead) -> Words:
    """To the AE, who finds their own reason beside it."""
    text = f"{_question(lead)}\n{_reason(lead)}"
    acts = kit.buttons(
        kit.button(_("Answer"), Action.ANSWER_BACK, lead.id, style="primary"),
        unasked.stop(Unasked.ASKED_BACK),
    )
    note = kit.context(_("One sentence is enough. An SDR can ask once about a lead."))
    return Words(text, [kit.section(text), acts, note])


def form(lead: Lead) -> Modal:
    element = PlainTextInputElement(multiline=True, max_length=MAX_REASON)
    hint = _("Only {sdr} reads it.").format(sdr=kit.shortened(lead.sdr, 80))
    return kit.modal(
        View.ANSWER_BACK,
        _("Answer"),
        [
            kit.section(f"{_question(lead)}\n{_reason(lead)}"),
            kit.ask(_("Your answer"), Input.ANSWER, element, hint=hint, optional=False),
        ],
        submit=_("Send"),
        about=lead.id,
    )


def answered(lead: Lead, words: str) -> Words:
    """To the SDR."""
    text = _("*{ae}* answers your question about *{who}*:\n“{words}”").format(
        ae=said(lead.ae, limit=80), who=who(lead), words=said(words, limit=ANSWER)
    )
    return Words(text, [kit.section(text)])


def own_answer(lead: Lead, words: str) -> Words:
    """What the AE's question turns into."""
    text = _("✓ You answered {sdr} about *{who}*:\n“{words}”").format(
        sdr=said(lead.sdr, limit=80), who=who(lead), words=said(words, limit=ANSWER)
    )
    return Words(text, [kit.section(text)])


def is_asked(lead: Lead, *, is_now: bool) -> str:
    told = (
        _("✓ {ae} has your question about *{who}*. The answer comes to you here.")
        if is_now
        else _("✓ {ae} gets your question about *{who}* when they are at work. The answer comes to you here.")
    )
    return told.format(ae=said(lead.ae, limit=80), who=who(lead))


def has_answer(lead: Lead) -> str:
    return _("✓ {sdr} has your answer.").format(sdr=said(lead.sdr, limit=80))


def _reason(lead: Lead) -> str:
    return _("You wrote: “{reason}”").format(reason=said(lead.reason, limit=2000))


def _question(lead: Lead) -> str:
    asked = {
        Decision.ACCEPTED: _(
            "*{sdr}* asks back about *{who}*, which you accepted: what should the next one bring, too?"
        ),
        Decision.REJECTED: _(
            "*{sdr}* asks back about *{who}*, which you did not take: what would have made it a good lead?"
        ),
    }[lead.decision or Decision.REJECTED]
    return asked.format(sdr=said(lead.sdr, limit=80), who=who(lead))
