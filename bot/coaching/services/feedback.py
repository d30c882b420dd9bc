"""What a coach reads of a learner's debriefs before a first meeting and after, what they say to them, and how the
learner saw the conversation.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.calendar.wallclock import local_date
from bot.calls.domain.call import CallSummary
from bot.calls.services import calls
from bot.coaching.domain import sessions as rules
from bot.coaching.domain import topics
from bot.coaching.domain.sharing import Kit, Talked, Told, is_about
from bot.coaching.services import commitments
from bot.coaching.services.pair_answers import KeptPair
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.debriefs.domain.debrief import Answer
from bot.debriefs.services import debriefs, last_time
from bot.debriefs.services.debriefs import Written
from bot.people.domain import access
from bot.people.domain.access import Right, Subject
from bot.people.services import members, people
from bot.people.services.members import Member
from storage.books import Books
from storage.queries.coaching import sessions
from storage.queries.debriefs import debriefs as queries
from storage.queries.debriefs import stories
from storage.queries.people import people as people_queries
from storage.tables import Debrief, Feedback, Pairing


@dataclass(frozen=True, slots=True)
class Shared:
    """A learner's debrief as the coach sees it."""

    debrief_id: int
    learner: Member
    call: CallSummary
    answer: Answer


@dataclass(frozen=True, slots=True)
class Given:
    """A coach's feedback, and to whom; no news where it read so already, as when a form is sent twice."""

    told: Told
    learner: Member
    is_news: bool = True


def reader_of(books: Books, learner_id: int, written: Written) -> Member | None:
    """The coach who is to read what was just written: it is about what the two work on, and was not before."""
    pairing = _running(books, learner_id)
    if pairing is None or not is_about(written.answer, pairing.metric):
        return None
    if is_about(written.before, pairing.metric):
        return None
    return members.member(books, pairing.coach_id)


def shared_with(books: Books, coach_id: int, debrief_id: int) -> Shared:
    """The debrief, if its author is this coach's learner now and it is about what they work on.

    Raises NotFound alike for none and for not allowed.
    """
    debrief = queries.by_id(books, debrief_id)
    if debrief is None or not _may_read(books, debrief, coach_id):
        raise NotFound(_("There is no such debrief, or it is not shared with you any more."))
    return Shared(
        debrief.id,
        members.member(books, debrief.person_id),
        calls.summary_of(books, debrief.person_id, debrief.call_id),
        debriefs.answer_of(books, debrief),
    )


def give(
    books: Books,
    coach_id: int,
    debrief_id: int,
    *,
    what_worked: str,
    commitment: str,
    due_on: date | None,
    rating: int | None,
) -> Given:
    """Keep the coach's note; a second one for the same debrief replaces the first.

    A commitment is due in a week unless dated, and the learner is asked afterwards whether it was kept.
    """
    shared = shared_with(books, coach_id, debrief_id)
    today = local_date(books.now, shared.learner.zone)
    if due_on is not None and due_on < today:
        raise BadInput(_("Please pick a day that is still to come."), field="due_on")
    known = queries.feedback_of(books, debrief_id, coach_id)
    said = (what_worked, commitment, rating, rules.due_on(today, due_on) if commitment else None)
    if known is not None and (known.what_worked, known.commitment, known.rating, known.due_on) == said:
        return replace(_given(books, known, shared.learner.id), is_news=False)
    note = known or Feedback(
        workspace_id=books.workspace_id,
        debrief_id=debrief_id,
        coach_id=coach_id,
        what_worked="",
        given_at=books.now,
    )
    is_another = note.commitment != commitment
    note.what_worked, note.commitment, note.rating, note.due_on = said
    note.given_at = books.now
    books.session.add(note)
    books.session.flush()
    commitments.follow_feedback(books, note.id, is_another=is_another)
    return _given(books, note, shared.learner.id)


def rate_oneself(books: Books, learner_id: int, feedback_id: int, rating: int) -> Given:
    """The learner's own rating of the conversation, kept as it was given first. Raises NotFound for another's."""
    note = queries.feedback_to(books, learner_id, feedback_id)
    if note is None:
        raise NotFound(_("That feedback is gone, or it is not yours."))
    note.self_rating = note.self_rating or rating
    return _given(books, note, learner_id)


def _may_read(books: Books, debrief: Debrief, coach_id: int) -> bool:
    pairing = _running(books, debrief.person_id)
    if pairing is None or pairing.coach_id != coach_id:
        return False
    is_shared = is_about(debriefs.answer_of(books, debrief), pairing.metric)
    subject = Subject(person_id=debrief.person_id, is_shared=is_shared)
    return access.may(people.viewer(books, coach_id), Right.GIVE_FEEDBACK, subject)


def _running(books: Books, learner_id: int) -> Pairing | None:
    """The pair that this learner agreed to for the running week: agreeing shares the week's debriefs."""
    learner = members.member(books, learner_id)
    today = local_date(books.now, learner.zone)
    monday = today - timedelta(days=today.weekday())
    return queries.running_pairing_of(books, learner_id, monday=monday)


def _given(books: Books, note: Feedback, learner_id: int) -> Given:
    debrief = queries.by_id(books, note.debrief_id)
    if debrief is None:
        raise NotFound(_("That debrief is gone."))
    told = Told(
        id=note.id,
        coach=members.member(books, note.coach_id).name,
        call=calls.summary_of(books, learner_id, debrief.call_id),
        what_worked=note.what_worked,
        commitment=note.commitment,
        due_on=note.due_on,
        rating=note.rating,
        self_rating=note.self_rating,
    )
    return Given(told, members.member(books, learner_id))


LOOK_BACK = timedelta(weeks=8)
MOST_CALLS = 3
MOST_READ = 40
"""Debriefs that are looked through, latest first."""


def have_met(books: Books, pair: KeptPair) -> bool:
    """Whether the two have held a session before: there is no first half hour then."""
    return sessions.have_met(books, pair.coach.id, pair.learner.id, pair.week)


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
    authors = {person.id for person, _place, _team in people_queries.members_on(books, books.now.date())}
    about = [tag for tag in topics.METRICS_OF_TOPIC if pair.metric in topics.METRICS_OF_TOPIC[tag]]
    for tag in about:
        told = stories.tagged(books, authors - {pair.learner.id, pair.coach.id}, tag, most=1, wins_first=True)
        if told:
            return told[0].told
    return ""
