"""What a job is given, at a moment and without a Slack."""

from datetime import datetime
from typing import Any

from slack_sdk import WebClient

from bot import settings
from bot.slack.tools import Tools
from storage.database import Database


def tools(db: Database, workspace_id: int, *, now: datetime, **about: Any) -> Tools:
    """`about` are settings."""
    return Tools(db, lambda: now, workspace_id, WebClient(), settings.load(_env_file=None, **about))
