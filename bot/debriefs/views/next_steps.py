"""What a rep promised somebody: each with what one can do about it, and all that is due in one message."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import DatePickerElement

from bot.blocks import kit
from bot.blocks.ids import Action
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.core.enums import Unasked
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.debriefs.domain.last_time import NextStep
from bot.people.views import unasked

NAME_LIMIT = 80


def names(contact: str, company: str) -> str:
    """Contact and company, inert; a dialer may know neither."""
    known = ", ".join(said(name, limit=NAME_LIMIT) for name in (contact, company) if name.strip())
    return known or _("somebody not named")


def due(steps: Sequence[NextStep], today: date, reader: Reader) -> list[Block]:
    if not steps:
        return []
    return [kit.header(_title(len(steps))), *(block for one in steps for block in _row(one, today, reader))]


def morning(steps: Sequence[NextStep], today: date, reader: Reader) -> Words:
    text = _("Good morning. {due}.").format(due=_title(len(steps)))
    left = due(steps, today, reader) or [kit.section(_("✓ Nothing is due any more."))]
    note = kit.context(_("This comes in the morning, once a day at most."))
    return Words(text, [*left, unasked.stop_row(Unasked.NEXT_STEPS), note])


def _title(n: int) -> str:
    return ngettext("{n} next step is due", "{n} next steps are due", n).format(n=n)


def _row(step: NextStep, today: date, reader: Reader) -> list[Block]:
    day = _("today") if step.due_on == today else reader.weekday(step.due_on)
    text = f"*{names(step.contact, step.company)}* · {day}\n{said(step.words, limit=200)}".rstrip()
    acts = kit.buttons(
        kit.button(_("Done"), Action.STEP_DONE, step.debrief_id),
        DatePickerElement(action_id=Action.STEP_MOVED, placeholder=_("Move to …")),
    )
    acts.block_id = f"step {step.debrief_id}"
    return [kit.section(text), acts]
