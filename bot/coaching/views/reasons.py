"""Why two are a pair, in one sentence with its numbers: for a manager, and for the learner."""

from zoneinfo import ZoneInfo

from bot.blocks.reader import Reader, reader
from bot.coaching.domain.pairs import Reason
from bot.coaching.domain.plans import PlannedPair
from bot.core.enums import Metric
from bot.core.i18n import gettext as _
from bot.people.views.names import short_name
from bot.scorecards.domain.definitions import DEFINITIONS
from bot.scorecards.domain.definitions.counting import Measure
from bot.scorecards.views.figures import figure, title

ENGLISH = reader("en-US", ZoneInfo("UTC"))


def reason(pair: PlannedPair, reads: Reader) -> str:
    """One sentence with its numbers, for a manager; across teams without: each team's figures stay in it."""
    coach, learner, metric = short_name(pair.coach.name), short_name(pair.learner.name), pair.reason.metric
    if pair.reason.learner is None:
        return _("Your manager asked for this pair, on {metric}.").format(metric=title(metric))
    if pair.across:
        told = _("{learner} has most to gain in {metric}; {coach}, of another team, is strong there.")
        return told.format(learner=learner, metric=title(metric), coach=coach)
    if DEFINITIONS[metric].is_private and pair.reason.coach:
        told = _(
            "{learner} has most to gain in {metric}; {coach} is strong there. Nobody else is told the figures."
        )
        return told.format(learner=learner, metric=title(metric), coach=coach)
    if DEFINITIONS[metric].is_private:
        return _("{learner} has most to gain in {metric}.").format(learner=learner, metric=title(metric))
    figures = {
        "coach": coach,
        "learner": learner,
        "metric": title(metric),
        "gap": _figure(metric, pair.reason.learner.value, reads),
        "middle": _figure(metric, pair.reason.learner.middle, reads),
        "strength": strengths(pair.reason, reads),
    }
    if not pair.reason.coach:
        return _(
            "{learner} has most to gain in {metric}: {gap}, where the role's middle is {middle}. No figure of "
            "{coach}'s speaks to it."
        ).format(**figures)
    return _(
        "{learner} has most to gain in {metric}: {gap}, where the role's middle is {middle}. {coach} is strong "
        "there: {strength}."
    ).format(**figures)


def reason_to_learner(pair: PlannedPair, reads: Reader) -> str:
    """The same spoken to the learner; of a coach of another team no figure is told before both agreed."""
    if pair.reason.learner is None:
        return reason(pair, reads)
    told = _("You have most to gain in {metric}: yours is {gap}, the middle of your role {middle}.").format(
        metric=title(pair.reason.metric),
        gap=_figure(pair.reason.metric, pair.reason.learner.value, reads),
        middle=_figure(pair.reason.metric, pair.reason.learner.middle, reads),
    )
    if not pair.reason.coach:
        return told
    coach = short_name(pair.coach.name)
    if pair.across:
        return told + " " + _("{coach}, of another team, is strong there.").format(coach=coach)
    if DEFINITIONS[pair.reason.metric].is_private:
        only = _("{coach} is strong there. This figure is told to you alone.")
        return told + " " + only.format(coach=coach)
    return (
        told
        + " "
        + _("{coach} is strong there: {strength}.").format(
            coach=coach, strength=strengths(pair.reason, reads)
        )
    )


def english(pair: PlannedPair) -> str:
    """The reason as it is kept."""
    return reason(pair, ENGLISH)


def strengths(why: Reason, reads: Reader, *, named: Metric | None = None) -> str:
    """`Discernment 61%, Handoff feedback 80%`; of the metric that was just `named`, `61%` alone."""
    return ", ".join(
        f"{'' if metric is named else title(metric)} {_figure(metric, skill.value, reads)}".lstrip()
        for metric, skill in why.coach.items()
    )


def _figure(metric: Metric, value: float, reads: Reader) -> str:
    """The number that stands on the rep's own card."""
    return figure(Measure(metric, value), reads)
