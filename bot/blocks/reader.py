"""How one person reads dates and numbers: their locale, their zone."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_skeleton, format_time
from babel.numbers import format_currency, format_decimal, format_percent


@dataclass(frozen=True, slots=True)
class Reader:
    locale: Locale
    zone: ZoneInfo

    def day(self, day: date) -> str:
        """`16 Nov 2026`."""
        return str(format_date(day, "medium", locale=self.locale))

    def day_name(self, day: date) -> str:
        """`Monday`."""
        return str(format_date(day, "EEEE", locale=self.locale))

    def short_day(self, day: date) -> str:
        """`16 Nov`."""
        return str(format_skeleton("MMMd", day, locale=self.locale))

    def month(self, day: date) -> str:
        """`October 2026`."""
        return str(format_skeleton("yMMMM", day, locale=self.locale))

    def weekday(self, day: date) -> str:
        """`Mon 16 Nov`."""
        return str(format_skeleton("MMMEd", day, locale=self.locale))

    def time(self, instant: datetime) -> str:
        return str(format_time(instant, "short", tzinfo=self.zone, locale=self.locale))

    def moment(self, instant: datetime) -> str:
        return str(format_datetime(instant, "medium", tzinfo=self.zone, locale=self.locale))

    def number(self, value: float | Decimal, *, digits: int = 0) -> str:
        pattern = "#,##0" + ("." + "#" * digits if digits else "")
        return str(format_decimal(value, pattern, locale=self.locale))

    def percent(self, share: float, *, digits: int = 0) -> str:
        pattern = "#,##0" + ("." + "0" * digits if digits else "") + "%"
        return str(format_percent(share, pattern, locale=self.locale))

    def money(self, value: float | Decimal, currency: str) -> str:
        return str(format_currency(value, currency or "USD", locale=self.locale))

    def round_money(self, value: float, currency: str) -> str:
        """To three digits and without cents: of what is known no better."""
        size = 10 ** max(len(f"{abs(value):.0f}") - 3, 0)
        pattern = self.locale.currency_formats["standard"].pattern.replace(".00", "")
        rounded = round(value / size) * size
        return str(
            format_currency(rounded, currency or "USD", pattern, locale=self.locale, currency_digits=False)
        )


def reader(locale: str | None, zone: ZoneInfo) -> Reader:
    """Slack's locale looks like `de-DE`; one that Babel does not know reads as American."""
    return Reader(_english_of(locale or "en-US"), zone)


@cache
def _english_of(locale: str) -> Locale:
    """The sentences are English, and so are months in them; order, clock and marks are those of the reader's region."""
    try:
        region = Locale.parse(locale, sep="-").territory or "001"
    except (UnknownLocaleError, ValueError):
        region = "US"
    try:
        return Locale("en", region)
    except UnknownLocaleError:
        return Locale("en", "001")
