"""`/coach`: what a person has chosen, their own confidential list too, how to choose otherwise, and the question
whether they would coach.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from slack_sdk.models.blocks import Block

from bot.blocks import kit
from bot.blocks.ids import Action
from bot.blocks.slash import SlashWords
from bot.blocks.words import Words
from bot.coaching.domain.plans import Choices
from bot.core.enums import Role
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.debriefs.domain.debrief import label as tag_label
from bot.people.views.names import roles_label, short_name


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
    return ", ".join(_(tag_label(topic)) for topic in topics)


def _coaching(choices: Choices) -> str:
    if not choices.willing:
        return _("You do not coach. `/coach on` starts it.")
    n = choices.capacity
    told = ngettext("You coach {n} learner a week", "You coach up to {n} learners a week", n).format(n=n)
    if choices.topics:
        told += _(", on what goes with: {topics}").format(topics=topics_told(choices.topics))
    return told + ". " + _("`/coach off` stops it.")


def listed(names: Sequence[str]) -> str:
    if not names:
        return _("Your list is empty: `/coach never @name` adds somebody. Only you ever see it.")
    told = ", ".join(short_name(one) for one in names)
    return _(
        "You are never paired with: {names}. `/coach never off @name` takes one back. Only you ever see this list."
    ).format(names=told)


def added(other: str) -> str:
    return _(
        "✓ From the next pairs on you and {name} are never paired, and nobody hears of it, {name} included. A pair of "
        "this week stands until one of you presses “Not this time”. `/coach never off @name` takes it back."
    ).format(name=short_name(other))


def taken_back(other: str) -> str:
    return _("✓ Taken back: as far as you are concerned, you and {name} may be paired again.").format(
        name=short_name(other)
    )


def to_the_best(invitation_id: int, role: Role) -> Words:
    """Without a place: the channel may call the same weeks too close, and nobody asked."""
    why = _("Your last 13 weeks show that your team's {role} can learn from you.").format(
        role=roles_label(role)
    )
    return _invitation(why, invitation_id)


def proposed(invitation_id: int, by: str) -> Words:
    return _invitation(
        _("{name} thinks you would make a good coach.").format(name=short_name(by)), invitation_id
    )


def proposal_sent(person: str) -> str:
    """What the manager reads who proposed somebody."""
    return _("I have asked {name}. The answer is theirs; a yes shows in `/scorecard pairs`.").format(
        name=short_name(person)
    )


def accepted(choices: Choices) -> str:
    return (
        _("Thank you. From the next pairs on you are found a learner for whom you matter.")
        + "\n"
        + chosen(choices)
    )


def declined() -> str:
    return _("Understood; nobody is told. `/coach on` is there whenever you like.")


def _invitation(why: str, invitation_id: int) -> Words:
    asked_for = _(
        "Would you coach one colleague, half an hour a week for four weeks? You choose how many and on what, the time "
        "is credited, and a no is fine: nobody is told, and I do not ask again this quarter."
    )
    text = f"{why} {asked_for}"
    blocks: list[Block] = [
        kit.section(text),
        kit.buttons(
            kit.button(_("I would like to"), Action.COACH_YES, invitation_id, style="primary"),
            kit.button(_("Not now"), Action.COACH_NO, invitation_id),
        ),
    ]
    return Words(text, blocks)
