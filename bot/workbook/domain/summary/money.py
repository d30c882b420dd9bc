"""What came in, against what, and what is coming."""

from collections.abc import Collection, Iterator

from bot.core.enums import Role
from bot.pipeline.domain.forecast import Unforeseen
from bot.workbook.domain.glossary import Colophon
from bot.workbook.domain.headline import Coming, Goal, Headline
from bot.workbook.domain.sheets import Cell, Style, Table
from bot.workbook.domain.summary.lines import COLUMNS, Line, piles, share

_AIM = {Role.AE: "What {} are to win in deals", Role.AM: "By how much the accounts of {} are to grow"}
_UNHELD = {
    Unforeseen.FEW_CLOSED: "too few deals had closed",
    Unforeseen.SEVERAL_CURRENCIES: "a rate is missing",
    Unforeseen.AMOUNTS_UNKNOWN: "deals have no amount",
}


def table(colophon: Colophon, headline: Headline, live: Collection[str]) -> Table[Line]:
    """`live` are the tables of records that formulas may count."""
    lines = [*_lines(colophon, headline, is_live="Deals" in live)]
    return Table("Money", COLUMNS, lines, heading="Money: what came in, against what, and what is coming")


def _lines(colophon: Colophon, headline: Headline, *, is_live: bool) -> Iterator[Line]:
    won = "Deals won in the period" if colophon.is_over else "Deals won so far"
    yield from piles("Won", headline.won, won, 'Deals[Status],"won"', is_live=is_live)
    for goal in headline.goals:
        yield from _goal(goal, headline, colophon)
    if not headline.goals:
        words = "Nobody has a goal in money above 0 for this period, so there is no pace either."
        yield Line("Goal", None, "", None, words)
    for one in headline.coming:
        yield _coming(one, headline, colophon)
    if headline.said:
        words = (
            f"{headline.held} of {headline.said} forecasts of the last four quarters held what came between "
            "their low and high: see Forecasts"
        )
        yield Line(
            "Forecasts that came true",
            Cell(headline.held / headline.said, Style.SHARE),
            "80% promised",
            None,
            words,
        )
    words = f"Deals open on {colophon.known_day}"
    yield from piles("Open pipeline", headline.open, words, 'Deals[Status],"open"', is_live=is_live)
    yield from _stuck(headline, is_live=is_live)
    if headline.sessions:
        yield _coaching(headline)


def _goal(goal: Goal, headline: Headline, colophon: Colophon) -> Iterator[Line]:
    yield Line(
        f"Goal of {goal.role}s", Cell(goal.goal), goal.currency, None, _AIM[goal.role].format(goal.whose)
    )
    if goal.why_untold:
        yield Line("Goal reached", None, "of the goal", None, f"Cannot tell: {goal.why_untold}.")
        return
    left = f"; {goal.unpriced} of {goal.reps} won only deals without an amount" if goal.unpriced else ""
    missing = goal.goal - goal.reached
    rest = (
        f"{missing:,.0f} {'short' if colophon.is_over else 'to go'}"
        if missing > 0
        else f"{-missing:,.0f} above it"
    )
    reached = Cell(float(goal.reached / goal.goal), Style.SHARE)
    yield Line(
        "Goal reached", reached, "of the goal", None, f"{goal.reached:,.0f} {goal.currency}; {rest}{left}"
    )
    if goal.due and not colophon.is_over:
        pace, ahead = float(goal.reached / goal.due), goal.reached - goal.due
        words = (
            f"At an even pace it would be {goal.due:,.0f} {goal.currency} by now, with {headline.gone:.0%} of the "
            f"working days gone: {abs(ahead):,.0f} {'ahead' if ahead >= 0 else 'behind'}"
        )
        yield Line("Pace", Cell(pace, Style.SHARE), "of an even pace", None, words)


def _coming(one: Coming, headline: Headline, colophon: Colophon) -> Line:
    """The open deals are told in words: beside the amount their number would look like all that it is of."""
    what, found = f"Forecast, {one.whose}" if one.whose else "Forecast", one.forecast
    if found.interval is None or found.expected is None:
        return Line(what, None, "", None, one.why_none)
    low, high = found.interval
    goal = None if one.whose else headline.against
    of_goal = (
        f" ({share(low / float(goal.goal))} to {share(high / float(goal.goal))} of the goal)" if goal else ""
    )
    unheld = _UNHELD.get(headline.unheld) if headline.unheld else None
    past = f" Not held to its past yet: {unheld}." if unheld and not headline.said else ""
    words = (
        f"By {colophon.last_day}: won so far {found.won:,.0f} + expected from the {found.open} open deals "
        f"{found.expected - found.won:,.0f}. 8 times in 10 it is {low:,.0f} to {high:,.0f} {one.currency}{of_goal}. "
        f"Deals opened later are not in it.{past}"
    )
    return Line(what, Cell(found.expected), one.currency, None, words)


def _stuck(headline: Headline, *, is_live: bool) -> Iterator[Line]:
    if headline.stuck is None:
        yield Line("Of it stuck", None, "", None, "Cannot tell: no record says how a deal stands.")
        return
    part, whole = headline.stuck.only, headline.open.only
    is_share = part and whole and part[0] == whole[0] and whole[1].total > 0
    of_open = (
        f"{part[1].total / whole[1].total:.0%} of the open pipeline: " if part and whole and is_share else ""
    )
    words = f"{of_open}see What to do next" if headline.stuck.deals else "No open deal is stuck"
    condition = 'Deals[Status],"open",Deals[Stuck because],"?*"'
    yield from piles("Of it stuck", headline.stuck, words, condition, is_live=is_live)


def _coaching(headline: Headline) -> Line:
    words = (
        f"Sessions that ended in a commitment: {headline.sessions}, with {headline.credited} minutes credited"
    )
    if headline.credit is None:
        return Line("Cost of coaching", None, "", None, f"{words}; no rate is set for an hour")
    return Line("Cost of coaching", Cell(headline.credit), headline.currency, None, words)
