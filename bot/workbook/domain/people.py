"""Names that tell everybody apart, and that Excel's formulas can look for."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_LONGEST = 200
"""Characters; a formula looks for 255 at most."""


class Person(NamedTuple):
    id: int
    name: str
    email: str | None


def labels(people: Iterable[Person]) -> dict[int, str]:
    """A name for each, unique whatever the case: a namesake is told by the email, else by a number.

    Formulas take `*`, `?` and `~` for wildcards, and a leading `=`, `<` or `>` for a comparison: names go without.
    """
    taken: set[str] = set()
    found: dict[int, str] = {}
    for person in sorted(people):
        name = _searchable(person.name)[: _LONGEST // 2] or f"Person {person.id}"
        by_email = [_searchable(f"{name} ({person.email})")] if person.email else []
        choices = [name, *by_email, f"{name} ({person.id})", f"Person {person.id}"]
        label = next(one for one in choices if one.casefold() not in taken)
        taken.add(label.casefold())
        found[person.id] = label
    return found


def _searchable(name: str) -> str:
    plain = re.sub(r"[*?~\s\x00-\x1f]+", " ", name).strip()
    return re.sub(r"^[=<>\s]+", "", plain)[:_LONGEST].strip()
