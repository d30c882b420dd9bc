"""Why deals and calls are lost: seven usual reasons a tap away, each with own words after it, or own words alone."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.core.enums import LossCause
from bot.core.i18n import gettext as _

LOSS_REASONS: Mapping[LossCause, str] = MappingProxyType(
    {
        LossCause.PRICE: "Price",
        LossCause.BUDGET: "No budget",
        LossCause.TIMING: "Bad timing",
        LossCause.COMPETITOR: "A competitor",
        LossCause.NO_NEED: "No need",
        LossCause.WRONG_PERSON: "Wrong person",
        LossCause.SILENCE: "They went silent",
    }
)
"""In English; each is told, and kept, in the language of the program."""


def labels() -> dict[LossCause, str]:
    """As they are told and kept."""
    return {cause: _(label) for cause, label in LOSS_REASONS.items()}


def written(label: str, words: str) -> str:
    """`Price: a third cheaper`; either may be blank."""
    return ": ".join(filter(None, (label.strip(), words.strip())))


def read(reason: str, labels: Mapping[LossCause, str]) -> tuple[LossCause | None, str]:
    """The cause that the reason begins with and the own words after it; None where it is in own words alone."""
    head, _colon, rest = reason.strip().partition(":")
    for cause, label in labels.items():
        if head.strip().casefold() in (label.casefold(), LOSS_REASONS[cause].casefold()):
            return cause, rest.strip()
    return None, reason.strip()
