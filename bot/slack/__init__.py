"""One message to Slack, and what came of it; and the question whether one of unknown fate arrived."""

from bot.slack.client import TIMEOUT, client, scopes_of
from bot.slack.delivery import METADATA_TYPE, PICTURE_TRIES, POST, SHARE, UPDATE, Delivery, deliver
from bot.slack.history import ASK, ask
from bot.slack.outcomes import (
    NETWORK,
    REFUSES_TOKEN,
    AskLater,
    Gone,
    Outcome,
    Refused,
    Sent,
    TryLater,
    Unknown,
    Unreached,
    Unsure,
    Uploaded,
    in_words,
)

__all__ = [
    "ASK",
    "METADATA_TYPE",
    "NETWORK",
    "PICTURE_TRIES",
    "POST",
    "REFUSES_TOKEN",
    "SHARE",
    "TIMEOUT",
    "UPDATE",
    "AskLater",
    "Delivery",
    "Gone",
    "Outcome",
    "Refused",
    "Sent",
    "TryLater",
    "Unknown",
    "Unreached",
    "Unsure",
    "Uploaded",
    "ask",
    "client",
    "deliver",
    "in_words",
    "scopes_of",
]
