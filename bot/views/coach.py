"""`/coach`: what a person has chosen, and how to choose otherwise."""

from collections.abc import Iterable

from bot.domain.debriefs import TAGS
from bot.domain.plans import Choices
from bot.language import gettext as _
from bot.language import ngettext


def chosen(choices: Choices) -> str:
    """The choices that stand, one a line, each with the words that change it."""
    return "\n".join(
        [
            _coaching(choices),
            _("You are coached when a coach fits. `/coach learning off` stops it.")
            if choices.learning
            else _("You are not coached. `/coach learning on` starts it."),
            _("You may be named in your team's digest. `/coach naming off` stops it.")
            if choices.named
            else _("You are not named in your team's digest. `/coach naming on` allows it."),
        ]
    )


def usage() -> str:
    return _(
        "Coaching is half an hour a week with a colleague, for four weeks: three notes each, one commitment.\n"
        "• `/coach on` or `/coach on 3`: coach up to that many learners a week\n"
        "• `/coach on 2 pricing authority`: the same, on these topics alone; `/coach on any` on whatever you do well\n"
        "• `/coach off`: stop; what is agreed for this week stands\n"
        "• `/coach learning on|off`: be coached, or not\n"
        "• `/coach naming on|off`: be named in the digest, or not\n"
        "• `/coach never @name`: a confidential list of whom you are never paired with; `/coach never` shows it\n"
        "• `/coach record`: what came of your coaching; `/coach propose @name`: for managers, to ask somebody\n"
        "• `/coach stories` or `/coach stories pricing`: what your team shares\n"
        "• `/coach now pricing`: on a call and stuck? A teammate who is strong there is asked at once"
    )


def topics_told(topics: Iterable[str]) -> str:
    """`Pricing, Next step`."""
    return ", ".join(_(TAGS.get(topic, topic)) for topic in topics)


def _coaching(choices: Choices) -> str:
    if not choices.willing:
        return _("You do not coach. `/coach on` starts it.")
    n = choices.capacity
    told = ngettext("You coach {n} learner a week", "You coach up to {n} learners a week", n).format(n=n)
    if choices.topics:
        told += _(", on what goes with: {topics}").format(topics=topics_told(choices.topics))
    return told + ". " + _("`/coach off` stops it.")
