"""What the account managers' accounts were worth, from review to review."""

from collections.abc import Iterator
from datetime import date

from bot.demo.season.cast import AMS
from bot.demo.season.dice import DAY, Dice
from bot.demo.season.people import Am
from bot.demo.season.phrases import COMPANIES
from bot.demo.season.span import Span
from bot.demo.season.talk import Row

HELD = 14
"""Accounts of each AM."""


def account_values(seed: str, span: Span) -> list[tuple[date, Row]]:
    """Each with the day from which it counts."""
    dice = Dice(seed, "accounts")
    names = iter(dice.sample(COMPANIES, k=len(COMPANIES)))
    held = [(am, next(names)) for am in AMS for _ in range(HELD)]
    return [entry for am, name in held for entry in _history(dice, am, name, span)]


def _history(dice: Dice, am: Am, account: str, span: Span) -> Iterator[tuple[date, Row]]:
    value, day = dice.around(12_000, 0.3), span.first - DAY * dice.randrange(60)
    while day < span.end:
        yield (
            day,
            {
                "account": account,
                "am_email": am.email,
                "as_of": day.isoformat(),
                "value": f"{value:.0f}",
                "currency": am.team.currency,
            },
        )
        if not value:
            return
        value *= 0 if dice.chance(am.leaves) else 1 + dice.gauss(am.growth, 0.08)
        day += DAY * dice.randrange(30, 60)
