"""The question after a call, and what it turns into when it is answered."""

from slack_sdk.models.blocks import (
    Block,
)

from bot.domain.calls import CallSummary
from bot.domain.debriefs import Answer
from bot.language import gettext as _
from bot.views import kit
from bot.views.ids import Action
from bot.views.kit import said
from bot.views.reader import Reader
from bot.words import Outcome

ENDED: dict[Outcome, Action] = {
    Outcome.ADVANCED: Action.ENDED_ADVANCED,
    Outcome.CONTINUED: Action.ENDED_CONTINUED,
    Outcome.NO_DECISION: Action.ENDED_NO_DECISION,
    Outcome.LOST: Action.ENDED_LOST,
    Outcome.NO_SHOW: Action.ENDED_NO_SHOW,
}


def outcome_label(outcome: Outcome) -> str:
    return {
        Outcome.ADVANCED: _("Advanced"),
        Outcome.CONTINUED: _("Continued"),
        Outcome.NO_DECISION: _("No decision"),
        Outcome.LOST: _("Lost"),
        Outcome.NO_SHOW: _("No-show"),
    }[outcome]


def prompt(call: CallSummary, reader: Reader) -> list[Block]:
    """One tap is a debrief already; the form is one button away."""
    return [
        kit.section(prompt_text(call, reader)),
        kit.buttons(
            *(kit.button(outcome_label(outcome), action, call.id) for outcome, action in ENDED.items())
        ),
        kit.buttons(
            kit.button(_("Debrief"), Action.OPEN_DEBRIEF, call.id, style="primary"),
            kit.button(_("In an hour"), Action.SNOOZE_HOUR, call.id),
            kit.button(_("Tomorrow"), Action.SNOOZE_TOMORROW, call.id),
            kit.button(_("Skip"), Action.SKIP, call.id),
        ),
    ]


def prompt_text(call: CallSummary, reader: Reader) -> str:
    return _("How did your call with *{who}* end?\n{when}").format(who=who(call), when=when(call, reader))


def reminder_text(call: CallSummary, reader: Reader) -> str:
    return _("One tap on your call with *{who}* is enough. {when}").format(
        who=who(call), when=when(call, reader)
    )


def answered(call: CallSummary, answer: Answer, reader: Reader) -> list[Block]:
    """What the prompt turns into: the buttons that would ask again are gone."""
    return [
        kit.section(answered_text(call, answer, reader)),
        kit.buttons(
            kit.button(_("Edit"), Action.OPEN_DEBRIEF, call.id),
            kit.button(_("Add a next step or story"), Action.DEBRIEF_MORE, call.id),
        ),
    ]


def answered_text(call: CallSummary, answer: Answer, reader: Reader) -> str:
    return _("✓ Your call with *{who}*: {outcome}. {when}").format(
        who=who(call), outcome=_ended(answer), when=when(call, reader)
    )


def skipped(call: CallSummary, reader: Reader) -> list[Block]:
    return [
        kit.section(skipped_text(call, reader)),
        kit.buttons(kit.button(_("Debrief after all"), Action.OPEN_DEBRIEF, call.id)),
    ]


def skipped_text(call: CallSummary, reader: Reader) -> str:
    return _("Skipped: your call with *{who}*. {when}").format(who=who(call), when=when(call, reader))


def _ended(answer: Answer) -> str:
    return outcome_label(answer.outcome).lower() if answer.outcome else ""


def who(call: CallSummary) -> str:
    """Contact and company, inert."""
    names = [said(name, limit=80) for name in (call.contact, call.company) if name.strip()]
    return ", ".join(names) or _("your last call")


def when(call: CallSummary, reader: Reader) -> str:
    """`Mon 16 Nov, 14:05 · 12 min`."""
    length = _("{minutes} min").format(minutes=max(1, round(call.talk_seconds / 60)))
    others = _(" · and {n} more with them").format(n=call.joined) if call.joined else ""
    return f"{reader.weekday(call.local_day(reader.zone))}, {reader.time(call.started_at)} · {length}{others}"
