"""The metrics of calls, which everybody has: how many, how long, what reps say came of them.

What transcripts tell is coached on, and told to nobody but the rep.
"""

from collections.abc import Callable, Iterator

from bot.core.enums import Metric, Outcome, Role
from bot.pipeline.domain.feeds import Feed
from bot.scorecards.domain.definitions.behind import Behind, Debriefed, bearing
from bot.scorecards.domain.definitions.counting import Given, Measure, ratio, share
from bot.scorecards.domain.definitions.metric import (
    ABOUT_DEALS,
    CountOver,
    Good,
    Kind,
    MetricDefinition,
    Recipe,
    Rows,
    ShareOf,
    SumOf,
    Unit,
    of_rep,
)
from bot.scorecards.domain.drilldown import Bearing, Record
from bot.scorecards.domain.tally import Tally

_ALL = tuple(Role)
_calls, _debriefs = Rows("Activity", "Rep", "Day"), Rows("Debriefs", "Rep", "Call")


def _calls_per_day(key: Metric, given: Given) -> Measure:
    return ratio(key, given.tally.calls, given.presence.present)


def _talk_minutes(key: Metric, given: Given) -> Measure:
    return Measure(key, given.tally.talk_seconds / 60)


def _squared_durations(tally: Tally) -> float:
    """Single durations are not kept; taken as exponential, their mean square is twice the squared mean."""
    return 2 * (tally.talk_seconds / 60) ** 2 / max(tally.calls, 1)


def _completed(behind: Behind) -> Iterator[Record]:
    return (
        Record(call.started_at, "", Bearing.COUNTS, call.talk_seconds / 60, note="a completed call")
        for call in behind.calls()
        if call.completed
    )


def _prompted(behind: Behind) -> Iterator[Record]:
    for call in behind.calls():
        if call.prompted:
            note = "debriefed" if call.debriefed else "not debriefed"
            yield Record(call.started_at, "", bearing(call.debriefed), note=note)


def _debriefed(
    answer: Callable[[Debriefed], bool | None], yes: str, no: str
) -> Callable[[Behind], Iterator[Record]]:
    """Debriefs by a yes or no of theirs; those without one are left out."""

    def read(behind: Behind) -> Iterator[Record]:
        for one in behind.debriefs():
            said = answer(one)
            if said is not None:
                yield Record(
                    one.call_started_at,
                    one.company,
                    bearing(said),
                    note=yes if said else no,
                    reason=one.reason,
                )

    return read


def _has_advanced(one: Debriefed) -> bool | None:
    return None if one.outcome is None else one.outcome is Outcome.ADVANCED


def _has_timeline(one: Debriefed) -> bool | None:
    return one.timeline_agreed


def _has_authority(one: Debriefed) -> bool | None:
    return one.authority_reached


def _yes_or_no(column: str) -> Recipe:
    yes, no = (_debriefs.count(f"{column}={answer}") for answer in ("yes", "no"))
    return Recipe("Debriefs", yes, f"{yes}+{no}")


METRICS = (
    MetricDefinition(
        key=Metric.CALLS_PER_DAY,
        takes_selling_time=True,
        roles=_ALL,
        title="Calls per day",
        formula="calls completed ÷ working days present",
        plainly="Your completed calls, for each working day that you were there.",
        unit=Unit.PER_DAY,
        direction=Good.UP,
        kind=Kind.EFFICIENCY,
        counted=_calls_per_day,
        basis=CountOver(),
        recipe=Recipe("Activity", _calls.total("Calls"), of_rep("Days present")),
        records=_completed,
        fed_by=(Feed.CALLS,),
        records_in=Unit.MINUTES,
    ),
    MetricDefinition(
        key=Metric.TALK_MINUTES,
        takes_selling_time=True,
        roles=_ALL,
        title="Talk time",
        formula="minutes of all completed calls together",
        plainly="The minutes of all your completed calls together. More is neither better nor worse.",
        unit=Unit.MINUTES,
        direction=Good.NONE,
        kind=Kind.EFFICIENCY,
        counted=_talk_minutes,
        basis=SumOf(_squared_durations),
        recipe=Recipe("Activity", value=_calls.total("Talk minutes")),
        records=_completed,
        fed_by=(Feed.CALLS,),
        records_in=Unit.MINUTES,
    ),
    MetricDefinition(
        key=Metric.EFFECTIVE_RATE,
        is_told_by_the_rep=True,
        roles=_ALL,
        title="Effective calls",
        formula="debriefs of calls that advanced the sale ÷ debriefs",
        plainly="Of the calls you debriefed, those that you say moved the sale on.",
        unit=Unit.SHARE,
        direction=Good.UP,
        kind=Kind.EFFECTIVENESS,
        counted=share(lambda t: t.advanced, of=lambda t: t.debriefs),
        basis=ShareOf(),
        recipe=Recipe("Debriefs", _debriefs.count("Outcome=advanced"), _debriefs.count()),
        records=_debriefed(_has_advanced, "it moved the sale on", "it did not move the sale on"),
        fed_by=(Feed.CALLS,),
        of_debrief=_has_advanced,
        focus_weight=0.20,
    ),
    MetricDefinition(
        key=Metric.TIMELINE_RATE,
        coach_asks=ABOUT_DEALS,
        is_told_by_the_rep=True,
        roles=_ALL,
        title="Timeline agreed",
        formula="debriefs with a timeline agreed ÷ debriefs that say yes or no",
        plainly="Of the debriefs in which you said yes or no, those with a timeline agreed.",
        unit=Unit.SHARE,
        direction=Good.UP,
        kind=Kind.EFFECTIVENESS,
        counted=share(lambda t: t.timeline_yes, of=lambda t: t.timeline_yes + t.timeline_no),
        basis=ShareOf(),
        recipe=_yes_or_no("Timeline agreed"),
        records=_debriefed(_has_timeline, "a timeline was agreed", "no timeline was agreed"),
        fed_by=(Feed.CALLS,),
        of_debrief=_has_timeline,
        focus_weight=0.20,
    ),
    MetricDefinition(
        key=Metric.AUTHORITY_RATE,
        coach_asks=ABOUT_DEALS,
        is_told_by_the_rep=True,
        roles=_ALL,
        title="Authority reached",
        formula="debriefs with someone with authority reached ÷ debriefs that say yes or no",
        plainly="Of the debriefs in which you said yes or no, those where somebody with authority was reached.",
        unit=Unit.SHARE,
        direction=Good.UP,
        kind=Kind.EFFECTIVENESS,
        counted=share(lambda t: t.authority_yes, of=lambda t: t.authority_yes + t.authority_no),
        basis=ShareOf(),
        recipe=_yes_or_no("Authority reached"),
        records=_debriefed(
            _has_authority, "somebody with authority was reached", "nobody with authority was reached"
        ),
        fed_by=(Feed.CALLS,),
        of_debrief=_has_authority,
        focus_weight=0.20,
    ),
    MetricDefinition(
        key=Metric.DEBRIEF_RATE,
        is_told_by_the_rep=True,
        roles=_ALL,
        title="Calls debriefed",
        formula="prompted calls debriefed ÷ calls prompted",
        plainly="Of the calls you were asked about, those you debriefed.",
        unit=Unit.SHARE,
        direction=Good.UP,
        kind=Kind.COACHING,
        counted=share(lambda t: t.prompted_debriefed, of=lambda t: t.prompted),
        basis=ShareOf(),
        recipe=Recipe("Activity", _calls.total("Debriefed"), _calls.total("Prompted")),
        records=_prompted,
        fed_by=(Feed.CALLS,),
    ),
)


def _on_no_card(key: Metric, _given: Given) -> Measure:
    """It is counted where a week's pairs are made, and nowhere else."""
    return Measure(key, None)


TRANSCRIPT_METRICS = (
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
        fed_by=(Feed.CALLS,),
        focus_weight=0.20,
    ),
)
