"""What coaching moved in one unit with what it cost: wins a quarter, and their money."""

from typing import Any

from bot.blocks.reader import Reader
from bot.coaching.domain.effect import Effect
from bot.coaching.domain.worth import FEWEST_DEALS, Interval, Unpriced, Worth
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext


def told(one: Effect, reads: Reader) -> str:
    """A sentence; without money it says what that would take. Blank where there is no effect to tell."""
    worth = one.worth
    if worth is None:
        return ""
    if worth.wins is None or worth.wins_interval is None:
        return _("What that is in money nobody can tell: only a win rate becomes wins by itself.")
    wins = _wins(worth.wins, worth.wins_interval, one.learners, reads)
    if worth.money is None or worth.money_interval is None:
        return f"{wins}. {_lacks(worth.unpriced)}"
    money = _("{wins}, some {money} at your average deal ({interval}).").format(
        wins=wins,
        money=reads.round_money(worth.money, worth.currency),
        interval=_("{low} to {high}").format(
            low=reads.round_money(worth.money_interval[0], worth.currency),
            high=reads.round_money(worth.money_interval[1], worth.currency),
        ),
    )
    return str(money)


def as_json(worth: Worth | None) -> dict[str, Any]:
    """Of the JSON of `effect`; None where it cannot be told."""
    found = worth or Worth()
    return {
        "wins_a_quarter": found.wins,
        "wins_interval": list(found.wins_interval) if found.wins_interval else None,
        "worth_a_quarter": found.money,
        "worth_interval": list(found.money_interval) if found.money_interval else None,
        "worth_currency": found.currency or None,
    }


def _wins(wins: float, interval: Interval, learners: int, reads: Reader) -> str:
    text = (
        ngettext(
            "For the {n} learner that is about {wins} more wins a quarter (95% sure: {low} to {high})",
            "For the {n} learners that is about {wins} more wins a quarter (95% sure: {low} to {high})",
            learners,
        )
        if wins >= 0
        else ngettext(
            "For the {n} learner that is about {wins} fewer wins a quarter (95% sure: {low} to {high})",
            "For the {n} learners that is about {wins} fewer wins a quarter (95% sure: {low} to {high})",
            learners,
        )
    )
    return text.format(
        n=learners,
        wins=reads.number(abs(wins), digits=1),
        low=_signed(interval[0], reads),
        high=_signed(interval[1], reads),
    )


def _signed(value: float, reads: Reader) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + reads.number(abs(value), digits=1)


def _lacks(unpriced: Unpriced | None) -> str:
    if unpriced is Unpriced.CURRENCIES:
        return _("In money it is not told: won deals are in several currencies, and nobody gave a rate.")
    return _("In money it is not told: fewer than {n} won deals of the last year have an amount.").format(
        n=FEWEST_DEALS
    )
