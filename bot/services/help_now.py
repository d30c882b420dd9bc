"""A rep on the phone asks for help: which teammate is asked, then which, and who takes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.domain import help as rules
from bot.domain import periods, topics
from bot.domain.help import Teammate
from bot.domain.hours import next_open
from bot.domain.wallclock import local_date
from bot.errors import BadInput, NotFound
from bot.language import gettext as _
from bot.services import calendars, floors, members, rankings, workspaces
from bot.services.members import Member
from bot.words import SELLING_ROLES
from storage.queries import coach_topics, pairings, people
from storage.queries import help as queries
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


def begin(session: Session, workspace_id: int, asker_id: int, topic: str, *, now: datetime) -> Going:
    """Ask from now on; who asks again while somebody is being asked already starts nothing anew."""
    running = queries.going_on(session, workspace_id, asker_id, since=now - rules.CALL_LASTS)
    if running is not None and running.topic == topic:
        return Going(running.id, topic, is_new=False)
    if running is not None:
        running.next_at = None
    row = HelpRequest(workspace_id=workspace_id, asker_id=asker_id, topic=topic, asked_at=now, next_at=now)
    session.add(row)
    session.flush()
    return Going(row.id, topic, is_new=True)


def due(session: Session, workspace_id: int, *, now: datetime) -> list[int]:
    return [row.id for row in queries.due(session, workspace_id, now=now)]


def in_turn(session: Session, workspace_id: int, request_id: int, *, now: datetime) -> list[Member]:
    """Whom to ask next, the strongest first; whether Slack keeps messages from them is still to be asked."""
    row = next((one for one in queries.due(session, workspace_id, now=now) if one.id == request_id), None)
    if row is None:
        return []
    asker = members.member(session, workspace_id, row.asker_id, now=now)
    ready = _ready(session, workspace_id, asker, row.topic, now)
    listed = rules.in_turn(_teammates(session, workspace_id, list(ready), row.topic, now))
    return [ready[one.id] for one in listed]


def step(
    session: Session, workspace_id: int, request_id: int, teammate_id: int | None, *, now: datetime
) -> Step | None:
    """Claim the request and go on to this teammate, or, with None, end it; None for nothing to say.

    A teammate whom another request has just reached is not asked: the next look finds the one after.
    """
    if teammate_id is not None:
        pairings.lock_people(session, workspace_id, [teammate_id])
    row = queries.claim_due(session, workspace_id, request_id, now=now)
    if row is None:
        return None
    if teammate_id is not None and teammate_id in queries.asked_since(
        session, workspace_id, now - rules.ONCE_IN
    ):
        return None
    before = len(queries.asks(session, workspace_id, request_id))
    row.next_at = now + rules.NEXT_AFTER if teammate_id is not None else None
    if teammate_id is not None:
        session.add(
            HelpAsk(workspace_id=workspace_id, request_id=row.id, person_id=teammate_id, asked_at=now)
        )
    session.flush()
    asker = members.member(session, workspace_id, row.asker_id, now=now)
    teammate = (
        members.member(session, workspace_id, teammate_id, now=now) if teammate_id is not None else None
    )
    return Step(row.id, row.topic, asker, teammate, before)


def asked(session: Session, workspace_id: int, request_id: int, person_id: int, message_id: int) -> None:
    """The teammate was asked by this message, which later says what came of it."""
    for one in queries.asks(session, workspace_id, request_id):
        if one.person_id == person_id:
            one.message_id = message_id


def take(session: Session, workspace_id: int, person_id: int, request_id: int, *, now: datetime) -> Taken:
    """The first who takes it helps. Raises NotFound for who was not asked, BadInput once the call must be over."""
    row = queries.claim(session, workspace_id, request_id)
    asks = {one.person_id: one.message_id for one in queries.asks(session, workspace_id, request_id)}
    if row is None or person_id not in asks:
        raise NotFound(_("That question is gone, or it was not for you."))
    if row.helper_id is None and now - row.asked_at > rules.CALL_LASTS:
        raise BadInput(_("That call must be over by now. Thank you all the same."))
    is_new = row.helper_id is None
    row.helper_id, row.next_at = row.helper_id or person_id, None
    session.flush()
    return Taken(
        topic=row.topic,
        asker=members.member(session, workspace_id, row.asker_id, now=now),
        helper=members.member(session, workspace_id, row.helper_id, now=now),
        is_new=is_new,
        own_message=asks[person_id],
        others={id: message for id, message in asks.items() if message is not None and id != row.helper_id},
    )


def _ready(
    session: Session, workspace_id: int, asker: Member, topic: str, now: datetime
) -> dict[int, Member]:
    """Willing teammates on this topic who are at work and were left in peace for an hour."""
    floor = floors.own(session, workspace_id, asker, now=now)
    there = people.members_on(session, workspace_id, local_date(now, floor.zone))
    left_alone = {
        asker.id,
        *queries.asked_since(session, workspace_id, now - rules.ONCE_IN),
        *queries.apart(session, workspace_id, asker.id),
    }
    named = _topics(session, workspace_id)
    asked = {
        person.id
        for person, _membership, team in there
        if floor.id in (None, team.id) and _is_willing(person, named, topic) and person.id not in left_alone
    }
    found = (members.member(session, workspace_id, id, now=now) for id in sorted(asked))
    return {one.id: one for one in found if _is_at_work(session, workspace_id, one, now)}


def _is_willing(person: Person, named: Mapping[int, set[str]], topic: str) -> bool:
    return bool(person.willing and person.slack_user_id) and topic in named.get(person.id, {topic})


def _is_at_work(session: Session, workspace_id: int, member: Member, now: datetime) -> bool:
    return next_open(calendars.hours_of(session, workspace_id, member, now=now), now) == now


def _topics(session: Session, workspace_id: int) -> dict[int, set[str]]:
    named: dict[int, set[str]] = {}
    for person_id, topic in coach_topics.of_all(session, workspace_id):
        named.setdefault(person_id, set()).add(topic)
    return named


def _teammates(
    session: Session, workspace_id: int, ids: list[int], topic: str, now: datetime
) -> list[Teammate]:
    told = queries.stories_told(session, workspace_id, ids, topic)
    named = _topics(session, workspace_id)
    strengths = _strengths(session, workspace_id, topic, now) if ids else {}
    return [
        Teammate(id, strengths.get(id, 0.0), told.get(id, 0), offers=topic in named.get(id, ())) for id in ids
    ]


def _strengths(session: Session, workspace_id: int, topic: str, now: datetime) -> dict[int, float]:
    """Each rep's best z over the last 13 weeks on the metrics that the topic shows in."""
    zone = ZoneInfo(workspaces.settings(session, workspace_id).time_zone)
    quarter, shown_in = periods.parse(periods.DEFAULT, now=now, zone=zone), topics.metrics_of([topic])
    best: dict[int, float] = {}
    for role in SELLING_ROLES:
        for rep, z in rankings.estimates(session, workspace_id, role, quarter, as_of=now).z_by_rep().items():
            best[rep] = max([best.get(rep, 0.0), *(z[metric] for metric in shown_in & z.keys())])
    return best
