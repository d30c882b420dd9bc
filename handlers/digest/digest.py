"""The digest by hand: `/scorecard digest` shows it, its buttons post or skip it; and "Why am I not here?"."""

from slack_bolt import App, Respond

from bot.blocks.ids import Action
from bot.blocks.reader import reader
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.delivery.inbox import Inbox
from bot.digest.jobs import post as digest_post
from bot.digest.services import compose as digests
from bot.digest.services import schedule, upcoming
from bot.digest.views import preview as views
from bot.digest.views import private
from bot.people.domain import access
from bot.people.domain.access import Right, Subject
from bot.people.services import members, people, teams
from handlers.common.heard import Click, clicked
from handlers.scorecards.scorecard import Request
from storage.books import Books
from storage.database import Session


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.POST_DIGEST)(clicked(post))
    app.action(Action.SKIP_DIGEST)(clicked(skip))
    app.action(Action.SHOW_POSTED)(clicked(show_posted))
    app.action(Action.WHY_NOT_ME)(clicked(why_not_me))


def preview(request: Request) -> None:
    """The digest to come as it stands, for the manager's eyes; composing may take longer than Slack waits."""
    workspace_id, now = request.workspace_id, request.now
    with request.db.read() as session:
        team_id = _asked_team(session, request)
    request.ack()
    with request.db.reading(workspace_id, now) as books:
        standing = upcoming.standing(books, team_id)
        digest = digests.compose(books, team_id, standing.week, as_of=now)
    words = views.preview(digest, reader(digest.team.locale, digest.week.zone), standing)
    respond = Respond(
        response_url=str(request.body["response_url"]), proxy=request.client.proxy, ssl=request.client.ssl
    )
    respond(text=words.text, blocks=words.blocks, response_type="ephemeral")


def post(click: Click) -> None:
    team_id = click.id
    with click.reading() as books:
        _require(books, click.slack_user, team_id)
    click.ack()
    with click.reading() as books:
        digest = digests.latest(books, team_id)
    if not digest.team.channel:
        raise BadInput(_("This team has no channel yet. Set one, then try again."))
    with click.writing() as books:
        is_told = digest_post.post(books, digest, by_hand=True)
        schedule.move_on(books, team_id)
    click.respond(text=views.posted(digest, is_new=is_told), blocks=[], replace_original=True)


def skip(click: Click) -> None:
    """The digest to come is not posted by itself; once its week is over it can still be posted by hand."""
    team_id = click.id
    with click.writing() as books:
        _require(books, click.slack_user, team_id)
        week = upcoming.standing(books, team_id).week
        is_new = schedule.skip(books, team_id, week, "A manager chose to skip it.")
        schedule.move_on(books, team_id)
    click.ack()
    click.respond(text=views.skipped_by_hand(is_new=is_new), blocks=[], replace_original=True)


def show_posted(click: Click) -> None:
    """What the channel has, as it was posted and mended."""
    with click.reading() as books:
        posted = schedule.posted(books, click.id)
        _require(books, click.slack_user, posted.team_id)
        text = upcoming.posted_text(books, click.id)
    click.ack()
    click.respond(text=views.as_posted(text), response_type="ephemeral", replace_original=False)


def why_not_me(click: Click) -> None:
    """Answered to the one who asks, from what was known when it was posted."""
    with click.reading() as books:
        me = members.me(books, click.slack_user)
        posted = schedule.posted(books, click.id)
    click.ack()
    with click.reading() as books:
        seen = digests.seen_by(books, posted.team_id, posted.week, me.id, as_of=posted.told_at)
    text = private.why_not(seen.line, is_named=seen.is_named, in_public=seen.is_told_of)
    click.respond(text=text, response_type="ephemeral", replace_original=False)


def _asked_team(session: Session, request: Request) -> int:
    """The team named, else the one that the asker leads; raises unless they may post its digest."""
    workspace_id, now = request.workspace_id, request.now
    me = members.me(Books(session, workspace_id, now), request.slack_user)
    floor = (
        teams.named(Books(session, workspace_id, now), request.asked.rest)
        if request.asked.rest
        else teams.led(Books(session, workspace_id, now), me)
    )
    access.require(people.viewer(Books(session, workspace_id, now), me.id), Right.POST_DIGEST, floor.subject)
    if floor.id is None:
        raise BadInput(_("Which team? Write `/scorecard digest` and the team's name."))
    return floor.id


def _require(books: Books, slack_user: str, team_id: int) -> None:
    me = members.me(books, slack_user)
    viewer = people.viewer(books, me.id)
    access.require(viewer, Right.POST_DIGEST, Subject(team_ids=frozenset({team_id})))
