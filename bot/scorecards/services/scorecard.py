"""One rep's scorecard."""

from datetime import datetime

from bot.calendar.periods import Period
from bot.core.enums import Metric
from bot.people.domain.stints import Stint, in_zone
from bot.people.services import people
from bot.people.services import workspace as workspaces
from bot.scorecards.domain.change import NOTHING_BEFORE, Before
from bot.scorecards.domain.definitions import measures
from bot.scorecards.domain.definitions.counting import Measure
from bot.scorecards.domain.estimates import estimate
from bot.scorecards.domain.evidence import RepTally, gather, renewed
from bot.scorecards.domain.scorecard import Scorecard, compare
from bot.scorecards.services import estimates as role_estimates
from bot.scorecards.services import tallies, targets
from bot.scorecards.services.money import with_takings
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
    own = _tally(books, stint, period, as_of=as_of)
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
        before=_before(books, stint, period, measured, as_of=as_of),
        targets=targets.targets_of_period(books, stint.rep, period, own.presence, as_of=as_of),
        unrecorded=_unrecorded(books, own.tally.calls),
        coached_minutes=targets.minutes(books, [person_id], period, as_of=as_of)[person_id],
    )


def _unrecorded(books: Books, own_calls: int) -> tuple[Metric, ...]:
    """A company that never told of a call did not make none."""
    if own_calls or results.has_calls(books):
        return ()
    return Metric.CALLS_PER_DAY, Metric.TALK_MINUTES


def _tally(books: Books, stint: Stint, period: Period, *, as_of: datetime) -> RepTally:
    counted = tallies.of_stints(books, [stint], period, as_of=as_of)
    (own,) = with_takings(books, counted, [stint], period, as_of=as_of)
    return own


def _before(
    books: Books, stint: Stint, period: Period, measured: list[Measure], *, as_of: datetime
) -> Before:
    """The rep's own window of the same length before; nothing from before the role or the records.

    An amount is not set beside one in another currency.
    """
    window = role_estimates.window_before(period.until(as_of))
    if window is None or not stint.touches(*(window.dates()[end] for end in (0, -1))):
        return NOTHING_BEFORE
    cost = workspaces.settings(books).tool_cost
    then = _tally(books, stint, window, as_of=as_of)
    told = measures(stint.rep.role, then.tally, then.presence, monthly_tool_cost=cost)
    figures = {
        one.key: one.value
        for one, now in zip(told, measured, strict=True)
        if one.value is not None and one.currency == now.currency
    }
    return Before(figures, gather(stint.rep.role, [then], monthly_tool_cost=cost))
