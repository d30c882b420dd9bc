"""What people did, as they know it: calls their dialer got rid of, answers they saw accepted."""

from dataclasses import dataclass, field

from bot.core.enums import Outcome


@dataclass(slots=True)
class CallMade:
    """`joins` is the key of the earlier call with the same contact; `answer` is what the rep said of it."""

    key: str
    rep_email: str
    contact: str
    joins: str | None = None
    answer: Outcome | None = None


@dataclass(slots=True)
class Model:
    calls: dict[str, CallMade] = field(default_factory=dict)

    @property
    def asked_about(self) -> list[CallMade]:
        return [call for call in self.calls.values() if call.joins is None]

    @property
    def answered(self) -> list[CallMade]:
        return [call for call in self.calls.values() if call.answer is not None]
