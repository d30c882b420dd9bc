"""What a job is, and what it may use."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.calendar.working_hours import Quiet
from bot.core.clock import Clock
from bot.settings import Settings
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Tools:
    """What a job may use; `slack` says nothing, it reads and opens conversations."""

    db: Database
    clock: Clock
    workspace_id: int
    slack: WebClient
    settings: Settings
    team_id: str = ""
    """Slack's id of the workspace."""


@dataclass(frozen=True, slots=True)
class Job:
    """What it gives is for who runs it by hand.

    One that is no matter of Slack's is also done `while_paused`: in a workspace whose token is of no use.
    """

    run: Callable[[Tools], object]
    every: timedelta
    while_paused: bool = False
    woken_by: frozenset[str] = frozenset()
    """Tables; a change of one is looked at within a second."""
    due: str = ""
    """A column that holds the moments at which it has something to do, such as `prompt.next_at`."""

    @property
    def tables(self) -> frozenset[str]:
        return self.woken_by | {self.due.split(".")[0]} if self.due else self.woken_by


def do_not_disturb(tools: Tools, slack_user_id: str | None) -> tuple[Quiet, ...]:
    """Slack's do-not-disturb of the person, as far as Slack tells (the scope is optional)."""
    if slack_user_id is None:
        return ()
    try:
        told = tools.slack.dnd_info(user=slack_user_id)
    except (SlackApiError, OSError):
        return ()
    spans = [(told.get("next_dnd_start_ts"), told.get("next_dnd_end_ts"))] if told.get("dnd_enabled") else []
    if told.get("snooze_enabled"):
        spans.append((tools.clock().timestamp(), told.get("snooze_endtime")))
    return tuple((_instant(start), _instant(end)) for start, end in spans if start and end)


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
