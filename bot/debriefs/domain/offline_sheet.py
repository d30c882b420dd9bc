"""The offline sheet: a rep's open calls, a row each, to be filled in without power or network and sent back.

Its header is that of the file kind `debriefs`. What names a call is locked, and sealed: a row whose seal does not fit
its locked cells was changed in them, and may speak of another call.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from bot.core.enums import Outcome
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.debriefs.domain.debrief import TAGS, Answer, normalised_tags

KEYS = ("source", "account", "call_id", "rep_email")
SHOWN = ("with", "when")
LOCKED = (*KEYS, *SHOWN)
SEAL = "seal"
ASKED = (
    "outcome",
    "reason",
    "went_well",
    "tags",
    "improve",
    "measure",
    "timeline",
    "authority",
    "next_step",
    "next_step_on",
)
HEADER = (*SHOWN, *ASKED, *KEYS, SEAL)
"""What people read stands first; the keys are out of sight."""
YES, NO = "yes", "no"
MOST_CALLS = 200
_DATES = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")
Cells = Mapping[str, object]
"""A row by its column names, as a spreadsheet gives them: texts, dates, numbers."""

CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "outcome": tuple(outcome.value for outcome in Outcome),
        "timeline": (YES, NO),
        "authority": (YES, NO),
    }
)


@dataclass(frozen=True, slots=True)
class SheetCall:
    """A call as its row shows it; `rep` is the rep's email, or name where there is none."""

    source: str
    account: str
    call_id: str
    rep: str
    who: str
    when: str
    day: date

    @property
    def locked(self) -> dict[str, str]:
        values = (self.source, self.account, self.call_id, self.rep, self.who, self.when)
        return dict(zip(LOCKED, values, strict=True))


def is_ours(header: Sequence[str]) -> bool:
    return {*LOCKED, SEAL} <= {name.strip().lower() for name in header}


def seal(locked: Mapping[str, str]) -> str:
    """What the locked cells come to; no secret, since the rep may do with their own calls what they like."""
    told = "\x1f".join(locked[name] for name in LOCKED)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def is_blank(cells: Cells) -> bool:
    """Whether nobody has filled in the row."""
    return not any(_text(cells.get(name)) for name in ASKED)


def is_sealed(cells: Cells) -> bool:
    locked = {name: _text(cells.get(name)) for name in LOCKED}
    return seal(locked) == _text(cells.get(SEAL))


def filled(cells: Cells, before: Answer) -> Answer:
    """The answer with what the row says; a blank cell leaves what was said before. Raises BadInput."""
    said = {name: _text(cells.get(name)) for name in ASKED}
    answer = replace(
        before,
        reason=said["reason"] or before.reason,
        went_well=said["went_well"] or before.went_well,
        improve=said["improve"] or before.improve,
        measure=said["measure"] or before.measure,
        next_step=said["next_step"] or before.next_step,
    )
    if said["outcome"]:
        answer = replace(answer, outcome=_outcome(said["outcome"]))
    if said["tags"]:
        answer = replace(answer, tags=normalised_tags(re.split("[,;|]", said["tags"])))
    if said["timeline"]:
        answer = replace(answer, timeline_agreed=_yes(said["timeline"], "timeline"))
    if said["authority"]:
        answer = replace(answer, authority_reached=_yes(said["authority"], "authority"))
    if said["next_step_on"]:
        answer = replace(answer, next_step_on=_day(cells["next_step_on"]))
    return answer


def hints() -> Mapping[str, str]:
    """What stands beside each column that is to be filled in."""
    return {
        "outcome": _("How did it end? This one cell is a debrief already."),
        "reason": _("Why, where it was lost."),
        "went_well": _("What went well?"),
        "tags": _("What will you work on? Of: {tags}. Several with commas.").format(tags=", ".join(TAGS)),
        "improve": _("The same in your own words."),
        "measure": _("How will you see it next time?"),
        "timeline": _("Was a timeline agreed?"),
        "authority": _("Was someone with authority there?"),
        "next_step": _("What comes next?"),
        "next_step_on": _("When? Like 2026-11-20."),
    }


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _outcome(text: str) -> Outcome:
    try:
        return Outcome(text.lower().replace(" ", "_").replace("-", "_"))
    except ValueError as error:
        choices = ", ".join(CHOICES["outcome"])
        raise BadInput(_("the outcome is one of {choices}").format(choices=choices)) from error


def _yes(text: str, column: str) -> bool:
    if text.lower() not in (YES, NO):
        raise BadInput(_("{column} is yes, no or blank").format(column=column))
    return text.lower() == YES


def _day(cell: object) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    for form in _DATES:
        try:
            return datetime.strptime(str(cell).strip(), form).date()  # noqa: DTZ007  a bare date has no zone
        except ValueError:
            continue
    raise BadInput(_("the next step's day reads like 2026-11-20"))
