"""A metric's figure as one reads it, with its unit."""

from bot.domain.definitions import DEFINITIONS, Unit
from bot.language import gettext as _
from bot.views.reader import Reader
from bot.words import Metric


def title(metric: Metric) -> str:
    return _(DEFINITIONS[metric].title)


def amount(metric: Metric, value: float, reader: Reader, *, currency: str = "") -> str:
    """`62%`, `4.2 a month`, `31 days`; money in the workspace's currency."""
    match DEFINITIONS[metric].unit:
        case Unit.SHARE:
            return reader.percent(value, digits=1 if 0 < abs(value) < 0.1 else 0)
        case Unit.PER_MONTH:
            return _("{n} a month").format(n=reader.number(value, digits=1))
        case Unit.PER_DAY:
            return _("{n} a day").format(n=reader.number(value, digits=1))
        case Unit.MINUTES:
            return _("{n} min").format(n=reader.number(value))
        case Unit.DAYS:
            return _("{n} days").format(n=reader.number(value))
        case Unit.MONEY:
            return reader.money(value, currency)
        case Unit.COUNT:
            return reader.number(value)
