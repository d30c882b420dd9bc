"""Who is on a team, a change of role or team, and days off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block, DatePickerElement, StaticSelectElement
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.core.enums import Role
from bot.core.i18n import gettext as _
from bot.people.domain.leave import Days
from bot.people.domain.someone import Teammate
from bot.people.views.names import role_name

GONE = "gone"
"""Instead of a role: no longer on any team."""


@dataclass(frozen=True, slots=True)
class Off:
    """Leave as it is shown, with the id that takes it back."""

    id: int
    days: Days


def listed(team: str, teammates: Sequence[Teammate]) -> Words:
    title = _("Who is on {team}").format(team=team)
    lines = "\n".join(f"*{said(one.name)}* · {role_name(one.role)}" for one in teammates)
    how = _(
        "`/scorecard roster @name` changes a role or a team from a day on; older numbers stay as they were."
    )
    return Words(title, [kit.header(title), kit.section(lines or _("Nobody yet.")), kit.context(how)])


def form(
    person_id: int, name: str, teams: Sequence[tuple[int, str]], team_id: int, role: Role, today: date
) -> Modal:
    options = [kit.option(team, str(id)) for id, team in teams]
    mine = next((option for option in options if option.value == str(team_id)), options[0])
    roles = [kit.option(role_name(one), one) for one in Role]
    roles.append(kit.option(_("No longer on a team"), GONE))
    now = next(option for option in roles if option.value == role)
    return kit.modal(
        View.ROSTER,
        _("Role and team"),
        [
            kit.section(_("What is *{name}*, and from when?").format(name=said(name))),
            kit.ask(_("Role"), Input.ROLE, StaticSelectElement(options=roles, initial_option=now), optional=False),
            kit.ask(_("Team"), Input.TEAM, StaticSelectElement(options=options, initial_option=mine), optional=False),
            kit.ask(
                _("From"),
                Input.FROM_DAY,
                DatePickerElement(initial_date=today.isoformat()),
                hint=_("Numbers before this day stay with the old role and team."),
                optional=False,
            ),
        ],
        submit=_("Save"),
        about=person_id,
    )  # fmt: skip


def saved(name: str, team: str, role: Role | None, from_day: date, reads: Reader) -> Modal:
    if role is None:
        text = _("✓ {name} is on no team from {day} on.").format(name=said(name), day=reads.day(from_day))
    else:
        text = _("✓ {name} is {role} in {team} from {day} on.").format(
            name=said(name), role=role_name(role), team=said(team), day=reads.day(from_day)
        )
    return kit.sentence(_("Role and team"), text)


def away(name: str, offs: Sequence[Off], reads: Reader, *, own: bool) -> Words:
    """What is ahead, each with its way back."""
    title = _("Your days off") if own else _("Days off of {name}").format(name=name)
    rows: list[Block] = [
        kit.section(
            _("{first} to {last}").format(first=reads.day(off.days.first), last=reads.day(off.days.last)),
            accessory=kit.button(_("Take back"), Action.LEAVE_BACK, off.id),
            block_id=f"leave {off.id}",
        )
        for off in offs
    ]
    how = _("`/scorecard away 3-14 Aug` adds some. On days off nobody is asked, paired or counted.")
    rows = rows or [kit.section(_("None ahead."))]
    return Words(title, [kit.header(title), *rows, kit.context(how)])
