"""The metrics of coaching given and taken, which everybody has."""

from collections.abc import Iterator

from bot.core.enums import Metric, Role
from bot.scorecards.domain.definitions.behind import Behind, bearing
from bot.scorecards.domain.definitions.counting import Given, Measure, share
from bot.scorecards.domain.definitions.metric import (
    Good,
    Kind,
    MetricDefinition,
    Recipe,
    Rows,
    ShareOf,
    SumOf,
    Unit,
)
from bot.scorecards.domain.drilldown import Bearing, Record

_coached, _due = Rows("Sessions", "Coach", "Held"), Rows("Sessions", "Learner", "Due")


def _coaching_minutes(key: Metric, given: Given) -> Measure:
    return Measure(key, float(sum(given.tally.coached_minutes)))


def _sessions(behind: Behind) -> Iterator[Record]:
    for one in behind.sessions_given():
        note = "confirmed by the learner" if one.minutes else "not confirmed, or beyond two hours in the week"
        bears = Bearing.COUNTS if one.minutes else Bearing.WAITS
        yield Record(one.held_on, one.learner, bears, one.minutes, note=note)


def _commitments(behind: Behind) -> Iterator[Record]:
    for one in behind.commitments():
        note = {True: "kept", False: "not kept", None: "not answered yet"}[one.kept]
        bears = Bearing.WAITS if one.kept is None else bearing(one.kept)
        yield Record(one.due_on, one.words, bears, note=note)


METRICS = (
    MetricDefinition(
        key=Metric.COACHING_MINUTES,
        doing="coaching",
        roles=tuple(Role),
        title="Coaching given",
        formula="minutes of held sessions that ended in a commitment, as the coach",
        plainly=(
            "Minutes of the coaching you gave that ended in a commitment and that the learner confirmed, at most two "
            "hours a pair and week."
        ),
        unit=Unit.MINUTES,
        direction=Good.UP,
        kind=Kind.COACHING,
        counted=_coaching_minutes,
        basis=SumOf(lambda t: sum(minutes**2 for minutes in t.coached_minutes)),
        recipe=Recipe("Sessions", value=_coached.total("Counted minutes")),
        records=_sessions,
        fed_by=(),
        records_in=Unit.MINUTES,
    ),
    MetricDefinition(
        key=Metric.COMMITMENTS_KEPT,
        is_told_by_the_rep=True,
        roles=tuple(Role),
        title="Commitments kept",
        formula="commitments kept ÷ commitments due, as the learner",
        plainly="Of what you set out to do by a day that has come, what you kept.",
        unit=Unit.SHARE,
        direction=Good.UP,
        kind=Kind.COACHING,
        counted=share(lambda t: t.commitments_kept, of=lambda t: t.commitments_due),
        basis=ShareOf(),
        recipe=Recipe(
            "Sessions",
            _due.count("Commitment agreed=yes", "Due passed=yes", "Kept=yes"),
            _due.count("Commitment agreed=yes", "Due passed=yes"),
        ),
        records=_commitments,
        fed_by=(),
    ),
)
