"""The pictures of a scorecard, by direct message: a rep's trend, and a team's map."""

from typing import Any

from slack_bolt import Ack, App, Respond

from bot import outbox
from bot.clock import Clock
from bot.domain import access
from bot.domain.access import Action as Act
from bot.domain.access import Subject
from bot.domain.stints import Rep
from bot.inbox import Inbox
from bot.outbox import Message
from bot.services import courses, floors
from bot.services.members import Member
from bot.views import pictures as views
from bot.views.ids import Action
from bot.views.pictures import Picture
from bot.words import OutboxKind
from handlers import scorecard, watched
from handlers.scene import Scene, scene
from handlers.scorecard import Request
from storage.database import Database


def register(app: App, _inbox: Inbox) -> None:
    scorecard.VERBS["map"] = send_map
    app.action(Action.SHOW_TREND)(send_trend)


def send_trend(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    respond: Respond,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    """To whoever asked: the rep, or who leads the team."""
    with db.read() as session:
        here = scene(session, workspace_id, body["user"]["id"], clock())
        rep = here.person(int(action["value"]))
        floor = here.require(Act.SEE_SCORECARD, rep)
        course = courses.of(session, workspace_id, rep.id, floor.zone, as_of=here.now)
        picture = views.course(course, here.reads)
    watched.saw(db, here, rep, "trend")
    ack()
    _send(db, here, here.member, picture)
    respond(text=views.on_its_way(), response_type="ephemeral", replace_original=False)


def send_map(request: Request) -> None:
    with request.db.read() as session:
        here = scene(session, request.workspace_id, request.slack_user, request.now)
        if request.asked.rest:
            floor = floors.named(session, request.workspace_id, request.asked.rest)
        else:
            floor = floors.led(session, request.workspace_id, here.member, now=request.now)
        access.require(here.viewer, Act.SEE_TEAM, floor.subject)
        drawn = courses.map_of(
            session,
            request.workspace_id,
            floor,
            here.period(request.asked.period, floor),
            as_of=request.now,
            may_show=lambda rep: _may_see(here, rep),
        )
        picture = views.team_map(drawn, here.reads)
    if not drawn.standings:
        request.ack(text=views.nobody())
        return
    watched.saw_team(request.db, here, floor, "map")
    _send(request.db, here, here.member, picture)
    request.ack(text=views.on_its_way())


def _may_see(here: Scene, rep: Rep) -> bool:
    subject = Subject(person_id=rep.id, team_ids=frozenset({rep.team_id}))
    return access.may(here.viewer, Act.SEE_SCORECARD, subject)


def _send(db: Database, here: Scene, to: Member, picture: Picture) -> None:
    message = Message(OutboxKind.NOTICE, picture.text, picture.blocks, person_id=to.id, chart=picture.chart)
    with db.begin() as session:
        outbox.put(session, here.workspace_id, message, now=here.now)
