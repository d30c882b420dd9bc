"""Which addresses are Slack's own: what a payload says to answer to is not believed without a look."""

from urllib.parse import urlsplit

from slack_sdk import WebClient

DOMAINS = ("slack.com", "slack-gov.com")


def is_slacks(client: WebClient, url: str) -> bool:
    """A host of Slack's by https, or the very host and port that the Web API is spoken to (the sandbox's)."""
    asked, api = urlsplit(url), urlsplit(client.base_url)
    host = asked.hostname or ""
    if (asked.scheme, asked.netloc) == (api.scheme, api.netloc):
        return True
    return asked.scheme == "https" and any(
        host == domain or host.endswith(f".{domain}") for domain in DOMAINS
    )
