"""A pair's four weeks as the bot runs them unasked: each week is opened once, and asked about once."""

from collections.abc import Callable
from datetime import datetime

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import outbox
from bot.outbox import Message
from bot.services import going_on, meetings, pair_answers
from bot.services.meetings import LAST_WEEK, Planned, ToOpen
from bot.services.members import Member
from bot.views import meeting as views
from bot.views import pairing as pair_views
from bot.views.digest import Words
from bot.views.reader import reader
from bot.words import OutboxKind, PairingStatus
from storage.database import Database, Session

log = structlog.get_logger()

OpenGroup = Callable[[tuple[str, ...]], str | None]
"""The group message of some Slack users; None where there can be none, and each is written to alone."""


def run_week(db: Database, workspace_id: int, slack: WebClient, *, now: datetime) -> list[int]:
    """All that is due; gives the pairs whose learner may be matched anew, because the coach left."""
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
    with db.read() as session:
        waiting = meetings.to_open(session, workspace_id, now=now)
    for one in waiting:
        try:
            _open(db, workspace_id, one, open_group, now)
        except Exception:  # one pair's trouble must not keep those behind it waiting
            log.exception("a meeting failed to open", pairing=one.pairing_id)


def ask_if_met(db: Database, workspace_id: int, *, now: datetime) -> None:
    """Ask each learner once whether they met; in the fourth week both are asked whether they go on."""
    with db.read() as session:
        due = meetings.to_ask(session, workspace_id, now=now)
    for meeting_id in due:
        try:
            _ask_about(db, workspace_id, meeting_id, now)
        except Exception:  # as above
            log.exception("a question about a meeting failed", meeting=meeting_id)


def mend_pairs(db: Database, workspace_id: int, *, now: datetime) -> list[int]:
    """Call off the pairs of who left, and tell who is still here; gives those for whom a coach may be found anew."""
    with db.begin() as session:
        broken = pair_answers.call_off_broken(session, workspace_id, now=now)
        for pair in broken:
            text = pair_views.left(pair.other.name, i_coach=pair.i_coach)
            _tell(session, workspace_id, pair.me, Words(text, []), now)
    return [pair.id for pair in broken if not pair.i_coach]


def tell_both(
    session: Session,
    workspace_id: int,
    planned: Planned,
    words: Callable[[Planned, Member], Words],
    *,
    now: datetime,
) -> None:
    """In their group message, in the learner's words; else to each, on their own clock."""
    pair = planned.pair
    if planned.channel:
        told = words(planned, pair.learner)
        message = Message(OutboxKind.PAIR, told.text, told.blocks, channel=planned.channel)
        outbox.put(session, workspace_id, message, now=now)
        return
    for one in (pair.learner, pair.coach):
        _tell(session, workspace_id, one, words(planned, one), now)


def _open(db: Database, workspace_id: int, one: ToOpen, open_group: OpenGroup, now: datetime) -> None:
    channel = open_group(one.slack_users) if len(one.slack_users) > 1 else None
    with db.begin() as session:
        planned = meetings.open_(session, workspace_id, one.pairing_id, channel, now=now)
        if planned is not None:
            tell_both(session, workspace_id, planned, _opening, now=now)


def _ask_about(db: Database, workspace_id: int, meeting_id: int, now: datetime) -> None:
    with db.begin() as session:
        planned = meetings.ask(session, workspace_id, meeting_id, now=now)
        if planned is not None:
            _ask(session, workspace_id, planned, now)


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


def _ask(session: Session, workspace_id: int, planned: Planned, now: datetime) -> None:
    pair = planned.pair
    if planned.week_of != LAST_WEEK:
        _tell(session, workspace_id, pair.learner, views.question(pair.coach.name, pair.id), now)
        return
    choice = going_on.ask(session, workspace_id, pair, now=now)
    if choice is not None:
        still_to_meet = pair.id if pair.status is PairingStatus.ACCEPTED else None
        for one, other in ((pair.learner, pair.coach), (pair.coach, pair.learner)):
            words = views.last_question(other.name, choice, still_to_meet)
            _tell(session, workspace_id, one, words, now)


def _tell(session: Session, workspace_id: int, person: Member, words: Words, now: datetime) -> None:
    message = Message(OutboxKind.PAIR, words.text, words.blocks, person_id=person.id)
    outbox.put(session, workspace_id, message, now=now)
