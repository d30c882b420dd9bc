"""A team's goal of the quarter: its line, and the form in which it is chosen."""

from slack_sdk.models.blocks import NumberInputElement, StaticSelectElement
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Input, View
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.core.i18n import gettext as _
from bot.scorecards.domain.aims.team_goal import FEWEST, OFFERED, TeamGoal, Together
from bot.scorecards.views.amounts import amount, title

NONE = "none"


def line(found: Together, reader: Reader) -> str:
    """For everybody in the team; no rep can be read from it."""
    metric, goal = title(found.goal.metric), reader.percent(found.goal.value)
    if not found.can_be_told:
        told = _("🏁 Our goal for {quarter}: *{metric}* {goal}, told once {n} of us have something to count")
        return told.format(quarter=found.period.label, metric=metric, goal=goal, n=FEWEST)
    so_far = amount(found.goal.metric, found.count / found.of, reader)
    counts = {"so_far": so_far, "n": reader.number(found.count), "of": reader.number(found.of)}
    told = (
        _("🏁 *{metric}*: {so_far} together ({n} of {of}), and our goal for {quarter} is {goal}. Reached!")
        if found.is_reached
        else _("🏁 Our goal for {quarter}: *{metric}* {goal}; together we are at {so_far} ({n} of {of})")
    )
    return told.format(quarter=found.period.label, metric=metric, goal=goal, **counts)


def shown(team: str, found: Together | None, reader: Reader) -> str:
    """To a rep who asks."""
    if found is None:
        return _("{team} has no goal for this quarter yet; its manager chooses one with you.").format(
            team=said(team, limit=80)
        )
    return line(found, reader)


def form(team_id: int, quarter: str, goal: TeamGoal | None, found: Together | None, reader: Reader) -> Modal:
    """For who leads the team."""
    options = {metric: kit.option(title(metric), metric) for metric in OFFERED}
    none = kit.option(_("No goal"), NONE)
    chosen = options.get(goal.metric) if goal else None
    element = StaticSelectElement(options=[*options.values(), none], initial_option=chosen)
    share = NumberInputElement(
        is_decimal_allowed=False, initial_value=str(round(goal.value * 100)) if goal else None
    )
    note = _(
        "One goal a quarter that you all move together, best chosen with the team. The digest tells how far the team "
        "is, and never a rep's part of it."
    )
    return kit.modal(
        View.TEAM_GOAL,
        _("Goal for {quarter}").format(quarter=quarter),
        [
            kit.context(note),
            *([kit.section(line(found, reader))] if found else []),
            kit.ask(_("What do we work on together?"), Input.KIND, element, optional=False),
            kit.ask(_("To be reached, in percent"), Input.GOAL, share),
        ],
        submit=_("Save"),
        about=team_id,
    )


def saved(goal: TeamGoal | None, quarter: str, reader: Reader) -> str:
    if goal is None:
        return _("✓ No goal for {quarter}.").format(quarter=quarter)
    return _("✓ Your goal for {quarter}: *{metric}* {goal}. The digest tells how far you are.").format(
        quarter=quarter, metric=title(goal.metric), goal=reader.percent(goal.value)
    )
