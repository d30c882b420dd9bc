"""All that happens to the invented team, and what the files of any moment hold of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.core.enums import ImportKind
from bot.demo.season.accounts import account_values
from bot.demo.season.cast import EAST
from bot.demo.season.deals import Deal, deals
from bot.demo.season.leads import Lead, leads
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
