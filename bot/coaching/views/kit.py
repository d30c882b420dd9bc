"""The coach's kit, before a pair's first meeting."""

from slack_sdk.models.blocks import Block, ButtonElement

from bot.blocks import kit
from bot.blocks.ids import Action
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.coaching.domain.kit import Kit, Talked
from bot.core.enums import Metric
from bot.core.i18n import gettext as _
from bot.debriefs.views.outcomes import outcome_label
from bot.debriefs.views.question import when, who
from bot.people.views.names import short_name
from bot.scorecards.domain.definitions import DEFINITIONS
from bot.scorecards.views.amounts import title

STORY_LIMIT = 300


def kit_of(learner: str, given: Kit, reads: Reader) -> Words:
    """For the coach's eyes: how half an hour goes, what to ask, which calls, what helped others."""
    name = short_name(learner)
    headline = _("*Your first half hour with {learner}, on {metric}*").format(
        learner=name, metric=title(given.metric)
    )
    blocks: list[Block] = [kit.section(part) for part in (headline, _half_hour(), _questions(given.metric))]
    blocks += _calls(name, given, reads)
    rest = (_resolutions(name, given), _helped(given), _first_time(name) if given.is_first else "")
    blocks += [kit.section(part) for part in rest if part]
    return Words("\n\n".join(_words(block) for block in blocks), blocks)


def _words(block: Block) -> str:
    return str(block.to_dict()["text"]["text"])


def _half_hour() -> str:
    return _(
        "*How it goes:* 5 minutes the worksheet, 15 minutes one call, 5 minutes trying the other way aloud, 5 minutes "
        "one commitment for the next calls."
    )


def _questions(metric: Metric) -> str:
    asked = "\n".join(f"• {_(question)}" for question in DEFINITIONS[metric].coach_asks)
    return _("*Three questions to ask:*") + "\n" + asked


def _calls(learner: str, given: Kit, reads: Reader) -> list[Block]:
    """Each with its own button: Slack takes no two of one kind in a row of buttons."""
    if not given.calls:
        none = _("No debrief of {learner}'s is about it yet; ask for one call to talk about.")
        return [kit.section(none.format(learner=learner))]
    heading = _("*Calls of {learner}'s that matter:*").format(learner=learner)
    lines = [f"{at}. {_call(one, reads)}" for at, one in enumerate(given.calls, start=1)]
    return [
        kit.section(heading),
        *(kit.section(line, accessory=_button(one)) for line, one in zip(lines, given.calls, strict=True)),
    ]


def _call(one: Talked, reads: Reader) -> str:
    ended = outcome_label(one.answer.outcome).lower() if one.answer.outcome else ""
    parts = [who(one.call), ended, when(one.call, reads)]
    return " · ".join(part for part in parts if part)


def _button(one: Talked) -> ButtonElement:
    return kit.button(_("Give feedback"), Action.GIVE_FEEDBACK, one.debrief_id)


def _resolutions(learner: str, given: Kit) -> str:
    if not given.resolutions.of:
        return ""
    return _(
        "*Resolutions:* of what {learner} set out to show at a next call, {kept} of {of} were done. "
        "Only you two read this."
    ).format(learner=learner, kept=given.resolutions.kept, of=given.resolutions.of)


def _helped(given: Kit) -> str:
    if not given.helped:
        return ""
    return _("*What helped a colleague:*") + " " + said(given.helped, limit=STORY_LIMIT)


def _first_time(learner: str) -> str:
    return _(
        "*Your first time?* Most find the first minutes the hardest. Begin with: “{learner}, which call shall we look "
        "at?” Let them talk first, tell one thing that you do differently and when it failed you too, and stop at one "
        "commitment. Nobody expects a lecture."
    ).format(learner=learner)
