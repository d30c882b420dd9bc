"""Whether a date and somebody who decides seem to have been named on a call: a suggestion, which the rep confirms.

By English and German words and by dates in figures. It is to miss rather than to claim: what it does not find, the
form asks as before.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.calls.domain.transcript import Turn

_MONTH = (
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"januar|februar|märz|mai|juni|juli|oktober|dezember"
)
_DAY = r"monday|tuesday|wednesday|thursday|friday|montag|dienstag|mittwoch|donnerstag|freitag"
_DATE = re.compile(
    rf"\b(?:by|before|until|on|in|end of|start of|bis|vor|am|im|ende|anfang)\s+(?:the\s+)?(?:end\s+of\s+|ende\s+)?"
    rf"(?:(?:next|nächsten?)\s+)?(?:{_MONTH}|{_DAY}|q[1-4]|the quarter|next (?:week|month|quarter|year))\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:" + _MONTH + r")\b"
    r"|\b(?:" + _MONTH + r")\s+\d{1,2}(?:st|nd|rd|th)?\b"
    r"|\b\d{4}-\d{2}-\d{2}\b|\b(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:\d{4}\b)?|\b\d{1,2}/\d{1,2}/\d{2,4}\b",
    re.IGNORECASE,
)
_AUTHORITY = re.compile(
    r"\b(?:ceo|cfo|coo|cto|cio|cro|cmo|vice president|vp of|managing director|head of|chief \w+ officer|"
    r"signs? (?:off|for)|sign-off|decision[- ]maker|economic buyer|final (?:say|decision)|"
    r"geschäftsführ\w+|vorstand|entscheider\w*|leiter\w* (?:der|des|von)|unterschreib\w+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    timeline: bool
    authority: bool

    def __bool__(self) -> bool:
        return self.timeline or self.authority


def named(turns: Sequence[Turn]) -> Named:
    """Whoever said it; a question is no answer, so what ends in a question mark does not count."""
    said = [part for turn in turns for part in _statements(turn.text)]
    return Named(any(map(_DATE.search, said)), any(map(_AUTHORITY.search, said)))


def _statements(text: str) -> list[str]:
    parts = re.findall(r"[^.!?…]+(?:\.(?=\d)[^.!?…]*)*[.!?…]?", text)
    return [part for part in parts if not part.rstrip().endswith("?")]
