"""What a person decides about coaching for themselves, their confidential list of those never to be paired with
too; and who is asked to coach: the best by the ranking's certainty, and whom a manager proposes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from bot.calendar.wallclock import local_date
from bot.coaching.domain import topics
from bot.coaching.domain.plans import Choices
from bot.core.enums import Metric
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.people.services import members, teams
from bot.people.services.members import Member
from bot.people.services.teams import Floor
from bot.scorecards.domain.league import OwnLine
from bot.scorecards.domain.naming import FEWEST_RANKED
from storage.books import Books, insert_once
from storage.queries.coaching import coaches, pair_wishes
from storage.queries.people import members as queries
from storage.tables import CoachInvitation, PairWish, WishKind

CAPACITIES = range(1, 11)
"""Learners a week that a coach can offer to take."""


def offers(books: Books) -> dict[int, frozenset[Metric]]:
    """What those coaches help with who have named topics."""
    named: dict[int, list[str]] = defaultdict(list)
    for person, topic in coaches.topics_of_all(books):
        named[person].append(topic)
    return {person: topics.metrics_of(told) for person, told in named.items()}


def choices(books: Books, person_id: int) -> Choices:
    person = members.person(books, person_id)
    return Choices(
        person.willing and bool(members.held_on(books, person_id, books.now.date())),
        person.coach_capacity,
        person.wants_coaching,
        person.named_publicly,
        tuple(coaches.topics_of(books, person_id)),
    )


def offer(
    books: Books, person_id: int, *, capacity: int | None, topics: Collection[str] | None = None
) -> None:
    """Coach others from the next pairs on; what is None stays as it was, and one learner at least is taken.

    Topics that are given replace those before; without any, a coach helps with whatever they are strong in.
    """
    if capacity is not None and capacity not in CAPACITIES:
        raise BadInput(_("Please say how many learners a week, from 1 to 10: `/coach on 2`."))
    person = members.person(books, person_id)
    person.willing, person.coach_capacity = True, capacity or max(person.coach_capacity, 1)
    if topics is not None:
        coaches.replace_topics(books, person_id, topics)


def who_offers(books: Books, topic: str, floor: Floor, *, in_public: bool = False) -> list[str]:
    """Names of the floor's willing coaches who offer the topic; `in_public`, of those who let themselves be named."""
    offering = {person_id for person_id, offered in coaches.topics_of_all(books) if offered == topic}
    held = teams.roster_on(books, local_date(books.now, floor.zone))
    names = {
        person.id: person.name
        for person, _membership, team in held
        if person.willing
        and person.id in offering
        and (person.named_publicly or not in_public)
        and floor.id in (None, team.id)
    }
    return sorted(names.values())


def withdraw(books: Books, person_id: int) -> None:
    """Coach nobody from the next pairs on; what was agreed for this week stands."""
    members.person(books, person_id).willing = False


def learn(books: Books, person_id: int, *, wants: bool) -> None:
    members.person(books, person_id).wants_coaching = wants


def be_named(books: Books, person_id: int, *, named: bool) -> None:
    members.person(books, person_id).named_publicly = named


def add(books: Books, person_id: int, other_id: int) -> None:
    """From the next pairs on the two are not paired, whoever would coach; saying it twice is saying it once."""
    if person_id == other_id:
        raise BadInput(_("You are never paired with yourself."))
    insert_once(
        books.session,
        PairWish(
            workspace_id=books.workspace_id,
            kind=WishKind.EXCLUSION,
            coach_id=person_id,
            learner_id=other_id,
            said_by_id=person_id,
            said_at=books.now,
        ),
    )


def take_back(books: Books, person_id: int, other_id: int) -> None:
    """Raises NotFound where the person never said so; what the other said stays, and stays unknown."""
    said = pair_wishes.exclusions_of(books, person_id)
    found = [wish for wish in said if wish.learner_id == other_id]
    if not found:
        raise NotFound(_("That person is not on your list. `/coach never` shows it."))
    for wish in found:
        books.session.delete(wish)


def names(books: Books, person_id: int) -> list[str]:
    """Whom the person is never paired with, by their own word."""
    others = [wish.learner_id for wish in pair_wishes.exclusions_of(books, person_id)]
    return sorted(person.name for person in queries.by_ids(books, others))


LIKELY_TOP = 0.5
"""The certainty of being top from which somebody is asked: a question in private, so less than a name needs."""


@dataclass(frozen=True, slots=True)
class Invited:
    """`line` is the standing for which the person was chosen; None for one whom a manager proposed."""

    id: int
    person: Member
    line: OwnLine | None


def invite_the_best(books: Books, lines: Iterable[OwnLine]) -> list[Invited]:
    """Those of a digest who are top by at least half of the draws, do not coach, and were not asked this quarter."""
    found = []
    for line in lines:
        if line.place is None or line.place.of < FEWEST_RANKED or line.place.probability_top < LIKELY_TOP:
            continue
        person = members.member(books, line.person.id)
        if person.willing or person.slack_user_id is None:
            continue
        row = _ask(books, person)
        if row is not None:
            found.append(Invited(row.id, person, line))
    return found


def propose_coach(books: Books, person: Member) -> Invited:
    """A manager has the idea; raises BadInput where the person coaches, or was asked this quarter."""
    if person.willing:
        raise BadInput(_("{name} coaches already.").format(name=person.name))
    if person.slack_user_id is None:
        raise BadInput(_("{name} is not in Slack yet, so I cannot ask.").format(name=person.name))
    row = _ask(books, person)
    if row is None:
        raise BadInput(
            _("{name} was asked this quarter already. The answer is theirs to give, once a quarter.").format(
                name=person.name
            )
        )
    return Invited(row.id, person, None)


def answer_invitation(books: Books, person_id: int, invitation_id: int, *, yes: bool) -> None:
    """A yes offers one place a week, which `/coach on` changes. Raises NotFound for somebody else's."""
    row = coaches.claim_invitation(books, invitation_id)
    if row is None or row.person_id != person_id:
        raise NotFound(_("That invitation is gone, or it is not yours."))
    row.accepted = yes
    if yes:
        offer(books, person_id, capacity=1)


def quarter_of(day: date) -> date:
    """The first day of the calendar quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _ask(books: Books, person: Member) -> CoachInvitation | None:
    """None where the person was asked this quarter."""
    quarter = quarter_of(local_date(books.now, person.zone))
    row = CoachInvitation(
        workspace_id=books.workspace_id,
        person_id=person.id,
        quarter=quarter,
    )
    if not insert_once(books.session, row):
        return None
    return coaches.invited_in_quarter(books, person.id, quarter)
