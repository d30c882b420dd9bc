"""What came of coaching is counted and told: of each pair to both once its weeks are over, of a month to each coach and
to who approves its pay.
"""

from collections.abc import Collection
from dataclasses import replace

from bot.blocks.reader import reader
from bot.coaching.services import effect as effects
from bot.coaching.services import pair_results
from bot.coaching.services.pay import approvals, months
from bot.coaching.views import effect as effect_views
from bot.coaching.views import pair_results as views
from bot.coaching.views.effect import RoleAndEffect
from bot.coaching.views.pay import approvals as approval_views
from bot.coaching.views.pay import statement as statement_views
from bot.core.enums import OutboxKind
from bot.core.session_cache import remember
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.people.services.members import Member
from bot.slack.tools import Tools, do_not_disturb
from storage.books import Books


def tell_results(tools: Tools) -> None:
    """Each person in a transaction of their own."""
    _count(tools)
    with tools.db.reading(tools.workspace_id, tools.clock()) as books:
        waiting = pair_results.to_tell(books)
    for person_id, slack_user_id in waiting:
        quiet = do_not_disturb(tools, slack_user_id)
        with tools.db.writing(tools.workspace_id, tools.clock()) as books:
            taken = pair_results.take(books, person_id, quiet=quiet)
            if taken is not None:
                person, results = taken
                words = views.told(person.id, results, reader(person.locale, person.zone))
                message = Message(OutboxKind.FEEDBACK, words.text, words.blocks, person_id=person.id)
                outbox.put(books, message)


def _count(tools: Tools) -> None:
    """Counted while others may write; it takes a while."""
    now = tools.clock()
    with tools.db.read() as figures:
        remember(figures)
        books = Books(figures, tools.workspace_id, now)
        rows = pair_results.counted(books, pair_results.to_count(books))
    if rows:
        with tools.db.writing(tools.workspace_id, now) as books:
            pair_results.keep(books, rows)


def tell_of_pay(tools: Tools) -> None:
    """Each person in a transaction of their own."""
    with tools.db.reading(tools.workspace_id, tools.clock()) as books:
        if not approvals.may_be_due(books):
            return
        coaches, deciders = approvals.coaches_to_tell(books), approvals.deciders_to_ask(books)
    if coaches:
        moved = _effects(tools, None)
        for coach in coaches:
            _tell(tools, coach, moved)
    for decider in deciders:
        _ask(tools, decider)


def _tell(tools: Tools, coach: Member, moved: list[RoleAndEffect]) -> None:
    """What coaching moved is told without what it cost: that would tell what the others earn."""
    quiet = do_not_disturb(tools, coach.slack_user_id)
    with tools.db.writing(tools.workspace_id, tools.clock()) as books:
        pay = approvals.take_statement(books, coach.id, quiet=quiet)
        if pay is not None:
            reads = reader(coach.locale, coach.zone)
            words = statement_views.monthly(
                pay,
                months.learners_of(books, pay.statement),
                effect_views.moved(moved, pay.currency, reads),
                reads,
                asked=approvals.names(books, pay),
            )
            outbox.put(books, Message(OutboxKind.FEEDBACK, words.text, words.blocks, person_id=coach.id))


def _ask(tools: Tools, decider: Member) -> None:
    moved = _effects(tools, decider)
    quiet = do_not_disturb(tools, decider.slack_user_id)
    with tools.db.writing(tools.workspace_id, tools.clock()) as books:
        pays = approvals.take_open(books, decider.id, quiet=quiet)
        if pays:
            reads = reader(decider.locale, decider.zone)
            told = effect_views.moved(moved, pays[0].currency, reads)
            ids = approvals.opened(books, pays)
            words = approval_views.to_approve(pays[0].month, pays, ids, told, reads)
            outbox.put(books, Message(OutboxKind.FEEDBACK, words.text, words.blocks, person_id=decider.id))


def _effects(tools: Tools, decider: Member | None) -> list[RoleAndEffect]:
    """Of the decider's learners, with the cost; for None of everybody's, without. Read while others may write."""
    now = tools.clock()
    with tools.db.read() as session:
        remember(session)
        books = Books(session, tools.workspace_id, now)
        learners: Collection[int] | None = approvals.led_by(books, decider) if decider else None
        found = effects.effects_of_coaching(books, as_of=now, learners=learners)
    return [(one.role, one.effect if decider else replace(one.effect, cost=None)) for one in found]
