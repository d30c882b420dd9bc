"""The Home tab as a whole, what waits in it, and what did not get through."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View as HomeTab

from bot.blocks import kit
from bot.blocks.ids import Action
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.calls.domain.call import CallSummary
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.debriefs.views.question import when, who

MOST_BLOCKS = 100
MOST_STUCK = 20
"""Rows shown; `cornerman outbox list` and `cornerman inbox list` have them all."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """Something that did not arrive or could not be worked; `again` is the button that tries it once more."""

    what: str
    why: str
    again: Action
    id: int


def home(sections: Sequence[Sequence[Block]], always: Sequence[Sequence[Block]] = ()) -> HomeTab:
    """The sections that have something to say, a line between them, then what is `always` there.

    Slack takes 100 blocks: what is too much is cut from the sections, and says so.
    """
    told, kept = _lined(sections), _lined(always)
    room = MOST_BLOCKS - len(kept) - 1
    if len(told) > room:
        told = [*told[: room - 1], kit.context(_("There is more than fits here: the commands show it all."))]
    return HomeTab(type="home", blocks=[*told, *([kit.divider()] if told and kept else []), *kept])


def _lined(sections: Sequence[Sequence[Block]]) -> list[Block]:
    blocks: list[Block] = []
    for section in filter(None, sections):
        blocks += [kit.divider(), *section] if blocks else section
    return blocks


def stranger(sentence: str) -> list[Block]:
    """For somebody the roster does not know."""
    return [kit.section(sentence)]


def waiting(calls: Sequence[CallSummary], n: int, reader: Reader) -> list[Block]:
    """The latest of the `n` calls that wait."""
    if not calls:
        return [
            kit.header(_("No call to debrief")),
            kit.section(_("Calls you have not debriefed wait here.")),
        ]
    title = ngettext("{n} call to debrief", "{n} calls to debrief", n).format(n=n)
    rows = [
        kit.section(
            f"*{who(call)}*\n{when(call, reader)}",
            accessory=kit.button(_("Debrief"), Action.OPEN_DEBRIEF, call.id),
            block_id=f"call {call.id}",
        )
        for call in calls
    ]
    older = [kit.context(_("The latest {n} are shown.").format(n=len(calls)))] if n > len(calls) else []
    offline = kit.buttons(kit.button(_("Work offline"), Action.WORK_OFFLINE, "offline"))
    return [kit.header(title), *rows, *older, offline]


def undelivered(stuck: Sequence[Stuck]) -> list[Block]:
    if not stuck:
        return []
    title = ngettext("{n} thing did not get through", "{n} things did not get through", len(stuck))
    rows = [
        kit.section(
            f"*{said(one.what)}*\n{said(one.why)}",
            accessory=kit.button(_("Try again"), one.again, one.id),
            block_id=f"{one.again} {one.id}",
        )
        for one in stuck[:MOST_STUCK]
    ]
    return [kit.header(title.format(n=len(stuck))), *rows]
