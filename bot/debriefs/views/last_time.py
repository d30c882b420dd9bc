"""What was left off with last time, whether the rep did it, and what they promised: each with what one can do
about it.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import DatePickerElement

from bot.blocks import kit
from bot.blocks.ids import Action
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.core.enums import Resolved, Unasked
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.debriefs.domain.last_time import LastTime, NextStep, Resolutions
from bot.debriefs.views.outcomes import pinned_down
from bot.people.views import unasked

RESOLVED: dict[Action, Resolved] = {
    Action.RESOLVED_YES: Resolved.YES,
    Action.RESOLVED_NO: Resolved.NO,
    Action.RESOLVED_NOT_NOW: Resolved.NOT_NOW,
}
SHOWN = 200


def blocks(last: LastTime | None, call_id: int, reader: Reader) -> list[Block]:
    if last is None or not (last.measure.strip() or last.next_step.strip() or last.next_step_on):
        return []
    told: list[Block] = [kit.context("\n".join(_lines(last, reader)))]
    if last.is_open:
        labels = (_("Yes"), _("No"), _("Not the moment"))
        told.append(
            kit.buttons(
                *(kit.button(label, action, call_id) for label, action in zip(labels, RESOLVED, strict=True))
            )
        )
    return told


def resolutions(found: Resolutions) -> str:
    """On the rep's own card; blank where there is nothing to count."""
    if not found.of:
        return ""
    return _(
        "🎯 *Resolutions kept* (no part of the score; for you and a coach of yours): {kept} of {of}."
    ).format(kept=found.kept, of=found.of)


def _lines(last: LastTime, reader: Reader) -> Iterator[str]:
    day = reader.weekday(last.started_at.astimezone(reader.zone).date())
    step = said(last.next_step, limit=SHOWN) or _("(a day, no words)")
    if last.next_step_on:
        step += f" · {reader.weekday(last.next_step_on)}"
    has_step = bool(last.next_step.strip() or last.next_step_on)
    if has_step:
        yield _("*Last time*, {day}, the next step was: {step}").format(day=day, step=step)
    if last.measure.strip():
        asked = {
            None: _("You wanted to show: “{measure}”. Did you?")
            if has_step
            else _("*Last time*, {day}, you wanted to show: “{measure}”. Did you?"),
            Resolved.YES: _("✓ You did what you wanted to show: “{measure}”"),
            Resolved.NO: _("Not this time: “{measure}”. Noticing is how it comes."),
            Resolved.NOT_NOW: _("Not the moment for: “{measure}”. I ask again next time."),
        }[last.resolved]
        yield asked.format(day=day, measure=said(last.measure, limit=SHOWN))
    if pinned := pinned_down(last.timeline_agreed, last.authority_reached, last.pinned_by):
        yield _("Pinned down then: {what}").format(what=said(pinned, limit=SHOWN))


NAME_LIMIT = 80


def step_names(contact: str, company: str) -> str:
    """Contact and company, inert; a dialer may know neither."""
    known = ", ".join(said(name, limit=NAME_LIMIT) for name in (contact, company) if name.strip())
    return known or _("somebody not named")


MOST_DUE = 5


def steps_due(steps: Sequence[NextStep], today: date, reader: Reader) -> list[Block]:
    if not steps:
        return []
    rows = (block for one in steps[:MOST_DUE] for block in _row(one, today, reader))
    later = _("The {n} earliest are shown.").format(n=MOST_DUE)
    rest = [kit.context(later)] if len(steps) > MOST_DUE else []
    return [kit.header(_title(len(steps))), *rows, *rest]


def morning_steps(steps: Sequence[NextStep], today: date, reader: Reader) -> Words:
    text = _("Good morning. {due}.").format(due=_title(len(steps)))
    left = steps_due(steps, today, reader) or [kit.section(_("✓ Nothing is due any more."))]
    note = kit.context(_("This comes in the morning, once a day at most."))
    return Words(text, [*left, unasked.stop_row(Unasked.NEXT_STEPS), note])


def _title(n: int) -> str:
    return ngettext("{n} next step is due", "{n} next steps are due", n).format(n=n)


def _row(step: NextStep, today: date, reader: Reader) -> list[Block]:
    day = _("today") if step.due_on == today else reader.weekday(step.due_on)
    text = f"*{step_names(step.contact, step.company)}* · {day}\n{said(step.words, limit=200)}".rstrip()
    acts = kit.buttons(
        kit.button(_("Done"), Action.STEP_DONE, step.debrief_id),
        DatePickerElement(action_id=Action.STEP_MOVED, placeholder=_("Move to …")),
    )
    acts.block_id = f"step {step.debrief_id}"
    return [kit.section(text), acts]
