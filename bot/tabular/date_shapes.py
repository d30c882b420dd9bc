"""Formats told from texts: which signs of `strptime` read all cells of a column, and where two would."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.core.errors import BadInput
from bot.tabular import moments

_DAYS = (
    *("%m/%d/%Y", "%d/%m/%Y", "%m/%d/%y", "%d/%m/%y", "%Y/%m/%d", "%Y-%m-%d"),
    *("%d.%m.%Y", "%d.%m.%y", "%Y.%m.%d"),
    *("%a %m/%d/%Y", "%a %d/%m/%Y", "%a, %m/%d/%Y"),
    *("%m-%d-%Y", "%d-%m-%Y", "%m-%d-%y", "%d-%m-%y"),
    *("%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%B %d %Y", "%a, %b %d, %Y", "%A, %B %d, %Y", "%a %b %d %Y"),
    *("%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%d/%b/%Y", "%a, %d %b %Y", "%d. %B %Y"),
)
_TIMES = (
    *("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p", " %I:%M%p"),
    *(", %H:%M", ", %H:%M:%S", ", %I:%M %p", ", %I:%M:%S %p", " at %I:%M %p", " at %H:%M", "T%H:%M:%S"),
)
_ZONES = ("", " %Z", " %z", "%z")
_MONTH_FIRST = re.compile(r"%m([/\-])%d")
_DAY_FIRST = re.compile(r"%d([/\-])%m")


@dataclass(frozen=True, slots=True)
class Told:
    """Formats by column, none where ISO 8601 and plain numbers are all there is; doubts in sentences."""

    formats: dict[str, tuple[str, ...]]
    doubts: tuple[str, ...]


def is_plain(said: str) -> bool:
    """It is read without a format."""
    try:
        moments.moment(said)
    except BadInput:
        return False
    return True


def told(columns: Mapping[str, Iterable[str]]) -> Told:
    """By the different texts of each column. What a column leaves open is settled by the others, as one program
    wrote them; what stays open is a doubt, and then the month comes first between slashes and else the day."""
    fitting = {name: _fitting(texts) for name, texts in columns.items()}
    sure = {
        _order(forms[0])
        for shapes in fitting.values()
        for forms, _ in shapes.values()
        if len(forms) == 1 and _order(forms[0])
    }
    formats: dict[str, tuple[str, ...]] = {}
    doubts = []
    for name, shapes in fitting.items():
        chosen = []
        for forms, example in shapes.values():
            settled = [form for form in forms if _order(form) in sure] if len(forms) > 1 else forms
            if len(settled) == 1:
                chosen.append(settled[0])
            elif forms:
                chosen.append(_usual(forms))
                doubts.append(
                    f"{name}: “{example}” can be read as {' or '.join(forms)}; "
                    f'[dates.columns] {name} = "…" in the map says which. {_usual(forms)} is what --yes takes.'
                )
        formats[name] = tuple(dict.fromkeys(chosen))
    return Told(formats, tuple(doubts))


def _fitting(texts: Iterable[str]) -> dict[str, tuple[list[str], str]]:
    """By the shape of the text: the formats that read all texts of that shape, and one of the texts."""
    alike: dict[str, list[str]] = defaultdict(list)
    for said in texts:
        if not is_plain(said):
            alike[shape(said)].append(said)
    return {how: (_reading_all(its), min(its)) for how, its in alike.items()}


def _reading_all(texts: list[str]) -> list[str]:
    forms = [form for form in _candidates() if moments.reads(texts[0], form)]
    forms = [form for form in forms if all(moments.reads(said, form) for said in texts)]
    return _without_twins(forms)


def _without_twins(forms: list[str]) -> list[str]:
    """Of formats that mean the same (a short and a long month's name) the first; two orders stay two."""
    orders = {_order(form): form for form in reversed(forms)}
    return list(reversed(orders.values())) if len(orders) > 1 else forms[:1]


def _candidates() -> Iterable[str]:
    return (f"{day}{time}{zone}" for day in _DAYS for time in _TIMES for zone in (_ZONES if time else ("",)))


def _order(form: str) -> str:
    """What comes first in a date of figures, with the sign between them; blank where it cannot be mistaken."""
    if found := _MONTH_FIRST.search(form):
        return f"m{found[1]}"
    if found := _DAY_FIRST.search(form):
        return f"d{found[1]}"
    return ""


def _usual(forms: list[str]) -> str:
    wanted = ("m/", "d-")
    return next((form for form in forms if _order(form) in wanted), forms[0])


def shape(said: str) -> str:
    """How it is written, whatever its figures and words are: `9/9/999`, `9:9 a`."""
    words = re.sub(r"[^\W\d_]+", "a", said)
    return re.sub(r"\d+", lambda found: "9" * max(len(found[0]) - 1, 1), words)
