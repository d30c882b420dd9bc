"""Whose calls they are: the list of those nobody has named, and the forms that say who it is."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    PlainTextInputElement,
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.calls.domain.agents import LONGEST, Known, Named, Unnamed
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext

MOST_IN_HOME = 5
MOST = 40
"""Of strangers and of people known: both fit into a form, which takes 100 blocks."""
NOT_OURS = "not_ours"


def in_home(strangers: Sequence[Unnamed], n: int, reads: Reader) -> list[Block]:
    """`n` counts all of them, shown or not."""
    if not strangers:
        return []
    title = ngettext("Calls of {n} person I do not know", "Calls of {n} people I do not know", n).format(n=n)
    more = _("`/scorecard agents` has all of them. Once I know, they follow by themselves.")
    rows = [_stranger(one, reads) for one in strangers[:MOST_IN_HOME]]
    return [kit.header(title), *rows, kit.context(more)]


def listed(strangers: Sequence[Unnamed], named: Sequence[Named], reads: Reader) -> Modal:
    return kit.modal(
        View.SAID,
        _("Whose calls"),
        [
            kit.section(
                _("Phone systems know people by an extension, a number or an id. Here you say who that is."),
                accessory=kit.button(_("Add one"), Action.ADD_AGENT, "new"),
            ),
            *(_stranger(one, reads) for one in strangers),
            *([kit.divider()] if strangers and named else []),
            *(_known(one) for one in named),
            kit.context(*_closing(len(strangers), len(named))),
        ],
    )


def _closing(strangers: int, named: int) -> list[str]:
    by_email = _("Who is known by the email of their profile needs no line here.")
    if max(strangers, named) < MOST:
        return [by_email]
    return [by_email, _("Not all are shown: `cornerman import --kind agents` takes a file with many.")]


def form(one: Known, slack_user: str | None) -> Modal:
    """`slack_user` is who it is now."""
    return kit.modal(
        View.AGENT,
        _("Who is this?"),
        [
            kit.section(f"*{said(one.agent, limit=80)}* · {said(one.source)}"),
            kit.ask(_("Person"), Input.PERSON, UserSelectElement(initial_user=slack_user)),
            kit.ask(
                _("Or"),
                Input.NOT_OURS,
                CheckboxesElement(options=[kit.option(_("None of ours: do not keep these calls"), NOT_OURS)]),
            ),
        ],
        submit=_("Save"),
        about=one.id,
    )


def new(sources: Sequence[str]) -> Modal:
    return kit.modal(
        View.NEW_AGENT,
        _("Add one"),
        [
            kit.ask(
                _("Where the calls come from"),
                Input.SOURCE,
                StaticSelectElement(options=[kit.option(source, source) for source in sources]),
                optional=False,
            ),
            kit.ask(
                _("What they are called there"),
                Input.AGENT,
                PlainTextInputElement(max_length=LONGEST),
                hint=_("The extension, number, user id or other email that it shows."),
                optional=False,
            ),
            kit.ask(_("Person"), Input.PERSON, UserSelectElement(), optional=False),
        ],
        submit=_("Save"),
    )


def _stranger(one: Unnamed, reads: Reader) -> Block:
    calls = ngettext("{n} call", "{n} calls", one.calls).format(n=one.calls)
    if one.last_at is not None:
        day = one.last_at.astimezone(reads.zone).date()
        calls = _("{calls}, the latest on {day}").format(calls=calls, day=reads.short_day(day))
    return kit.section(
        f"*{_called(one)}*\n{said(one.source)} · {calls}",
        accessory=kit.button(_("This is…"), Action.MAP_AGENT, one.id),
        block_id=f"agent {one.id}",
    )


def _known(one: Named) -> Block:
    return kit.section(
        f"{said(one.agent, limit=80)} · {said(one.source)} → *{said(one.person, limit=80)}*",
        accessory=kit.button(_("Change"), Action.MAP_AGENT, one.id),
        block_id=f"agent {one.id}",
    )


def _called(one: Unnamed) -> str:
    return said(f"{one.name} ({one.agent})" if one.name else one.agent, limit=80)
