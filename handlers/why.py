"""Why a number is what it is, and the way to say that it is wrong."""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.views import View as Modal

from bot import outbox
from bot.clock import Clock
from bot.domain import periods
from bot.domain.access import Action as Act
from bot.domain.behind import FigureId, figure_id
from bot.domain.disputes import Disputed
from bot.errors import BadInput, NotFound
from bot.inbox import Inbox
from bot.language import gettext as _
from bot.outbox import Message
from bot.services import behind, disputes, scorecards
from bot.views import disputes as dispute_views
from bot.views import why as views
from bot.views.ids import Action, Input, View
from bot.views.reader import reader
from bot.words import OutboxKind
from handlers import forms, watched
from handlers.scene import Scene, scene
from storage.database import Database


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.WHY)(explain)
    app.action(Action.DISPUTE)(open_form)
    app.view(View.DISPUTE)(submit)


def explain(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    about = figure_id(action["selected_option"]["value"])
    with db.read() as session:
        here = scene(session, workspace_id, body["user"]["id"], clock())
        view = _explained(here, about)
        rep = here.person(about.person_id)
    watched.saw(db, here, rep, "records behind a figure")
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=view)


def open_form(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    about = figure_id(action["value"])
    with db.read() as session:
        here = scene(session, workspace_id, body["user"]["id"], clock())
        here.require(Act.DISPUTE, here.person(about.person_id))
    ack()
    client.views_push(trigger_id=body["trigger_id"], view=views.objection(about))


def submit(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    about, text = figure_id(view["private_metadata"]), forms.text(view, Input.WRONG)
    if not text:
        raise BadInput(_("Say what is wrong, so that it can be looked at."), field=Input.WRONG)
    with db.begin() as session:
        here = scene(session, workspace_id, body["user"]["id"], clock())
        rep = here.person(about.person_id)
        here.require(Act.DISPUTE, rep)
        said, is_new = disputes.submit(session, workspace_id, about, text, now=here.now)
        asked = disputes.answering(session, workspace_id, rep, now=here.now)
        if is_new:
            _ask(here, said, asked)
    ack(response_action="update", view=dispute_views.sent(len(asked), is_new=is_new))


def _explained(here: Scene, about: FigureId) -> Modal:
    """Raises NotAllowed unless the asker may see the card that the figure stands on."""
    rep = here.person(about.person_id)
    floor = here.require(Act.SEE_SCORECARD, rep)
    period = periods.parse(about.days, now=here.now, zone=floor.zone)
    card = scorecards.of(here.session, here.workspace_id, rep.id, period, as_of=here.now)
    shown = card.figure(about.metric)
    if shown is None:
        raise NotFound(_("That number is not on the card of this rep's role any more."))
    records = behind.of(here.session, here.workspace_id, rep.id, about.metric, card.period, as_of=here.now)
    return views.explained(card, shown, records, about, here.reads, own=rep.id == here.member.id)


def _ask(here: Scene, said: Disputed, asked: list[int]) -> None:
    for person_id in asked:
        one = here.person(person_id)
        reads = reader(one.locale, one.zone)
        message = Message(
            OutboxKind.NOTICE,
            dispute_views.asked_text(said, reads),
            dispute_views.asked(said, reads),
            person_id=person_id,
        )
        outbox.put(here.session, here.workspace_id, message, now=here.now)
