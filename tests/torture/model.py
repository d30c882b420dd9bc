"""What people did, as they know it: calls their dialer got rid of, answers they saw accepted."""

from collections import Counter
from dataclasses import dataclass, field

from bot.core.enums import Outcome


@dataclass(slots=True)
class CallMade:
    """`joins` is the key of the earlier call with the same contact; `answer` is what the rep said of it.

    `ended_at` is the latest of the times that were told of it: which of them was taken is not known.
    """

    key: str
    rep_email: str
    contact: str
    joins: str | None = None
    answer: Outcome | None = None
    ended_at: str = ""


@dataclass(slots=True)
class Sent:
    """A file with one deal; `is_taken` once the click that stores it was accepted."""

    name: str
    deal_key: str
    is_taken: bool = False


@dataclass(slots=True)
class Model:
    calls: dict[str, CallMade] = field(default_factory=dict)
    asked_for: Counter[str] = field(default_factory=Counter)
    """By email: how often somebody asked for a workbook, and was promised one."""
    promised: Counter[str] = field(default_factory=Counter)
    sent: list[Sent] = field(default_factory=list)

    @property
    def asked_about(self) -> list[CallMade]:
        return [call for call in self.calls.values() if call.joins is None]

    @property
    def answered(self) -> list[CallMade]:
        return [call for call in self.calls.values() if call.answer is not None]
