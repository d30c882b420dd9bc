"""Why a number is what it is, and the way to say that a record behind it is wrong."""

from collections.abc import Sequence
from dataclasses import replace

from slack_bolt import App

from bot.blocks.ids import Action, Input, View
from bot.blocks.reader import Reader, reader
from bot.calendar import periods
from bot.calendar.periods import Period
from bot.core.enums import OutboxKind
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.delivery import outbox
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import File, Message
from bot.people.domain.access import Right
from bot.scorecards.domain.drilldown import (
    Disputed,
    FigureId,
    Record,
    RecordId,
    figure_id,
    identified,
    record_id,
)
from bot.scorecards.services import disputes, drilldown
from bot.scorecards.services import scorecard as scorecards
from bot.scorecards.views import disputes as dispute_views
from bot.scorecards.views import drilldown as views
from bot.scorecards.views.figures import period as days_of
from handlers.common import asker, forms
from handlers.common.asker import Scene, scene
from handlers.common.heard import Click, Submission, clicked, submitted
from handlers.common.opening import form

FILE = "records.csv"


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.WHY)(clicked(explain_chosen))
    app.action(Action.WHY_THIS)(clicked(explain_this))
    app.action(Action.WHY_ALL)(clicked(send_all))
    app.action(Action.DISPUTE)(clicked(open_form))
    app.view(View.DISPUTE)(submitted(submit))


def explain_chosen(click: Click) -> None:
    _explain(click, figure_id(click.action["selected_option"]["value"]))


def explain_this(click: Click) -> None:
    _explain(click, figure_id(click.value))


def send_all(click: Click) -> None:
    """Every record, as a file in the asker's direct messages."""
    about = figure_id(click.value)
    with click.reading() as books:
        here = scene(books, click.slack_user)
        rep = here.person(about.person_id)
        days, records = _behind(here, about)
        body = views.as_file(records, about.metric, replace(here.reads, zone=days.zone))
        told = views.the_file(about.metric, rep.name, days_of(days, here.reads))
        message = Message(OutboxKind.NOTICE, told, person_id=here.member.id, file=File(FILE, body))
    with click.writing() as books:
        outbox.put(books, message)
    asker.saw(click.db, here, rep, "records behind a figure")
    click.ack()
    click.client.views_push(trigger_id=click.trigger_id, view=views.file_comes())


def open_form(click: Click) -> None:
    record = record_id(click.value)
    about = record.figure if record else figure_id(click.value)
    with form(click, on_top=True) as opening, click.reading() as books:
        here = scene(books, click.slack_user)
        here.require(Right.DISPUTE, here.person(about.person_id))
        found = _found(here, record) if record else None
        opening.show(views.objection(about, found, _local(here, about)))


def submit(sent: Submission) -> None:
    record = record_id(sent.metadata)
    about, text = record.figure if record else figure_id(sent.metadata), forms.text(sent.view, Input.WRONG)
    if not text:
        raise BadInput(_("Say what is wrong, so that it can be looked at."), field=Input.WRONG)
    with sent.writing() as books:
        here = scene(books, sent.slack_user)
        rep = here.person(about.person_id)
        here.require(Right.DISPUTE, rep)
        if record:
            line = views.about_record(_found(here, record)[1], about.metric, _local(here, about))
            text = f"{line}: {text}"
        said, is_new = disputes.submit(books.at(here.now), about, text)
        asked = disputes.answering(books.at(here.now), rep)
        if is_new:
            _ask(here, said, asked)
    sent.ack(response_action="update", view=dispute_views.sent(len(asked), is_new=is_new))


def _explain(click: Click, about: FigureId) -> None:
    """Raises NotAllowed unless the asker may see the card that the figure stands on."""
    with form(click) as opening:
        with click.reading() as books:
            here = scene(books, click.slack_user)
            rep = here.person(about.person_id)
            days, records = _behind(here, about)
            card = scorecards.scorecard_of(books, rep.id, days, as_of=here.now)
            shown = card.figure(about.metric)
            if shown is None:
                raise NotFound(_("That number is not on the card of this rep's role any more."))
            view = views.explained(card, shown, records, about, here.reads, own=rep.id == here.member.id)
        asker.saw(click.db, here, rep, "records behind a figure")
        opening.show(view)


def _behind(here: Scene, about: FigureId) -> tuple[Period, Sequence[Record]]:
    rep = here.person(about.person_id)
    days = _days(here, about)
    return days, drilldown.rows_behind(here.books, rep.id, about.metric, days, as_of=here.now)


def _days(here: Scene, about: FigureId) -> Period:
    floor = here.require(Right.SEE_SCORECARD, here.person(about.person_id))
    return periods.parse(about.days, now=here.now, zone=floor.zone)


def _local(here: Scene, about: FigureId) -> Reader:
    """By the clock of the rep's team, as the card counts."""
    return replace(here.reads, zone=_days(here, about).zone)


def _found(here: Scene, wanted: RecordId) -> tuple[RecordId, Record]:
    _days_told, records = _behind(here, wanted.figure)
    for named, record in identified(wanted.figure, records):
        if named == wanted:
            return named, record
    raise NotFound(_("That record has changed since. Ask for your card again with `/scorecard`."))


def _ask(here: Scene, said: Disputed, asked: list[int]) -> None:
    for person_id in asked:
        one = here.person(person_id)
        reads = reader(one.locale, one.zone)
        words = dispute_views.asked(said, reads)
        message = Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=person_id)
        outbox.put(here.books, message)
