"""`/debrief next`: how one left off with somebody, and what is on one's plate."""

from collections.abc import Iterator, Sequence
from datetime import date

from slack_sdk.models.blocks import Block

from bot.blocks import kit
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.core.enums import Resolved
from bot.core.i18n import gettext as _
from bot.debriefs.domain.last_time import Agenda, LeftOff, NextStep
from bot.debriefs.views.last_time import step_names, steps_due
from bot.debriefs.views.outcomes import Roles, outcome_label
from bot.debriefs.views.question import told_lines

SHOWN = 200


def left_off(found: Sequence[LeftOff], words: str, reader: Reader, roles: Roles) -> Words:
    """The latest with each of those whom the words may mean."""
    if not found:
        text = _("I know of no call of yours with “{name}”. `/debrief next` shows all that is due.").format(
            name=said(words, limit=80)
        )
        return Words(text, [kit.section(text)])
    blocks: list[Block] = []
    for one in found:
        day = reader.weekday(one.started_at.astimezone(reader.zone).date())
        outcome = outcome_label(one.answer.outcome, roles).lower() if one.answer.outcome else ""
        head = _("*{who}*, last on {day}: {outcome}").format(
            who=step_names(one.contact, one.company), day=day, outcome=outcome
        )
        blocks.append(kit.section("\n".join([head, *told_lines(one.answer, reader), *_shown(one)])))
    return Words(_("How you left off"), blocks)


def _shown(one: LeftOff) -> Iterator[str]:
    """What became of what the rep had wanted to show."""
    if one.answer.measure.strip():
        yield {
            None: _("You have not said yet whether you did."),
            Resolved.YES: _("✓ You did."),
            Resolved.NO: _("Not that time."),
            Resolved.NOT_NOW: _("It was not the moment then."),
        }[one.resolved]


def agenda(found: Agenda, today: date, reader: Reader) -> Words:
    blocks = steps_due(found.due, today, reader)
    if found.coming:
        blocks += [
            kit.header(_("In the next seven days")),
            *kit.listed(_coming(one, reader) for one in found.coming),
        ]
    if found.to_show:
        blocks += [
            kit.header(_("What you wanted to show")),
            *kit.listed(_to_show(one) for one in found.to_show),
        ]
    if not blocks:
        blocks = [kit.section(_("Nothing is promised and nothing is due."))]
    hint = _("`/debrief next Dana` or a company's name shows how you left off with them.")
    return Words(_("What comes next"), [*blocks, kit.context(hint)])


def _coming(step: NextStep, reader: Reader) -> str:
    words = f": {said(step.words, limit=SHOWN)}" if step.words.strip() else ""
    return f"• {reader.weekday(step.due_on)} · *{step_names(step.contact, step.company)}*{words}"


def _to_show(one: LeftOff) -> str:
    return f"• *{step_names(one.contact, one.company)}*: “{said(one.answer.measure, limit=SHOWN)}”"
