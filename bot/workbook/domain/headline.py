"""What came in, against what, what is coming, who is best at what: for who knows nothing of the program."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from bot.core.enums import Metric, Role
from bot.pipeline.domain.forecast import FEWEST_CLOSED, Forecast, Unforeseen
from bot.pipeline.domain.money import Money
from bot.scorecards.domain.definitions import DEFINITIONS
from bot.workbook.domain.coaching import NO_RATE
from bot.workbook.domain.roles import style_of, unit_of
from bot.workbook.domain.sheets import Cell, Column, Style, Table

_UNFORESEEN = {
    Unforeseen.FEW_CLOSED: f"No forecast: fewer than {FEWEST_CLOSED} deals closed in the last 52 weeks.",
    Unforeseen.SEVERAL_CURRENCIES: "No forecast: the deals are in several currencies, and a rate is missing.",
    Unforeseen.AMOUNTS_UNKNOWN: (
        "No forecast: open deals have no amount, and too few won ones tell what they may be worth."
    ),
}
_EARNED = {Role.AE: "deals won", Role.AM: "growth of accounts"}


@dataclass(frozen=True, slots=True)
class Goal:
    """What the reps of a role are to bring in, in one currency, and did.

    `reps` of the role's `of_all` have such a goal; what `untold` of them brought in is in a currency without a rate,
    and of what `unpriced` of them won no deal has an amount. `reached` stands against the whole goal, as in Slack: a
    part of it beside a whole goal would look like more. An even pace would have brought `due`.
    """

    role: Role
    currency: str
    goal: Decimal
    reached: Decimal
    due: Decimal
    reps: int
    untold: int
    unpriced: int
    of_all: int
    converted: tuple[str, ...] = ()
    """Currencies that were turned into this one."""


def together(goals: Sequence[Goal], base: str, rates: Mapping[str, Decimal]) -> Sequence[Goal]:
    """Goals of one role in several currencies as one in `base`, where each has a rate; else side by side."""
    if len(goals) < 2 or not {one.currency for one in goals} <= rates.keys() | {base}:
        return goals
    worth = {**rates, base: Decimal(1)}
    return [
        Goal(
            goals[0].role,
            base,
            goal=sum((one.goal * worth[one.currency] for one in goals), Decimal()),
            reached=sum((one.reached * worth[one.currency] for one in goals), Decimal()),
            due=sum((one.due * worth[one.currency] for one in goals), Decimal()),
            reps=sum(one.reps for one in goals),
            untold=sum(one.untold for one in goals),
            unpriced=sum(one.unpriced for one in goals),
            of_all=goals[0].of_all,
            converted=tuple(one.currency for one in goals if one.currency != base),
        )
    ]


@dataclass(frozen=True, slots=True)
class Coming:
    """What is won and what open deals will still bring by the end of the period that runs; `whose` is blank for all."""

    whose: str
    currency: str
    forecast: Forecast


@dataclass(frozen=True, slots=True)
class Best:
    """Who is named top of a role, for what, with the probability; without a rep, why nobody is."""

    role: Role
    where: str
    rep: str = ""
    metric: Metric | None = None
    value: float | None = None
    probability: float | None = None
    why_nobody: str = ""


@dataclass(frozen=True, slots=True)
class Headline:
    """`gone` is the share of the period's working days that have passed; `stuck` is None where no record tells.

    Of `said` forecasts of the last quarters `held` were true. `slipped` counts deals. `credited` minutes of the
    coaching `sessions` earned `credit`, in `currency`; `pairs` count those that did not meet too.
    """

    won: Money = field(default_factory=Money)
    open: Money = field(default_factory=Money)
    stuck: Money | None = None
    goals: Sequence[Goal] = ()
    coming: Sequence[Coming] = ()
    best: Sequence[Best] = ()
    said: int = 0
    held: int = 0
    slipped: int = 0
    gone: float = 0.0
    pairs: int = 0
    sessions: int = 0
    credited: int = 0
    credit: Decimal | None = None
    """None: no rate is set."""
    currency: str = ""


class _Line(NamedTuple):
    what: str
    value: Cell | None
    unit: str
    deals: int | None
    words: str


_MONEY: Sequence[Column[_Line]] = (
    Column("What", lambda line: line.what, width=28),
    Column("Value", lambda line: line.value, Style.MONEY, 16),
    Column("In", lambda line: line.unit, width=11),
    Column("Deals", lambda line: line.deals, Style.WHOLE, 9),
    Column("In words", lambda line: line.words, Style.LONG, 76),
)


def _in_what(one: Best) -> str:
    if one.metric is None:
        return one.why_nobody
    title, unit = DEFINITIONS[one.metric].title, unit_of(one.metric, "")
    if one.value is None:
        return title
    shown = f"{one.value:.0%}" if style_of(one.metric) is Style.SHARE else f"{one.value:,.1f} {unit}".strip()
    return f"{title}: {shown}"


_BEST: Sequence[Column[Best]] = (
    Column("Role", lambda one: one.role, width=28),
    Column("Best", lambda one: one.rep or "nobody is named", width=16),
    Column("Team", lambda one: one.where, width=11),
    Column("Sure", lambda one: one.probability, Style.SHARE, 9),
    Column("In what", _in_what, Style.LONG, 76),
)


def money(headline: Headline, live: Collection[str]) -> Table[_Line]:
    """`live` are the tables of records that formulas may count."""
    lines = [*_lines(headline, is_live="Deals" in live)]
    return Table("Money", _MONEY, lines, heading="Money: what came in, against what, and what is coming")


def best(headline: Headline) -> Table[Best]:
    return Table("Best", _BEST, list(headline.best), heading="The best of each role, and in what")


def _lines(headline: Headline, *, is_live: bool) -> Iterator[_Line]:
    yield from _piles("Won", headline.won, "Deals won in the period", '"won"', is_live=is_live)
    for goal in headline.goals:
        yield from _goal(goal, headline.gone)
    if not headline.goals:
        yield _Line(
            "Goal",
            None,
            "",
            None,
            "Nobody has a goal in money above 0 for this period, so there is no pace either.",
        )
    aims = [goal for goal in headline.goals if goal.role is Role.AE]
    for one in headline.coming:
        is_all = len(headline.coming) == len(aims) == 1 and aims[0].currency == one.currency
        yield _coming(one, aims[0].goal if is_all else None)
    if headline.said:
        share = Cell(headline.held / headline.said, Style.SHARE)
        told = f"{headline.held} of {headline.said} that would have been told in the last four quarters: see Forecasts"
        yield _Line("Forecasts that came true", share, "80% promised", None, told)
    yield from _piles(
        "Open pipeline", headline.open, "Deals open at the period's end", '"open"', is_live=is_live
    )
    if headline.stuck is None:
        yield _Line("Of it stuck", None, "", None, "Cannot tell: no record says how a deal stands.")
    else:
        stuck = (
            "Look here first: past their expected close, without timeline and authority, or without activity"
        )
        condition = '"open",Deals[Stuck because],"?*"'
        yield from _piles("Of it stuck", headline.stuck, stuck, condition, is_live=is_live)
    told = (
        f"Sessions that ended in a commitment: {headline.sessions}, with {headline.credited} minutes credited"
    )
    cost = Cell(NO_RATE if headline.credit is None else headline.credit)
    yield _Line("Cost of coaching", cost, headline.currency, None, told)


def _piles(what: str, money: Money, words: str, condition: str, *, is_live: bool) -> Iterator[_Line]:
    """A line for each currency that cannot be added to another."""
    if money.unknown:
        words += f"; {money.unknown} of {money.deals} have no amount and are not in it"
    if money.converted:
        words += f"; {', '.join(money.converted)} at the rates given"
    if not money.piles:
        yield _Line(what, Cell(0) if not money.unknown else None, "", money.deals, words)
    for currency, pile in money.piles.items():
        formula = f'=SUMIFS(Deals[Amount],Deals[Currency],"{currency}",Deals[Status],{condition})'
        is_counted = is_live and not money.converted
        yield _Line(
            what, Cell(pile.total, formula=formula if is_counted else ""), currency, pile.deals, words
        )


def _goal(goal: Goal, gone: float) -> Iterator[_Line]:
    some = "" if goal.reps == goal.of_all else f"; {goal.reps} of {goal.of_all} reps have one"
    rated = f"; {', '.join(goal.converted)} at the rates given" if goal.converted else ""
    about = f"{goal.role}s: {_EARNED[goal.role]}{some}{rated}"
    yield _Line(f"Goal of {goal.role}s", Cell(goal.goal), goal.currency, None, about)
    if goal.untold or (goal.unpriced and not goal.reached):
        why = (
            "what came in is in currencies without a rate" if goal.untold else "the won deals have no amount"
        )
        yield _Line("Goal reached", None, "of the goal", None, f"Cannot tell: {why}.")
        return
    left = f"; {goal.unpriced} of {goal.reps} won only deals without an amount" if goal.unpriced else ""
    told = f"{goal.reached:,.0f} {goal.currency} of it, with {gone:.0%} of the working days gone{left}"
    reached = Cell(float(goal.reached / goal.goal), Style.SHARE)
    yield _Line("Goal reached", reached, "of the goal", None, told)
    if goal.due:
        pace = float(goal.reached / goal.due)
        word = "On the way or ahead" if pace >= 1 else "Behind"
        told = f"{word}: what came in ÷ what an even pace asks by now"
        yield _Line("Pace", Cell(pace, Style.SHARE), "100% is even", None, told)


def _coming(one: Coming, goal: Decimal | None) -> _Line:
    what, found = f"Forecast, {one.whose}" if one.whose else "Forecast", one.forecast
    if found.interval is None or found.expected is None:
        return _Line(what, None, "", found.open, _UNFORESEEN.get(found.why, "") if found.why else "")
    low, high = found.interval
    of_goal = f" ({low / float(goal):.0%} to {high / float(goal):.0%} of the goal)" if goal else ""
    words = (
        f"Likely by the end: {low:,.0f} to {high:,.0f} {one.currency}{of_goal}, 8 times in 10. "
        "New deals come on top."
    )
    return _Line(what, Cell(found.expected), one.currency, found.open, words)
