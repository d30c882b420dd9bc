"""A pair's four weeks as the bot runs them unasked: each week is opened once, asked about once, and so is what the
learner set out to do.
"""

from collections.abc import Callable
from datetime import datetime

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks.reader import reader
from bot.blocks.words import Words
from bot.coaching.services import commitments, feedback, meetings, renewal
from bot.coaching.services.commitments import Commitment
from bot.coaching.services.meetings import LAST_WEEK, Planned, ToOpen
from bot.coaching.services.pair_answers import KeptPair
from bot.coaching.services.weeks import endings
from bot.coaching.services.weeks.endings import Broken
from bot.coaching.views import commitments as commitment_views
from bot.coaching.views import feedback as feedback_views
from bot.coaching.views import meeting as views
from bot.coaching.views import pair_results
from bot.coaching.views import pairing as pair_views
from bot.core.enums import OutboxKind, PairingStatus
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.people.services.members import Member
from bot.slack.tools import Tools, do_not_disturb
from storage.books import Books
from storage.database import Database

log = structlog.get_logger()

OpenGroup = Callable[[tuple[str, ...]], str | None]
"""The group message of some Slack users; None where there can be none, and each is written to alone."""


def run_week(db: Database, workspace_id: int, slack: WebClient, *, now: datetime) -> list[int]:
    """All that is due; gives the pairs that ended, whose people may be matched anew."""
    broken = mend_pairs(db, workspace_id, now=now)
    open_meetings(db, workspace_id, groups(slack), now=now)
    ask_if_met(db, workspace_id, now=now)
    return broken


def groups(slack: WebClient) -> OpenGroup:
    """Opens group messages; the scope is optional. The same people always have the same one."""

    def opened(slack_users: tuple[str, ...]) -> str | None:
        try:
            return str(slack.conversations_open(users=",".join(slack_users))["channel"]["id"])
        except (SlackApiError, OSError) as error:
            log.info("no group message", reason=str(error).splitlines()[0])
            return None

    return opened


def open_meetings(db: Database, workspace_id: int, open_group: OpenGroup, *, now: datetime) -> None:
    """Bring the two of each agreed pair together, in a group message where Slack allows it."""
    with db.reading(workspace_id, now) as books:
        waiting = meetings.to_open(books)
    for one in waiting:
        try:
            _open(db, workspace_id, one, open_group, now)
        except Exception:  # one pair's trouble must not keep those behind it waiting
            log.exception("a meeting failed to open", pairing=one.pairing_id)


def ask_if_met(db: Database, workspace_id: int, *, now: datetime) -> None:
    """Ask each learner once whether they met; in the fourth week both are asked whether they go on."""
    with db.reading(workspace_id, now) as books:
        due = meetings.to_ask(books)
    for meeting_id in due:
        try:
            _ask_about(db, workspace_id, meeting_id, now)
        except Exception:  # as above
            log.exception("a question about a meeting failed", meeting=meeting_id)


def mend_pairs(db: Database, workspace_id: int, *, now: datetime) -> list[int]:
    """Call off the pairs of who left, and tell who is still here; gives those whose place can be given anew."""
    with db.writing(workspace_id, now) as books:
        broken = endings.call_off_broken(books)
        for one in broken:
            _tell(books, one.pair.me, Words(_end(one), []))
    return sorted({one.pair.id for one in broken})


def _end(one: Broken) -> str:
    other, i_coach = one.pair.other.name, one.pair.i_coach
    if one.by_me:
        return pair_views.called_off(other, again=False)
    return pair_views.left(other, i_coach=i_coach, again=endings.may_match_anew(one.pair))


def tell_both(books: Books, planned: Planned, words: Callable[[Planned, Member], Words]) -> None:
    """In their group message, in the learner's words; else to each, on their own clock."""
    pair = planned.pair
    if planned.channel:
        told = words(planned, pair.learner)
        message = Message(OutboxKind.PAIR, told.text, told.blocks, channel=planned.channel)
        outbox.put(books, message)
        return
    for one in (pair.learner, pair.coach):
        _tell(books, one, words(planned, one))


def _open(db: Database, workspace_id: int, one: ToOpen, open_group: OpenGroup, now: datetime) -> None:
    channel = open_group(one.slack_users) if len(one.slack_users) > 1 else None
    with db.writing(workspace_id, now) as books:
        planned = meetings.open_(books, one.pairing_id, channel)
        if planned is not None:
            tell_both(books, planned, _opening)
            if planned.week_of == 1 and not feedback.have_met(books, planned.pair):
                _give_kit(books, planned.pair)


def _give_kit(books: Books, pair: KeptPair) -> None:
    """The coach alone reads what may help with the first meeting."""
    to = pair.coach
    if to.slack_user_id:
        _tell(
            books,
            to,
            feedback_views.kit_of(
                pair.learner.name, feedback.of_pair(books, pair), reader(to.locale, to.zone)
            ),
        )


def _ask_about(db: Database, workspace_id: int, meeting_id: int, now: datetime) -> None:
    with db.writing(workspace_id, now) as books:
        planned = meetings.ask(books, meeting_id)
        if planned is not None:
            _ask(books, planned)


def _opening(planned: Planned, to: Member) -> Words:
    pair = planned.pair
    return views.opening(
        pair.coach.name,
        pair.learner.name,
        pair.metric,
        planned.week_of,
        planned.starts_at,
        (pair.coach.zone, pair.learner.zone),
        pair.id,
        reader(to.locale, to.zone),
    )


def _ask(books: Books, planned: Planned) -> None:
    pair = planned.pair
    if planned.week_of != LAST_WEEK:
        _tell(books, pair.learner, views.question(pair.coach.name, pair.id))
        return
    choice = renewal.ask(books, pair)
    if choice is not None:
        still_to_meet = pair.id if pair.status is PairingStatus.ACCEPTED else None
        for one, other in ((pair.learner, pair.coach), (pair.coach, pair.learner)):
            also = pair_results.what_helped(choice) if one is pair.learner else []
            words = views.last_question(other.name, choice, still_to_meet, also)
            _tell(books, one, words)


def _tell(books: Books, person: Member, words: Words) -> None:
    message = Message(OutboxKind.PAIR, words.text, words.blocks, person_id=person.id)
    outbox.put(books, message)


def ask_about_commitments(tools: Tools) -> None:
    """Ask learners whether they kept what they set out to do, once, each in a transaction of its own."""
    with tools.db.reading(tools.workspace_id, tools.clock()) as books:
        due = commitments.commitments_due(books)
    for one in due:
        quiet = do_not_disturb(tools, one.slack_user_id)
        now = tools.clock()
        with tools.db.writing(tools.workspace_id, now) as books:
            asked = commitments.step_question(books, one, quiet=quiet)
            if asked is not None:
                message_id = outbox.put(books, _promised(asked))
                commitments.note_asked(books, asked, message_id)


def _promised(asked: Commitment) -> Message:
    words = commitment_views.question(asked.question_id, asked.words, asked.coach.name)
    return Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=asked.learner.id)
