"""`/scorecard coaching`: who goes without, whether managers see to it; and whether it works: `/scorecard effect`."""

from slack_bolt import App

from bot import outbox
from bot.domain import access
from bot.domain.access import WORKSPACE
from bot.domain.access import Action as Act
from bot.inbox import Inbox
from bot.outbox import Message
from bot.services import coaching_debt, effects, floors, manager_coaching, pairing_inputs
from bot.services.floors import Floor
from bot.views import coaching_page as views
from bot.views import effect as effect_views
from bot.views import pictures
from bot.views.pictures import Picture
from bot.words import OutboxKind
from handlers import scorecard
from handlers.later import answering
from handlers.scene import Scene, scene
from handlers.scorecard import Request


def register(_app: App, _inbox: Inbox) -> None:
    scorecard.VERBS["coaching"] = show
    scorecard.VERBS["effect"] = show_effect


def show(request: Request) -> None:
    """Of the team that one leads, or names; an admin of no team sees all. A number sets the limit in days."""
    if request.asked.rest.isdecimal():
        _set_limit(request, int(request.asked.rest))
        return
    with request.db.read() as session:
        here = scene(session, request.workspace_id, request.slack_user, request.now)
        floor = _floor(here, request.asked.rest, Act.SEE_TEAM)
        reps = pairing_inputs.reps_of(session, request.workspace_id, floor.id, here.today)
        has_begun = coaching_debt.has_begun(session, request.workspace_id, here.today)
        words = views.page(
            floor.name,
            coaching_debt.owed(session, request.workspace_id, reps, here.today) if has_begun else None,
            coaching_debt.limit(session, request.workspace_id),
            manager_coaching.of_teams(
                session, request.workspace_id, None if floor.id is None else {floor.id}, today=here.today
            ),
            here.reads,
        )
    request.ack(text=words.text, blocks=words.blocks)


def show_effect(request: Request) -> None:
    """In words, and as a picture by direct message where there is anything to draw; it takes a while."""
    with request.db.read() as session:
        here = scene(session, request.workspace_id, request.slack_user, request.now)
        floor = _floor(here, request.asked.rest, Act.SEE_EFFECT)
    request.ack()
    with request.db.read() as session:
        learners = pairing_inputs.reps_of(session, request.workspace_id, floor.id, request.now.date())
        told = effects.of(session, request.workspace_id, as_of=request.now, learners=learners)
        currency = effects.currency(session, request.workspace_id)
    reports = [(one.role, one.effect) for one in told]
    picture = effect_views.picture(reports, floor.name, here.reads)
    if picture:
        _send(request, here, picture)
    lines = effect_views.report(reports, currency, here.reads)
    text = "\n".join([*lines, *([pictures.on_its_way()] if picture else [])])
    answering(request)(text=text, response_type="ephemeral")


def _send(request: Request, here: Scene, picture: Picture) -> None:
    message = Message(
        OutboxKind.NOTICE, picture.text, picture.blocks, person_id=here.member.id, chart=picture.chart
    )
    with request.db.begin() as session:
        outbox.put(session, request.workspace_id, message, now=request.now)


def _set_limit(request: Request, days: int) -> None:
    with request.db.begin() as session:
        here = scene(session, request.workspace_id, request.slack_user, request.now)
        access.require(here.viewer, Act.CONFIGURE, WORKSPACE)
        coaching_debt.set_limit(session, request.workspace_id, days)
    request.ack(text=views.limit_set(days))


def _floor(here: Scene, asked: str, action: Act) -> Floor:
    """Raises NotAllowed unless the asker may see it."""
    if asked:
        floor = floors.named(here.session, here.workspace_id, asked)
    else:
        floor = floors.led(here.session, here.workspace_id, here.member, now=here.now)
        if not here.viewer.managed_team_ids and here.viewer.is_admin:
            floor = floors.everywhere(here.session, here.workspace_id)
    access.require(here.viewer, action, floor.subject)
    return floor
