"""What two columns of an unknown export say together: a day and a time of day, a caller and who was called."""

import re
from collections.abc import Collection, Iterable, Mapping

from bot.core.enums import ImportKind
from bot.tabular.heads import ByDirection, Heads, Together

_FROM = re.compile(
    r"^(from|caller|source|src|calling)([ _](number|phone|ext(ension)?|no\.?))?$", re.IGNORECASE
)
_TO = re.compile(
    r"^(to|callee|called|destination|dst|dest|dialed)([ _](number|phone|ext(ension)?|no\.?))?$", re.IGNORECASE
)
_TIME = re.compile(r"^((call|start)[ _])?time$|^time of (day|call)$", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2})?(\s*[ap]\.?m\.?)?", re.IGNORECASE)


def sides(kind: ImportKind, columns: Mapping[str, Heads], free: Collection[str]) -> dict[str, Heads]:
    """Whose call it is and with whom, where the file says only who called whom and in which direction."""
    caller = next(filter(_FROM.match, free), None)
    called = next(filter(_TO.match, free), None)
    if kind is not ImportKind.CALLS or "direction" not in columns or not caller or not called:
        return {}
    found: dict[str, Heads] = {}
    if not {"rep_email", "rep_name", "rep_extension"} & columns.keys():
        found["rep_extension"] = ByDirection(inbound=called, outbound=caller)
    if "contact" not in columns:
        found["contact"] = ByDirection(inbound=caller, outbound=called)
    return found


def with_its_time(day: str, free: Iterable[str], texts: Mapping[str, Collection[str]]) -> Together | None:
    """A column of days with the column that has the times of day."""
    if not texts.get(day) or any(":" in said for said in texts[day]):
        return None
    for head in filter(_TIME.match, free):
        if texts.get(head) and all(map(_CLOCK.fullmatch, texts[head])):
            return Together((day, head))
    return None
