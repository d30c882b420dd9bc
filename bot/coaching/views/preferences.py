"""`/coach`: what a person has chosen, and how to choose otherwise."""

from collections.abc import Iterable
from typing import Any

from bot.blocks.slash import SlashWords
from bot.coaching.domain.plans import Choices
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.debriefs.domain.debrief import TAGS


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


def usage(words: SlashWords[Any], typed: str = "", elsewhere: str = "") -> str:
    """`typed` is the word that nobody knows, if any, or that another command knows."""
    near = elsewhere or words.nearest(typed)
    meant = [_("Did you mean `{command}`?").format(command=near)] if near else []
    about = _(
        "Coaching is half an hour a week with a colleague, for four weeks: three notes each, one commitment."
    )
    return "\n".join([*meant, about, *words.bullets()])


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
