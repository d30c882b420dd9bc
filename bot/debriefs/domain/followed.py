"""Whether anything came of a call that its rep told to have advanced: a tick alone shows nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

PATIENCE = timedelta(days=30)
"""Within which something follows from what advanced."""


@dataclass(frozen=True, slots=True)
class Advanced:
    """A call told to have advanced. `has_deal`: it was about a deal that is kept."""

    company: str
    contact: str
    started_at: datetime
    has_deal: bool = False

    @property
    def is_traceable(self) -> bool:
        """Whether the call names anybody whom something could be found of."""
        return self.has_deal or bool(self.company.strip() or self.contact.strip())


@dataclass(frozen=True, slots=True)
class Trace:
    """Something with a company or a contact: a lead passed, a deal opened, a further talk."""

    company: str
    contact: str
    at: datetime


def without_sequel(calls: Iterable[Advanced], traces: Iterable[Trace]) -> tuple[int, int]:
    """How many of the traceable calls nothing followed within 30 days, and how many traceable ones there are."""
    later: dict[str, list[datetime]] = defaultdict(list)
    for trace in traces:
        for key in _keys(trace.company, trace.contact):
            later[key].append(trace.at)
    told = [call for call in calls if call.is_traceable]
    return sum(not _was_followed(call, later) for call in told), len(told)


def _was_followed(call: Advanced, later: dict[str, list[datetime]]) -> bool:
    return call.has_deal or any(
        call.started_at < at <= call.started_at + PATIENCE
        for key in _keys(call.company, call.contact)
        for at in later.get(key, ())
    )


def _keys(company: str, contact: str) -> list[str]:
    named = (("company", company), ("contact", contact))
    return [f"{kind} {' '.join(words.split()).casefold()}" for kind, words in named if words.strip()]
