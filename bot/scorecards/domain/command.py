"""What a person typed after `/scorecard`, read into its parts."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from bot.calendar import periods
from bot.calendar.own_words import is_a_month
from bot.core.enums import SELLING_ROLES, Role
from bot.core.errors import BadInput

MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
_ROLES = {spelt: role for role in SELLING_ROLES for spelt in (role.lower(), f"{role.lower()}s")}
TOP = "top"
"""The verb that a role may follow: after any other such a word is a part of a name."""
_LONGEST_PERIOD = 4
"""Words of a period: `the last 13 weeks`."""
USUAL = (
    *(f"{which} {span}" for which in ("this", "last") for span in ("week", "month", "quarter")),
    *("week", "month", "quarter", "13 weeks"),
)
"""Periods as people ask for them."""
_LIKE_A_PERIOD = re.compile(r"\d{1,3}w|\d{4}-[\d.qw-]+", re.IGNORECASE)
"""Written as one, whether or not there is such a period: what is wrong with it is said where it is read."""


@dataclass(frozen=True, slots=True)
class Asked:
    """`verb` is blank for a card, `slack_user` whose; `period` is as it was typed; `rest` is what was not understood.

    After `team` the rest is the team's name.
    """

    verb: str = ""
    slack_user: str | None = None
    role: Role | None = None
    period: str = ""
    rest: str = ""


def read(text: str, verbs: Collection[str]) -> Asked:
    words = text.split()
    verb = words.pop(0).lower() if words and words[0].lower() in verbs else ""
    mention = MENTION.fullmatch(words[0]) if words else None
    words, period = _split_period(words[1:] if mention else words, names_may_follow=verb not in ("", TOP))
    role = role_of(words[0]) if words and verb == TOP else None
    return Asked(
        verb=verb,
        slack_user=mention[1] if mention else None,
        role=role,
        period=period,
        rest=" ".join(words[1:] if role else words),
    )


def role_of(word: str) -> Role | None:
    """`SDR`, `sdrs`; None for any other word."""
    return _ROLES.get(word.strip().lower())


def near_period(text: str) -> str:
    """The period that was probably meant by words that are none: `last week` by `lst wek`; blank if none is near."""
    near = get_close_matches(" ".join(text.lower().replace("-", " ").split()), USUAL, n=1, cutoff=0.75)
    return near[0] if near else ""


def _split_period(words: list[str], *, names_may_follow: bool) -> tuple[list[str], str]:
    """The words before a period, and the period at their end, which is blank where there is none.

    A month's bare name may be a team's: `team May`.
    """
    for count in range(min(_LONGEST_PERIOD, len(words)), 0, -1):
        tail = " ".join(words[-count:])
        if names_may_follow and is_a_month(tail):
            continue
        if _is_period(tail):
            return words[:-count], tail
    return words, ""


def _is_period(text: str) -> bool:
    if _LIKE_A_PERIOD.fullmatch(text):
        return True
    try:
        periods.parse(text, now=datetime(2000, 1, 3, tzinfo=UTC), zone=ZoneInfo("UTC"))
    except BadInput:
        return False
    return True
