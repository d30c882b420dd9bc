"""A metric's figure as one reads it, with its unit; and what was done about several currencies."""

from bot.blocks.reader import Reader
from bot.core.enums import Metric, Role
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.scorecards.domain.definitions import DEFINITIONS, Unit
from bot.scorecards.domain.scorecard import Scorecard


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
