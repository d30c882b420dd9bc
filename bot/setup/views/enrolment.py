"""People put on the roster from Slack, and what they are there."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    ConversationFilter,
    ConversationSelectElement,
    InputBlock,
    Option,
    StaticSelectElement,
    UserMultiSelectElement,
)
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Input, View
from bot.blocks.kit import said
from bot.core.enums import Role
from bot.core.i18n import gettext as _
from bot.people.domain.someone import Teammate
from bot.people.views.names import role_name
from bot.setup.domain import Enrolled

MOST_PEOPLE = 80
"""Selects in one form; Slack takes 100 blocks."""


def people_form(team_id: int, team: str, groups: Sequence[tuple[str, str]]) -> Modal:
    """`groups` are user groups, by id and name; without them nobody is asked for one."""
    roles = [kit.option(role_name(role), role) for role in Role]
    asks: list[Block] = [
        kit.section(_("Who belongs to *{team}*? Take one way or several.").format(team=said(team))),
        kit.ask(_("These people"), Input.PEOPLE, UserMultiSelectElement()),
        kit.ask(
            _("Everybody in this channel"),
            Input.CHANNEL,
            ConversationSelectElement(filter=ConversationFilter(include=["public", "private"])),
            hint=_("I have to be a member of it."),
        ),
    ]
    if groups:
        options = [kit.option(name, id) for id, name in groups[:100]]
        asks.append(
            kit.ask(_("Everybody in this user group"), Input.GROUP, StaticSelectElement(options=options))
        )
    asks.append(
        kit.ask(
            _("Their role"),
            Input.ROLE,
            StaticSelectElement(options=roles, initial_option=roles[0]),
            hint=_("You can change it for each of them in the next step."),
            optional=False,
        )
    )
    return kit.modal(View.SETUP_PEOPLE, _("Add people"), asks, submit=_("Add"), about=team_id)


def adding() -> Modal:
    return kit.sentence(
        _("Add people"), _("I am adding them, and tell you by direct message when it is done.")
    )


def added(team: str, enrolled: Enrolled) -> str:
    if not enrolled.added:
        return _("Nobody new for {team}: everybody you named has a role already.").format(team=said(team))
    text = _("✓ Added to {team}: {names}.").format(team=said(team), names=_listed(enrolled.added))
    if enrolled.known:
        text += " " + _("Already there: {names}.").format(names=_listed(enrolled.known))
    return text + " " + _("The Home tab has the next step.")


def welcome(team: str, by: str = "", *, leads: bool = False) -> str:
    """The first words to anybody: who this is, what will come, and how to stop it. `by` is who added them."""
    hello = (
        _("Hello! {by} added you to {team} here. I am Cornerman, and I coach; I am not a judge.")
        if by
        else _("Hello! You are on the roster of {team} here. I am Cornerman, and I coach; I am not a judge.")
    )
    return "\n".join([hello.format(by=said(by), team=said(team)), *(_to_lead() if leads else _to_rep())])


def _to_rep() -> tuple[str, str]:
    return (
        _(
            "After a call I ask how it ended, one tap; once a week I may propose half an hour with a colleague who "
            "is strong where you want to be."
        ),
        _(
            "Your numbers are yours: `/scorecard`. `/coach learning off` stops the pairs, `/coach naming off` "
            "keeps your name out of the channel, and every question can be skipped."
        ),
    )


def _to_lead() -> tuple[str, str]:
    return (
        _(
            "Once a week the channel reads the team's digest, and you a page of your own beside it; I propose pairs "
            "that coach each other."
        ),
        _(
            "You see it before anybody does: `/scorecard digest` shows, posts or skips it, `/scorecard pairs` changes "
            "who is paired; day and channel are a button on my Home tab."
        ),
    )


def roles_form(team_id: int, team: str, teammates: Sequence[Teammate]) -> Modal:
    options = [kit.option(role_name(role), role) for role in Role]
    rows = [_role_of(one, options) for one in teammates[:MOST_PEOPLE]]
    hint = _(
        "A role set here counts from the first day. Later changes, with their dates: `/scorecard roster`."
    )
    return kit.modal(
        View.SETUP_ROLES,
        _("Who is what"),
        [kit.context(hint), *rows]
        if rows
        else [kit.section(_("Nobody is in {team} yet.").format(team=said(team)))],
        submit=_("Save") if rows else None,
        about=team_id,
    )


def _role_of(one: Teammate, options: Sequence[Option]) -> InputBlock:
    """Its block id is the person's."""
    mine = next(option for option in options if option.value == one.role)
    select = StaticSelectElement(options=options, initial_option=mine, action_id=Input.ROLE)
    return InputBlock(label=kit.shortened(one.name, 75), element=select, block_id=str(one.person_id))


def roles_saved(changed: int) -> Modal:
    return kit.sentence(_("Who is what"), _("✓ Saved. Changed: {n}.").format(n=changed))


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(said(name) for name in names[:20])
    return shown if len(names) <= 20 else _("{names} and {n} more").format(names=shown, n=len(names) - 20)
