"""What the bot tells a team by itself, once: the digest, its pairs, and what goes with them, in one transaction.

A post that names a pair which is over is edited within the minute, and where a kind of record stops coming, its
manager and the admins hear it once.
"""

import random
from datetime import date, datetime

import structlog
from slack_sdk.models.blocks import Block

from bot.blocks.reader import reader
from bot.blocks.words import Words
from bot.coaching.services import preferences
from bot.coaching.views import preferences as preference_views
from bot.core.enums import OutboxKind
from bot.core.session_cache import remember
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.delivery.services import notices
from bot.digest.domain.digest import Digest, Skip
from bot.digest.services import compose as digests
from bot.digest.services import risks, schedule
from bot.digest.services.mending import mended
from bot.digest.services.schedule import Do, Due
from bot.digest.views import channel as views
from bot.digest.views import feeds as feed_views
from bot.digest.views import private
from bot.digest.views.channel import pair_begins, pairs_label
from bot.people.services import teams
from bot.slack.tools import Tools
from storage.books import Books
from storage.database import Database, Session

log = structlog.get_logger()


def post_digests(tools: Tools) -> int:
    """Tell every digest that is due; returns how many teams were seen to. Nothing is said to Slack here.

    A team whose digest fails stays due, and is tried again until it is too late.
    """
    db, workspace_id, now = tools.db, tools.workspace_id, tools.clock()
    with db.reading(workspace_id, now) as books:
        due = schedule.digests_due(books)
    random.shuffle(due)  # processes that went one way would catch up with each other, and do everything twice
    with db.read() as figures:
        remember(figures)
        return sum(_tried(db, figures, one, now) for one in due)


def post(books: Books, digest: Digest, *, by_hand: bool = False) -> bool:
    """Write the channel's message and all that goes with it; False when this week was told already.

    By hand also a week that was skipped is told. A digest with nothing to tell becomes a note to the manager.
    """
    if digest.skip:
        team, monday = digest.team, digest.week.dates()[0]
        return skip(books, team.id, team.name, monday, digest.skip)
    digest_id = schedule.claim(books, digest.team.id, digest.week.dates()[0], although_skipped=by_hand)
    if digest_id is None:
        return False
    words = views.channel(digest, reader(digest.team.locale, digest.week.zone), digest_id=digest_id)
    message = Message(
        OutboxKind.DIGEST, words.text, words.blocks, channel=digest.team.channel, chart=words.chart
    )
    schedule.digest_told(books, digest_id, outbox.put(books, message))
    _tell_managers(books, digest)
    _invite(books, digest)
    return True


def skip(books: Books, team_id: int, team: str, monday: date, why: Skip) -> bool:
    """Tell the managers why there is no digest on the week of `monday`, once."""
    if not schedule.skip(books, team_id, monday, why):
        return False
    words = Words(private.skipped(team, why), [])
    for keeper in teams.caretakers(books, team_id):
        _put(books, keeper.id, OutboxKind.NOTICE, words)
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
    with db.writing(due.workspace_id, now) as books:
        if not schedule.settle(books, due) or due.do is Do.MOVE:
            return due.do is Do.MOVE
        return skip(books, due.team_id, due.team, due.week, Skip.TOO_LATE)


def _post(db: Database, figures: Session, due: Due, now: datetime) -> bool:
    with db.read() as session:
        if not schedule.is_still(Books(session, due.workspace_id, now), due):
            return False
    books = Books(figures, due.workspace_id, now)
    digest = digests.compose(books, due.team_id, due.week, as_of=now)
    digest = digests.with_forecast(books, digest, as_of=now)
    with db.writing(due.workspace_id, now) as writing:
        return schedule.settle(writing, due) and post(writing, digest)


def _tell_managers(books: Books, digest: Digest) -> None:
    for keeper in teams.caretakers(books, digest.team.id):
        words = private.managers_page(digest, reader(keeper.locale, keeper.zone))
        _put(books, keeper.id, OutboxKind.NOTICE, words)


def _invite(books: Books, digest: Digest) -> None:
    """Ask the best whether they would coach."""
    for invited in preferences.invite_the_best(books, digest.own_lines):
        if invited.line:
            words = preference_views.to_the_best(invited.id, invited.line.role)
            _put(books, invited.person.id, OutboxKind.NOTICE, words)


def _put(books: Books, person_id: int, kind: OutboxKind, words: Words) -> None:
    outbox.put(books, Message(kind, words.text, words.blocks, person_id=person_id))


def mend_posts(tools: Tools) -> None:
    db, workspace_id, now = tools.db, tools.workspace_id, tools.clock()
    with db.reading(workspace_id, now) as books:
        if not mended(books, pair_begins, pairs_label()):
            return
    with db.writing(workspace_id, now) as books:
        for post in mended(books, pair_begins, pairs_label()):
            outbox.put(
                books,
                Message(
                    OutboxKind.UPDATE,
                    post.text,
                    [block for block in Block.parse_all(list(post.blocks)) if block],
                    channel=post.channel,
                    updates=post.message_id,
                ),
            )


def watch_feeds(tools: Tools) -> None:
    with tools.db.writing(tools.workspace_id, tools.clock()) as books:
        for team, silence in risks.news(books):
            hearers = {one.id: one for one in (*teams.caretakers(books, team.id), *teams.admins(books))}
            for one in hearers.values():
                text = feed_views.stopped(team.name, silence, reader(one.locale, one.zone))
                notices.tell(books, one, Message(OutboxKind.NOTICE, text, person_id=one.id))
