"""What both read when a pair is over, each time with what comes next."""

from bot.blocks.reader import Reader
from bot.coaching.domain.plans import Waiting
from bot.coaching.views.pairing import waits
from bot.core.enums import Metric
from bot.core.i18n import gettext as _
from bot.people.views.names import short_name
from bot.scorecards.views.figures import title


def over_for_learner(
    coach: str, metric: Metric, waiting: Waiting | None, reads: Reader, *, in_time: bool, proposed: bool
) -> str:
    """`waiting`: why there is no coach now; `proposed`: the next one is, in a message of its own."""
    coming = _("Your next coach is proposed in a message of its own.") if proposed else ""
    coming = waits(waiting, reads) if waiting else coming
    return " ".join(part for part in (_over(coach, metric, in_time=in_time), coming) if part)


def over_for_coach(learner: str, metric: Metric, *, in_time: bool) -> str:
    return _over(learner, metric, in_time=in_time) + " " + _("Your place is free for the next pair.")


def replaced(coach: str) -> str:
    return _(
        "Your pair with {coach} ends here: your manager asked for another coach, whom I propose now."
    ).format(coach=short_name(coach))


def lapsed_for_learner(coach: str) -> str:
    return _(
        "You did not answer whether {coach} should coach you, so the place went on. That is fine; I ask again in three "
        "weeks at the earliest."
    ).format(coach=short_name(coach))


def lapsed_for_coach(learner: str) -> str:
    return _("{learner} did not answer in time, so your place is free for somebody who waits.").format(
        learner=short_name(learner)
    )


def _over(other: str, metric: Metric, *, in_time: bool) -> str:
    told = (
        _("Your four weeks with {other} on {metric} are over. Thank you for the time you gave each other.")
        if in_time
        else _("Your weeks with {other} on {metric} end here. Thank you for the time you gave each other.")
    )
    return told.format(other=short_name(other), metric=title(metric))
