"""A rep on the phone asks for help: which teammate is asked, then which, and who takes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.calendar import periods
from bot.calendar.wallclock import local_date
from bot.coaching.domain import topics
from bot.coaching.domain.topics import Helper
from bot.core.enums import SELLING_ROLES
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.people.services import calendars, members, teams
from bot.people.services import workspace as workspaces
from bot.people.services.members import Member
from bot.scorecards.services import estimates as role_estimates
from storage.books import Books
from storage.queries.coaching import coaches
from storage.queries.coaching import help_now as queries
from storage.queries.coaching import pairing as pairings
from storage.queries.people import people
from storage.tables import HelpAsk, HelpRequest, Person


@dataclass(frozen=True, slots=True)
class Going:
    """A request that goes on; `is_new`: it began with this very word."""

    request_id: int
    topic: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What to say now: ask `teammate`, or, without one, tell the asker that nobody is left; `asked` were before."""

    request_id: int
    topic: str
    asker: Member
    teammate: Member | None
    asked: int


@dataclass(frozen=True, slots=True)
class Taken:
    """`is_new`: by this very click. `own_message` asked the helper, `others` those beside them, by person."""

    topic: str
    asker: Member
    helper: Member
    is_new: bool
    own_message: int | None
    others: Mapping[int, int]


def begin(books: Books, asker_id: int, topic: str) -> Going:
    """Ask from now on; who asks again while somebody is being asked already starts nothing anew."""
    running = queries.going_on(books, asker_id, since=books.now - topics.CALL_LASTS)
    if running is not None and running.topic == topic:
        return Going(running.id, topic, is_new=False)
    if running is not None:
        running.next_at = None
    row = HelpRequest(
        workspace_id=books.workspace_id, asker_id=asker_id, topic=topic, asked_at=books.now, next_at=books.now
    )
    books.session.add(row)
    books.session.flush()
    return Going(row.id, topic, is_new=True)


def requests_due(books: Books) -> list[int]:
    return [row.id for row in queries.due(books)]


def in_turn(books: Books, request_id: int) -> list[Member]:
    """Whom to ask next, the strongest first; whether Slack keeps messages from them is still to be asked."""
    row = next((one for one in queries.due(books) if one.id == request_id), None)
    if row is None:
        return []
    asker = members.member(books, row.asker_id)
    ready = _ready(books, asker, row.topic)
    listed = topics.in_turn(_teammates(books, list(ready), row.topic))
    return [ready[one.id] for one in listed]


def step_request(books: Books, request_id: int, teammate_id: int | None) -> Step | None:
    """Claim the request and go on to this teammate, or, with None, end it; None for nothing to say.

    A teammate whom another request has just reached is not asked: the next look finds the one after.
    """
    if teammate_id is not None:
        pairings.lock_people(books, [teammate_id])
    row = queries.claim_due(books, request_id)
    if row is None:
        return None
    if teammate_id is not None and teammate_id in queries.asked_since(books, books.now - topics.ONCE_IN):
        return None
    before = len(queries.asks(books, request_id))
    row.next_at = books.now + topics.NEXT_AFTER if teammate_id is not None else None
    if teammate_id is not None:
        books.session.add(
            HelpAsk(
                workspace_id=books.workspace_id, request_id=row.id, person_id=teammate_id, asked_at=books.now
            )
        )
    books.session.flush()
    asker = members.member(books, row.asker_id)
    teammate = members.member(books, teammate_id) if teammate_id is not None else None
    return Step(row.id, row.topic, asker, teammate, before)


def note_asked(books: Books, request_id: int, person_id: int, message_id: int) -> None:
    """The teammate was asked by this message, which later says what came of it."""
    for one in queries.asks(books, request_id):
        if one.person_id == person_id:
            one.message_id = message_id


def take(books: Books, person_id: int, request_id: int) -> Taken:
    """The first who takes it helps. Raises NotFound for who was not asked, BadInput once the call must be over."""
    row = queries.claim(books, request_id)
    asks = {one.person_id: one.message_id for one in queries.asks(books, request_id)}
    if row is None or person_id not in asks:
        raise NotFound(_("That question is gone, or it was not for you."))
    if row.helper_id is None and books.now - row.asked_at > topics.CALL_LASTS:
        raise BadInput(_("That call must be over by now. Thank you all the same."))
    is_new = row.helper_id is None
    row.helper_id, row.next_at = row.helper_id or person_id, None
    books.session.flush()
    return Taken(
        topic=row.topic,
        asker=members.member(books, row.asker_id),
        helper=members.member(books, row.helper_id),
        is_new=is_new,
        own_message=asks[person_id],
        others={id: message for id, message in asks.items() if message is not None and id != row.helper_id},
    )


def _ready(books: Books, asker: Member, topic: str) -> dict[int, Member]:
    """Willing teammates on this topic who are at work and were left in peace for an hour."""
    floor = teams.own(books, asker)
    there = people.members_on(books, local_date(books.now, floor.zone))
    left_alone = {
        asker.id,
        *queries.asked_since(books, books.now - topics.ONCE_IN),
        *queries.apart(books, asker.id),
    }
    named = _topics(books)
    asked = {
        person.id
        for person, _membership, team in there
        if floor.id in (None, team.id) and _is_willing(person, named, topic) and person.id not in left_alone
    }
    found = (members.member(books, id) for id in sorted(asked))
    return {one.id: one for one in found if calendars.is_at_work(books, one)}


def _is_willing(person: Person, named: Mapping[int, set[str]], topic: str) -> bool:
    return bool(person.willing and person.slack_user_id) and topic in named.get(person.id, {topic})


def _topics(books: Books) -> dict[int, set[str]]:
    named: dict[int, set[str]] = {}
    for person_id, topic in coaches.topics_of_all(books):
        named.setdefault(person_id, set()).add(topic)
    return named


def _teammates(books: Books, ids: list[int], topic: str) -> list[Helper]:
    told = queries.stories_told(books, ids, topic)
    named = _topics(books)
    strengths = _strengths(books, topic) if ids else {}
    return [
        Helper(id, strengths.get(id, 0.0), told.get(id, 0), offers=topic in named.get(id, ())) for id in ids
    ]


def _strengths(books: Books, topic: str) -> dict[int, float]:
    """Each rep's best z over the last 13 weeks on the metrics that the topic shows in."""
    zone = ZoneInfo(workspaces.settings(books).time_zone)
    quarter, shown_in = periods.parse(periods.DEFAULT, now=books.now, zone=zone), topics.metrics_of([topic])
    best: dict[int, float] = {}
    for role in SELLING_ROLES:
        for rep, z in role_estimates.of_role(books, role, quarter, as_of=books.now).z_by_rep().items():
            best[rep] = max([best.get(rep, 0.0), *(z[metric] for metric in shown_in & z.keys())])
    return best
