"""What a rep's debrief of a call must hold, and for how long it may be changed."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.calendar.wallclock import local_date
from bot.core.enums import Outcome
from bot.handoffs.domain.words import in_a_word

MAX_TEXT = 3_000
"""Characters in one answer: what a text input of Slack holds."""
MAX_TAGS = 10
MAX_TAG = 40
EDITABLE_FOR = timedelta(days=7)

TAGS: Mapping[str, str] = MappingProxyType(
    {
        "opening": "Opening",
        "rapport": "Rapport",
        "discovery": "Discovery",
        "listening": "Listening",
        "need": "Need",
        "qualification": "Qualification",
        "authority": "Authority",
        "timeline": "Timeline",
        "budget": "Budget",
        "pricing": "Pricing",
        "value": "Value",
        "demo": "Demo",
        "objection": "Objection handling",
        "competitor": "Competitor",
        "negotiation": "Negotiation",
        "closing": "Closing",
        "next_step": "Next step",
        "follow_up": "Follow-up",
    }
)
"""What reps offer each other to work on: the tag and its label, in the order of a call. Other tags are welcome."""

_TEXTS = (
    "reason",
    "competitor",
    "went_well",
    "improve",
    "measure",
    "pinned_by",
    "next_step",
    "story",
    "product",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A debrief as it was filled in; blank and None mean unasked or unanswered."""

    outcome: Outcome | None = None
    reason: str = ""
    went_well: str = ""
    tags: tuple[str, ...] = ()
    improve: str = ""
    measure: str = ""
    timeline_agreed: bool | None = None
    authority_reached: bool | None = None
    pinned_by: str = ""
    competitor: str = ""
    lost_stage: str = ""
    next_step: str = ""
    next_step_on: date | None = None
    story: str = ""
    product: str = ""
    """What the story is about."""


def check(answer: Answer, *, call_started: datetime, zone: ZoneInfo) -> dict[str, str]:
    """What must be mended before the answer can be kept: a sentence per field, nothing where all is well.

    `zone` is the rep's: it decides on which day the call was.
    """
    errors = {field: sentence for field in _TEXTS if (sentence := _too_long(getattr(answer, field)))}
    if answer.outcome is None:
        errors["outcome"] = "Please say how the call ended."
    if answer.outcome is Outcome.LOST and not answer.reason.strip():
        errors["reason"] = "Please say why it was lost: one line is enough."
    if answer.next_step_on is not None and answer.next_step_on < local_date(call_started, zone):
        errors["next_step_on"] = "The next step cannot come before the call."
    if sentence := _bad_tags(answer.tags):
        errors["tags"] = sentence
    return errors


def label(tag: str) -> str:
    """As people read it: the program's own tags by their labels, any other in its words."""
    return TAGS.get(tag) or tag.replace("_", " ")


def normalised_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags in one spelling, each once, in the order given: "Next step", "#next-step" and "next_step" are one."""
    return tuple(dict.fromkeys(_spelled(tags)))


def editable_until(submitted_at: datetime) -> datetime:
    return submitted_at + EDITABLE_FOR


def is_editable(submitted_at: datetime, *, now: datetime) -> bool:
    return now < editable_until(submitted_at)


def _spelled(tags: Iterable[str]) -> Iterator[str]:
    for tag in tags:
        folded = unicodedata.normalize("NFKC", tag).casefold()
        if words := "".join(character if in_a_word(character) else " " for character in folded).split():
            yield "_".join(words)


def _too_long(text: str) -> str | None:
    over = len(text) - MAX_TEXT
    return f"Please shorten this by {over:,} characters; {MAX_TEXT:,} fit." if over > 0 else None


def _bad_tags(tags: tuple[str, ...]) -> str | None:
    if len(tags) > MAX_TAGS:
        return f"Please pick at most {MAX_TAGS} things to work on."
    if any(len(tag) > MAX_TAG for tag in tags):
        return f"A tag has at most {MAX_TAG} characters; longer thoughts fit in your own words."
    return None
