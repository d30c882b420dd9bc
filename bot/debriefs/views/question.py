"""The question after a call, and what it turns into when it is answered."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from slack_sdk.models.blocks import Block

from bot.blocks import kit
from bot.blocks.ids import Action
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.calls.domain.call import CallSummary
from bot.core.enums import Outcome
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.debriefs.domain.debrief import Answer
from bot.debriefs.domain.debrief import label as tag_label
from bot.debriefs.domain.last_time import LastTime
from bot.debriefs.views import last_time as last_views
from bot.debriefs.views.outcomes import BECAUSE, ENDED, Roles, help_line, outcome_label, pinned_down
from bot.pipeline.domain.losses import Reason

SHOWN = 200
"""Characters of an answer that are shown back."""


def prompt(
    call: CallSummary,
    reader: Reader,
    roles: Roles,
    last: LastTime | None = None,
    *,
    is_again: bool = False,
) -> Words:
    """One tap is a debrief already; the form is one button away. `roles` are the rep's, `is_again` the reminder."""
    text = (
        _("One tap on your call with *{who}* is enough: how did it end?\n{when}")
        if is_again
        else _("How did your call with *{who}* end?\n{when}")
    ).format(who=who(call), when=when(call, reader))
    blocks: list[Block] = [
        kit.section(text),
        *last_views.blocks(last, call.id, reader),
        kit.buttons(
            *(kit.button(outcome_label(outcome, roles), action, call.id) for outcome, action in ENDED.items())
        ),
        kit.context(" ".join([_("One tap is enough and is saved at once."), help_line(roles)])),
        kit.buttons(
            kit.button(_("Debrief"), Action.OPEN_DEBRIEF, call.id, style="primary"),
            kit.button(_("In an hour"), Action.SNOOZE_HOUR, call.id),
            kit.button(_("Tomorrow"), Action.SNOOZE_TOMORROW, call.id),
            kit.button(_("Skip"), Action.SKIP, call.id),
        ),
    ]
    return Words(text, blocks)


def asked_again(call: CallSummary, reader: Reader) -> Words:
    """What an earlier question turns into when the reminder comes."""
    text = _("Your call with *{who}*: I ask again below. {when}").format(
        who=who(call), when=when(call, reader)
    )
    return Words(text, [kit.context(text)])


def enough(asked: int) -> Words:
    """Said once, when the day has had its questions."""
    text = ngettext(
        "I have asked you about {n} call today, and that is enough. The rest of today's calls wait in Home, "
        "whenever you like.",
        "I have asked you about {n} calls today, and that is enough. The rest of today's calls wait in Home, "
        "whenever you like.",
        asked,
    ).format(n=asked)
    return Words(text, [kit.section(text)])


def snoozed(call: CallSummary, until: datetime | None, reader: Reader, *, now: datetime) -> Words:
    """What the question turns into when it is put off; None: it is not asked again."""
    if until is None:
        told = _("Your call with *{who}* waits in Home. {when}")
    elif until.astimezone(reader.zone).date() == now.astimezone(reader.zone).date():
        told = _("I'll ask again at {time}: your call with *{who}*. {when}")
    else:
        told = _("I'll ask again on {day} at {time}: your call with *{who}*. {when}")
    text = told.format(
        who=who(call),
        when=when(call, reader),
        time=reader.time(until) if until else "",
        day=reader.weekday(until.astimezone(reader.zone).date()) if until else "",
    )
    button = kit.button(_("Debrief now"), Action.OPEN_DEBRIEF, call.id)
    return Words(text, [kit.section(text), kit.buttons(button)])


def answered(
    call: CallSummary,
    answer: Answer,
    reader: Reader,
    roles: Roles,
    last: LastTime | None = None,
    reasons: Sequence[Reason] = (),
) -> Words:
    """What the prompt turns into: what was saved, without the buttons that would ask again.

    A loss is asked why: `reasons` are those that are offered.
    """
    return Words(
        _answered(call, answer, reader, roles),
        [
            kit.section(saved(call, answer, reader, roles)),
            *last_views.blocks(
                replace(last, next_step="", next_step_on=None) if last else None, call.id, reader
            ),
            *(_why_lost(call, reasons) if owes_reason(answer) else []),
            kit.buttons(
                kit.button(_("Edit"), Action.OPEN_DEBRIEF, call.id),
                kit.button(_("Add more"), Action.DEBRIEF_MORE, call.id),
            ),
        ],
    )


def owes_reason(answer: Answer) -> bool:
    return answer.outcome is Outcome.LOST and not answer.reason.strip()


def saved(call: CallSummary, answer: Answer, reader: Reader, roles: Roles) -> str:
    """What the rep said, a line each."""
    return "\n".join([_answered(call, answer, reader, roles), *told_lines(answer, reader)])


def told_lines(answer: Answer, reader: Reader) -> list[str]:
    """What the rep said beside how it ended."""
    told = [
        (_("Lost because"), answer.reason),
        (_("Lost to"), answer.competitor),
        (_("Lost at"), answer.lost_stage),
        (_("Next step"), " · ".join(_next_step(answer, reader))),
        (_("Went well"), answer.went_well),
        (_("To work on"), ", ".join(_(tag_label(tag)) for tag in answer.tags)),
        (_("To improve"), answer.improve),
        (_("I will see it by"), answer.measure),
        (_("Pinned down"), pinned_down(answer.timeline_agreed, answer.authority_reached, answer.pinned_by)),
        (_("Story"), answer.story),
    ]
    return [f"{label}: {said(words, limit=SHOWN)}" for label, words in told if words.strip()]


def _answered(call: CallSummary, answer: Answer, reader: Reader, roles: Roles) -> str:
    return _("✓ Your call with *{who}*: {outcome}. {when}").format(
        who=who(call), outcome=_ended(answer, roles), when=when(call, reader)
    )


def _next_step(answer: Answer, reader: Reader) -> Iterator[str]:
    if answer.next_step.strip():
        yield answer.next_step
    if answer.next_step_on:
        yield reader.weekday(answer.next_step_on)


def _why_lost(call: CallSummary, reasons: Sequence[Reason]) -> list[Block]:
    acts = kit.buttons(
        *(
            kit.button(reason.label, action, reason.key)
            for action, reason in zip(BECAUSE, reasons, strict=False)
        )
    )
    acts.block_id = f"why {call.id}"
    return [
        kit.section(_("Why was it lost? One tap is enough.")),
        acts,
        kit.buttons(kit.button(_("In my own words"), Action.DEBRIEF_MORE, call.id)),
    ]


def skipped(call: CallSummary, reader: Reader) -> Words:
    text = _("Skipped: your call with *{who}*. {when}").format(who=who(call), when=when(call, reader))
    buttons = kit.buttons(
        kit.button(_("Undo"), Action.UNSKIP, call.id),
        kit.button(_("Debrief after all"), Action.OPEN_DEBRIEF, call.id),
    )
    return Words(text, [kit.section(text), buttons])


def _ended(answer: Answer, roles: Roles) -> str:
    return outcome_label(answer.outcome, roles).lower() if answer.outcome else ""


def who(call: CallSummary) -> str:
    """Contact and company, inert."""
    names = [said(name, limit=80) for name in (call.contact, call.company) if name.strip()]
    return ", ".join(names) or _("your last call")


def when(call: CallSummary, reader: Reader) -> str:
    """`Mon 16 Nov, 14:05 · 12 min`."""
    length = _("{minutes} min long").format(minutes=max(1, round(call.talk_seconds / 60)))
    others = _(" · and {n} more with them").format(n=call.joined) if call.joined else ""
    return f"{reader.weekday(call.local_day(reader.zone))}, {reader.time(call.started_at)} · {length}{others}"
