"""From a manager's Home tab: the team's digest, shown to them alone before the team sees it."""

from slack_bolt import App

from bot.blocks.ids import Action
from bot.blocks.reader import reader
from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import Message
from bot.digest.services import compose as digests
from bot.digest.services import plan
from bot.digest.views import preview as views
from bot.people.domain import access
from bot.people.domain.access import Right, Subject
from bot.people.services import members, people
from handlers.common.heard import Click, clicked


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.PREVIEW_DIGEST)(clicked(preview))


def preview(click: Click) -> None:
    """By message; composing it may take longer than Slack waits."""
    team_id = click.id
    with click.reading() as books:
        me = members.me(books, click.slack_user)
        viewer = people.viewer(books, me.id)
        access.require(viewer, Right.POST_DIGEST, Subject(team_ids=frozenset({team_id})))
    click.ack()
    with click.reading() as books:
        standing = plan.standing(books, team_id)
        digest = digests.compose(books, team_id, standing.week, as_of=click.now)
    words = views.preview(digest, reader(digest.team.locale, digest.week.zone), standing)
    message = Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=me.id)
    with click.writing() as books:
        outbox.put(books, message)
