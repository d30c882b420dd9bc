"""`/coach paid`: what a coach's sessions of a time earn, for the coach and for who leads them."""

from slack_sdk.models.blocks import Block

from bot.blocks import kit
from bot.calendar.periods import Period
from bot.coaching.domain.pay.approval import CoachPay
from bot.coaching.services.pay import approvals, credits, months
from bot.coaching.views.pay import approvals as approval_views
from bot.coaching.views.pay import statement as views
from bot.core.coaching_enums import PaidBy
from bot.people.domain.access import Right
from bot.people.services import workspace as workspaces
from bot.people.services.members import Member
from bot.scorecards.domain.command import MENTION
from handlers.coaching import payroll
from handlers.coaching.preferences import Request
from handlers.common import audit_views
from handlers.common.asker import Scene, scene

DEFAULT = "month"


def show(request: Request) -> None:
    """One's own, or that of a coach one leads: `paid @name last month`; all at once: `paid team`, `paid file`."""
    words = [word for word in request.words if not MENTION.fullmatch(word)]
    asked = payroll.WORDS.get(words[0].lower()) if words else None
    if asked:
        asked(request, " ".join(words[1:]))
        return
    with request.reading() as books:
        here = scene(books, request.slack_user)
        coach = here.mentioned(request.mentioned or request.slack_user)
        floor = here.require(Right.SEE_RECORD, coach)
        period = here.period(" ".join(words) or DEFAULT, floor)
        statement = credits.of_coach(books, coach.id, period)
        learners = credits.learners_of(books, statement)
        pay, settings = _whole_month(here, coach, period), workspaces.settings(books)
    audit_views.saw(request.db, here, coach, "coaching statement")
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
