"""How a call ended, in the words of whoever made it."""

from collections.abc import Set as AbstractSet

from bot.blocks.ids import Action
from bot.core.enums import Outcome, Role
from bot.core.i18n import gettext as _

ENDED: dict[Outcome, Action] = {
    Outcome.ADVANCED: Action.ENDED_ADVANCED,
    Outcome.CONTINUED: Action.ENDED_CONTINUED,
    Outcome.NO_DECISION: Action.ENDED_NO_DECISION,
    Outcome.LOST: Action.ENDED_LOST,
    Outcome.NO_SHOW: Action.ENDED_NO_SHOW,
}
BECAUSE = (
    Action.LOST_1,
    Action.LOST_2,
    Action.LOST_3,
    Action.LOST_4,
    Action.LOST_5,
    Action.LOST_6,
    Action.LOST_7,
    Action.LOST_8,
    Action.LOST_9,
    Action.LOST_10,
)
"""A button for each reason on the workspace's list; anything else goes in own words."""

Roles = AbstractSet[Role]


def outcome_label(outcome: Outcome, roles: Roles = frozenset()) -> str:
    """`roles` are the rep's: what moves a sale forward is a meeting for those who book them for others."""
    return {
        Outcome.ADVANCED: _("Meeting booked") if _books_meetings(roles) else _("Advanced"),
        Outcome.CONTINUED: _("Continued"),
        Outcome.NO_DECISION: _("No decision"),
        Outcome.LOST: _("Lost"),
        Outcome.NO_SHOW: _("No-show"),
    }[outcome]


def outcome_help(outcome: Outcome, roles: Roles = frozenset()) -> str:
    """What it means, so that two reps mean the same."""
    return {
        Outcome.ADVANCED: _("there is a date")
        if _books_meetings(roles)
        else _("they agreed to a step forward"),
        Outcome.CONTINUED: _("you stay in touch, nothing agreed"),
        Outcome.NO_DECISION: _("they could not decide"),
        Outcome.LOST: _("they said no"),
        Outcome.NO_SHOW: _("they did not come"),
    }[outcome]


def help_line(roles: Roles) -> str:
    """All of them in a line."""
    told = (f"*{outcome_label(one, roles)}*: {outcome_help(one, roles)}" for one in ENDED)
    return " · ".join(told)


def pinned_down(timeline: bool | None, authority: bool | None, by: str) -> str:
    """`a timeline, someone with authority: the CFO, by March`; in the rep's own words, to be made inert."""
    what = [_("a timeline")] if timeline else []
    what += [_("someone with authority")] if authority else []
    return ": ".join(filter(None, [", ".join(what), by.strip()]))


def _books_meetings(roles: Roles) -> bool:
    return Role.SDR in roles and Role.AE not in roles
