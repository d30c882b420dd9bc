"""Did the coaching work: learners after their sessions against before, beside reps of their role without any."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.calendar.periods import Period
from bot.calendar.wallclock import local_date, start_of_day
from bot.coaching.domain.effect import Design, Effect, effect
from bot.coaching.domain.observations import (
    FEWEST_WEEKS,
    MOST_WEEKS,
    Observation,
    Seen,
    comparison,
    lot_window,
    window,
)
from bot.coaching.domain.sessions import HeldSession, credit, credited
from bot.coaching.domain.worth import AverageDeal, Unpriced, average, closed_a_quarter, worth
from bot.coaching.services.before_after import RoleHistory, was_coached
from bot.core.coaching_enums import PaidBy
from bot.core.enums import SELLING_ROLES, Metric, Role
from bot.people.services import people
from bot.people.services import workspace as workspaces
from bot.people.services.workspace import WorkspaceSettings
from bot.pipeline.services import accounts
from bot.pipeline.services import stuck as pipelines
from bot.scorecards.domain.definitions import compared
from storage.books import Books
from storage.queries.coaching import results
from storage.queries.coaching import sessions as queries
from storage.queries.coaching.sessions import Held
from storage.tables import LotTicket


@dataclass(frozen=True, slots=True)
class RoleEffect:
    """What coaching on a metric did for the learners of one role."""

    role: Role
    effect: Effect


def effects_of_coaching(
    books: Books, *, as_of: datetime, learners: Collection[int] | None = None
) -> list[RoleEffect]:
    """For every role and metric that somebody was coached on; `learners` are those to look at, else everybody.

    They are compared with the whole workspace's reps of the role.
    """
    settings = workspaces.settings(books)
    today = local_date(as_of, ZoneInfo(settings.time_zone))
    held = queries.held(books, today)
    if not held:
        return []
    drawn = results.tickets(books, today)
    if learners is not None:
        drawn = [one for one in drawn if not one.has_place or one.learner_id in learners]
    since = held[0].held_on - timedelta(weeks=MOST_WEEKS + 1)
    found: list[RoleEffect] = []
    for role in SELLING_ROLES:
        team = RoleHistory(books.session, settings, role, as_of, since)
        of_role = [one for one in held if team.learns(one.learner, one.held_on)]
        for metric in compared(role):
            own = [
                one
                for one in of_role
                if one.metric is metric and (learners is None or one.learner in learners)
            ]
            if own:
                found.append(RoleEffect(role, _effect(team, metric, own, held, today, drawn)))
    return found


def has_rate(books: Books) -> bool:
    """Whether an hour of coaching is worth something, so that its cost can be told; relief costs no money."""
    settings = workspaces.settings(books)
    return bool(settings.credit_rate) or settings.paid_by is PaidBy.RELIEF


def currency(books: Books) -> str:
    """What the cost is in."""
    return workspaces.settings(books).currency


def _effect(
    team: RoleHistory,
    metric: Metric,
    own: Sequence[Held],
    held: Sequence[Held],
    today: date,
    tickets: Sequence[LotTicket],
) -> Effect:
    """Of those drawn against those who wait, where there are enough of both; else of the coached against the others."""
    cost = _cost(own, team.settings)
    drawn = drawn_and_waiting(team, metric, tickets, held, today)
    by_lot = effect(metric, drawn, cost=cost, design=Design.LOT)
    if by_lot.enough:
        return _priced(team, by_lot, drawn)
    seen = list(_observations(team, metric, own, held, today))
    return _priced(team, effect(metric, seen, cost=cost), seen)


def _priced(team: RoleHistory, found: Effect, observations: Sequence[Observation]) -> Effect:
    """In one unit with its cost; what is not told as an effect is not told in money either."""
    if found.interval is None or found.difference is None:
        return found
    deal = average_deal(team.books, as_of=team.as_of)
    told = worth(found.metric, found.difference, found.interval, closed_a_quarter(observations), deal)
    return replace(found, worth=told)


def drawn_and_waiting(
    team: RoleHistory, metric: Metric, tickets: Iterable[LotTicket], held: Iterable[Held], today: date
) -> list[Observation]:
    """Everybody in a draw, by what it gave them, whether they then met or not; of each the first draw on the metric.

    Who came first by turn was not drawn. Who waited less than four weeks is no comparison.
    """
    met = _met(held)
    draws: dict[tuple[int, date], list[LotTicket]] = defaultdict(list)
    seen: set[int] = set()
    for one in tickets:
        fits = one.metric == metric and not one.by_turn and team.learns(one.learner_id, one.week)
        if fits and one.learner_id not in seen:
            seen.add(one.learner_id)
            draws[one.team_id, one.week].append(one)
    return [
        observed
        for (_team, week), together in draws.items()
        for observed in _of_draw(team, metric, week, together, met, today)
    ]


def _of_draw(
    team: RoleHistory,
    metric: Metric,
    week: date,
    together: Iterable[LotTicket],
    met: Mapping[int, Sequence[date]],
    today: date,
) -> Iterator[Observation]:
    later = {
        one.learner_id: next((day for day in met.get(one.learner_id, ()) if day >= week), None)
        for one in together
    }
    starts = [day for one in together if not one.has_place and (day := later[one.learner_id])]
    weeks = lot_window(week, today, starts)
    for one in together:
        began = later[one.learner_id]
        waited = one.has_place or began is None or began >= weeks.after[1]
        if waited and (pair := team.pair(one.learner_id, metric, weeks)):
            trials = team.trials(one.learner_id, metric, weeks)
            yield Observation(one.learner_id, *pair, one.has_place, weeks.weeks_after, trials)


def _observations(
    team: RoleHistory, metric: Metric, own: Iterable[Held], held: Iterable[Held], today: date
) -> Iterator[Observation]:
    first: dict[int, date] = {}
    for one in own:
        first.setdefault(one.learner, one.held_on)
    windows = {learner: window(day, today) for learner, day in first.items()}
    for learner, weeks in windows.items():
        if pair := team.pair(learner, metric, weeks):
            trials = team.trials(learner, metric, weeks)
            yield Observation(learner, *pair, coached=True, weeks_after=weeks.weeks_after, trials=trials)
    begun = Counter(windows.values())
    ready = {weeks: n for weeks, n in begun.items() if weeks.weeks_after >= FEWEST_WEEKS} or begun
    met = _met(held)
    for rep in sorted(team.held.keys() - windows.keys()):
        free = [
            Seen(weeks, *pair, trials=team.trials(rep, metric, weeks), learners=ready[weeks])
            for weeks in sorted(ready, key=lambda weeks: weeks.before)
            if not was_coached(met.get(rep, ()), weeks) and (pair := team.pair(rep, metric, weeks))
        ]
        if free:
            yield comparison(rep, free)


def _met(held: Iterable[Held]) -> dict[int, list[date]]:
    """The days of each learner's sessions, on whatever metric."""
    met: dict[int, list[date]] = {}
    for one in held:
        met.setdefault(one.learner, []).append(one.held_on)
    return met


def _cost(own: Sequence[Held], settings: WorkspaceSettings) -> float | None:
    """The coaches' minutes at the credit rate; None where no rate is set, or coaching is paid in target relief."""
    if not settings.credit_rate or settings.paid_by is PaidBy.RELIEF:
        return None
    given = [
        HeldSession(one.id, one.coach, one.learner, one.held_on, one.minutes, one.commitment) for one in own
    ]
    return float(credit(sum(one.minutes for one in credited(given)), settings.credit_rate))


YEAR = timedelta(weeks=52)


def average_deal(books: Books, *, as_of: datetime) -> AverageDeal | Unpriced:
    """In the currency that all of them share, else in the workspace's, by its rates of that day."""
    settings = workspaces.settings(books)
    zone = ZoneInfo(settings.time_zone)
    today = local_date(as_of, zone)
    begins, ends = start_of_day(today - YEAR, zone), start_of_day(today + timedelta(days=1), zone)
    year = Period("52w", begins, ends, zone)
    aes = [stint.rep.id for stint in people.ever_in_role(books, Role.AE, year, as_of=as_of)]
    won = [
        deal
        for deal in pipelines.worked(books, aes, year.until(as_of), as_of=as_of)
        if deal.won and deal.closed_at and deal.amount is not None
    ]
    priced = [(float(deal.amount or 0), deal.currency or settings.currency) for deal in won]
    currencies = {currency for _amount, currency in priced}
    if len(currencies) == 1:
        (currency,) = currencies
        return average([amount for amount, _currency in priced], currency) or Unpriced.DEALS
    rates = {**accounts.rates_on(books, settings.currency, today), settings.currency: Decimal(1)}
    if not currencies <= rates.keys():
        return Unpriced.CURRENCIES
    amounts = [amount * float(rates[currency]) for amount, currency in priced]
    return average(amounts, settings.currency) or Unpriced.DEALS
