"""The pictures of a scorecard, by direct message: a rep's trend, a team's map and weeks, and what the quarter may
bring.
"""

from slack_bolt import App

from bot.blocks.ids import Action
from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import Message
from bot.people.domain import access
from bot.people.domain.access import Right, Subject
from bot.people.domain.stints import Rep
from bot.people.services import teams
from bot.people.services import workspace as workspaces
from bot.people.services.members import Member
from bot.scorecards.services import forecast_record, outlook, over_time
from bot.scorecards.views import charts as views
from bot.scorecards.views import outlook as outlook_views
from bot.scorecards.views import weeks as weeks_views
from bot.scorecards.views.charts import Picture
from handlers.common import asker
from handlers.common.asker import Scene, scene
from handlers.common.heard import Click, clicked
from handlers.scorecards.scorecard import Request
from storage.database import Database


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.SHOW_TREND)(clicked(send_trend))


def send_trend(click: Click) -> None:
    """To whoever asked: the rep, or who leads the team."""
    with click.reading() as books:
        here = scene(books, click.slack_user)
        rep = here.person(click.id)
        floor = here.require(Right.SEE_SCORECARD, rep)
        course = over_time.trend_of(books, rep.id, floor.zone, as_of=here.now)
        picture = views.course(course, here.reads)
    asker.saw(click.db, here, rep, "trend")
    click.ack()
    _send(click.db, here, here.member, picture)
    click.respond(text=views.on_its_way(), response_type="ephemeral", replace_original=False)


def send_map(request: Request) -> None:
    with request.reading() as books:
        here = scene(books, request.slack_user)
        floor = (
            teams.named(books, request.asked.rest) if request.asked.rest else teams.led(books, here.member)
        )
        access.require(here.viewer, Right.SEE_TEAM, floor.subject)
        drawn = over_time.map_of(
            books,
            floor,
            here.period(request.asked.period, floor),
            as_of=request.now,
            may_show=lambda rep: _may_see(here, rep),
        )
        picture = views.team_map(drawn, here.reads)
    if not drawn.standings:
        request.ack(text=views.nobody())
        return
    asker.saw_team(request.db, here, floor, "map")
    _send(request.db, here, here.member, picture)
    request.ack(text=views.on_its_way())


def _may_see(here: Scene, rep: Rep) -> bool:
    subject = Subject(person_id=rep.id, team_ids=frozenset({rep.team_id}))
    return access.may(here.viewer, Right.SEE_SCORECARD, subject)


def _send(db: Database, here: Scene, to: Member, picture: Picture) -> None:
    message = Message(OutboxKind.NOTICE, picture.text, picture.blocks, person_id=to.id, chart=picture.chart)
    with db.writing(here.workspace_id, here.now) as books:
        outbox.put(books, message)


def send_weeks(request: Request) -> None:
    """After the ack: thirteen weeks of everybody take longer than Slack waits."""
    with request.reading() as books:
        here = scene(books, request.slack_user)
        name = request.asked.rest
        floor = teams.named(books, name) if name else teams.led(books, here.member)
        access.require(here.viewer, Right.SEE_TEAM, floor.subject)
    request.ack(text=weeks_views.on_its_way())
    with request.reading() as books:
        roles = over_time.of_team(books, floor, as_of=request.now)
        currency = workspaces.settings(books).currency
    asker.saw_team(request.db, here, floor, "weeks")
    message = Message(OutboxKind.NOTICE, weeks_views.nobody(floor.name), person_id=here.member.id)
    if roles:
        words = weeks_views.over_time(floor.name, roles, currency, here.reads)
        message = Message(
            OutboxKind.NOTICE, words.text, words.blocks, person_id=here.member.id, chart=words.chart
        )
    with request.writing() as books:
        outbox.put(books, message)


def send_forecast(request: Request) -> None:
    """By direct message after the ack: looking back over a year takes longer than Slack waits."""
    with request.reading() as books:
        here = scene(books, request.slack_user)
        name = request.asked.rest
        floor = teams.named(books, name) if name else teams.led(books, here.member)
        access.require(here.viewer, Right.SEE_TEAM, floor.subject)
        period = here.period(request.asked.period, floor)
    request.ack(text=outlook_views.forecast_on_its_way())
    with request.reading() as books:
        found = outlook.of_team(books, floor, period, as_of=request.now)
        record = forecast_record.of_team(books, floor, as_of=request.now)
    words = outlook_views.forecast(floor.name, found, record, here.reads)
    asker.saw_team(request.db, here, floor, "forecast")
    message = Message(
        OutboxKind.NOTICE, words.text, words.blocks, person_id=here.member.id, chart=words.chart
    )
    with request.writing() as books:
        outbox.put(books, message)
