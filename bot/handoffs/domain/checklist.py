"""A lead passed on: the checklist it is judged by, and when its AE is reminded of it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.calendar.wallclock import first_valid, local_date
from bot.calendar.working_hours import WorkHours, next_open, next_start
from bot.core.enums import CriterionKind, Decision

PATIENCE = 2
"""Working days of the AE after which an undecided lead is brought up once more."""
YES, NO, OTHER = "yes", "no", "other"
MAX_CRITERIA = 20
MAX_NAME = 150
"""Characters of a company or a contact."""
MAX_REASON = 3_000
MAX_NOTES = 1_000
UNDO = timedelta(minutes=5)
"""How long a decision can be taken back."""
MAX_LABEL = 75
"""Characters of a criterion's name."""
MAX_CHOICES = 30
MAX_CHOICE = 75
"""Characters: what an option of a menu in Slack holds."""
MAX_NUMBER = 1_000_000_000
MAX_ANSWER = 300
"""Characters of a text that is asked for."""
BOUNDED_BELOW = frozenset({CriterionKind.AT_LEAST, CriterionKind.BETWEEN, CriterionKind.SEVERAL_OF})
BOUNDED_ABOVE = frozenset({CriterionKind.AT_MOST, CriterionKind.BETWEEN, CriterionKind.DATE_WITHIN})

LISTED = frozenset({CriterionKind.ONE_OF, CriterionKind.SEVERAL_OF})
DATED = frozenset({CriterionKind.DATE_WITHIN, CriterionKind.DATE_BEFORE})

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the checklist; `choices` belong to the LISTED kinds. `id` is 0 while it is a draft.

    `bound` is the least number that is enough, of SEVERAL_OF the least number of choices; `most` the most, of
    DATE_WITHIN in days. `before` is the first day that is too late.
    """

    name: str
    kind: CriterionKind
    bound: int | None = None
    choices: tuple[str, ...] = ()
    required: bool = True
    id: int = 0
    team_id: int | None = None
    """None: asked of every team."""
    most: int | None = None
    before: date | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What came and what went, since somebody last heard of their checklist."""

    came: tuple[Criterion, ...]
    went: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Receiver:
    """An AE to whom a lead can be passed."""

    id: int
    name: str
    team: str


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
    notes: str = ""
    decision: Decision | None = None
    reason: str = ""


def judge(criterion: Criterion, answer: str, *, today: date) -> Judged:
    """`answer` is yes or no, a whole number, one of the choices (or OTHER), some of them a line each, a day or a text.

    `today` is the day on which the lead is passed.
    """
    match criterion.kind:
        case CriterionKind.YES_NO:
            met = answer == YES
        case CriterionKind.AT_LEAST | CriterionKind.AT_MOST | CriterionKind.BETWEEN:
            most = MAX_NUMBER if criterion.most is None else criterion.most
            met = is_number(answer) and (criterion.bound or 0) <= int(answer) <= most
        case CriterionKind.ONE_OF:
            met = answer in criterion.choices
        case CriterionKind.SEVERAL_OF:
            met = len({*answer.splitlines()} & {*criterion.choices}) >= (criterion.bound or 1)
        case CriterionKind.DATE_BEFORE:
            day = _day(answer)
            met = day is not None and criterion.before is not None and day < criterion.before
        case CriterionKind.DATE_WITHIN:
            day = _day(answer)
            met = day is not None and 0 <= (day - today).days <= (criterion.most or 0)
        case CriterionKind.TEXT:
            met = bool(answer.strip())
    return Judged(criterion, answer, met)


def is_readable(criterion: Criterion, answer: str) -> bool:
    """Whether the answer is one that the kind can have; blank always is."""
    if not answer:
        return True
    match criterion.kind:
        case CriterionKind.YES_NO:
            return answer in (YES, NO)
        case CriterionKind.AT_LEAST | CriterionKind.AT_MOST | CriterionKind.BETWEEN:
            return is_number(answer)
        case CriterionKind.ONE_OF:
            return answer in (*criterion.choices, OTHER)
        case CriterionKind.SEVERAL_OF:
            return {*answer.splitlines()} <= {*criterion.choices}
        case CriterionKind.DATE_WITHIN | CriterionKind.DATE_BEFORE:
            return _day(answer) is not None
        case CriterionKind.TEXT:
            return len(answer) <= MAX_ANSWER


def _day(answer: str) -> date | None:
    try:
        return date.fromisoformat(answer)
    except ValueError:
        return None


def is_number(text: str) -> bool:
    """A whole number from 0 to a billion."""
    return text.isascii() and text.isdecimal() and len(text) <= 10 and int(text) <= MAX_NUMBER


def criteria_met(checklist: Iterable[Judged]) -> bool | None:
    """Whether every required criterion holds; None where there is no checklist at all."""
    judged = tuple(checklist)
    return all(one.met for one in judged if one.criterion.required) if judged else None


def check(draft: Criterion, *, in_force: Sequence[Criterion]) -> dict[str, str]:
    """What must be mended before the criterion can join those in force: a sentence per field.

    No form may ask for two of one name, nor for more than MAX_CRITERIA; one of every team joins each team's form.
    """
    beside = [one for one in in_force if draft.team_id is None or one.team_id in (None, draft.team_id)]
    fullest = max(len(asked_of(beside, {one.team_id or 0})) for one in (draft, *beside))
    return dict(_complaints(draft, beside, is_full=fullest >= MAX_CRITERIA))


def asked_of(checklist: Iterable[Criterion], team_ids: Collection[int]) -> list[Criterion]:
    """The lines that these teams' leads are judged by."""
    return [one for one in checklist if one.team_id is None or one.team_id in team_ids]


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


def _complaints(draft: Criterion, beside: Sequence[Criterion], *, is_full: bool) -> Iterator[tuple[str, str]]:
    if sentence := _bad_name(draft.name, [criterion.name for criterion in beside]):
        yield "name", sentence
    elif is_full:
        yield "name", f"The checklist is full: {MAX_CRITERIA} criteria at most. Retire one first."
    if draft.kind in BOUNDED_BELOW and draft.bound is None:
        yield "bound", "Please give the least number that is enough: a whole one, from 0 to a billion."
    if sentence := _bad_most(draft):
        yield "most", sentence
    if draft.kind is CriterionKind.DATE_BEFORE and draft.before is None:
        yield "before", "Please pick the day by which it has to be."
    if draft.kind in LISTED and (sentence := _bad_choices(draft)):
        yield "choices", sentence


def _bad_most(draft: Criterion) -> str | None:
    if draft.kind not in BOUNDED_ABOVE:
        return None
    if draft.most is None:
        days = draft.kind is CriterionKind.DATE_WITHIN
        return (
            "Please say within how many days." if days else "Please give the most that is still good enough."
        )
    if draft.kind is CriterionKind.BETWEEN and draft.bound is not None and draft.most < draft.bound:
        return "The most cannot be less than the least."
    return None


def _bad_name(name: str, taken: Collection[str]) -> str | None:
    if not name:
        return "Please give it a short name, such as Budget."
    if len(name) > MAX_LABEL:
        return f"Please keep the name to {MAX_LABEL} characters."
    if name.casefold() in {other.casefold() for other in taken}:
        return "The checklist has a criterion of this name already. Retire that one first."
    return None


def _bad_choices(draft: Criterion) -> str | None:
    choices = draft.choices
    if not choices:
        return "Please list what is good enough, one choice a line."
    if len(choices) > MAX_CHOICES or any(len(choice) > MAX_CHOICE for choice in choices):
        return f"Please keep to {MAX_CHOICES} choices of {MAX_CHOICE} characters each."
    if draft.kind is CriterionKind.SEVERAL_OF and (draft.bound or 0) > len(choices):
        return "These are fewer than the number that is asked for, so no lead could hold it."
    return None
