"""One rep's scorecard."""

from collections.abc import Sequence
from datetime import datetime

from bot.calendar.periods import Period
from bot.core.enums import Metric, Role
from bot.people.domain.stints import Stint, in_zone, part
from bot.people.services import people
from bot.people.services import workspace as workspaces
from bot.pipeline.services import stuck as pipelines
from bot.scorecards.domain.change import NOTHING_BEFORE, Before
from bot.scorecards.domain.definitions import measures
from bot.scorecards.domain.definitions.counting import Measure
from bot.scorecards.domain.estimates import estimate
from bot.scorecards.domain.evidence import RepTally, gather, renewed
from bot.scorecards.domain.scorecard import Scorecard, compare
from bot.scorecards.services import estimates as role_estimates
from bot.scorecards.services import tallies, targets
from bot.scorecards.services.money import with_takings
from bot.scorecards.services.tallies import Window
from storage.books import Books
from storage.queries.scorecards import results


def scorecard_of(books: Books, person_id: int, period: Period, *, as_of: datetime) -> Scorecard:
    """A person's numbers in the role and team held at the period's end; raises NotFound for one who held none.

    The period's days are those of that team's zone.
    """
    settings = workspaces.settings(books)
    stint = people.stints_of(books, person_id, period, as_of=as_of)
    role = stint.rep.role
    period = in_zone(period, stint.zone)
    before = _window_before(stint, period, as_of)
    own, *then = _tallies(books, stint, [one for one in (period, before) if one], as_of=as_of)
    measured = measures(role, own.tally, own.presence, monthly_tool_cost=settings.tool_cost)
    estimates = estimate(
        renewed(
            role_estimates.peers(books, role, period, as_of=as_of),
            gather(role, [own], monthly_tool_cost=settings.tool_cost),
        ),
        history=role_estimates.history(books, role, period, as_of=as_of),
    )
    return compare(
        stint.rep,
        own.tally,
        measured,
        estimates,
        period=period,
        as_of=as_of,
        currency=settings.currency,
        weights=targets.weights_of_period(books, role, period, as_of=as_of),
        before=_before(books, role, then[0], measured) if then else NOTHING_BEFORE,
        targets=targets.targets_of_period(books, stint.rep, period, own.presence, as_of=as_of),
        unrecorded=_unrecorded(books, own.tally.calls),
        coached_minutes=targets.minutes(books, [person_id], period, as_of=as_of)[person_id],
    )


def _unrecorded(books: Books, own_calls: int) -> tuple[Metric, ...]:
    """A company that never told of a call did not make none."""
    if own_calls or results.has_calls(books):
        return ()
    return Metric.CALLS_PER_DAY, Metric.TALK_MINUTES


def _tallies(books: Books, stint: Stint, periods: Sequence[Period], *, as_of: datetime) -> list[RepTally]:
    """Of each period; what is open and what came in too."""
    if stint.rep.role is Role.AE:
        parts = [own for one in periods if (own := part(one, stint, as_of))]
        pipelines.read_ahead(books, [([stint.rep.id], own) for own in parts], as_of=as_of)
    counted = tallies.of_windows(books, [Window([stint], one) for one in periods], as_of=as_of)
    return [
        row
        for rows, one in zip(counted, periods, strict=True)
        for row in with_takings(books, rows, [stint], one, as_of=as_of)
    ]


def _window_before(stint: Stint, period: Period, as_of: datetime) -> Period | None:
    """The rep's own window of the same length before; None where it is from before the role."""
    window = role_estimates.window_before(period.until(as_of))
    if window is None or not stint.touches(*(window.dates()[end] for end in (0, -1))):
        return None
    return window


def _before(books: Books, role: Role, then: RepTally, measured: list[Measure]) -> Before:
    """An amount is not set beside one in another currency."""
    cost = workspaces.settings(books).tool_cost
    told = measures(role, then.tally, then.presence, monthly_tool_cost=cost)
    figures = {
        one.key: one.value
        for one, now in zip(told, measured, strict=True)
        if one.value is not None and one.currency == now.currency
    }
    return Before(figures, gather(role, [then], monthly_tool_cost=cost))
