"""The forms in which those who lead set targets and weights, and what is said when they did."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from slack_sdk.models.blocks import Block, DatePickerElement, InputBlock, NumberInputElement
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Input, View
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.core.enums import Metric, Role
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.people.views.names import roles_label
from bot.scorecards.domain.definitions import DEFINITIONS, Unit, compared
from bot.scorecards.domain.ranking import Weights
from bot.scorecards.domain.scorecard import Board
from bot.scorecards.domain.targets import written
from bot.scorecards.domain.weights import weighable
from bot.scorecards.views.figures import period, title
from bot.scorecards.views.ranking import judged

Targets = Mapping[Metric, float]


def role_form(
    about: str,
    role: Role,
    teams: Sequence[str],
    given: Targets,
    suggested: Targets,
    money: Sequence[Block],
    *,
    from_day: date,
) -> Modal:
    """For these teams; none: for every team that has no target of its own. `money` asks for a goal in it."""
    asks = [
        _asked_target(metric, given, _("Suggested: {n}"), suggested.get(metric)) for metric in compared(role)
    ]
    whose = (
        _("For the {role} of {teams}.").format(
            role=roles_label(role), teams=said(", ".join(teams), limit=200)
        )
        if teams
        else _(
            "For the {role} of every team that has no target of its own; `/scorecard targets {key} East` sets those "
            "of one team."
        ).format(role=roles_label(role), key=role)
    )
    how = (
        whose
        + " "
        + _(
            "Suggested is what the best fifth of all of them reached in the last 12 weeks. "
            "Blank: no target of theirs. Totals are per month, and shrink with days away."
        )
    )
    return _targets_form(View.ROLE_TARGETS, [kit.context(how), *asks, *money], from_day, about=about)


def rep_form(
    person_id: int,
    name: str,
    role: Role,
    given: Targets,
    of_role: Targets,
    money: Sequence[Block],
    *,
    from_day: date,
) -> Modal:
    asks = [
        _asked_target(metric, given, _("Like the others: {n}"), of_role.get(metric))
        for metric in compared(role)
    ]
    how = _("For {name} alone. Blank: the target of the {role}. Totals are per month.").format(
        name=said(name, limit=80), role=roles_label(role)
    )
    return _targets_form(View.REP_TARGETS, [kit.context(how), *asks, *money], from_day, about=person_id)


def saved(changed: int, from_day: date, reads: Reader, goal: str = "") -> Modal:
    """`goal`: what is said of a goal in money that was set too."""
    if not changed and goal:
        return kit.sentence(_("Targets"), f"✓ {goal}")
    if not changed:
        return kit.sentence(_("Targets"), _("Nothing was changed: the targets are as they were."))
    told = ngettext(
        "{n} target is set. It shows on every card whose period ends on {day} or later.",
        "{n} targets are set. They show on every card whose period ends on {day} or later.",
        changed,
    )
    said_so = "✓ " + told.format(n=changed, day=reads.day(from_day))
    return kit.sentence(_("Targets"), f"{said_so}\n{goal}" if goal else said_so)


def change(before: Targets, wanted: Mapping[Metric, float | None]) -> str:
    """What differs, from what to what, for the audit log and for those concerned."""
    return ", ".join(
        f"{title(metric)} {_plain(metric, before.get(metric))} → {_plain(metric, value)}"
        for metric, value in wanted.items()
        if value != before.get(metric)
    )


def reweighed(before: Weights, then: Weights) -> str:
    """The same for weights."""
    return ", ".join(
        f"{title(metric)} {_typed_share(before.get(metric, 0))}% → {_typed_share(then.get(metric, 0))}%"
        for metric in {**before, **then}
        if before.get(metric, 0) != then.get(metric, 0)
    )


def told_targets(who: str, role: Role, change: str) -> str:
    return _("*{who}* changed what the {role} you lead are to reach: {change}.").format(
        who=said(who), role=roles_label(role), change=change
    )


def told_reps(who: str, role: Role, change: str) -> str:
    return _(
        "*{who}* changed what the {role} of your team are to reach: {change}. `/scorecard` shows how far you are."
    ).format(who=said(who), role=roles_label(role), change=change)


def told_own(who: str, change: str) -> str:
    return _("*{who}* changed what you are to reach: {change}. `/scorecard` shows how far you are.").format(
        who=said(who), change=change
    )


def told_weights(who: str, role: Role, change: str) -> str:
    return _(
        "*{who}* changed what the score of {role} is made of, in every team, from today: {change}."
    ).format(who=said(who), role=roles_label(role), change=change)


def _plain(metric: Metric, value: float | None) -> str:
    if value is None:
        return _("none")
    return written(metric, value) + ("%" if DEFINITIONS[metric].unit is Unit.SHARE else "")


def weights_form(role: Role, given: Weights) -> Modal:
    how = _(
        "What the score of {role} is made of, in percent; what does not add up to 100 is scaled. "
        "Next you see what it would have changed last month, before it counts."
    ).format(role=roles_label(role))
    asks = [_asked(metric, title(metric), _typed_share(given.get(metric)), "") for metric in weighable(role)]
    return kit.modal(
        View.WEIGHTS, _("Weights"), [kit.context(how), *asks], submit=_("See the change"), about=role
    )


def preview(set_id: int, now: Board, then: Board, reads: Reader) -> Modal:
    """Last month's names by the weights in force and by the proposed ones."""
    days = period(now.period, reads)
    return kit.modal(
        View.WEIGHTS_PREVIEW,
        _("Before it counts"),
        [
            kit.section(_("*As it was*, {days}:\n{names}").format(days=days, names=judged(now, reads))),
            kit.context(_shares(now.weights, reads)),
            kit.section(_("*As it would have been*:\n{names}").format(names=judged(then, reads))),
            kit.context(_shares(then.weights, reads)),
            kit.context(_("The new weights count for periods that end today or later; older ones stay.")),
        ],
        submit=_("Let them count"),
        about=set_id,
    )


def weighed(role: Role) -> Modal:
    return kit.sentence(
        _("Weights"),
        _("✓ From today the score of {role} is made of the new weights.").format(role=roles_label(role)),
    )


def whose() -> str:
    return _(
        "Say whose: `/scorecard targets SDR` for a role, `/scorecard targets SDR East` for a role in one team, "
        "`/scorecard targets @name` for one rep, "
        "`/scorecard weights SDR` for what a role's score is made of."
    )


def _targets_form(view: View, blocks: Iterable[Block], from_day: date, *, about: int | str) -> Modal:
    since = kit.ask(
        _("Counts from"),
        Input.FROM_DAY,
        DatePickerElement(initial_date=from_day.isoformat()),
        hint=_("Periods that ended before that day keep their targets."),
        optional=False,
    )
    return kit.modal(view, _("Targets"), [*blocks, since], submit=_("Set"), about=about)


def _asked_target(metric: Metric, given: Targets, hint: str, example: float | None) -> InputBlock:
    unit = _units().get(DEFINITIONS[metric].unit, "")
    value = given.get(metric)
    return _asked(
        metric,
        f"{title(metric)} ({unit})" if unit else title(metric),
        "" if value is None else written(metric, value),
        "" if example is None else hint.format(n=written(metric, example)),
    )


def _asked(metric: Metric, label: str, value: str, placeholder: str) -> InputBlock:
    element = NumberInputElement(
        action_id=Input.GOAL,
        is_decimal_allowed=True,
        initial_value=value or None,
        placeholder=placeholder or None,
    )
    return InputBlock(label=label, element=element, block_id=metric, optional=True)


def _units() -> Mapping[Unit, str]:
    return {
        Unit.SHARE: _("%"),
        Unit.PER_MONTH: _("a month"),
        Unit.PER_DAY: _("a day"),
        Unit.MINUTES: _("minutes a month"),
        Unit.DAYS: _("days"),
        Unit.MONEY: _("at most, each"),
    }


def _typed_share(share: float | None) -> str:
    return "" if share is None else f"{round(share * 100, 1):.1f}".removesuffix(".0")


def _shares(weights: Weights, reads: Reader) -> str:
    parts: Sequence[str] = [f"{title(metric)} {reads.percent(share)}" for metric, share in weights.items()]
    return " · ".join(parts)
