"""What debriefs offer to work on: a team's own list, else every team's, else the program's."""

from collections.abc import Mapping

from bot.core.errors import NotFound
from bot.core.i18n import gettext as _
from bot.debriefs.domain import own_topics as rules
from bot.debriefs.domain.debrief import TAGS
from bot.debriefs.domain.own_topics import Change, TopicList
from bot.people.domain import access
from bot.people.domain.access import Right, Subject, Viewer
from bot.people.services import members, teams
from bot.people.services.members import Member
from storage.books import Books
from storage.queries.people import people
from storage.tables import Team, Workspace


def offered(books: Books, rep: Member) -> Mapping[str, str]:
    """By tag the label, as the rep's team has them."""
    return rules.menu(of_team(books, teams.own(books, rep).id).labels)


def of_team(books: Books, team_id: int | None) -> TopicList:
    """Raises NotFound."""
    everybodys = _labels(books.session.get_one(Workspace, books.workspace_id).topics)
    if team_id is None:
        return TopicList(
            None, _("Every team"), everybodys or tuple(map(_, TAGS.values())), is_own=bool(everybodys)
        )
    team = _team(books, team_id)
    own = _labels(team.topics)
    return TopicList(team_id, team.name, own or of_team(books, None).labels, is_own=bool(own))


def changeable(books: Books, viewer: Viewer) -> list[TopicList]:
    """The lists that somebody may change: every team's first. Raises NotAllowed for who may change none."""
    access.require(viewer, Right.SET_TOPICS, Subject(team_ids=viewer.managed_team_ids))
    ids = [None, *(team.id for team in teams.every(books))]
    return [of_team(books, id) for id in ids if access.may(viewer, Right.SET_TOPICS, _whose(id))]


def change(books: Books, viewer: Viewer, team_id: int | None, text: str) -> Change:
    """From now on; blank gives the list back. What was picked before stays. Raises BadInput, NotAllowed, NotFound."""
    access.require(viewer, Right.SET_TOPICS, _whose(team_id))
    before = of_team(books, team_id).labels
    row = books.session.get_one(Workspace, books.workspace_id) if team_id is None else _team(books, team_id)
    row.topics = "\n".join(rules.read(text))
    books.session.flush()
    return rules.change(before, of_team(books, team_id).labels)


def concerned(books: Books, team_id: int | None) -> list[Member]:
    """Who sells in the team, and who leads it; of every team's list, in the teams without one of their own."""
    held = teams.roster_on(books, books.now.date())
    ids = {
        person.id
        for person, _place, team in held
        if person.slack_user_id and (team.id == team_id or (team_id is None and not team.topics))
    }
    return [members.member(books, id) for id in sorted(ids)]


def _labels(text: str) -> tuple[str, ...]:
    return tuple(text.splitlines())


def _team(books: Books, team_id: int) -> Team:
    team = next((one for one in people.teams(books) if one.id == team_id), None)
    if team is None:
        raise NotFound(_("That team is gone."))
    return team


def _whose(team_id: int | None) -> Subject:
    return Subject(team_ids=frozenset(() if team_id is None else {team_id}))
