"""`/coach paid`: what a coach's sessions earn, for the coach and who leads them; approved with a tap, taken as a
file.
"""

from collections.abc import Callable, Mapping
from datetime import date

from slack_bolt import App
from slack_sdk.models.blocks import Block

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.reader import reader
from bot.blocks.words import Words
from bot.calendar.periods import Period
from bot.coaching.domain.pay import CoachPay
from bot.coaching.services.pay import approvals, months
from bot.coaching.services.pay.approvals import Decided
from bot.coaching.views.pay import approvals as approval_views
from bot.coaching.views.pay import statement as views
from bot.core.coaching_enums import PaidBy
from bot.core.enums import OutboxKind
from bot.core.errors import NotAllowed
from bot.core.i18n import gettext as _
from bot.delivery import outbox
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import File, Message
from bot.people.domain.access import Right
from bot.people.services import members
from bot.people.services import workspace as workspaces
from bot.people.services.members import Member
from bot.scorecards.domain.command import MENTION
from bot.workbook.services import payroll
from handlers.coaching.preferences import Request
from handlers.common import asker, forms
from handlers.common.asker import Scene, scene
from handlers.common.heard import Click, Submission, clicked, submitted
from storage.books import Books

DEFAULT = "month"


def show(request: Request) -> None:
    """One's own, or that of a coach one leads: `paid @name last month`; all at once: `paid team`, `paid file`."""
    words = [word for word in request.words if not MENTION.fullmatch(word)]
    asked = WORDS.get(words[0].lower()) if words else None
    if asked:
        asked(request, " ".join(words[1:]))
        return
    with request.reading() as books:
        here = scene(books, request.slack_user)
        coach = here.mentioned(request.mentioned or request.slack_user)
        floor = here.require(Right.SEE_RECORD, coach)
        period = here.period(" ".join(words) or DEFAULT, floor)
        statement = months.earned_by(books, coach.id, period)
        learners = months.learners_of(books, statement)
        pay, settings = _whole_month(here, coach, period), workspaces.settings(books)
    asker.saw(request.db, here, coach, "coaching statement")
    told = views.told(
        statement,
        None if coach.id == here.member.id else coach.name,
        learners,
        settings.currency,
        here.reads,
        pay=pay,
        in_relief=settings.paid_by is PaidBy.RELIEF,
        also=_decide(request, pay) if pay and pay.is_decided_by(here.viewer) else [],
    )
    request.ack(text=told.text, blocks=told.blocks)


def _whole_month(here: Scene, coach: Member, period: Period) -> CoachPay | None:
    """What was said of it, where a month that is over was asked for and has sessions."""
    days = period.dates()
    if not approvals.is_over(here.books, here.member, days[0]) or not months.is_month(days):
        return None
    (pay,) = months.of_coaches(here.books, [coach.id], days[0])
    return pay if pay.statement.credits else None


def _decide(request: Request, pay: CoachPay) -> list[Block]:
    """The buttons of who may press them."""
    with request.writing() as books:
        ids = approvals.opened(books, [pay])
    return [kit.buttons(*approval_views.buttons(pay, ids[pay.coach.id]))]


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.PAY_APPROVE)(clicked(approve))
    app.action(Action.PAY_REFUSE)(clicked(ask_why_not))
    app.view(View.PAY_REFUSE)(submitted(refuse))


def show_team(request: Request, text: str) -> None:
    """All that the asker may decide on, of the last month unless another is named."""
    with request.reading() as books:
        here = scene(books, request.slack_user)
        month, pays = _asked(here, text)
        coaches = [here.person(pay.coach.id) for pay in pays]
    with request.writing() as books:
        words = approval_views.listed(month, pays, approvals.opened(books, pays), [], here.reads)
    for coach in coaches:
        asker.saw(request.db, here, coach, "coaching pay")
    request.ack(text=words.text, blocks=words.blocks)


def send_file(request: Request, text: str) -> None:
    """Both kinds of file by direct message."""
    with request.reading() as books:
        here = scene(books, request.slack_user)
        month, pays = _asked(here, text)
        bodies = {ending: payroll.in_form(books, pays, month, f".{ending}") for ending in ("csv", "xlsx")}
    with request.writing() as books:
        for ending, body in bodies.items():
            file = File(payroll.name(month, ending), body)
            said = approval_views.file_of(month, pays, here.reads)
            outbox.put(books, Message(OutboxKind.FILE, said, person_id=here.member.id, file=file))
        payroll.note(books, here.member.id, month)
    request.ack(text=approval_views.file_is_coming(month, here.reads))


def approve(click: Click) -> None:
    """The list in the direct message is drawn anew; what was asked for by a command is answered beside it."""
    with click.writing() as books:
        me = members.me(books, click.slack_user)
        decided = approvals.decide(books, me, click.id, approved=True)
        _tell_coach(books, decided)
        text = approval_views.decided(decided.pay, reader(me.locale, me.zone), is_news=decided.is_news)
        listed = _listed_again(click, books, decided.pay.month)
    click.ack()
    if listed is not None:
        click.respond(text=listed.text, blocks=listed.blocks, replace_original=True)
    click.respond(text=text, response_type="ephemeral", replace_original=False)


def ask_why_not(click: Click) -> None:
    with click.reading() as books:
        me = members.me(books, click.slack_user)
        pay = approvals.pay_of(books, me, click.id)
        view = approval_views.why_not_form(click.id, pay, reader(me.locale, me.zone))
    click.ack()
    click.client.views_open(trigger_id=click.trigger_id, view=view)


def refuse(sent: Submission) -> None:
    with sent.writing() as books:
        me = members.me(books, sent.slack_user)
        reason = forms.text(sent.view, Input.REASON)
        decided = approvals.decide(books, me, sent.id, approved=False, reason=reason)
        _tell_coach(books, decided)
        told = approval_views.refused(decided.pay, reader(me.locale, me.zone))
    sent.ack(response_action="update", view=told)


def _asked(here: Scene, text: str) -> tuple[date, list[CoachPay]]:
    """Raises NotAllowed to who neither leads a team nor is an admin."""
    if not here.viewer.managed_team_ids and not here.viewer.is_admin:
        raise NotAllowed(
            _("This is for managers and admins; `/coach paid` shows what your own coaching earns.")
        )
    month = months.month_asked(text, here.now, here.member.zone)
    return month, approvals.decidable(here.books, here.viewer, month)


def _tell_coach(books: Books, decided: Decided) -> None:
    coach = decided.coach
    if decided.is_news and coach.slack_user_id and coach.roles:
        text = approval_views.to_coach(decided.pay, reader(coach.locale, coach.zone))
        outbox.put(books, Message(OutboxKind.NOTICE, text, person_id=coach.id))


def _listed_again(click: Click, books: Books, month: date) -> Words | None:
    if click.body["container"].get("is_ephemeral"):
        return None
    here = scene(books, click.slack_user)
    pays = approvals.decidable(books, here.viewer, month)
    return approval_views.to_approve(month, pays, approvals.opened(books, pays), [], here.reads)


WORDS: Mapping[str, Callable[[Request, str], None]] = {"team": show_team, "file": send_file}
"""What may stand after `paid` but for a name and a time."""
