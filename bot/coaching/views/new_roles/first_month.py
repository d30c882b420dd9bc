"""What a coach reads once a week in their first month."""

from bot.blocks import kit
from bot.blocks.words import Words
from bot.coaching.domain.lifts import FEWEST_RATINGS
from bot.coaching.domain.new_roles.first_month import FirstMonth
from bot.core.enums import Unasked
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.people.views import unasked
from bot.people.views.names import short_name


def told(month: FirstMonth) -> Words:
    parts = [
        _("*Your first month as a coach: week {n}*").format(n=month.week),
        _ratings(month),
        *_peer(month),
        _("*This week's practice:*") + " " + _practices()[month.week - 1],
    ]
    note = _("Only you read this, once a week after a meeting, for four weeks.")
    return Words(
        "\n".join(parts),
        [kit.section("\n".join(parts)), unasked.stop_row(Unasked.FIRST_MONTH), kit.context(note)],
    )


def _ratings(month: FirstMonth) -> str:
    if not month.can_be_summed:
        return _(
            "What your learners found helpful is told in sum, from {need} ratings on; {n} so far."
        ).format(need=FEWEST_RATINGS, n=month.rated)
    return ngettext(
        "Of {of} meetings that were rated, your learners called {n} a good deal or very helpful.",
        "Of {of} meetings that were rated, your learners called {n} a good deal or very helpful.",
        month.rated,
    ).format(of=month.rated, n=month.helpful)


def _peer(month: FirstMonth) -> list[str]:
    if month.peer is None:
        return []
    told = ngettext(
        "*A coach to ask:* {name}, who held {n} session in a year. How do they begin?",
        "*A coach to ask:* {name}, who held {n} sessions in a year. How do they begin?",
        month.peer.sessions,
    )
    return [told.format(name=short_name(month.peer.name), n=month.peer.sessions)]


def _practices() -> tuple[str, str, str, str]:
    """One a week, from the field experiment that docs/coaching.md tells of."""
    return (
        _(
            "let the worksheet lead. With 653 sales agents, four weeks of paired meetings around what the learner had "
            "written raised sales by some 24%. Ask about their words before you tell your own."
        ),
        _(
            "meet every week, if only for ten minutes. It was the weekly meeting that taught, and about 18% was still "
            "there months later."
        ),
        _(
            "talk about how, not about the number. Prizes alone gave some 13%, and nothing of it lasted; what one does "
            "differently on a call does."
        ),
        _(
            "begin with last week's commitment, kept or not, and end with one for the next. Four weeks are over soon: "
            "say together what stays."
        ),
    )
