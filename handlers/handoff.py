"""A lead goes from an SDR to an AE, and comes back as a lesson: `/handoff`."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot import outbox
from bot.clock import Clock
from bot.domain.handoffs import Lead
from bot.inbox import Inbox
from bot.language import gettext as _
from bot.outbox import Message
from bot.services import criteria, handoff_questions, handoffs, members
from bot.services.members import Member
from bot.views import handoff as views
from bot.views import kit
from bot.views.ids import Action, Command, Input, Shortcut, View
from bot.views.reader import reader
from bot.words import Decision, OutboxKind
from handlers import forms
from handlers.criteria import open_checklist
from storage.database import Database, Session

ANSWERS = {Action.HANDOFF_ACCEPT: Decision.ACCEPTED, Action.HANDOFF_REJECT: Decision.REJECTED}


def register(app: App, _inbox: Inbox) -> None:
    app.command(Command.HANDOFF)(command)
    app.shortcut(Shortcut.HANDOFF)(open_form)
    app.view(View.HANDOFF)(submit)
    for action in ANSWERS:
        app.action(action)(open_decision)
    for view in views.FORMS.values():
        app.view(view)(submit_decision)


def command(
    ack: Ack, body: dict[str, Any], client: WebClient, db: Database, clock: Clock, workspace_id: int
) -> None:
    match str(body.get("text") or "").split():
        case []:
            open_form(ack, body, client, db, clock, workspace_id)
        case ["criteria"]:
            open_checklist(ack, body, client, db, clock, workspace_id)
        case _words:
            ack(text=views.help_text())


def open_form(
    ack: Ack, body: dict[str, Any], client: WebClient, db: Database, clock: Clock, workspace_id: int
) -> None:
    slack_user = body["user_id"] if "command" in body else body["user"]["id"]
    with db.read() as session:
        handoffs.require_sender(members.me(session, workspace_id, slack_user, now=clock()))
        checklist = criteria.checklist(session, workspace_id)
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=views.form(uuid4().hex, checklist))


def submit(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    """The lead is the AE's to decide from here on; its key was drawn when the form opened."""
    now = clock()
    with db.begin() as session:
        sender = members.me(session, workspace_id, body["user"]["id"], now=now)
        passed = handoffs.pass_lead(
            session,
            workspace_id,
            sender,
            key=view["private_metadata"],
            ae=forms.person(view, Input.AE),
            company=forms.text(view, Input.COMPANY),
            contact=forms.text(view, Input.CONTACT),
            answers=_answers(view),
            now=now,
        )
        if passed.is_new:
            _ask(session, workspace_id, passed.lead, now)
    ack(response_action="update", view=kit.sentence(_("Passed"), views.passed_text(passed.lead)))


def open_decision(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    now = clock()
    with db.read() as session:
        ae = members.me(session, workspace_id, body["user"]["id"], now=now)
        lead = handoffs.to_decide(session, workspace_id, ae.id, int(action["value"]), now=now)
    ack()
    decision = ANSWERS[Action(action["action_id"])]
    form = views.decision_form(lead, decision, reader(ae.locale, ae.zone))
    client.views_open(trigger_id=body["trigger_id"], view=form)


def submit_decision(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    now = clock()
    decision = next(decision for decision, name in views.FORMS.items() if name == view["callback_id"])
    with db.begin() as session:
        ae = members.me(session, workspace_id, body["user"]["id"], now=now)
        lead = handoffs.decide(
            session,
            workspace_id,
            ae.id,
            int(view["private_metadata"]),
            decision,
            forms.text(view, Input.REASON),
            now=now,
        )
        _say_decided(session, workspace_id, ae, lead, now)
    ack()


def _answers(view: dict[str, Any]) -> dict[int, str]:
    """By the ids of the criteria that the form asked, blank where nothing was given."""
    blocks = view["state"]["values"]
    asked = {int(block): elements for block, elements in blocks.items() if Input.CRITERION in elements}
    return {id: _entered(elements[Input.CRITERION]) for id, elements in asked.items()}


def _entered(element: dict[str, Any]) -> str:
    chosen = element.get("selected_option") or {}
    return str(chosen.get("value") or element.get("value") or "")


def _ask(session: Session, workspace_id: int, lead: Lead, now: datetime) -> None:
    ae = members.member(session, workspace_id, lead.ae_id, now=now)
    reads = reader(ae.locale, ae.zone)
    text, blocks = views.question_text(lead, reads), views.question(lead, reads)
    message = Message(OutboxKind.NOTICE, text, blocks, person_id=ae.id)
    message_id = outbox.put(session, workspace_id, message, now=now)
    handoff_questions.asked(session, workspace_id, lead, message_id, now=now)


def _say_decided(session: Session, workspace_id: int, ae: Member, lead: Lead, now: datetime) -> None:
    """What asked turns into the answer, and the SDR learns of it."""
    for message_id in handoff_questions.answered(session, workspace_id, lead.id):
        text, blocks = views.decided_text(lead), views.decided(lead)
        message = Message(OutboxKind.UPDATE, text, blocks, person_id=ae.id, updates=message_id)
        outbox.put(session, workspace_id, message, now=now)
    sdr = members.member(session, workspace_id, lead.sdr_id, now=now)
    lesson = views.lesson(lead, reader(sdr.locale, sdr.zone))
    told = Message(OutboxKind.FEEDBACK, views.lesson_text(lead), lesson, person_id=sdr.id)
    outbox.put(session, workspace_id, told, now=now)
