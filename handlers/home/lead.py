"""From a manager's Home tab: the team's digest, shown to them alone before the team sees it."""

from typing import Any

from slack_bolt import Ack, App

from bot import outbox
from bot.clock import Clock
from bot.domain import access
from bot.domain.access import Action as Act
from bot.domain.access import Subject
from bot.inbox import Inbox
from bot.outbox import Message
from bot.services import digest_schedule as schedule
from bot.services import digests, members, people
from bot.views import digest_preview as views
from bot.views.ids import Action
from bot.views.reader import reader
from bot.words import OutboxKind
from storage.database import Database


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.PREVIEW_DIGEST)(preview)


def preview(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    """By message; composing it may take longer than Slack waits."""
    now, team_id = clock(), int(action["value"])
    with db.read() as session:
        me = members.me(session, workspace_id, body["user"]["id"], now=now)
        viewer = people.viewer(session, workspace_id, me.id, now=now)
        access.require(viewer, Act.POST_DIGEST, Subject(team_ids=frozenset({team_id})))
    ack()
    with db.read() as session:
        digest = digests.latest(session, workspace_id, team_id, now=now)
        standing = schedule.standing(session, workspace_id, team_id, digest.week.dates()[0])
    words = views.preview(digest, reader(digest.team.locale, digest.week.zone), standing)
    message = Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=me.id)
    with db.begin() as session:
        outbox.put(session, workspace_id, message, now=now)
