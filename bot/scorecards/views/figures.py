"""A metric's figure as one reads it, with its unit and with what it was made of: `8 of 12 (66.7%), 4 awaiting`."""

from bot.blocks.reader import Reader
from bot.calendar.periods import Period
from bot.core.enums import Metric, Role
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.scorecards.domain.definitions import DEFINITIONS, Unit
from bot.scorecards.domain.definitions.counting import Measure
from bot.scorecards.domain.scorecard import Figure, Scorecard


def title(metric: Metric) -> str:
    return _(DEFINITIONS[metric].title)


def amount(metric: Metric, value: float, reader: Reader, *, currency: str = "", digits: int = 0) -> str:
    """`62%`, `4.2 a month`, `31 days`; money in the workspace's currency. `digits`: that many at least."""
    match DEFINITIONS[metric].unit:
        case Unit.SHARE:
            return reader.percent(value, digits=max(digits, 1 if 0 < abs(value) < 0.1 else 0))
        case Unit.PER_MONTH:
            return _("{n} a month").format(n=reader.number(value, digits=max(digits, 1)))
        case Unit.PER_DAY:
            return _("{n} a day").format(n=reader.number(value, digits=max(digits, 1)))
        case Unit.MINUTES:
            return _("{n} min").format(n=reader.number(value, digits=digits))
        case Unit.DAYS:
            return _("{n} days").format(n=reader.number(value, digits=digits))
        case Unit.MONEY:
            return reader.money(value, currency)
        case Unit.COUNT:
            return reader.number(value)


def currencies_told(value: Scorecard, reads: Reader) -> str:
    """What was done about several currencies; blank where there is one."""
    found = value.currencies
    if found.converted:
        line = (
            _("💱 Deals in {currencies} are counted in {own}, all at the rates of {day}.")
            if value.rep.role is Role.AE
            else _("💱 Accounts in {currencies} are counted in {own}, all at the rates of {day}.")
        )
        return line.format(
            currencies=", ".join(found.converted), own=value.currency, day=_last_day(value, reads)
        )
    if not found.unrated:
        return ""
    line = _side_by_side(value.rep.role).format(
        currencies=", ".join(found.unrated), own=value.currency, day=_last_day(value, reads)
    )
    return f"{line} {_left_out(found.changed)}" if found.changed else line


def _side_by_side(role: Role) -> str:
    if role is Role.AE:
        return _(
            "💱 The deals are in several currencies, which stand side by side and are never added: nobody has told me "
            "what {currencies} was worth in {own} on {day}. Your admin can, with an import of rates."
        )
    return _(
        "💱 The accounts are in several currencies, which stand side by side and are never added: nobody has told me "
        "what {currencies} was worth in {own} on {day}. Your admin can, with an import of rates."
    )


def _left_out(accounts: int) -> str:
    return ngettext(
        "{n} account changed its currency, so it is left out.",
        "{n} accounts changed their currency, so they are left out.",
        accounts,
    ).format(n=accounts)


def _last_day(value: Scorecard, reads: Reader) -> str:
    return reads.day(value.period.until(value.as_of).dates()[-1])


def figure(measure: Measure, reads: Reader, *, currency: str = "") -> str:
    """Without data `no data yet`, never 0%."""
    told = _with_unknown(_figure(measure, reads, measure.currency or currency), measure, reads)
    if measure.awaiting:
        return _("{figure}, {n} awaiting").format(figure=told, n=reads.number(measure.awaiting))
    return told


def of_card(card: Scorecard, shown: Figure, reads: Reader) -> str:
    """A card's figure; one in money stands by currency where the currencies cannot be added: `EUR 98%, USD 103%`."""
    apart = card.side_by_side.get(shown.measure.key, {})
    if any(one.value is not None for one in apart.values()):
        is_money = shown.definition.unit is Unit.MONEY
        told = [
            figure(one, reads, currency=currency) if is_money else f"{currency} {figure(one, reads)}"
            for currency, one in apart.items()
        ]
        return _with_unknown(", ".join(told), shown.measure, reads)
    return figure(shown.measure, reads, currency=card.currency)


def _figure(measure: Measure, reads: Reader, currency: str) -> str:
    if measure.value is None:
        return _("no data yet")
    definition = DEFINITIONS[measure.key]
    if definition.unit is not Unit.SHARE:
        return amount(measure.key, measure.value, reads, currency=currency)
    share = _exact_percent(measure.value, reads)
    if definition.is_fact:
        return _("{share}: {part} of {whole}").format(
            share=share,
            part=reads.money(measure.numerator or 0, currency),
            whole=reads.money(measure.denominator or 0, currency),
        )
    if not is_counted(measure):
        return share
    return _("{part} of {whole} ({share})").format(
        part=reads.number(measure.numerator or 0), whole=reads.number(measure.denominator or 0), share=share
    )


def _with_unknown(told: str, measure: Measure, reads: Reader) -> str:
    """What is not known of an amount, as a share of the deals: it is no 0."""
    if not measure.missing or not measure.missing[0]:
        return told
    unknown, deals = measure.missing
    return _("{figure} ({n} of {of} deals have no amount)").format(
        figure=told, n=reads.number(unknown), of=reads.number(deals)
    )


def is_counted(measure: Measure) -> bool:
    """Whether it is a share of things that can be counted: `8 of 12`."""
    in_parts = measure.numerator is not None and measure.denominator is not None
    return (
        in_parts and DEFINITIONS[measure.key].unit is Unit.SHARE and not DEFINITIONS[measure.key].is_of_value
    )


def _exact_percent(share: float, reads: Reader) -> str:
    """To a tenth of a percent, where there is one."""
    return reads.percent(share, digits=0 if round(share * 1000) % 10 == 0 else 1)


def by_chance(shown: Figure, reads: Reader, *, currency: str) -> str:
    """`37% to 46%`: what chance alone could make of the figure, 9 times in 10.

    Blank where nobody can tell, and where the figure itself, a lucky run, lies outside of it.
    """
    value, estimate = shown.measure.value, shown.estimate
    if value is None or estimate is None or estimate.low is None or estimate.high is None:
        return ""
    if not estimate.low <= value <= estimate.high:
        return ""
    return _("{low} to {high}").format(
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
    if shown.measure.value is None:
        return ""
    value = middle_value(shown, reads, currency=currency)
    return _("middle {value}").format(value=value) if value else ""


def middle_value(shown: Figure, reads: Reader, *, currency: str) -> str:
    """The role's middle, as exactly as it takes to tell it from the figure; blank without one."""
    if shown.role_middle is None:
        return ""
    return _beside(shown, shown.role_middle, reads, currency)


def before(shown: Figure, reads: Reader, *, currency: str) -> str:
    """The rep's own figure in the time before; blank without one."""
    return "" if shown.before is None else _beside(shown, shown.before, reads, currency)


def _beside(shown: Figure, other: float, reads: Reader, currency: str) -> str:
    """0.4% is not told to be less than 0.4%: what differs reads differently, to a thousandth."""
    key, value = shown.measure.key, shown.measure.value
    currency = shown.measure.currency or currency
    own = "" if value is None else _alone(key, value, reads, currency)
    told = _alone(key, other, reads, currency)
    for digits in (1, 2, 3):
        if told != own or value == other:
            break
        told = amount(key, other, reads, currency=currency, digits=digits)
    return told


def _alone(metric: Metric, value: float, reads: Reader, currency: str) -> str:
    if DEFINITIONS[metric].unit is Unit.SHARE:
        return _exact_percent(value, reads)
    return amount(metric, value, reads, currency=currency)


def against_target(shown: Figure, reads: Reader, *, currency: str) -> str:
    """`target 55% (91% reached)`; blank where none is set."""
    if shown.target is None:
        return ""
    currency = shown.measure.currency or currency
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
