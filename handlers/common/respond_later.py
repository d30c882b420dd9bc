"""Answers that take longer than Slack waits: acknowledge first, then say them here."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Respond
from slack_sdk import WebClient


def answering(body: Mapping[str, Any], client: WebClient) -> Respond:
    """Speaks where the command was given."""
    return Respond(response_url=str(body["response_url"]), proxy=client.proxy, ssl=client.ssl)
