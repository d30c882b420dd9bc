"""What was done about accounts in several currencies, in a sentence."""

from bot.domain.scorecard import Scorecard
from bot.language import gettext as _
from bot.language import ngettext
from bot.views.reader import Reader


def told(value: Scorecard, reads: Reader) -> str:
    """What was done about several currencies; blank where there is one."""
    found = value.currencies
    if found.converted:
        return _("💱 Accounts in {currencies} are counted in {own}, all at the rates of {day}.").format(
            currencies=", ".join(found.converted), own=value.currency, day=_last_day(value, reads)
        )
    if not found.unrated:
        return ""
    line = _(
        "💱 The accounts are in several currencies, which stand side by side and are never added: nobody has told me "
        "what {currencies} was worth in {own} on {day}. Your admin can, with an import of rates."
    ).format(currencies=", ".join(found.unrated), own=value.currency, day=_last_day(value, reads))
    return f"{line} {_left_out(found.changed)}" if found.changed else line


def _left_out(accounts: int) -> str:
    return ngettext(
        "{n} account changed its currency, so it is left out.",
        "{n} accounts changed their currency, so they are left out.",
        accounts,
    ).format(n=accounts)


def _last_day(value: Scorecard, reads: Reader) -> str:
    return reads.day(value.period.until(value.as_of).dates()[-1])
