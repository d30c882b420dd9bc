"""A person's own confidential list."""

from collections.abc import Sequence

from bot.core.i18n import gettext as _
from bot.people.views.names import short_name


def listed(names: Sequence[str]) -> str:
    if not names:
        return _("Your list is empty: `/coach never @name` adds somebody. Only you ever see it.")
    told = ", ".join(short_name(one) for one in names)
    return _(
        "You are never paired with: {names}. `/coach never off @name` takes one back. Only you ever see this list."
    ).format(names=told)


def added(other: str) -> str:
    return _(
        "✓ From the next pairs on you and {name} are never paired, and nobody hears of it, {name} included. A pair of "
        "this week stands until one of you presses “Not this time”. `/coach never off @name` takes it back."
    ).format(name=short_name(other))


def taken_back(other: str) -> str:
    return _("✓ Taken back: as far as you are concerned, you and {name} may be paired again.").format(
        name=short_name(other)
    )
