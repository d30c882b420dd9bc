"""`/scorecard coaching`: who goes without, and whether managers see to it."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.domain.plans import ManagersWeeks, PairsOfWeek, Uncoached
from bot.language import gettext as _
from bot.language import ngettext
from bot.views import kit
from bot.views.digest import Words
from bot.views.digest_private import uncoached
from bot.views.pairing import name
from bot.views.reader import Reader

MOST_MANAGERS = 30


def page(
    scope: str,
    owed: Sequence[Uncoached] | None,
    days: int,
    managers: Sequence[ManagersWeeks],
    reads: Reader,
) -> Words:
    """`owed` is None where nobody in the workspace has met in those days."""
    headline = _("Coaching in {team}").format(team=kit.shortened(scope, 60))
    debt = _debt(owed, days)
    blocks: list[Block] = [kit.header(headline), kit.section(debt)]
    lines = [_manager(one, reads) for one in managers[:MOST_MANAGERS]]
    if lines:
        blocks.append(kit.section("\n".join([_("*Are managers coaching?*"), *lines])))
        blocks.append(kit.context(_how_to_read()))
    return Words("\n".join([headline, debt, *lines]), blocks)


def limit_set(days: int) -> str:
    return _("✓ Managers hear of reps who have gone more than {days} days without coaching.").format(
        days=days
    )


def _debt(owed: Sequence[Uncoached] | None, days: int) -> str:
    if owed is None:
        return _(
            "Nobody has met for coaching in the last {days} days. `/scorecard pairs` shows what is planned."
        ).format(days=days)
    if not owed:
        return _("Nobody has gone more than {days} days without coaching.").format(days=days)
    return uncoached(owed, days)


def _manager(one: ManagersWeeks, reads: Reader) -> str:
    weeks = " · ".join(_week(week, reads) for week in one.weeks)
    told = _("*{name}*: {weeks}").format(name=name(one.manager), weeks=weeks)
    if not one.held:
        return told
    held = ngettext("held {n} session in person", "held {n} sessions in person", one.held).format(n=one.held)
    return f"{told}; {held}"


def _week(week: PairsOfWeek, reads: Reader) -> str:
    day = reads.short_day(week.week)
    if not week.started:
        return _("{day} none").format(day=day)
    return _("{day} {started}/{met}/{missed}").format(
        day=day, started=week.started, met=week.met, missed=week.missed
    )


def _how_to_read() -> str:
    return _(
        "By week: pairs of their teams that agreed / met / did not meet. The last week is still running."
    )
