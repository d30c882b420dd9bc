"""What the bot tells a team by itself, once: the digest, its pairs, and what goes with them, in one transaction."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

import structlog

from bot import outbox
from bot.domain.digest import Digest, Skip
from bot.domain.plans import PlannedPair
from bot.outbox import Message
from bot.services import digest_schedule as schedule
from bot.services import digests, invitations, keepers, members, pairings
from bot.services.digest_schedule import Do, Due, Recipient
from bot.services.remembered import remember
from bot.views import digest as views
from bot.views import digest_private as private
from bot.views import invitation as invitation_views
from bot.views import pairing as pair_views
from bot.views.reader import reader
from bot.words import OutboxKind
from storage.database import Database, Session

log = structlog.get_logger()


def post_due(db: Database, workspace_id: int, *, now: datetime) -> int:
    """Tell every digest that is due; returns how many teams were seen to. Nothing is said to Slack here.

    A team whose digest fails stays due, and is tried again until it is too late.
    """
    with db.read() as session:
        due = schedule.due(session, workspace_id, now=now)
    random.shuffle(due)  # processes that went one way would catch up with each other, and do everything twice
    with db.read() as figures:
        remember(figures)
        return sum(_tried(db, figures, one, now) for one in due)


def post(session: Session, digest: Digest, *, now: datetime, by_hand: bool = False) -> bool:
    """Write the channel's message and all that goes with it; False when this week was told already.

    By hand also a week that was skipped is told. A digest with nothing to tell becomes a note to the manager.
    """
    if digest.skip:
        team, monday = digest.team, digest.week.dates()[0]
        return skip(session, digest.workspace_id, team.id, team.name, monday, digest.skip, now=now)
    digest_id = schedule.claim(
        session,
        digest.workspace_id,
        digest.team.id,
        digest.week.dates()[0],
        now=now,
        although_skipped=by_hand,
    )
    if digest_id is None:
        return False
    plan = pairings.keep(session, digest.plan, sentence=pair_views.english, now=now)
    kept = replace(digest, plan=plan)
    words = views.channel(kept, reader(kept.team.locale, kept.week.zone), digest_id=digest_id)
    message = Message(
        OutboxKind.DIGEST, words.text, words.blocks, channel=kept.team.channel, chart=words.chart
    )
    schedule.told(
        session, kept.workspace_id, digest_id, outbox.put(session, kept.workspace_id, message, now=now)
    )
    own = [line.person.id for line in kept.own_lines]
    recipients = schedule.recipients(session, kept.workspace_id, {*own, *plan.people}, zone=kept.week.zone)
    tell_pairs(session, kept.workspace_id, plan.pairs, recipients, now=now)
    _tell_reps(session, kept, recipients, now)
    _tell_managers(session, kept, now)
    _invite(session, kept, now)
    return True


def skip(
    session: Session, workspace_id: int, team_id: int, team: str, monday: date, why: Skip, *, now: datetime
) -> bool:
    """Tell the managers why there is no digest on the week of `monday`, once."""
    if not schedule.skip(session, workspace_id, team_id, monday, why, now=now):
        return False
    words = views.Words(private.skipped(team, why), [])
    for keeper in keepers.of_team(session, workspace_id, team_id, now=now):
        _put(session, workspace_id, keeper.id, OutboxKind.NOTICE, words, now)
    return True


def tell_pairs(
    session: Session,
    workspace_id: int,
    pairs: Iterable[PlannedPair],
    recipients: Mapping[int, Recipient],
    *,
    now: datetime,
) -> None:
    """Tell each pair's learner and coach."""
    for pair in pairs:
        for person, words in ((pair.learner, pair_views.to_learner), (pair.coach, pair_views.to_coach)):
            if recipient := recipients.get(person.id):
                text, blocks = words(pair, reader(recipient.locale, recipient.zone))
                _put(session, workspace_id, person.id, OutboxKind.PAIR, views.Words(text, blocks), now)


def match_anew(db: Database, workspace_id: int, pairing_id: int, *, now: datetime) -> bool:
    """Find another coach for a learner whose pair was declined, and tell them both; False where there is none."""
    with db.begin() as session:
        pair = pairings.rematch(session, workspace_id, pairing_id, sentence=pair_views.english, now=now)
        if pair is None:
            return False
        learner = members.member(session, workspace_id, pair.learner.id, now=now)
        both = {pair.coach.id, pair.learner.id}
        recipients = schedule.recipients(session, workspace_id, both, zone=learner.zone)
        tell_pairs(session, workspace_id, [pair], recipients, now=now)
    return True


def _tried(db: Database, figures: Session, due: Due, now: datetime) -> bool:
    try:
        return _see_to(db, figures, due, now)
    except Exception:  # one team's trouble must not keep the teams after it waiting
        log.exception("a digest failed", team=due.team_id, week=due.week.isoformat())
        figures.rollback()
        return False


def _see_to(db: Database, figures: Session, due: Due, now: datetime) -> bool:
    """One team: composed while others may write, then told in one transaction."""
    if due.do is Do.POST:
        return _post(db, figures, due, now)
    with db.begin() as session:
        if not schedule.settle(session, due) or due.do is Do.MOVE:
            return due.do is Do.MOVE
        return skip(session, due.workspace_id, due.team_id, due.team, due.week, Skip.TOO_LATE, now=now)


def _post(db: Database, figures: Session, due: Due, now: datetime) -> bool:
    with db.read() as session:
        if not schedule.is_still(session, due):
            return False
    digest = digests.compose(figures, due.workspace_id, due.team_id, due.week, as_of=now, now=now)
    with db.begin() as session:
        return schedule.settle(session, due) and post(session, digest, now=now)


def _tell_reps(session: Session, digest: Digest, recipients: Mapping[int, Recipient], now: datetime) -> None:
    for line in digest.own_lines:
        recipient = recipients.get(line.person.id)
        words = recipient and private.own(line, digest.plan, reader(recipient.locale, recipient.zone))
        if words:
            _put(session, digest.workspace_id, line.person.id, OutboxKind.NOTICE, words, now)


def _tell_managers(session: Session, digest: Digest, now: datetime) -> None:
    for keeper in keepers.of_team(session, digest.workspace_id, digest.team.id, now=now):
        words = private.managers_page(digest, reader(keeper.locale, keeper.zone))
        _put(session, digest.workspace_id, keeper.id, OutboxKind.NOTICE, words, now)


def _invite(session: Session, digest: Digest, now: datetime) -> None:
    """Ask the best whether they would coach."""
    for invited in invitations.invite_the_best(session, digest.workspace_id, digest.own_lines, now=now):
        if invited.line and invited.line.place:
            reads = reader(invited.person.locale, invited.person.zone)
            words = invitation_views.to_the_best(invited.id, invited.line.role, invited.line.place, reads)
            _put(session, digest.workspace_id, invited.person.id, OutboxKind.NOTICE, words, now)


def _put(
    session: Session,
    workspace_id: int,
    person_id: int,
    kind: OutboxKind,
    words: views.Words,
    now: datetime,
) -> None:
    outbox.put(session, workspace_id, Message(kind, words.text, words.blocks, person_id=person_id), now=now)
