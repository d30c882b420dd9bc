"""`/coach`: what a person has chosen, and how to choose otherwise."""

from bot.language import gettext as _
from bot.language import ngettext


def chosen(*, willing: bool, capacity: int, learning: bool, named: bool) -> str:
    """The choices that stand, one a line, each with the words that change it."""
    coaches = ngettext("You coach {n} learner a week.", "You coach up to {n} learners a week.", capacity)
    return "\n".join(
        [
            (coaches.format(n=capacity) if willing else _("You do not coach.")) + _coaching(willing=willing),
            _("You are coached when a coach fits. `/coach learning off` stops it.")
            if learning
            else _("You are not coached. `/coach learning on` starts it."),
            _("You may be named in your team's digest. `/coach naming off` stops it.")
            if named
            else _("You are not named in your team's digest. `/coach naming on` allows it."),
        ]
    )


def usage() -> str:
    return _(
        "Coaching is half an hour a week with a colleague, for four weeks: three notes each, one commitment.\n"
        "• `/coach on` or `/coach on 3`: coach up to that many learners a week\n"
        "• `/coach off`: stop; what is agreed for this week stands\n"
        "• `/coach learning on|off`: be coached, or not\n"
        "• `/coach naming on|off`: be named in the digest, or not\n"
        "• `/coach stories` or `/coach stories pricing`: what your team shares"
    )


def _coaching(*, willing: bool) -> str:
    return " " + (_("`/coach off` stops it.") if willing else _("`/coach on` starts it."))
