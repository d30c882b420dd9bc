"""A lead passed on: the checklist it is judged by, and when its AE is reminded of it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.hours import WorkHours, next_open, next_start
from bot.domain.wallclock import first_valid, local_date
from bot.words import CriterionKind, Decision

PATIENCE = 2
"""Working days of the AE after which an undecided lead is brought up once more."""
YES, NO, OTHER = "yes", "no", "other"
MAX_CRITERIA = 20
MAX_NAME = 150
"""Characters of a company or a contact."""
MAX_REASON = 3_000
MAX_LABEL = 75
"""Characters of a criterion's name."""
MAX_CHOICES = 30
MAX_CHOICE = 75
"""Characters: what an option of a menu in Slack holds."""
MAX_NUMBER = 1_000_000_000

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the checklist; `bound` belongs to AT_LEAST, `choices` to ONE_OF. `id` is 0 while it is a draft."""

    name: str
    kind: CriterionKind
    bound: int | None = None
    choices: tuple[str, ...] = ()
    required: bool = True
    id: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion as one lead was judged by it; a blank answer means unknown, which is not met."""

    criterion: Criterion
    answer: str
    met: bool


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead as its two people read it, with the checklist it was judged by."""

    id: int
    sdr_id: int
    sdr: str
    ae_id: int
    ae: str
    company: str
    contact: str
    passed_at: datetime
    checklist: tuple[Judged, ...] = ()
    decision: Decision | None = None
    reason: str = ""


def judge(criterion: Criterion, answer: str) -> Judged:
    """`answer` is yes or no, a whole number, or one of the choices (or OTHER), as the kind has it."""
    match criterion.kind:
        case CriterionKind.YES_NO:
            met = answer == YES
        case CriterionKind.AT_LEAST:
            met = is_number(answer) and int(answer) >= (criterion.bound or 0)
        case CriterionKind.ONE_OF:
            met = answer in criterion.choices
    return Judged(criterion, answer, met)


def is_readable(criterion: Criterion, answer: str) -> bool:
    """Whether the answer is one that the kind can have; blank always is."""
    if not answer:
        return True
    if criterion.kind is CriterionKind.AT_LEAST:
        return is_number(answer)
    return answer in ((YES, NO) if criterion.kind is CriterionKind.YES_NO else (*criterion.choices, OTHER))


def is_number(text: str) -> bool:
    """A whole number from 0 to a billion."""
    return text.isascii() and text.isdecimal() and len(text) <= 10 and int(text) <= MAX_NUMBER


def criteria_met(checklist: Iterable[Judged]) -> bool | None:
    """Whether every required criterion holds; None where there is no checklist at all."""
    judged = tuple(checklist)
    return all(one.met for one in judged if one.criterion.required) if judged else None


def check(draft: Criterion, *, in_force: Sequence[Criterion]) -> dict[str, str]:
    """What must be mended before the criterion can join those in force: a sentence per field."""
    return dict(_complaints(draft, in_force))


def normalised_choices(text: str) -> tuple[str, ...]:
    """One choice a line, each once, blank lines left out."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def remind_at(passed_at: datetime, hours: WorkHours) -> datetime | None:
    """Two working days after the AE's next working moment, at the same hour; None: not in sight."""
    begun = next_open(hours, passed_at)
    if begun is None:
        return None
    day = local_date(begun, hours.zone)
    for _ in range(PATIENCE):
        following = next_start(hours, day + _DAY)
        if following is None:
            return None
        day = local_date(following, hours.zone)
    return next_open(hours, first_valid(day, begun.astimezone(hours.zone).time(), hours.zone))


def _complaints(draft: Criterion, in_force: Sequence[Criterion]) -> Iterator[tuple[str, str]]:
    if sentence := _bad_name(draft.name, [criterion.name for criterion in in_force]):
        yield "name", sentence
    if draft.kind is CriterionKind.AT_LEAST and draft.bound is None:
        yield "bound", "Please give the least number that is enough: a whole one, from 0 to a billion."
    if draft.kind is CriterionKind.ONE_OF and (sentence := _bad_choices(draft.choices)):
        yield "choices", sentence


def _bad_name(name: str, taken: Collection[str]) -> str | None:
    if not name:
        return "Please give it a short name, such as Budget."
    if len(name) > MAX_LABEL:
        return f"Please keep the name to {MAX_LABEL} characters."
    if name.casefold() in {other.casefold() for other in taken}:
        return "The checklist has a criterion of this name already. Retire that one first."
    if len(taken) >= MAX_CRITERIA:
        return f"The checklist is full: {MAX_CRITERIA} criteria at most. Retire one first."
    return None


def _bad_choices(choices: tuple[str, ...]) -> str | None:
    if not choices:
        return "Please list what is good enough, one choice a line."
    if len(choices) > MAX_CHOICES or any(len(choice) > MAX_CHOICE for choice in choices):
        return f"Please keep to {MAX_CHOICES} choices of {MAX_CHOICE} characters each."
    return None
