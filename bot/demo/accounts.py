"""What the account managers' accounts were worth, from review to review."""

from collections.abc import Iterator
from datetime import date

from bot.demo.cast import AMS
from bot.demo.dice import DAY, Dice
from bot.demo.people import Am
from bot.demo.phrases import COMPANIES
from bot.demo.talk import Row

HELD = 14
"""Accounts of each AM."""


def account_values(seed: str, first: date, monday: date) -> list[Row]:
    dice = Dice(seed, "accounts")
    names = iter(dice.sample(COMPANIES, k=len(COMPANIES)))
    held = [(am, next(names)) for am in AMS for _ in range(HELD)]
    return [row for am, name in held for row in _history(dice, am, name, first, monday)]


def _history(dice: Dice, am: Am, account: str, first: date, monday: date) -> Iterator[Row]:
    value, day = dice.around(12_000, 0.3), first - DAY * dice.randrange(60)
    while day < monday and value:
        yield {
            "account": account,
            "am_email": am.email,
            "as_of": day.isoformat(),
            "value": f"{value:.0f}",
            "currency": am.team.currency,
        }
        leaves = dice.chance(am.leaves)
        value = 0 if leaves else value * (1 + dice.gauss(am.growth, 0.08))
        day += DAY * dice.randrange(30, 60)
    if not value and day < monday:
        yield {"account": account, "am_email": am.email, "as_of": day.isoformat(), "value": "0"}
