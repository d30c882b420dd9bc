"""A list of its own from which a team picks what to work on, one a line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.debriefs.domain.debrief import MAX_TAG, TAGS, normalised_tags

MOST = 40
"""A menu holds a hundred, and the rep's own stand before these."""
_TAG_OF_LABEL = {label.casefold(): tag for tag, label in TAGS.items()}


@dataclass(frozen=True, slots=True)
class TopicList:
    """What a team (None: every team) offers; `is_own`: it has set that itself."""

    team_id: int | None
    team: str
    labels: tuple[str, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class Change:
    came: tuple[str, ...]
    went: tuple[str, ...]


def read(text: str) -> tuple[str, ...]:
    """The labels that somebody typed, each once; none gives the list back. Raises BadInput."""
    labels: dict[str, str] = {}
    for line in text.splitlines():
        if label := " ".join(line.split()):
            labels.setdefault(offered(label), label)
    if too_long := next((label for label in labels.values() if len(label) > MAX_TAG), None):
        raise BadInput(
            _("“{label}…” is too long: {most} characters fit.").format(label=too_long[:20], most=MAX_TAG),
            field="topics",
        )
    if "" in labels:
        raise BadInput(
            _("“{label}” has no letter and no digit in it.").format(label=labels[""]), field="topics"
        )
    if len(labels) > MOST:
        raise BadInput(_("At most {most} fit: nobody reads more.").format(most=MOST), field="topics")
    return tuple(labels.values())


def offered(label: str) -> str:
    """The tag of a label: the program's own where it is one of its labels."""
    return _TAG_OF_LABEL.get(label.casefold()) or next(iter(normalised_tags([label])), "")


def menu(labels: Sequence[str]) -> Mapping[str, str]:
    """By tag the label."""
    return {offered(label): label for label in labels}


def change(before: Sequence[str], after: Sequence[str]) -> Change:
    old, new = menu(before), menu(after)
    return Change(
        tuple(label for tag, label in new.items() if tag not in old),
        tuple(label for tag, label in old.items() if tag not in new),
    )
