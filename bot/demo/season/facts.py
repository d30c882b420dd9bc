"""All that happens to the invented team, its accounts too, and what the files of any moment hold of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.core.enums import ImportKind
from bot.demo.season.cast import AMS, EAST
from bot.demo.season.deals import Deal, deals
from bot.demo.season.dice import DAY, Dice
from bot.demo.season.leads import Lead, leads
from bot.demo.season.people import Am
from bot.demo.season.phrases import COMPANIES
from bot.demo.season.span import Span
from bot.demo.season.talk import Row, Spoken, calls, debriefs


@dataclass(frozen=True, slots=True)
class Facts:
    """All that happens until the demo's week is over."""

    calls: Sequence[Spoken]
    debriefs: Sequence[tuple[datetime, Row]]
    """By the start of their call."""
    leads: Sequence[Lead]
    deals: Sequence[Deal]
    values: Sequence[tuple[date, Row]]
    """By the day from which they count."""

    @classmethod
    def of(cls, seed: str, span: Span) -> "Facts":
        spoken, passed = calls(seed, span), leads(seed, span)
        told, values = debriefs(seed, spoken), account_values(seed, span)
        return cls(spoken, told, passed, deals(seed, passed, span), values)

    def known(self, now: datetime, *, since: datetime | None = None) -> dict[ImportKind, list[Row]]:
        """What files hold at that moment; `since`: calls, debriefs and values after that one alone."""

        def new(at: datetime) -> bool:
            return at <= now and (since is None or at > since)

        return {
            ImportKind.CALLS: [call.row() for call in self.calls if new(call.started)],
            ImportKind.DEBRIEFS: [row for at, row in self.debriefs if new(at)],
            ImportKind.HANDOFFS: [lead.row(now) for lead in self.leads if lead.passed <= now],
            ImportKind.ACCOUNTS: [row for day, row in self.values if new(_midnight(day))],
        }

    def crm(self, now: datetime) -> list[Row]:
        """The deals as they stand at that moment."""
        return [deal.row(now) for deal in self.deals if deal.opened <= now]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), EAST.zone)


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
