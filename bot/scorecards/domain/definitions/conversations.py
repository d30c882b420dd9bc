"""What transcripts tell of a rep's calls: coached on, and told to nobody but the rep."""

from bot.core.enums import Metric
from bot.scorecards.domain.definitions.basis import ShareOf
from bot.scorecards.domain.definitions.counting import Given, Measure
from bot.scorecards.domain.definitions.metric import Good, Kind, MetricDefinition, Unit


def _on_no_card(key: Metric, _given: Given) -> Measure:
    """It is counted where a week's pairs are made, and nowhere else."""
    return Measure(key, None)


METRICS = (
    MetricDefinition(
        key=Metric.TALK_BALANCE,
        is_private=True,
        roles=(),
        title="Balance of talking",
        formula="calls read whose share of talking lies in the role's band ÷ calls read",
        plainly="Of your calls that were read, those in which you spoke as much as in most calls here that moved on.",
        unit=Unit.SHARE,
        direction=Good.UP,
        kind=Kind.EFFECTIVENESS,
        counted=_on_no_card,
        basis=ShareOf(),
        recipe={},
        records=lambda _behind: (),
        focus_weight=0.20,
    ),
)
