"""What was left off with last time, and whether the rep did what they had set out to do."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block

from bot.blocks import kit
from bot.blocks.ids import Action
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.core.enums import Resolved
from bot.core.i18n import gettext as _
from bot.debriefs.domain.last_time import LastTime, Resolutions
from bot.debriefs.views.outcomes import pinned_down

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
