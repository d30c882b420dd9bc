"""`/scorecard coaching`: who goes without, and whether managers see to it."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.blocks import kit
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.coaching.domain.plans import ManagersWeeks, PairsOfWeek, Uncoached
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.people.views.names import short_name

MOST_MANAGERS = 30
MOST_OWED = 5
"""Reps without coaching whom a line names."""


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


def least_gap_set(gap: float, reads: Reader) -> str:
    return _(
        "✓ From the next pairs on a coach is proposed from {gap} standard deviations below the role's middle on."
    ).format(gap=reads.number(gap, digits=2))


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
    told = _("*{name}*: {weeks}").format(name=short_name(one.manager), weeks=weeks)
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


def uncoached(owed: Sequence[Uncoached], days: int) -> str:
    """Who has gone too long without coaching, by name: for the manager alone."""
    people = ", ".join(_since(one) for one in owed[:MOST_OWED])
    more = len(owed) - MOST_OWED
    told = _("🕰 No coaching for more than {days} days: {people}").format(days=days, people=people)
    return told + (_(" and {n} more").format(n=more) if more > 0 else "")


def _since(one: Uncoached) -> str:
    if one.days is None:
        return _("{name} (never)").format(name=short_name(one.person.name))
    return _("{name} ({n} days)").format(name=short_name(one.person.name), n=one.days)
