"""The digest by hand: `/scorecard digest` shows it, its buttons post or skip it; and "Why am I not here?"."""

from typing import Any

from slack_bolt import Ack, App, Respond

from bot import announcements
from bot.clock import Clock
from bot.domain import access
from bot.domain.access import Action as Act
from bot.domain.access import Subject
from bot.errors import BadInput
from bot.inbox import Inbox
from bot.language import gettext as _
from bot.services import digest_schedule as schedule
from bot.services import digests, floors, members, people
from bot.views import digest_preview as views
from bot.views import digest_private as private
from bot.views.ids import Action
from bot.views.reader import reader
from handlers import scorecard
from handlers.scorecard import Request
from storage.database import Database, Session


def register(app: App, _inbox: Inbox) -> None:
    scorecard.VERBS["digest"] = preview
    app.action(Action.POST_DIGEST)(post)
    app.action(Action.SKIP_DIGEST)(skip)
    app.action(Action.WHY_NOT_ME)(why_not_me)


def preview(request: Request) -> None:
    """Exactly what would be posted now, for the manager's eyes; composing may take longer than Slack waits."""
    workspace_id, now = request.workspace_id, request.now
    with request.db.read() as session:
        team_id = _asked_team(session, request)
    request.ack()
    with request.db.read() as session:
        digest = digests.latest(session, workspace_id, team_id, now=now)
        standing = schedule.standing(session, workspace_id, team_id, digest.week.dates()[0])
    words = views.preview(digest, reader(digest.team.locale, digest.week.zone), standing)
    respond = Respond(
        response_url=str(request.body["response_url"]), proxy=request.client.proxy, ssl=request.client.ssl
    )
    respond(text=words.text, blocks=words.blocks, response_type="ephemeral")


def post(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    respond: Respond,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    now, team_id = clock(), int(action["value"])
    with db.read() as session:
        _require(session, workspace_id, body["user"]["id"], team_id, clock)
    ack()
    with db.read() as session:
        digest = digests.latest(session, workspace_id, team_id, now=now)
    if not digest.team.channel:
        raise BadInput(_("This team has no channel yet. Set one, then try again."))
    with db.begin() as session:
        is_told = announcements.post(session, digest, now=now, by_hand=True)
    respond(text=views.posted(digest, is_new=is_told), blocks=[], replace_original=True)


def skip(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    respond: Respond,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    """The week's digest is not posted by itself either; it can still be posted by hand."""
    now, team_id = clock(), int(action["value"])
    with db.begin() as session:
        _require(session, workspace_id, body["user"]["id"], team_id, clock)
        monday = digests.latest_week(session, workspace_id, team_id, now=now)
        is_new = schedule.skip(session, workspace_id, team_id, monday, "A manager chose to skip it.", now=now)
    ack()
    respond(text=views.skipped_by_hand(is_new=is_new), blocks=[], replace_original=True)


def why_not_me(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    respond: Respond,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    """Answered to the one who asks, from what was known when it was posted."""
    with db.read() as session:
        me = members.me(session, workspace_id, body["user"]["id"], now=clock())
        posted = schedule.posted(session, workspace_id, int(action["value"]))
    ack()
    with db.read() as session:
        seen = digests.seen_by(
            session, workspace_id, posted.team_id, posted.week, me.id, as_of=posted.told_at
        )
    text = private.why_not(
        seen.line, is_named=seen.is_named, in_public=seen.is_told_of, reads=reader(me.locale, me.zone)
    )
    respond(text=text, response_type="ephemeral", replace_original=False)


def _asked_team(session: Session, request: Request) -> int:
    """The team named, else the one that the asker leads; raises unless they may post its digest."""
    workspace_id, now = request.workspace_id, request.now
    me = members.me(session, workspace_id, request.slack_user, now=now)
    floor = (
        floors.named(session, workspace_id, request.asked.rest)
        if request.asked.rest
        else floors.led(session, workspace_id, me, now=now)
    )
    access.require(people.viewer(session, workspace_id, me.id, now=now), Act.POST_DIGEST, floor.subject)
    if floor.id is None:
        raise BadInput(_("Which team? Write `/scorecard digest` and the team's name."))
    return floor.id


def _require(session: Session, workspace_id: int, slack_user: str, team_id: int, clock: Clock) -> None:
    me = members.me(session, workspace_id, slack_user, now=clock())
    viewer = people.viewer(session, workspace_id, me.id, now=clock())
    access.require(viewer, Act.POST_DIGEST, Subject(team_ids=frozenset({team_id})))
