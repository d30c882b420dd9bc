"""A team's week begins: its pairs are made, and everybody in them hears what begins, what ended, and who waits."""

import random
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import structlog

from bot.blocks.reader import reader
from bot.blocks.words import Words
from bot.coaching.domain.pairs import Why
from bot.coaching.domain.plans import PairingPlan, PlannedPair, Waiting
from bot.coaching.services import pair_answers, pair_wishes
from bot.coaching.services import pairing as pairings
from bot.coaching.services.pair_answers import Answered, KeptPair
from bot.coaching.services.weeks import endings, keeping, schedule
from bot.coaching.services.weeks.endings import Ending
from bot.coaching.services.weeks.schedule import Due
from bot.coaching.views import endings as ending_views
from bot.coaching.views import pairing as views
from bot.coaching.views import reasons
from bot.coaching.views import wishes as wish_views
from bot.core.enums import OutboxKind
from bot.core.errors import BadInput
from bot.core.session_cache import remember
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.people.services import members
from bot.people.services.members import Member
from bot.slack.tools import Tools
from storage.books import Books
from storage.database import Database

log = structlog.get_logger()

_SAME_WEEK = timedelta(days=6)
_TOLD = (Why.LOT, Why.RESTING, Why.COACH_AWAY, Why.NO_SHARED_HOURS, Why.ALL_TAKEN)


def open_weeks(tools: Tools) -> int:
    """Make the pairs of every team whose week begins; returns for how many. Nothing is said to Slack here.

    A team whose pairs fail stays due.
    """
    db, workspace_id, now = tools.db, tools.workspace_id, tools.clock()
    with db.reading(workspace_id, now) as books:
        due = schedule.weeks_due(books)
    random.shuffle(due)  # as with digests: processes would do everything twice
    with db.read() as figures:
        remember(figures)
        return sum(_tried(db, Books(figures, workspace_id, now), one) for one in due)


def fill(db: Database, workspace_id: int, team_ids: Iterable[int], *, now: datetime) -> None:
    """Give on what became free in the running week to those who wait."""
    for team_id in sorted(set(team_ids)):
        with db.reading(workspace_id, now) as books:
            week = schedule.running(books, team_id)
            plan = pairings.propose(books, team_id, week, as_of=now) if week else None
        if plan and any(pair.id is None for pair in plan.pairs):
            with db.writing(workspace_id, now) as books:
                tell_pairs(books, keeping.keep(books, plan, sentence=reasons.english).pairs)


def match_anew(db: Database, workspace_id: int, pairing_id: int, *, now: datetime) -> None:
    """Find another coach for a learner whose pair was declined, and somebody else for the place that became free."""
    with db.writing(workspace_id, now) as books:
        teams = schedule.teams_of(books, pairing_id)
        pair = keeping.rematch(books, pairing_id, sentence=reasons.english)
        tell_pairs(books, [pair] if pair else [])
    fill(db, workspace_id, teams, now=now)


def give_on_declined(tools: Tools) -> None:
    """Let each no stand that can be taken back no longer: the other side hears of it, and the place goes on."""
    db, workspace_id, now = tools.db, tools.workspace_id, tools.clock()
    with db.reading(workspace_id, now) as books:
        noes = pair_answers.noes_that_stand(books)
    for person_id, pairing_id in noes:
        with db.writing(workspace_id, now) as books:
            try:
                answered = pair_answers.decline(books, person_id, pairing_id)
            except BadInput:  # they met meanwhile, or the proposal lapsed: there is nothing left to say no to
                continue
            if answered.is_new:
                _tell_no(books, answered)
        if answered.is_new:
            match_anew(db, workspace_id, pairing_id, now=now)


def lapse_proposals(tools: Tools) -> None:
    """Tell both that nobody answered in time, and give the places on the same day."""
    db, workspace_id, now = tools.db, tools.workspace_id, tools.clock()
    with db.reading(workspace_id, now) as books:
        if not endings.is_any_unanswered(books):
            return
    teams: set[int] = set()
    with db.writing(workspace_id, now) as books:
        for pair in endings.lapse(books):
            teams |= schedule.teams_of(books, pair.id)
            _tell_lapsed(books, pair)
    fill(db, workspace_id, teams, now=now)


def tell_pairs(books: Books, pairs: Iterable[PlannedPair]) -> None:
    """Ask the learner and tell the coach of each pair that was proposed just now; who goes on is brought together."""
    for pair in pairs:
        if pair.is_new and not pair.agreed:
            for person, told in ((pair.learner, views.to_learner), (pair.coach, views.to_coach)):
                to = members.member(books, person.id)
                _tell(books, to, told(pair, reader(to.locale, to.zone)), OutboxKind.PAIR)


def pin_now(books: Books, team_id: int, week: date, learner_id: int) -> None:
    """Propose a pair that a manager has just pinned, and tell those whose pair it ends."""
    plan = pairings.propose(books, team_id, week, as_of=books.now)
    pair, before = keeping.keep_pinned(books, plan, learner_id, sentence=reasons.english)
    if before is not None:
        coach, learner = (members.member(books, id) for id in (before.coach_id, before.learner_id))
        _tell(
            books,
            coach,
            Words(views.heard_no(learner.name, i_coach=True, again=False), []),
            OutboxKind.NOTICE,
        )
        _tell(books, learner, Words(ending_views.replaced(coach.name), []), OutboxKind.NOTICE)
    tell_pairs(books, [pair])


def _tried(db: Database, figures: Books, due: Due) -> bool:
    try:
        return _open(db, figures, due)
    except Exception:  # one team's trouble must not keep the teams after it waiting
        log.exception("a week failed to begin", team=due.team_id)
        figures.session.rollback()
        return False


def _open(db: Database, figures: Books, due: Due) -> bool:
    """Planned while others may write, then kept and told in one transaction."""
    plan = pairings.propose(figures, due.team_id, due.week, as_of=figures.now) if due.week else None
    with db.writing(figures.workspace_id, figures.now) as books:
        if not schedule.settle(books, due) or plan is None:
            return False
        kept = keeping.keep(books, plan, sentence=reasons.english)
        over = endings.endings(books, kept)
        for ending in over:
            _tell_ending(books, ending)
        tell_pairs(books, kept.pairs)
        _tell_of_lost_pins(books, plan)
        _tell_who_waits(books, kept, told={ending.pair.learner.id for ending in over})
    return True


def _tell_of_lost_pins(books: Books, plan: PairingPlan) -> None:
    for wish, author in pair_wishes.lost_pins(books, plan):
        free = pairings.instead(books, plan.team_id, plan.week, wish.learner_id)
        text = wish_views.pin_lost(wish.coach, wish.learner, [one.name for one in free])
        if not schedule.was_said(
            books, author, text, within=_SAME_WEEK
        ):  # who left all teams is in each one's plan
            _tell(books, members.member(books, author), Words(text, []), OutboxKind.NOTICE)


def _tell_who_waits(books: Books, plan: PairingPlan, *, told: set[int]) -> None:
    """Whose last pair ended just now has read with it why there is no other."""
    for one in plan.unpaired:
        if one.why in _TOLD and one.learner.id not in told:
            _tell_waiting(books, one)


def _tell_waiting(books: Books, one: Waiting) -> None:
    to = members.member(books, one.learner.id)
    words = Words(views.waits(one, reader(to.locale, to.zone)), [])
    if words.text and not schedule.was_said(books, to.id, words.text):
        _tell(books, to, words, OutboxKind.NOTICE)


def _tell_ending(books: Books, ending: Ending) -> None:
    pair = ending.pair
    reads = reader(pair.learner.locale, pair.learner.zone)
    to_learner = ending_views.over_for_learner(
        pair.coach.name,
        pair.metric,
        ending.next,
        reads,
        in_time=ending.in_time,
        proposed=ending.proposed,
    )
    to_coach = ending_views.over_for_coach(pair.learner.name, pair.metric, in_time=ending.in_time)
    for to, text in ((pair.learner, to_learner), (pair.coach, to_coach)):
        _tell(books, to, Words(text, []), OutboxKind.NOTICE)


def _tell_no(books: Books, answered: Answered) -> None:
    pair = answered.pair
    text = views.heard_no(pair.me.name, i_coach=not pair.i_coach, again=answered.may_match_anew)
    _tell(books, pair.other, Words(text, []), OutboxKind.NOTICE)


def _tell_lapsed(books: Books, pair: KeptPair) -> None:
    to_learner = ending_views.lapsed_for_learner(pair.coach.name)
    to_coach = ending_views.lapsed_for_coach(pair.learner.name)
    for to, text in ((pair.learner, to_learner), (pair.coach, to_coach)):
        _tell(books, to, Words(text, []), OutboxKind.NOTICE)


def _tell(books: Books, to: Member, words: Words, kind: OutboxKind) -> None:
    if to.slack_user_id:
        outbox.put(books, Message(kind, words.text, words.blocks, person_id=to.id))
