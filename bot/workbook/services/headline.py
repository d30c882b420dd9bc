"""The figures of the first page: money over all reps shown, their goals, and who is named."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from bot.calendar.wallclock import local_date
from bot.coaching.domain.sessions import credit
from bot.core.enums import Metric, Role
from bot.people.domain.access import Right, Subject, may
from bot.people.domain.stints import in_zone
from bot.people.services.teams import Floor
from bot.pipeline.domain.money import worth_in
from bot.pipeline.services import accounts
from bot.pipeline.services import stuck as pipelines
from bot.scorecards.domain import money as rules
from bot.scorecards.domain.league import Ranking
from bot.scorecards.domain.money import Outlook, Record
from bot.scorecards.services import money, rankings
from bot.scorecards.services import outlook as outlooks
from bot.workbook.domain.coaching import SessionRecord
from bot.workbook.domain.headline import Best, Coming, Goal, Headline, Rate, together
from bot.workbook.domain.roles import RoleFigures
from bot.workbook.services import over_time
from bot.workbook.services.reach import Reach, Shown
from bot.workbook.services.records import deals
from bot.workbook.services.totals import DealsRead


def headline(
    reach: Reach,
    roles: Sequence[RoleFigures],
    sessions: Sequence[SessionRecord],
    forecasts: Sequence[Record],
    *,
    team_id: int | None,
) -> Headline:
    told = DealsRead().read(deals(reach))
    paid = [record.credited for record in sessions if record.credited is not None]
    reasons = pipelines.recorded(reach.books, reach.known.last).reasons
    base = reach.settings.currency
    rates = accounts.rates_on(reach.books, base, local_date(reach.known.last, reach.period.zone))
    days = {id: _days(reach, one) for id, one in (*reach.former.items(), *reach.shown.items())}
    gone = {id: past / every if every else 0.0 for id, (past, every) in days.items()}
    aims = [
        goal for one in roles for goal in together(list(_goals(reach, one, gone, told, rates)), base, rates)
    ]
    of_shown = {days[id] for id in reach.shown}
    return Headline(
        won=told.won.money(base, rates),
        open=told.open.money(base, rates),
        stuck=told.stuck.money(base, rates) if reasons else None,
        because={one: told.because[one].money(base, rates) for one in reasons},
        largest=told.largest(base, rates),
        slipped=told.what_slipped(base, rates),
        goals=aims,
        coming=list(_coming(reach, list(over_time.floors(reach, team_id)))),
        said=sum(len(one.said) for one in forecasts),
        held=sum(one.held for one in forecasts),
        unheld=next((one.why for one in forecasts if one.why), None),
        rates=list(_rates(reach, told, aims)),
        best=list(_best(reach, roles, team_id)) or None,
        gone=sum(gone[id] for id in reach.shown) / len(reach.shown) if reach.shown else 0.0,
        days=of_shown.pop() if len(of_shown) == 1 else None,
        pairs=sum(record.status is not None for record in sessions),
        sessions=len(paid),
        credited=sum(paid),
        credit=credit(sum(paid), rate) if (rate := reach.settings.credit_rate) else None,
        currency=base,
    )


def _days(reach: Reach, one: Shown) -> tuple[int, int]:
    """How many of how many working days of the period have passed, by the calendar of the rep's team."""
    days = in_zone(reach.period, one.stint.zone)
    return rules.days_gone(days, days.until(reach.as_of), money.working_days(one.stint.country, days))


def _rates(reach: Reach, told: DealsRead, aims: Sequence[Goal]) -> Iterator[Rate]:
    """Those that something on the page may be told by: where amounts are in several currencies."""
    day, base = local_date(reach.known.last, reach.period.zone), reach.settings.currency
    amounts = (told.won, told.open)
    used = {one for pile in amounts for one in pile.by_currency}
    used |= {one for goal in aims for one in (goal.currency, *goal.converted)}
    for currency, (since, rate) in sorted(accounts.with_days(reach.books, base, day).items()):
        if currency in used and len(used) > 1:
            yield Rate(currency, rate, since)


def _goals(
    reach: Reach,
    figures: RoleFigures,
    gone: Mapping[int, float],
    told: DealsRead,
    rates: Mapping[str, Decimal],
) -> Iterator[Goal]:
    """By currency; what each rep reached stands in the measure of it, of who left in the deals alone."""
    former = list(reach.former.values()) if figures.role is Role.AE else []
    held = [one.stint for one in (*reach.in_role(figures.role), *former)]
    given = money.of_reps(reach.books, held, reach.period, as_of=reach.as_of)
    reached, unpriced = _reached(figures)
    for one in former:
        if goal := given.get(one.rep.id):
            won = told.won_by[reach.labels[one.rep.id]]
            came = worth_in(goal.currency, won.by_currency, base=reach.settings.currency, rates=rates)
            if won.unknown and not won.by_currency:
                unpriced.add(one.rep.id)
            elif came is not None:
                reached[one.rep.id] = came
    for currency in sorted({goal.currency for goal in given.values()}):
        own = {rep: goal.value for rep, goal in given.items() if goal.currency == currency and goal.value}
        untold = own.keys() - reached.keys()
        if own:
            yield Goal(
                figures.role,
                currency,
                goal=sum(own.values(), Decimal()),
                reached=sum((reached.get(rep, Decimal()) for rep in own), Decimal()),
                due=sum((goal * Decimal(str(gone[rep])) for rep, goal in own.items()), Decimal()),
                reps=len(own),
                untold=len(untold - unpriced),
                unpriced=len(untold & unpriced),
                of_all=len(held),
            )


def _reached(figures: RoleFigures) -> tuple[dict[int, Decimal], set[int]]:
    """What each rep brought in of a goal; and who won only deals without an amount."""
    every = [(rep.id, one) for rep in figures.reps for one in rep.measures]
    reached = {
        rep: Decimal(str(one.numerator or 0))
        for rep, one in every
        if one.key is Metric.QUOTA_ATTAINMENT and one.denominator
    }
    unpriced = {
        rep
        for rep, one in every
        if one.key is Metric.WON_AMOUNT and one.missing and one.missing[0] == one.missing[1]
    }
    return reached, unpriced


def _coming(reach: Reach, floors: Sequence[Floor]) -> Iterator[Coming]:
    """Told as in Slack: of one rep, of all AEs together, or team by team; nothing of a period that does not run."""
    if not reach.period.contains(reach.as_of):
        return
    for name, told in _outlooks(reach, floors):
        if told and told.forecast:
            yield Coming(name, told.currency, told.forecast)


def _outlooks(reach: Reach, floors: Sequence[Floor]) -> Iterator[tuple[str, Outlook | None]]:
    books, period, as_of = reach.books, reach.period, reach.as_of
    if not floors:
        for own in reach.in_role(Role.AE):
            floor = over_time.floors_by_id(reach)[own.rep.team_id]
            yield "", outlooks.of_rep(books, own.rep.id, floor, period, as_of=as_of)
    for floor in floors:
        yield floor.name if len(floors) > 1 else "", outlooks.of_team(books, floor, period, as_of=as_of)


def _best(reach: Reach, roles: Iterable[RoleFigures], team_id: int | None) -> Iterator[Best]:
    """Of each role in the team asked for, else in each team shown; for those who may see a ranking."""
    teams = {
        one.rep.team_id: one.rep.team for one in reach.shown.values() if team_id in (None, one.rep.team_id)
    }
    for figures in roles:
        for team, name in sorted(teams.items(), key=lambda one: one[1]):
            is_held = any(one.rep.team_id == team for one in reach.in_role(figures.role))
            if is_held and may(reach.viewer, Right.SEE_RANKING, Subject(team_ids=frozenset((team,)))):
                board = rankings.board_of(
                    reach.books, figures.role, reach.period, as_of=reach.as_of, team_id=team
                )
                yield from _named(reach, figures.role, name, board.ranking)


def _named(reach: Reach, role: Role, team: str, ranking: Ranking) -> Iterator[Best]:
    for row in ranking.named:
        metric = row.named_for[0]
        label = reach.labels[row.rep]
        yield Best(role, team, label, metric, row.estimates[metric].raw, row.probability_top)
    if not ranking.named:
        yield Best(role, team)
