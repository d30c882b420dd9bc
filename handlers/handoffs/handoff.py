"""A lead goes from an SDR to an AE, and comes back as a lesson: `/handoff`."""

from typing import Any
from uuid import uuid4

from slack_bolt import App

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.reader import reader
from bot.blocks.slash import Shortcut
from bot.blocks.words import Words
from bot.core.enums import Decision, OutboxKind
from bot.core.errors import NotFound
from bot.core.i18n import gettext as _
from bot.delivery import outbox
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import Message
from bot.handoffs.domain.checklist import Lead, Receiver
from bot.handoffs.domain.reasons import says_something
from bot.handoffs.services import criteria, handoffs
from bot.handoffs.services import questions as handoff_questions
from bot.handoffs.views import checklist_form
from bot.handoffs.views import handoff as views
from bot.handoffs.views import own_leads as list_views
from bot.people.services import members
from bot.people.services.members import Member
from handlers.common import forms
from handlers.common.heard import Click, Heard, Submission, Typed, clicked, submitted, typed
from storage.books import Books

ANSWERS = {Action.HANDOFF_ACCEPT: Decision.ACCEPTED, Action.HANDOFF_REJECT: Decision.REJECTED}


def register(app: App, _inbox: Inbox) -> None:
    app.shortcut(Shortcut.HANDOFF)(typed(open_form))
    app.action(Action.LEAD_FORM)(clicked(open_form))
    app.action(Action.LEAD_TEST)(clicked(test_lead))
    app.view(View.HANDOFF)(submitted(submit))
    for action in ANSWERS:
        app.action(action)(clicked(open_decision))
    app.action(Action.HANDOFF_UNHELPFUL)(clicked(did_not_help))
    app.action(Action.HANDOFF_UNDO)(clicked(undo))
    for view in (*views.FORMS.values(), *views.INSISTED.values()):
        app.view(view)(submitted(submit_decision))


def open_form(asked: Heard) -> None:
    with asked.reading() as books:
        sender = members.me(books, asked.slack_user)
        handoffs.require_sender(sender)
        checklist, aes = criteria.asked_of(books, sender), _receivers(books, sender)
    asked.ack()
    asked.client.views_open(trigger_id=asked.trigger_id, view=views.form(uuid4().hex, checklist, aes))


def test_lead(click: Click) -> None:
    """How the lead stands by the checklist so far; the form keeps what was entered, and nothing else does."""
    view = click.body["view"]
    with click.reading() as books:
        sender = members.me(books, click.slack_user)
        checklist, aes = criteria.asked_of(books, sender), _receivers(books, sender)
        judged = handoffs.judged(books, sender, _answers(view))
    tested = checklist_form.tested(judged, reader(sender.locale, sender.zone))
    click.ack()
    again = views.form(view["private_metadata"], checklist, aes, tested)
    click.client.views_update(view_id=view["id"], view=again)


def _receivers(books: Books, sender: Member) -> list[Receiver]:
    """Raises NotFound where there is none: a form cannot offer nobody."""
    found = handoffs.receivers(books, sender)
    if not found:
        raise NotFound(_("There is no AE on the roster to pass a lead to. Your manager can add one."))
    return found


def show_list(asked: Typed) -> None:
    """One's own, and nobody else's."""
    with asked.reading() as books:
        me = members.me(books, asked.slack_user)
        words = list_views.listed(handoffs.of_person(books, me.id), reader(me.locale, me.zone))
    asked.ack(text=words.text, blocks=words.blocks)


def submit(sent: Submission) -> None:
    """The lead is the AE's to decide from here on; its key was drawn when the form opened."""
    with sent.writing() as books:
        sender = members.me(books, sent.slack_user)
        passed = handoffs.pass_lead(
            books,
            sender,
            key=sent.metadata,
            ae_id=int(forms.choice(sent.view, Input.AE) or 0),
            company=forms.text(sent.view, Input.COMPANY),
            contact=forms.text(sent.view, Input.CONTACT),
            answers=_answers(sent.view),
            notes=forms.text(sent.view, Input.NOTES),
        )
        if passed.is_new:
            _ask(books, passed.lead)
    sent.ack(response_action="update", view=kit.sentence(_("Passed"), views.passed(passed.lead)))


def open_decision(click: Click) -> None:
    with click.reading() as books:
        ae = members.me(books, click.slack_user)
        lead = handoffs.to_decide(books, ae.id, click.id)
    click.ack()
    decision = ANSWERS[Action(click.action["action_id"])]
    form = views.decision_form(lead, decision, reader(ae.locale, ae.zone))
    click.client.views_open(trigger_id=click.trigger_id, view=form)


def submit_decision(sent: Submission) -> None:
    """A reason that says too little is asked about once, in the same form; sent again, it stands."""
    sent_from, reason = sent.view["callback_id"], forms.text(sent.view, Input.REASON)
    is_insisted = sent_from in views.INSISTED.values()
    offered = views.INSISTED if is_insisted else views.FORMS
    decision = next(decision for decision, name in offered.items() if name == sent_from)
    if reason and not is_insisted and not says_something(reason):
        with sent.reading() as books:
            ae = members.me(books, sent.slack_user)
            lead = handoffs.to_decide(books, ae.id, sent.id)
        again = views.decision_form(lead, decision, reader(ae.locale, ae.zone), too_short=reason)
        sent.ack(response_action="update", view=again)
        return
    with sent.writing() as books:
        ae = members.me(books, sent.slack_user)
        lead = handoffs.decide(books, ae.id, sent.id, decision, reason)
        _say_decided(books, ae, lead)
    sent.ack()


def undo(click: Click) -> None:
    """The decision is taken back: the AE is asked again, and the SDR is told so in the message that told them."""
    with click.writing() as books:
        ae = members.me(books, click.slack_user)
        lead = handoffs.take_back(books, ae.id, click.id)
        asking, lesson_id = handoff_questions.asked_anew(books, lead)
        words = views.question(lead, reader(ae.locale, ae.zone))
        for message_id in asking:
            outbox.put(books, _update(ae.id, words, message_id))
        if lesson_id is not None:
            outbox.put(books, _update(lead.sdr_id, views.taken_back(lead), lesson_id))
    click.ack()


def _update(person_id: int, words: Words, message_id: int) -> Message:
    return Message(OutboxKind.UPDATE, words.text, words.blocks, person_id=person_id, updates=message_id)


def did_not_help(click: Click) -> None:
    """The SDR about the reason they were given: it teaches from now on only whom it helped."""
    with click.writing() as books:
        sdr = members.me(books, click.slack_user)
        lead = handoffs.did_not_help(books, sdr.id, click.id)
    click.ack()
    words = views.lesson_unhelpful(lead, reader(sdr.locale, sdr.zone))
    click.respond(text=words.text, blocks=words.blocks, replace_original=True)


def _answers(view: dict[str, Any]) -> dict[int, str]:
    """By the ids of the criteria that the form asked, blank where nothing was given."""
    blocks = view["state"]["values"]
    asked = {int(block): elements for block, elements in blocks.items() if Input.CRITERION in elements}
    return {id: _entered(elements[Input.CRITERION]) for id, elements in asked.items()}


def _entered(element: dict[str, Any]) -> str:
    if several := element.get("selected_options"):
        return "\n".join(str(option["value"]) for option in several)
    chosen = element.get("selected_option") or {}
    return str(chosen.get("value") or element.get("value") or element.get("selected_date") or "").strip()


def _ask(books: Books, lead: Lead) -> None:
    ae = members.member(books, lead.ae_id)
    reads = reader(ae.locale, ae.zone)
    words = views.question(lead, reads)
    message = Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=ae.id)
    message_id = outbox.put(books, message)
    handoff_questions.note_asked(books, lead, message_id)


def _say_decided(books: Books, ae: Member, lead: Lead) -> None:
    """What asked turns into the answer, and the SDR learns of it."""
    words = views.decided(lead)
    for message_id in handoff_questions.answered(books, lead.id):
        outbox.put(books, _update(ae.id, words, message_id))
    sdr = members.member(books, lead.sdr_id)
    lesson = views.lesson(lead, reader(sdr.locale, sdr.zone))
    told = Message(OutboxKind.FEEDBACK, lesson.text, lesson.blocks, person_id=sdr.id)
    handoff_questions.note_told(books, lead.id, outbox.put(books, told))
