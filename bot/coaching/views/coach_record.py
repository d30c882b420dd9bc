"""A coach's record, for the coach and the manager alone."""

from bot.blocks.reader import Reader
from bot.coaching.domain.lifts import FEWEST_RATINGS, CoachRecord
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.people.views.names import short_name


def record_told(record: CoachRecord, whose: str | None, reads: Reader) -> str:
    """`whose` is None for one's own."""
    if not record.sessions:
        return _("No coaching session with a commitment in the last 52 weeks yet.")
    headline = (
        _("*Your coaching, last 52 weeks*")
        if whose is None
        else _("*{name}’s coaching, last 52 weeks*").format(name=short_name(whose))
    )
    return "\n".join(
        [headline, _held(record, reads), _ratings(record, reads), _lift(record, reads), _seen_by()]
    )


def _held(record: CoachRecord, reads: Reader) -> str:
    sessions = ngettext("{n} session", "{n} sessions", record.sessions).format(n=record.sessions)
    learners = ngettext("{n} learner", "{n} learners", record.learners).format(n=record.learners)
    return _("{sessions} with {learners}, {minutes} min credited").format(
        sessions=sessions, learners=learners, minutes=reads.number(record.minutes)
    )


def _ratings(record: CoachRecord, reads: Reader) -> str:
    if record.mean_rating is None:
        return _("Learners’ ratings: shown from {need} on, {n} so far").format(
            need=FEWEST_RATINGS, n=record.ratings
        )
    return _("Learners’ ratings: {mean} of 5, from {n}").format(
        mean=reads.number(record.mean_rating, digits=1), n=record.ratings
    )


def _lift(record: CoachRecord, reads: Reader) -> str:
    if record.mean_lift is None:
        return _(
            "Lift: too early to tell. It takes four weeks after a first session, and others to compare with."
        )
    text = ngettext(
        "Lift: {lift} SD over {n} learner, beside reps who started where they did without a coach",
        "Lift: {lift} SD over {n} learners, beside reps who started where they did without a coach",
        record.lifts,
    )
    sign = "+" if record.mean_lift > 0 else ""
    return text.format(lift=sign + reads.number(record.mean_lift, digits=1), n=record.lifts)


def _seen_by() -> str:
    return _("Only the coach and the manager see this.")
