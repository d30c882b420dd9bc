"""What a coach can offer to help with, the metrics that such help shows in, and whom to ask for it during a call."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from bot.core.enums import Metric
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.debriefs.domain.debrief import TAGS

_TALK = (Metric.EFFECTIVE_RATE, Metric.LEADS_PER_MONTH)
_FIT = (Metric.QUALIFIED_RATE, Metric.QUALIFICATION_EFFICIENCY, Metric.DISCERNMENT)
_PACE = (Metric.TIMELINE_RATE, Metric.CYCLE_DAYS)
_WINNING = (Metric.WIN_RATE, Metric.CLOSE_RATE)
_WORTH = (*_WINNING, Metric.UPSELL_RATE, Metric.NET_RETENTION)

METRICS_OF_TOPIC: Mapping[str, tuple[Metric, ...]] = MappingProxyType(
    {
        "opening": _TALK,
        "rapport": (*_TALK, Metric.TALK_BALANCE),
        "discovery": (*_FIT, Metric.EFFECTIVE_RATE, Metric.TALK_BALANCE),
        "listening": (*_TALK, Metric.TALK_BALANCE),
        "need": _FIT,
        "qualification": (*_FIT, Metric.HANDOFF_FEEDBACK_RATE),
        "authority": (Metric.AUTHORITY_RATE, *_FIT, *_WINNING),
        "timeline": (*_PACE, *_WINNING),
        "budget": _FIT,
        "pricing": _WORTH,
        "value": _WORTH,
        "demo": _WINNING,
        "objection": _WINNING,
        "competitor": _WORTH,
        "negotiation": _WORTH,
        "closing": (*_WINNING, Metric.CYCLE_DAYS),
        "next_step": (*_PACE, Metric.EFFECTIVE_RATE),
        "follow_up": (*_PACE, Metric.EFFECTIVE_RATE),
    }
)
"""For every tag that reps offer each other to work on."""

_TWO_WORDS = re.compile(r"\b(next|follow)[ -](step|up)\b")
_BETWEEN = re.compile(r"[\s,]+")


def read(text: str) -> tuple[str, ...]:
    """The topics that somebody typed, in the order of a call; raises BadInput for a word that is none."""
    words = {word for word in _BETWEEN.split(_TWO_WORDS.sub(r"\1_\2", text.casefold())) if word}
    if unknown := sorted(words - TAGS.keys()):
        raise BadInput(
            _("I know no topic called {word}. There are: {topics}.").format(
                word=unknown[0][:40], topics=", ".join(topic.replace("_", " ") for topic in TAGS)
            )
        )
    return tuple(topic for topic in TAGS if topic in words)


def metrics_of(topics: Iterable[str]) -> frozenset[Metric]:
    """What the topics show in."""
    return frozenset(metric for topic in topics for metric in METRICS_OF_TOPIC.get(topic, ()))


NEXT_AFTER = timedelta(seconds=60)
ONCE_IN = timedelta(hours=1)
"""Nobody is asked twice within it."""
CALL_LASTS = timedelta(minutes=30)
"""After which help comes too late."""

_A_STORY = 0.5
_MOST_STORIES = 4


@dataclass(frozen=True, slots=True)
class Helper:
    """A willing teammate; `z` is that on the metrics the topic shows in, `stories` the wins they share on it."""

    id: int
    z: float
    stories: int
    offers: bool = False
    """Has said to help with this very topic."""

    @property
    def strength(self) -> float:
        """Two stories weigh as much as one standard deviation; below the middle is no strength, nor a debt."""
        return max(self.z, 0.0) + _A_STORY * min(self.stories, _MOST_STORIES)


def in_turn(teammates: Iterable[Helper]) -> list[Helper]:
    """Those who are strong on the topic, or offer help with it, the strongest first."""
    strong = [one for one in teammates if one.strength > 0 or one.offers]
    return sorted(strong, key=lambda one: (-one.strength, not one.offers, one.id))
