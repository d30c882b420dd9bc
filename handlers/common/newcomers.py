"""Who speaks to the bot and is not linked to the roster yet is looked up in Slack at once."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from slack_bolt import BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.core.clock import Clock
from bot.people.services import members, roster
from bot.slack import NETWORK
from bot.slack.rate_limit import Pace
from storage.database import Database

log = structlog.get_logger()

SECONDS = 1.5
"""For which Slack is waited for: it waits for an answer of ours itself, three seconds in all."""
GONE = frozenset({"user_not_found", "users_not_found", "user_not_visible"})

ClientFor = Callable[[int], WebClient]


def meeting(client_for: ClientFor) -> Callable[..., None]:
    """A middleware; each stranger is looked up twice at once, and then once a minute."""
    pace = Pace(burst=2, every=60)

    def meet(
        context: BoltContext,
        body: dict[str, Any],
        db: Database,
        clock: Clock,
        workspace_id: int,
        next: Callable[[], None],
    ) -> None:
        asker = context.user_id
        is_new = asker and _is_asking(body) and _is_stranger(db, workspace_id, asker, clock())
        if asker and is_new and pace.allows((workspace_id, asker)):
            _look_up(client_for(workspace_id), db, workspace_id, asker, clock())
        next()

    return meet


def _is_asking(body: dict[str, Any]) -> bool:
    return body.get("type") != "event_callback" or body["event"].get("type") == "app_home_opened"


def _is_stranger(db: Database, workspace_id: int, slack_user: str, now: datetime) -> bool:
    with db.reading(workspace_id, now) as books:
        return not members.is_known(books, slack_user)


def _look_up(slack: WebClient, db: Database, workspace_id: int, slack_user: str, now: datetime) -> None:
    slack.timeout = SECONDS  # type: ignore[assignment]  # urllib takes parts of seconds
    user = _asked(slack, slack_user)
    if user is None:
        return
    with db.reading(workspace_id, now) as books:
        foreign = members.is_foreign(books, user)
        held_by = None if foreign else members.holder(books, user)
    gone = held_by is not None and _is_gone(slack, held_by)
    with db.writing(workspace_id, now) as books:
        if held_by is not None and gone:
            members.let_go(books, held_by)
        roster.heard_of(books, user)


def _asked(slack: WebClient, slack_user: str) -> dict[str, Any] | None:
    """None where Slack does not tell, or not in time: then the asker is told that they are not on the roster."""
    try:
        return dict(slack.users_info(user=slack_user, include_locale=True)["user"])
    except (SlackApiError, *NETWORK) as error:
        log.warning("somebody who asks could not be looked up", error=type(error).__name__)
        return None


def _is_gone(slack: WebClient, slack_user: str) -> bool:
    """Whether Slack says so itself; silence is no word."""
    try:
        return bool(slack.users_info(user=slack_user)["user"].get("deleted"))
    except SlackApiError as error:
        return error.response.get("error") in GONE
    except NETWORK:
        return False
