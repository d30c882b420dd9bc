"""The metrics of AMs: what the accounts they hold are worth."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from bot.core.enums import Metric, Role
from bot.pipeline.domain.portfolio import HeldAccount
from bot.scorecards.domain.definitions.behind import Behind
from bot.scorecards.domain.definitions.counting import Measure, in_one_currency, ratio
from bot.scorecards.domain.definitions.metric import (
    ABOUT_ACCOUNTS,
    Good,
    Kind,
    Looks,
    MeanOf,
    MetricDefinition,
    Recipe,
    Unit,
)
from bot.scorecards.domain.drilldown import Bearing, Record
from bot.scorecards.domain.tally import Tally

GREW_ROWS = 'COUNTIFS(Accounts[AM],[@Rep],Accounts[Grew],"yes")'
_IN_MONEY = (Looks.MONEY, Looks.MONEY)


def _upsell_rate(key: Metric, accounts: Iterable[HeldAccount]) -> Measure:
    held = [account for account in accounts if account.end > 0]
    first = sum((account.first for account in held), Decimal())
    gained = sum((account.end for account in held), Decimal()) - first
    return ratio(key, float(gained), float(first))


def _net_retention(key: Metric, accounts: Iterable[HeldAccount]) -> Measure:
    held = [account for account in accounts if account.start and account.start > 0]
    kept = sum((account.end for account in held), Decimal())
    return ratio(key, float(kept), float(sum((account.start or Decimal() for account in held), Decimal())))


def _grown_since_taken_over(tally: Tally) -> Iterator[tuple[float, float]]:
    """Of each account held: its value at the end over the first one, weighted by the first."""
    for account in tally.accounts:
        if account.end > 0 and account.first > 0:
            yield float(account.end) / float(account.first), float(account.first)


def _kept_since_start(tally: Tally) -> Iterator[tuple[float, float]]:
    """Of each account held at the start: its value at the end over that at the start, weighted by the latter."""
    for account in tally.accounts:
        if account.start and account.start > 0:
            yield float(account.end) / float(account.start), float(account.start)


def kept_accounts(tally: Tally) -> Iterator[tuple[float, float]]:
    """Of those that `_kept_since_start` tells of, the ones still held at the end."""
    return ((kept, start) for kept, start in _kept_since_start(tally) if kept > 0)


def _upsold(behind: Behind) -> Iterator[Record]:
    return (_grown(one, float(one.end - one.first)) for one in behind.accounts() if one.end > 0)


def _retained(behind: Behind) -> Iterator[Record]:
    return (_grown(one, float(one.end - one.start)) for one in behind.accounts() if one.start)


def growth(behind: Behind) -> Iterator[Record]:
    """What each account adds to an AM's growth in value; see `HeldAccount.growth`."""
    return (_grown(one, float(one.growth)) for one in behind.accounts())


def _grown(account: HeldAccount, gained: float) -> Record:
    return Record(None, account.key, Bearing.COUNTS, gained, account.currency, note=_moved(gained))


def _moved(gained: float) -> str:
    if gained == 0:
        return "stayed the same"
    return "grew" if gained > 0 else "shrank or was lost"


def grown_accounts(behind: Behind) -> Iterator[Record]:
    return (record for record in _retained(behind) if record.amount and record.amount > 0)


def _total(column: str, at_least: str) -> str:
    return f'SUMIFS(Accounts[{column}],Accounts[AM],[@Rep],Accounts[{at_least}],">0")'


METRICS = (
    MetricDefinition(
        key=Metric.UPSELL_RATE,
        coach_asks=ABOUT_ACCOUNTS,
        doing="growing accounts",
        roles=(Role.AM,),
        title="Upsell",
        formula=(
            "(value at the end − first value) ÷ first value, summed over accounts held at the end of the period; "
            "first value: the account's value when this AM took it over"
        ),
        plainly="How much more the accounts you hold are worth than on the day you took them over.",
        unit=Unit.SHARE,
        direction=Good.UP,
        kind=Kind.EFFECTIVENESS,
        counted=in_one_currency(_upsell_rate),
        basis=MeanOf(_grown_since_taken_over),
        recipe=Recipe(
            "Accounts",
            f"{_total('Value at end', 'Value at end')}-{_total('First value', 'Value at end')}",
            _total("First value", "Value at end"),
            looks=_IN_MONEY,
        ),
        records=_upsold,
        fed_by=(),
        records_in=Unit.MONEY,
        of_accounts=_upsell_rate,
        least=-1.0,
    ),
    MetricDefinition(
        key=Metric.NET_RETENTION,
        coach_asks=ABOUT_ACCOUNTS,
        doing="keeping accounts",
        roles=(Role.AM,),
        title="Net retention",
        formula="value at the end ÷ value at the start, summed over accounts held at the start; lost ones count 0",
        plainly=(
            "What the accounts you held at the start are worth at the end, as a share of what they were worth then. "
            "Lost ones count 0."
        ),
        unit=Unit.SHARE,
        direction=Good.UP,
        kind=Kind.EFFECTIVENESS,
        counted=in_one_currency(_net_retention),
        basis=MeanOf(_kept_since_start),
        recipe=Recipe(
            "Accounts",
            _total("Value at end", "Value at start"),
            _total("Value at start", "Value at start"),
            looks=_IN_MONEY,
        ),
        records=_retained,
        fed_by=(),
        records_in=Unit.MONEY,
        of_accounts=_net_retention,
    ),
)
