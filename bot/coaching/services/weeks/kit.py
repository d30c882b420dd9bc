"""What a coach is given before a pair's first meeting: which calls to talk about, and what helped others."""

from datetime import date, timedelta

from bot.calls.services import calls
from bot.coaching.domain import topics
from bot.coaching.domain.kit import Kit, Talked
from bot.coaching.domain.sharing import is_about
from bot.coaching.services.pair_answers import KeptPair
from bot.debriefs.services import debriefs, last_time
from storage.books import Books
from storage.queries.coaching import sessions
from storage.queries.debriefs import debriefs as queries
from storage.queries.debriefs import stories
from storage.queries.people import people

LOOK_BACK = timedelta(weeks=8)
MOST_CALLS = 3
MOST_READ = 40
"""Debriefs that are looked through, latest first."""


def of_pair(books: Books, pair: KeptPair) -> Kit:
    """For the coach of a pair whose learner has said yes."""
    return Kit(
        pair.metric,
        tuple(_calls(books, pair)),
        _helped(books, pair),
        is_first=not sessions.as_coach(books, {pair.coach.id}, date.min, books.now.date()),
        resolutions=last_time.resolutions(books, pair.learner.id, books.now - LOOK_BACK, books.now),
    )


def _calls(books: Books, pair: KeptPair) -> list[Talked]:
    found: list[Talked] = []
    for row in queries.latest_of(books, pair.learner.id, since=books.now - LOOK_BACK, most=MOST_READ):
        answer = debriefs.answer_of(books, row)
        if is_about(answer, pair.metric):
            found.append(Talked(row.id, calls.summary_of(books, row.person_id, row.call_id), answer))
        if len(found) == MOST_CALLS:
            break
    return found


def _helped(books: Books, pair: KeptPair) -> str:
    """The latest win that somebody else shares of a call about the metric."""
    authors = {person.id for person, _place, _team in people.members_on(books, books.now.date())}
    about = [tag for tag in topics.METRICS_OF_TOPIC if pair.metric in topics.METRICS_OF_TOPIC[tag]]
    for tag in about:
        told = stories.tagged(books, authors - {pair.learner.id, pair.coach.id}, tag, most=1, wins_first=True)
        if told:
            return told[0].told
    return ""
