"""The Home tab: what waits, and what is mine to switch."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View as HomeTab

from bot.domain.calls import CallSummary
from bot.language import gettext as _
from bot.language import ngettext
from bot.views import kit
from bot.views.debrief import when, who
from bot.views.ids import Action
from bot.views.reader import Reader


def home(calls: Sequence[CallSummary], reader: Reader, *, willing: bool, named_publicly: bool) -> HomeTab:
    return HomeTab(
        type="home", blocks=[*_waiting(calls, reader), kit.divider(), *_mine(willing, named_publicly)]
    )


def stranger(sentence: str) -> HomeTab:
    """For somebody the roster does not know."""
    return HomeTab(type="home", blocks=[kit.section(sentence)])


def _waiting(calls: Sequence[CallSummary], reader: Reader) -> list[Block]:
    if not calls:
        return [
            kit.header(_("Nothing waits for you")),
            kit.section(_("Calls you have not debriefed rest here.")),
        ]
    title = ngettext("{n} call to debrief", "{n} calls to debrief", len(calls)).format(n=len(calls))
    rows = [
        kit.section(
            f"*{who(call)}*\n{when(call, reader)}",
            accessory=kit.button(_("Debrief"), Action.OPEN_DEBRIEF, call.id),
            block_id=f"call {call.id}",
        )
        for call in calls
    ]
    return [kit.header(title), *rows]


def _mine(willing: bool, named_publicly: bool) -> list[Block]:
    coaching = (
        (_("You coach others."), kit.button(_("Stop coaching"), Action.COACHING_OFF, "off"))
        if willing
        else (_("You do not coach others."), kit.button(_("I would like to coach"), Action.COACHING_ON, "on"))
    )
    naming = (
        (
            _("You may be named in the weekly digest."),
            kit.button(_("Do not name me"), Action.NAMING_OFF, "off"),
        )
        if named_publicly
        else (_("You are not named in the weekly digest."), kit.button(_("Name me"), Action.NAMING_ON, "on"))
    )
    return [
        kit.header(_("Mine to decide")),
        kit.section(coaching[0], accessory=coaching[1]),
        kit.section(naming[0], accessory=naming[1]),
        kit.context(
            _(
                "`/scorecard` shows your numbers, `/debrief` logs a call, `/coach help` says how coaching works."
            )
        ),
    ]
