"""Answers that take longer than Slack waits: acknowledge first, then say them here."""

from slack_bolt import Respond

from handlers.scorecard import Request


def answering(request: Request) -> Respond:
    """Speaks where the command was given."""
    return Respond(
        response_url=str(request.body["response_url"]), proxy=request.client.proxy, ssl=request.client.ssl
    )
