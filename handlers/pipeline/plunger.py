"""`/scorecard stuck`, and what an AE does about a stuck deal, from there or from Home."""

from slack_bolt import App

from bot.blocks.ids import Action, Input, View
from bot.blocks.reader import reader
from bot.blocks.words import Words
from bot.core.enums import Role, SlipCause
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.delivery.inbox import Inbox
from bot.people.domain import access
from bot.people.domain.access import Right
from bot.people.services import members, teams
from bot.people.services.members import Member
from bot.pipeline.domain import losses
from bot.pipeline.services import deals, feeds, loss_reasons, plunger, stuck
from bot.pipeline.views import plunger as views
from bot.pipeline.views import stuck as stuck_views
from handlers.common import asker, forms
from handlers.common.asker import scene
from handlers.common.heard import Click, Heard, Submission, clicked, submitted
from handlers.home import tab
from handlers.scorecards.scorecard import Request
from storage.books import Books


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.STUCK_MEETING)(clicked(open_meeting_form))
    app.action(Action.STUCK_LOST)(clicked(open_lost_form))
    app.action(Action.STUCK_DATE)(clicked(open_date_form))
    app.action(Action.STUCK_WHY)(clicked(ask_why))
    app.action(Action.STUCK_LEAVE)(clicked(leave))
    app.view(View.STUCK_DATE)(submitted(submit_date))
    app.view(View.STUCK_MEETING)(submitted(submit_meeting))
    app.view(View.STUCK_LOST)(submitted(submit_lost))
    app.view(View.STUCK_WHY)(submitted(submit_why))


def show(request: Request) -> None:
    """An AE's own, with buttons; to those who lead a team, all of its deals."""
    with request.reading() as books:
        here = scene(books, request.slack_user)
        if Role.AE in here.member.roles and not request.asked.rest:
            words, floor = _own(books, here.member), None
        else:
            name = request.asked.rest
            floor = teams.named(books, name) if name else teams.led(books, here.member)
            access.require(here.viewer, Right.SEE_TEAM, floor.subject)
            clogs, silence = plunger.of_team(books, floor), feeds.of_deals(books, floor)
            words = views.of_team(floor.name, clogs, here.today, here.reads, silence)
    if floor:
        asker.saw_team(request.db, here, floor, "stuck deals")
    request.ack(blocks=words.blocks, text=words.text)


def open_meeting_form(click: Click) -> None:
    """For the deal's AE alone, while it is open."""
    with click.reading() as books:
        deals.require_open(books, members.me(books, click.slack_user), click.id)
    click.ack()
    click.client.views_open(trigger_id=click.trigger_id, view=views.meeting_form(click.id))


def open_lost_form(click: Click) -> None:
    with click.reading() as books:
        deals.require_open(books, members.me(books, click.slack_user), click.id)
        form = views.lost_form(click.id, loss_reasons.offered(books))
    click.ack()
    click.client.views_open(trigger_id=click.trigger_id, view=form)


def open_date_form(click: Click) -> None:
    """A move that is not the first asks what changed."""
    with click.reading() as books:
        deals.require_open(books, members.me(books, click.slack_user), click.id)
        form = views.date_form(click.id, has_moved=stuck.asks_why(books, click.id))
    click.ack()
    click.client.views_open(trigger_id=click.trigger_id, view=form)


def ask_why(click: Click) -> None:
    with click.reading() as books:
        ae = members.me(books, click.slack_user)
        moved = stuck.unexplained_one(books, ae, click.id)
        if moved is None:
            raise NotFound(_("You have said so already, or it is no deal of yours."))
    click.ack()
    form = stuck_views.form(moved, reader(ae.locale, ae.zone))
    click.client.views_open(trigger_id=click.trigger_id, view=form)


def submit_why(sent: Submission) -> None:
    with sent.writing() as books:
        ae = members.me(books, sent.slack_user)
        stuck.explain(books, ae, sent.id, SlipCause(forms.choice(sent.view, Input.CAUSE)))
    _close(sent)


def leave(click: Click) -> None:
    with click.writing() as books:
        plunger.leave(books, members.me(books, click.slack_user), click.id)
    click.ack()
    if click.is_in_view:
        tab.show(click)
        return
    with click.reading() as books:
        words = _own(books, members.me(books, click.slack_user))
    click.respond(text=words.text, blocks=words.blocks, replace_original=True)


def submit_date(sent: Submission) -> None:
    with sent.writing() as books:
        ae = members.me(books, sent.slack_user)
        plunger.expect(books, ae, sent.id, forms.day(sent.view, Input.EXPECTED_CLOSE))
        cause = forms.choice(sent.view, Input.CAUSE)
        if cause and stuck.unexplained_one(books, ae, sent.id):
            stuck.explain(books, ae, sent.id, SlipCause(cause))
    _close(sent)


def submit_meeting(sent: Submission) -> None:
    with sent.writing() as books:
        ae = members.me(books, sent.slack_user)
        plunger.meet(books, ae, sent.id, forms.moment(sent.view, Input.NEXT_MEETING))
    _close(sent)


def submit_lost(sent: Submission) -> None:
    chosen, own = forms.choice(sent.view, Input.REASON), forms.text(sent.view, Input.LOSS_REASON)
    if not (chosen or own):
        raise BadInput(_("Please say why it was lost: one line is enough."), field=Input.REASON)
    reason = losses.written(chosen, own)
    with sent.writing() as books:
        ae = members.me(books, sent.slack_user)
        competitor = " ".join(forms.text(sent.view, Input.COMPETITOR).split())
        stage = forms.choice(sent.view, Input.STAGE)
        plunger.lose(books, ae, sent.id, reason, competitor=competitor, stage=stage)
    _close(sent)


def _own(books: Books, ae: Member) -> Words:
    reads = reader(ae.locale, ae.zone)
    silence = feeds.of_deals(books, teams.own(books, ae))
    words = views.own_list(plunger.own(books, ae), reads, silence)
    return Words(words.text, [*words.blocks, *stuck_views.rows(stuck.unexplained(books, ae), reads)])


def _close(sent: Heard) -> None:
    """The Home tab may stand behind the form, and knows."""
    sent.ack()
    tab.show(sent)
