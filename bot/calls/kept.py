"""One ended call as the inbox keeps it, where it was asked for and so no delivery tells of it."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.domain.calls import Agent, EndedCall
from bot.words import Direction


def written(call: EndedCall) -> dict[str, Any]:
    """JSON that `read_back` understands."""
    instants = {"started_at": call.started_at.isoformat(), "ended_at": call.ended_at.isoformat()}
    return asdict(call) | instants


def read_back(fields: dict[str, Any]) -> EndedCall:
    direction = fields["direction"]
    return EndedCall(
        **fields
        | {
            "agent": Agent(**fields["agent"]),
            "started_at": datetime.fromisoformat(fields["started_at"]),
            "ended_at": datetime.fromisoformat(fields["ended_at"]),
            "direction": Direction(direction) if direction else None,
        }
    )
