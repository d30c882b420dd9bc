"""Sources that tell of a call piece by piece: every notice is kept until the call is over, whatever their order.

A call is worked out anew from all notices of its session each time one comes in. What is worked out from a set cannot
depend on the order in which its members arrived, and a notice that comes twice changes nothing.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.calls.domain.call import EndedCall


@dataclass(frozen=True, slots=True)
class Notice:
    """One piece. `key` tells it from the others of its session; `said` is JSON of what its source's adapter needs."""

    source: str
    account: str
    session_key: str
    key: str
    said: str

    @property
    def fields(self) -> Mapping[str, Any]:
        fields: dict[str, Any] = json.loads(self.said)
        return fields


@dataclass(frozen=True, slots=True)
class Change:
    """What one more notice does to the calls of its session: `gone` are calls that were none, as is known now."""

    told: Sequence[EndedCall]
    gone: Sequence[EndedCall] = ()


def changed(before: Collection[EndedCall], after: Sequence[EndedCall]) -> Change:
    """From the calls known before a notice to those known with it."""
    still = {(call.call_key, call.agent) for call in after}
    return Change(after, [call for call in before if (call.call_key, call.agent) not in still])
