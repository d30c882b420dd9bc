"""Goals as those who lead set them: a rep's in money, within the targets' form, and a team's of the quarter."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block, NumberInputElement, PlainTextInputElement, StaticSelectElement
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Input, View
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.calendar.periods import Period
from bot.core.i18n import gettext as _
from bot.pipeline.domain.portfolio import Amount
from bot.scorecards.domain.money import Quota
from bot.scorecards.domain.targets import FEWEST, OFFERED, TeamGoal, Together
from bot.scorecards.views.figures import amount, title

MOST_TOLD = 6


def asked(periods: Sequence[Period], given: Sequence[Quota], currency: str, reads: Reader) -> list[Block]:
    """`periods` are those to choose from, the first of them unless another is picked; `given` is what stands."""
    options = [kit.option(one.label, one.label) for one in periods]
    told = _("*Goal in money*, for each of them: what an AE is to win, what an AM's accounts are to grow by.")
    return [
        kit.divider(),
        kit.context(*(part for part in (told, _given(given, currency, reads)) if part)),
        kit.ask(_("Goal in money"), Input.QUOTA, NumberInputElement(is_decimal_allowed=True)),
        kit.ask(
            _("Its currency"),
            Input.QUOTA_CURRENCY,
            PlainTextInputElement(initial_value=currency, max_length=3),
        ),
        kit.ask(
            _("Its month or quarter"),
            Input.QUOTA_PERIOD,
            StaticSelectElement(options=options, initial_option=options[0]),
        ),
    ]


def saved(period: Period, goal: Amount, today: date, reads: Reader) -> str:
    told = _("🎯 The goal of {period} is {amount}.").format(
        period=period.label, amount=reads.money(goal.value, goal.currency)
    )
    first = period.dates()[0]
    if first <= today:
        return told
    return _("{told} It has not begun: its first day is {day}.").format(told=told, day=reads.day(first))


def change(period: Period, goal: Amount, reads: Reader) -> str:
    return _("goal in money of {period} → {amount}").format(
        period=period.label, amount=reads.money(goal.value, goal.currency)
    )


def _given(given: Sequence[Quota], currency: str, reads: Reader) -> str:
    latest = sorted(given, key=lambda one: one.period)[-MOST_TOLD:]
    told = [
        _("{period} {amount}").format(
            period=one.period, amount=reads.money(one.amount.value, one.amount.currency or currency)
        )
        for one in latest
    ]
    return _("Set so far: {goals}.").format(goals=", ".join(told)) if told else ""


NONE = "none"


def team_goal_line(found: Together, reader: Reader) -> str:
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


def team_goal_shown(team: str, found: Together | None, reader: Reader) -> str:
    """To a rep who asks."""
    if found is None:
        return _("{team} has no goal for this quarter yet; its manager chooses one with you.").format(
            team=said(team, limit=80)
        )
    return team_goal_line(found, reader)


def team_goal_form(
    team_id: int, quarter: str, goal: TeamGoal | None, found: Together | None, reader: Reader
) -> Modal:
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
            *([kit.section(team_goal_line(found, reader))] if found else []),
            kit.ask(_("What do we work on together?"), Input.KIND, element, optional=False),
            kit.ask(_("To be reached, in percent"), Input.GOAL, share),
        ],
        submit=_("Save"),
        about=team_id,
    )


def team_goal_saved(goal: TeamGoal | None, quarter: str, reader: Reader) -> str:
    if goal is None:
        return _("✓ No goal for {quarter}.").format(quarter=quarter)
    return _("✓ Your goal for {quarter}: *{metric}* {goal}. The digest tells how far you are.").format(
        quarter=quarter, metric=title(goal.metric), goal=reader.percent(goal.value)
    )
