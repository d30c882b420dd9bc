"""What to do next: what is stuck and why, what slipped, and the deals that are worth asking about first."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from bot.pipeline.domain.stuck import StuckReason
from bot.workbook.domain.headline import Headline, Slipped
from bot.workbook.domain.pipeline import STUCK, DealRecord, stuck_because
from bot.workbook.domain.sheets import Column, Style, Table
from bot.workbook.domain.summary.lines import COLUMNS, Line, piles

_STEPS = {
    StuckReason.PAST_CLOSE: "Agree on a new day, or close the deal as lost",
    StuckReason.NO_TIMELINE_NO_AUTHORITY: "Ask by when they want to decide, and who decides",
    StuckReason.NO_ACTIVITY: "Get in touch, or set a meeting",
}

_LARGEST: Sequence[Column[DealRecord]] = (
    Column("Deal", lambda deal: f"{deal.company} ({deal.key})" if deal.company else deal.key, width=36),
    Column("Amount", lambda deal: deal.amount, Style.MONEY, 17),
    Column("Currency", lambda deal: deal.currency, width=14),
    Column("Expected close", lambda deal: deal.expected_close, Style.DAY, 13),
    Column("What is missing", lambda deal: stuck_because(deal.stuck), Style.LONG, 66),
    Column("Owner", lambda deal: deal.ae, width=22),
    Column("Team", lambda deal: deal.team, width=14),
)


def tables(headline: Headline, live: Collection[str]) -> Iterator[Table[Any]]:
    """None where nothing is stuck and nothing slipped."""
    lines = list(_lines(headline, is_live="Deals" in live))
    if lines or headline.is_whole:
        several = "; a deal may be stuck for several reasons" if len(headline.because) > 1 else ""
        yield Table("Next", COLUMNS, lines, heading=f"What to do next{several}")
    if headline.largest or headline.is_whole:
        stuck = headline.stuck.deals if headline.stuck else 0
        few = len(headline.largest) == stuck
        which = "The stuck deals" if few else f"The {len(headline.largest)} largest of {stuck} stuck deals"
        where = "; all are on the sheet Deals, with why under Stuck because" if "Deals" in live else ""
        yield Table("Largest", _LARGEST, headline.largest, heading=f"{which}{where}")


def _lines(headline: Headline, *, is_live: bool) -> Iterator[Line]:
    for reason, money in headline.because.items():
        what = STUCK[reason]
        condition = f'Deals[Status],"open",Deals[Stuck because],"*{what}*"'
        if money.deals:
            yield from piles(what[:1].upper() + what[1:], money, _STEPS[reason], condition, is_live=is_live)
    if headline.slipped.money.deals:
        words, condition = _became(headline.slipped), 'Deals[Slipped],"yes"'
        yield from piles("Slipped", headline.slipped.money, words, condition, is_live=is_live)


def _became(slipped: Slipped) -> str:
    told = {
        "won since": slipped.won,
        "lost since": slipped.lost,
        "put off to a later day": slipped.moved,
        "still past the day": slipped.past,
        "without a day now": slipped.undated,
    }
    became = ", ".join(f"{count} {what}" for what, count in told.items() if count)
    among = f"; {slipped.stuck} of them are among the stuck" if slipped.stuck else ""
    return f"The day on which they were expected to close went by: {became}{among}"
