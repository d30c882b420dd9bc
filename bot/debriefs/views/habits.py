"""What a rep reads, alone, about a thing they keep wanting to work on."""

from slack_sdk.models.blocks import Block

from bot.blocks import kit
from bot.blocks.kit import said
from bot.blocks.words import Words
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.debriefs.domain.debrief import TAGS
from bot.debriefs.domain.debrief import label as tag_label
from bot.debriefs.domain.topics import Habit
from bot.debriefs.views.stories import line


def noticed(habit: Habit) -> Words:
    """The habit, the team's own stories on it, and where there is help."""
    text = _noticed(habit)
    blocks: list[Block] = [
        kit.section(text),
        *([kit.section("\n".join(line(story) for story in habit.stories))] if habit.stories else []),
        kit.context(_help(habit.tag)),
    ]
    return Words(text, blocks)


def _noticed(habit: Habit) -> str:
    text = _(
        "That is {n} weeks running that you pick *{tag}* to work on. Seeing it is the hard part; "
        "the next one goes easier with help."
    ).format(n=habit.weeks, tag=said(_(tag_label(habit.tag)), limit=40))
    if not habit.stories:
        return text
    wins = ngettext(
        "Here is how a teammate won with it:", "Here is how teammates won with it:", len(habit.stories)
    )
    return f"{text}\n{wins}"


def _help(tag: str) -> str:
    """Nobody offers to coach on a word that is the team's own."""
    alone = _("Only you see this.")
    asks = _("`/coach now {tag}` finds a teammate to ask.").format(tag=_typed(tag))
    return f"{alone} {asks}" if tag in TAGS else alone


def _typed(tag: str) -> str:
    """As one writes it after a command."""
    return tag.replace("_", " ")
