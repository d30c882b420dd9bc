"""What a monitor may ask: counts since the start of this process, and how deep the two roads are just now.

No label holds a person, a channel or a text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from prometheus_client import Counter, Gauge, Histogram, generate_latest

EVENTS_IN = Counter("cornerman_events_in", "Deliveries stored.", ["name"])
EVENTS_AGAIN = Counter("cornerman_events_redelivered", "Deliveries that were here before.", ["name"])
EVENTS_WORKED = Counter("cornerman_events_worked", "Events worked, by what came of it.", ["name", "state"])
OUTBOX_TRIES = Counter("cornerman_outbox_tries", "Messages tried, by what came of it.", ["kind", "outcome"])
SOCKET_RESTARTS = Counter("cornerman_socket_restarts", "Socket Mode connections given up as silent.")
ACK_SECONDS = Histogram(
    "cornerman_ack_seconds",
    "From a request of Slack's to its acknowledgement; Slack waits 3 seconds.",
    ["road"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3),
)
_INBOX = Gauge("cornerman_inbox_events", "Deliveries by state.", ["state"])
_OLDEST_EVENT = Gauge("cornerman_inbox_oldest_seconds", "Age of the oldest delivery that waits to be worked.")
_OUTBOX = Gauge("cornerman_outbox_messages", "Messages by state.", ["state"])
_OLDEST_MESSAGE = Gauge("cornerman_outbox_oldest_seconds", "Age of the oldest message that waits to be sent.")


@dataclass(frozen=True, slots=True)
class Depths:
    """How much waits on the two roads, and for how many seconds the oldest of it does."""

    inbox: Mapping[str, int] = field(default_factory=dict)
    oldest_event: float = 0
    outbox: Mapping[str, int] = field(default_factory=dict)
    oldest_message: float = 0


def page(depths: Depths) -> bytes:
    """All of it in Prometheus's text format."""
    for gauge, counts in ((_INBOX, depths.inbox), (_OUTBOX, depths.outbox)):
        gauge.clear()
        for state, count in counts.items():
            gauge.labels(state).set(count)
    _OLDEST_EVENT.set(depths.oldest_event)
    _OLDEST_MESSAGE.set(depths.oldest_message)
    return generate_latest()
