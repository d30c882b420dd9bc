"""Which codes of three letters are money."""

from functools import cache

from babel.numbers import list_currencies

_NO_MONEY = {"XXX", "XTS"}
"""ISO 4217's own codes for no currency, and for tests."""


def is_currency(code: str) -> bool:
    """Whether ISO 4217 has or had it, in capital letters: years of deals may reach back to one that is no more."""
    return code in _known()


@cache
def _known() -> frozenset[str]:
    return frozenset(list_currencies() - _NO_MONEY)
