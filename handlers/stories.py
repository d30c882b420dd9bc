"""A rep is asked whether to share the story of a debrief; `/coach stories` lists what is shared."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond

from bot import outbox
from bot.clock import Clock
from bot.domain.debriefs import normalised_tags
from bot.inbox import Inbox
from bot.outbox import Message
from bot.services import floors, members, stories
from bot.services.members import Member
from bot.views import stories as views
from bot.views.ids import Action
from bot.words import OutboxKind
from storage.database import Database, Session


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.SHARE_STORY)(settle)
    app.action(Action.KEEP_STORY)(settle)


def offer(session: Session, workspace_id: int, rep: Member, debrief_id: int, now: datetime) -> None:
    """Ask the author, once, about a story that was just told."""
    story = stories.told_first(session, workspace_id, debrief_id, now=now)
    if story is None:
        return
    story_id, told = story
    text = views.question_text(told, named=rep.named_publicly)
    blocks = views.question(story_id, told, named=rep.named_publicly)
    outbox.put(session, workspace_id, Message(OutboxKind.NOTICE, text, blocks, person_id=rep.id), now=now)


def settle(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    respond: Respond,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    story_id, is_shared = int(action["value"]), action["action_id"] == Action.SHARE_STORY
    with db.begin() as session:
        author = members.me(session, workspace_id, body["user"]["id"], now=clock())
        told = stories.share(session, workspace_id, author, story_id, shared=is_shared)
    ack()
    respond(
        text=views.answered_text(told, shared=is_shared),
        blocks=views.answered(story_id, told, shared=is_shared),
        replace_original=True,
    )


def listed(session: Session, workspace_id: int, slack_user: str, words: list[str], now: datetime) -> str:
    """What the asker's team shares, under a tag if the words name one."""
    me = members.me(session, workspace_id, slack_user, now=now)
    tag = next(iter(normalised_tags([" ".join(words)])), None) if words else None
    floor = floors.own(session, workspace_id, me, now=now)
    return views.listed(stories.shared(session, workspace_id, floor, tag, now=now), tag)
