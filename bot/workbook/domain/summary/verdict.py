"""Where the money stands, in a sentence or two above every table, from the same values as the table."""

from collections.abc import Iterator
from decimal import Decimal

from bot.core.enums import Role
from bot.workbook.domain.glossary import Colophon
from bot.workbook.domain.headline import Coming, Goal, Headline
from bot.workbook.domain.summary.lines import share, summed, unpriced

_EARNED = {Role.AE: "won", Role.AM: "of growth in accounts"}


def verdict(colophon: Colophon, headline: Headline) -> str:
    return " ".join([*_standing(colophon, headline), *_ahead(colophon, headline)])


def _standing(colophon: Colophon, headline: Headline) -> Iterator[str]:
    by = "" if colophon.is_over else f" by {colophon.known_day}"
    if not headline.goals:
        won = summed(headline.won) or ("An unknown amount" if headline.won.unknown else "Nothing")
        less = unpriced(headline.won)
        yield f"{won} won{by}{less}. No goal in money is set for just this period."
        return
    many = len(headline.goals) > 1
    for goal in headline.goals:
        about = f"the goal of {goal.goal:,.0f} {goal.currency} for {goal.whose}"
        if goal.why_untold:
            yield f"How far {about} is reached cannot be told: {goal.why_untold}."
            continue
        whose = f"{goal.role}s, {goal.currency}: " if many else ""
        yield (
            f"{whose}{_word(goal, colophon)}. {goal.reached:,.0f} {goal.currency} {_EARNED[goal.role]}{by}, "
            f"{share(float(goal.reached / goal.goal))} of {about}{_left(goal, colophon)}."
        )
    if not colophon.is_over:
        yield f"{headline.gone:.0%} of the working days are gone."


def _word(goal: Goal, colophon: Colophon) -> str:
    if goal.reached >= goal.goal:
        return "Goal reached"
    if colophon.is_over:
        return "Goal missed"
    if not goal.due:
        return "Just begun"
    pace = round(float(goal.reached / goal.due), 2)
    return "On pace" if pace == 1 else "Ahead" if pace > 1 else "Behind"


def _left(goal: Goal, colophon: Colophon) -> str:
    """Once it is over, by how much it was missed or passed."""
    left = goal.goal - goal.reached
    if not colophon.is_over or not left:
        return ""
    return f", {left:,.0f} {goal.currency} short" if left > 0 else f", {-left:,.0f} {goal.currency} above it"


def _ahead(colophon: Colophon, headline: Headline) -> Iterator[str]:
    if colophon.is_over:
        return
    if not headline.coming:
        yield "No forecast: nobody here has deals of their own."
    elif len(headline.coming) > 1:
        yield "Each team's forecast stands below."
    else:
        yield _forecast(headline.coming[0], headline.against, colophon)


def _forecast(one: Coming, goal: Goal | None, colophon: Colophon) -> str:
    found = one.forecast
    if found.interval is None or found.expected is None:
        return one.why_none
    low, high = found.interval
    told = (
        f"Forecast for {colophon.last_day}: {found.expected:,.0f} {one.currency} "
        f"({low:,.0f} to {high:,.0f}, 8 times in 10)"
    )
    return f"{told}{_against(found.expected, low, high, goal) if goal else ''}."


def _against(middle: float, low: float, high: float, goal: Goal) -> str:
    aim, left = float(goal.goal), goal.goal - Decimal(str(middle))
    if left > 0:
        top = "even the top of the range misses it" if high < aim else "the top of the range reaches it"
        return f", {left:,.0f} {goal.currency} short of the goal; {top}"
    bottom = "even the bottom of the range reaches it" if low >= aim else "the bottom of the range misses it"
    above = f"{-left:,.0f} {goal.currency} above the goal" if left else "just the goal"
    return f", {above}; {bottom}"
