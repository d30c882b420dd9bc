"""`/coach never @person`: a confidential list that only its owner sees and changes."""

from slack_bolt import App

from bot.errors import BadInput, NotFound
from bot.inbox import Inbox
from bot.language import gettext as _
from bot.services import exclusions, members
from bot.views import never as views
from handlers import coach
from handlers.coach import Request
from storage.database import Session


def register(_app: App, _inbox: Inbox) -> None:
    coach.VERBS["never"] = never


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
    with request.db.read() as session:
        me = members.me(session, request.workspace_id, request.slack_user, now=request.now)
        names = exclusions.names(session, request.workspace_id, me.id)
    request.ack(text=views.listed(names))


def _add(request: Request, slack_user: str) -> None:
    with request.db.begin() as session:
        me = members.me(session, request.workspace_id, request.slack_user, now=request.now)
        other = _named(session, request, slack_user)
        exclusions.add(session, request.workspace_id, me.id, other.id, now=request.now)
    request.ack(text=views.added(other.name))


def _take_back(request: Request, slack_user: str) -> None:
    with request.db.begin() as session:
        me = members.me(session, request.workspace_id, request.slack_user, now=request.now)
        other = _named(session, request, slack_user)
        exclusions.take_back(session, request.workspace_id, me.id, other.id)
    request.ack(text=views.taken_back(other.name))


def _named(session: Session, request: Request, slack_user: str) -> members.Member:
    if not members.is_known(session, request.workspace_id, slack_user):
        raise NotFound(_("That person is not on the roster, so you are not paired with them anyway."))
    return members.me(session, request.workspace_id, slack_user, now=request.now)
