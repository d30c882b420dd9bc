"""Why deals and calls are lost: the reasons that a workspace offers, each with own words after it, or own words alone.

A reason is kept as text, `Price: a third cheaper`, so that what was said stays readable when the list changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.core.errors import BadInput
from bot.core.i18n import gettext as _

MOST = 10
"""What fits beside each other as buttons, and in a glance."""
MAX_LABEL = 40


class LossCause(StrEnum):
    """The usual reasons for which a deal or a call is lost."""

    PRICE = "price"
    BUDGET = "budget"
    TIMING = "timing"
    COMPETITOR = "competitor"
    NO_NEED = "no_need"
    WRONG_PERSON = "wrong_person"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Reason:
    """`key` is how a click names it, `topic` the tag under which teammates tell what they did about it, or blank.

    `english` is how the program's own list has it, by which older answers are read too.
    """

    key: str
    label: str
    topic: str = ""
    english: str = ""


_DEFAULTS: Mapping[LossCause, tuple[str, str]] = MappingProxyType(
    {
        LossCause.PRICE: ("Price", "pricing"),
        LossCause.BUDGET: ("No budget", "budget"),
        LossCause.TIMING: ("Bad timing", "timeline"),
        LossCause.COMPETITOR: ("A competitor", "competitor"),
        LossCause.NO_NEED: ("No need", "need"),
        LossCause.WRONG_PERSON: ("Wrong person", "authority"),
        LossCause.SILENCE: ("They went silent", "follow_up"),
    }
)
STAGES = ("First talk", "Discovery", "Demo", "Proposal", "Negotiation", "Contract")
"""Where in a sale something may be lost, in English; files may name others."""


def defaults() -> list[Reason]:
    """What a workspace begins with, in the language of the program."""
    return [Reason(cause, _(label), topic, label) for cause, (label, topic) in _DEFAULTS.items()]


def stages() -> list[str]:
    return [_(stage) for stage in STAGES]


def written(label: str, words: str) -> str:
    """`Price: a third cheaper`; either may be blank."""
    return ": ".join(filter(None, (label.strip(), words.strip())))


def read(reason: str, known: Iterable[Reason]) -> tuple[Reason | None, str]:
    """What the text begins with and the own words after it; None where it is in own words alone."""
    head, _colon, rest = reason.strip().partition(":")
    spelled = head.strip().casefold()
    for one in known:
        if spelled and spelled in (one.label.casefold(), one.english.casefold()):
            return one, rest.strip()
    return None, reason.strip()


def check(label: str, offered: Sequence[Reason]) -> None:
    """Raises BadInput for what cannot join those that are offered."""
    if not label or len(label) > MAX_LABEL or ":" in label:
        told = _("Please give it a name of at most {n} characters, without a colon.")
        raise BadInput(told.format(n=MAX_LABEL), field="name")
    if label.casefold() in {one.label.casefold() for one in offered}:
        raise BadInput(_("The list has this one already."), field="name")
    if len(offered) >= MOST:
        full = _("The list is full: {n} reasons at most. Take one off first.")
        raise BadInput(full.format(n=MOST), field="name")
