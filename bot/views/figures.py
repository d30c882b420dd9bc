"""A metric's figure with what it was made of: `8 of 12 (66.7%), 4 awaiting`."""

from bot.domain.definitions import DEFINITIONS, Unit
from bot.domain.metrics import Measure
from bot.domain.periods import Period
from bot.domain.scorecard import Figure, Scorecard
from bot.language import gettext as _
from bot.views.amounts import amount
from bot.views.reader import Reader
from bot.words import Metric

IN_MONEY = frozenset({Metric.UPSELL_RATE, Metric.NET_RETENTION})
"""Shares of amounts: their parts are no counts."""


def figure(measure: Measure, reads: Reader, *, currency: str = "") -> str:
    """Without data `no data yet`, never 0%."""
    told = _figure(measure, reads, currency)
    if measure.awaiting:
        return _("{figure}, {n} awaiting").format(figure=told, n=reads.number(measure.awaiting))
    return told


def of_card(card: Scorecard, shown: Figure, reads: Reader) -> str:
    """A card's figure; one in money stands by currency where the currencies cannot be added: `EUR 98%, USD 103%`."""
    apart = card.side_by_side.get(shown.measure.key, {})
    if any(one.value is not None for one in apart.values()):
        told = (f"{currency} {figure(one, reads)}" for currency, one in apart.items())
        return ", ".join(told)
    return figure(shown.measure, reads, currency=card.currency)


def _figure(measure: Measure, reads: Reader, currency: str) -> str:
    if measure.value is None:
        return _("no data yet")
    if DEFINITIONS[measure.key].unit is not Unit.SHARE:
        return amount(measure.key, measure.value, reads, currency=currency)
    share = _exact_percent(measure.value, reads)
    if measure.key in IN_MONEY or measure.numerator is None or measure.denominator is None:
        return share
    return _("{part} of {whole} ({share})").format(
        part=reads.number(measure.numerator), whole=reads.number(measure.denominator), share=share
    )


def _exact_percent(share: float, reads: Reader) -> str:
    """To a tenth of a percent, where there is one."""
    return reads.percent(share, digits=0 if round(share * 1000) % 10 == 0 else 1)


def has_likely(shown: Figure) -> bool:
    return shown.measure.value is not None and shown.estimate is not None and shown.estimate.low is not None


def likely(shown: Figure, reads: Reader, *, currency: str) -> str:
    """Where the true figure lies with 90% certainty: `likely 4.1 – 6.8`; blank where nobody can tell."""
    estimate = shown.estimate
    if not has_likely(shown) or not estimate or estimate.low is None or estimate.high is None:
        return ""
    return _("likely {low} – {high}").format(
        low=_bare(shown.measure.key, estimate.low, reads, currency),
        high=_bare(shown.measure.key, estimate.high, reads, currency),
    )


def _bare(metric: Metric, value: float, reads: Reader, currency: str) -> str:
    """Without the words of its unit, which the figure before it says."""
    if DEFINITIONS[metric].unit in (Unit.SHARE, Unit.MONEY):
        return amount(metric, value, reads, currency=currency)
    return reads.number(value, digits=1)


def middle(shown: Figure, reads: Reader, *, currency: str) -> str:
    """`middle 55%`; blank where there is nothing to set beside it."""
    if shown.role_middle is None or shown.measure.value is None:
        return ""
    value = _bare(shown.measure.key, shown.role_middle, reads, currency)
    return _("middle {value}").format(value=value)


def against_target(shown: Figure, reads: Reader, *, currency: str) -> str:
    """`target 55% (91% reached)`; blank where none is set."""
    if shown.target is None:
        return ""
    told = _("target {value}").format(value=amount(shown.measure.key, shown.target, reads, currency=currency))
    if shown.attainment is None or shown.attainment < 0:
        return told
    return _("{target} ({share} reached)").format(target=told, share=reads.percent(shown.attainment))


def period(span: Period, reads: Reader) -> str:
    """Its days, first and last included: `5 Oct 2026 – 15 Nov 2026`."""
    days = span.dates()
    if len(days) == 1:
        return reads.day(days[0])
    return _("{first} – {last}").format(first=reads.day(days[0]), last=reads.day(days[-1]))
