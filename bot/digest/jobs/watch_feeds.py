"""Where a kind of record that a team lives on stops coming, its manager and the admins hear it once."""

from bot.blocks.reader import reader
from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.digest.services import feeds
from bot.digest.views import feeds as views
from bot.people.services import caretakers
from bot.slack.tools import Tools


def watch_feeds(tools: Tools) -> None:
    with tools.db.writing(tools.workspace_id, tools.clock()) as books:
        for team, silence in feeds.news(books):
            hearers = {
                one.id: one for one in (*caretakers.of_team(books, team.id), *caretakers.admins(books))
            }
            for one in hearers.values():
                text = views.stopped(team.name, silence, reader(one.locale, one.zone))
                outbox.put(books, Message(OutboxKind.NOTICE, text, person_id=one.id))
