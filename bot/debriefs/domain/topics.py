"""What the team most wants to work on, from the tags of its debriefs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.core.enums import Metric

FEWEST_SHARING_A_TAG = 2
"""Reps who must have chosen a tag before it is told: nobody's own weakness becomes the team's topic."""

METRIC_OF_TAG: Mapping[str, Metric] = MappingProxyType(
    {
        "timeline": Metric.TIMELINE_RATE,
        "authority": Metric.AUTHORITY_RATE,
        "qualification": Metric.QUALIFIED_RATE,
        "need": Metric.QUALIFIED_RATE,
        "budget": Metric.QUALIFIED_RATE,
        "pricing": Metric.WIN_RATE,
        "objection": Metric.WIN_RATE,
        "competitor": Metric.WIN_RATE,
        "negotiation": Metric.WIN_RATE,
        "closing": Metric.WIN_RATE,
    }
)
"""The metric that a tag goes with; the others go with how the call ended."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What the team most wants to work on: chosen in `debriefs` debriefs by `reps` reps."""

    tag: str
    metric: Metric
    debriefs: int
    reps: int


def topic(mentions: Iterable[tuple[str, int]]) -> Topic | None:
    """The tag that most debriefs chose, told only where several reps did; mentions are (tag, rep), one per debrief."""
    return next(iter(topics(mentions)), None)


def topics(mentions: Iterable[tuple[str, int]]) -> list[Topic]:
    """All that several reps chose, the most chosen first."""
    by_tag: dict[str, list[int]] = defaultdict(list)
    for tag, rep in mentions:
        by_tag[tag].append(rep)
    shared = [(tag, reps) for tag, reps in by_tag.items() if len(set(reps)) >= FEWEST_SHARING_A_TAG]
    shared.sort(key=lambda one: (-len(one[1]), -len(set(one[1])), one[0]))
    return [
        Topic(tag, METRIC_OF_TAG.get(tag, Metric.EFFECTIVE_RATE), len(reps), len(set(reps)))
        for tag, reps in shared
    ]
