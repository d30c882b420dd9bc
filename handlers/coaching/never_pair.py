"""`/coach never @person`: a confidential list that only its owner sees and changes."""

from bot.coaching.services import never_pair
from bot.coaching.views import never_pair as views
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.people.domain import access
from bot.people.domain.access import Right, Subject
from bot.people.services import members, people
from handlers.coaching.preferences import Request
from storage.books import Books
from storage.database import Session


def never(request: Request) -> None:
    """`never` lists, `never @person` adds, `never off @person` takes back; answered to the asker alone."""
    if not request.words:
        _list(request)
    elif request.mentioned is None:
        raise BadInput(_("Please name the person with an @: `/coach never @name`."))
    elif request.words[0].lower() == "off":
        _take_back(request, request.mentioned)
    else:
        _add(request, request.mentioned)


def _list(request: Request) -> None:
    with request.reading() as books:
        me = members.me(books, request.slack_user)
        viewer = people.viewer(books, me.id)
        access.require(viewer, Right.SEE_EXCLUSIONS, Subject(person_id=me.id))
        names = never_pair.names(books, me.id)
    request.ack(text=views.listed(names))


def _add(request: Request, slack_user: str) -> None:
    with request.writing() as books:
        me = members.me(books, request.slack_user)
        other = _named(books.session, request, slack_user)
        never_pair.add(books, me.id, other.id)
    request.ack(text=views.added(other.name))


def _take_back(request: Request, slack_user: str) -> None:
    with request.writing() as books:
        me = members.me(books, request.slack_user)
        other = _named(books.session, request, slack_user)
        never_pair.take_back(books, me.id, other.id)
    request.ack(text=views.taken_back(other.name))


def _named(session: Session, request: Request, slack_user: str) -> members.Member:
    if not members.is_known(Books(session, request.workspace_id, request.now), slack_user):
        raise NotFound(_("That person is not on the roster, so you are not paired with them anyway."))
    return members.me(Books(session, request.workspace_id, request.now), slack_user)
