"""Numbers and amounts as people write them: `1.234,50 €`, `(500.00)`, `12k`, `1,00,000`, `USD 1234`."""

import re
from decimal import Decimal
from typing import NamedTuple

from bot.core.currencies import is_currency
from bot.core.errors import BadInput

SIGNS: dict[str, tuple[str, ...]] = {
    "€": ("EUR",),
    "£": ("GBP", "EGP", "FKP", "GIP", "LBP", "SHP", "SYP"),
    "$": (
        *("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU", "DOP", "JMD"),
        *("BBD", "BMD", "BSD", "BZD", "FJD", "GYD", "KYD", "LRD", "NAD", "SBD", "SRD", "TTD", "XCD"),
    ),
    "us$": ("USD",),
    "c$": ("CAD",),
    "ca$": ("CAD",),
    "a$": ("AUD",),
    "au$": ("AUD",),
    "nz$": ("NZD",),
    "s$": ("SGD",),
    "hk$": ("HKD",),
    "nt$": ("TWD",),
    "mx$": ("MXN",),
    "r$": ("BRL",),
    "¥": ("JPY", "CNY"),
    "￥": ("JPY", "CNY"),
    "元": ("CNY",),
    "円": ("JPY",),
    "₹": ("INR",),
    "rs": ("INR", "PKR", "LKR", "NPR", "MUR"),
    "rs.": ("INR", "PKR", "LKR", "NPR", "MUR"),
    "₽": ("RUB",),
    "руб": ("RUB",),
    "руб.": ("RUB",),
    "₩": ("KRW", "KPW"),
    "₺": ("TRY",),
    "₪": ("ILS",),
    "₴": ("UAH",),
    "₦": ("NGN",),
    "₱": ("PHP",),
    "฿": ("THB",),
    "₫": ("VND",),
    "₸": ("KZT",),
    "zł": ("PLN",),
    "kč": ("CZK",),
    "ft": ("HUF",),
    "lei": ("RON", "MDL"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "kr.": ("DKK", "SEK", "NOK", "ISK"),
    "fr.": ("CHF",),
    "sfr": ("CHF",),
}
"""The currencies that a sign may stand for, in small letters."""
_SURE = {"£": "GBP", "₩": "KRW"}
_LARGE = {"k": 3, "tsd": 3, "m": 6, "mn": 6, "mm": 6, "mio": 6, "mil": 6, "b": 9, "bn": 9, "mrd": 9}
"""What a letter behind a number multiplies it by, in powers of ten."""
UNITS = {"ones": 0, "thousands": 3, "k": 3, "millions": 6, "m": 6}
_SPACES = re.compile(r"[\s'’]")
_PARTS = re.compile(r"(?P<before>[^\d.,]*)(?P<digits>[\d.,]*\d[\d.,]*|)(?P<after>[^\d.,]*\.?)")


class Amount(NamedTuple):
    value: Decimal
    currencies: tuple[str, ...] = ()
    """Those that the cell's sign or code may stand for; none: it bears none."""
    is_scaled: bool = False
    """It says itself that it is thousands or more."""

    @property
    def currency(self) -> str:
        """The one that is meant; blank where the sign is that of several."""
        if len(self.currencies) == 1:
            return self.currencies[0]
        return next((sure for sure in _SURE.values() if sure in self.currencies[:1]), "")


def read(said: str, decimal: str | None = None) -> Amount:
    """An amount with all that may stand around it; `decimal` is the decimal sign, where the file's is known.

    Raises BadInput, also where the number can be read in two ways.
    """
    bare = _SPACES.sub("", said)
    found = _PARTS.fullmatch(_without_parentheses(bare))
    if found is None or not found["digits"]:
        raise _no_number(said)
    before, after = found["before"].lower(), found["after"].lower()
    minus = bare.startswith("(") or "-" in before + after or "−" in before + after
    signs = re.findall(r"[-+−]", before + after)
    if len(signs) + bare.startswith("(") > 1:
        raise _no_number(said)
    marks = [re.sub(r"[-+−]", "", mark) for mark in (before, after)]
    power, marks = _power(marks)
    currencies = _currencies([mark for mark in marks if mark], said)
    value = number(found["digits"], decimal).scaleb(power)
    return Amount(-value if minus else value, currencies, power > 0)


def number(said: str, decimal: str | None = None) -> Decimal:
    """Digits with their signs and nothing else; raises BadInput."""
    bare = _SPACES.sub("", said)
    point = decimal or _decimal_sign(bare)
    comma = "," if point == "." else "."
    grouped = rf"\d{{1,3}}(\{comma}\d{{3}})+|\d{{1,2}}(\{comma}\d{{2}})+\{comma}\d{{3}}"
    if not re.fullmatch(rf"[+-]?(\d+|{grouped})?(\{point}\d*)?", bare, re.ASCII) or not any(
        map(str.isdigit, bare)
    ):
        raise _no_number(said)
    return Decimal(bare.replace(comma, "").replace(point, "."))


def tells_its_decimal_sign(said: str) -> str:
    """The decimal sign where the text leaves no doubt about it, else blank."""
    bare = "".join(re.findall(r"[\d.,]", said)).strip(".,")
    if "," in bare and "." in bare:
        return max(".,", key=bare.rindex)
    signs = [sign for sign in ".," if sign in bare]
    if not signs:
        return ""
    [sign] = signs
    if bare.count(sign) > 1:
        return "," if sign == "." else "."
    return sign if len(bare.partition(sign)[2]) != 3 or bare.startswith("0") else ""


def _without_parentheses(bare: str) -> str:
    return re.sub(r"^([^()]*)\(([^()]*)\)([^()]*)$", r"\1\2\3", bare) if "(" in bare else bare


def _power(marks: list[str]) -> tuple[int, list[str]]:
    """The power of ten that one of the marks says, and what else the marks say."""
    before, after = marks
    for letters in sorted(_LARGE, key=len, reverse=True):
        if after.rstrip(".") == letters or (
            after.startswith(letters) and _is_currency(after[len(letters) :])
        ):
            return _LARGE[letters], [before, after.rstrip(".")[len(letters) :]]
    return 0, marks


def _is_currency(mark: str) -> bool:
    return mark in SIGNS or is_currency(mark.upper())


def _currencies(marks: list[str], said: str) -> tuple[str, ...]:
    """What all marks may mean: `US$ … USD` says it twice."""
    meanings = [SIGNS[mark] if mark in SIGNS else _code(mark, said) for mark in marks]
    if not meanings:
        return ()
    common = tuple(one for one in meanings[0] if all(one in other for other in meanings))
    if not common:
        raise BadInput(f"“{said}” bears two currencies")
    return common


def _code(mark: str, said: str) -> tuple[str, ...]:
    sign = mark.removeprefix("usd").removeprefix("cad").removeprefix("aud") if len(mark) == 4 else ""
    if sign == "$":
        return (mark[:3].upper(),)
    if not is_currency(mark.upper()):
        raise _no_number(said)
    return (mark.upper(),)


def _no_number(said: str) -> BadInput:
    return BadInput(f"“{said}” is not a number")


def _decimal_sign(said: str) -> str:
    """The last of both signs; one that comes twice parts thousands, and so does a comma before three digits."""
    if "," in said and "." in said:
        return max(".,", key=said.rindex)
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}\.\d{3}", said):
        raise BadInput(f'“{said}” can be read in two ways; write [numbers] decimal = "." or "," in the map')
    if said.count(".") > 1:
        return ","
    if "," in said and not re.fullmatch(r"[+-]?[1-9]\d{0,2}(,\d{2,3})*,\d{3}", said):
        return ","
    return "."
