"""Who is on the roster and what changes there, by itself and by hand; `/scorecard away`, one's own days off; and
kinds of gathered message, turned off and on.
"""

from slack_bolt import App

from bot.blocks.ids import Action, Input, View
from bot.blocks.reader import reader
from bot.blocks.words import Words
from bot.core.enums import OutboxKind, Role, Unasked
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.delivery import outbox
from bot.delivery.inbox import Event, Inbox
from bot.delivery.outbox import Message
from bot.people.domain import access
from bot.people.domain import leave as rules
from bot.people.domain.access import Right, Subject
from bot.people.services import calendars, members, people, roster, teams, unasked
from bot.people.services.members import Member
from bot.people.services.roster import Left
from bot.people.views import roster as views
from bot.people.views import unasked as unasked_views
from bot.people.views.roster import Off
from bot.privacy.views import privacy as privacy_views
from bot.scorecards.domain.command import MENTION
from bot.setup.services import enrolment
from handlers.common import forms
from handlers.common.asker import Scene, scene
from handlers.common.heard import Click, Submission, clicked, submitted
from handlers.home import tab
from handlers.scorecards.scorecard import Request
from storage.books import Books


def register(app: App, inbox: Inbox) -> None:
    inbox.on("user_change", changed)
    app.view(View.ROSTER)(submitted(save))
    app.action(Action.LEAVE_BACK)(clicked(take_back))
    app.action(Action.HEAR_LESS)(clicked(turn))
    app.action(Action.HEAR_AGAIN)(clicked(turn))


def changed(books: Books, event: Event) -> None:
    """Somebody's zone, locale or name changed, or they left or joined Slack."""
    user = event.body["event"]["user"]
    left = roster.heard_of(books, user)
    if left is not None:
        _tell_admins(books, event, left)


def show(request: Request) -> None:
    """The team's list; of somebody mentioned, the form."""
    if request.asked.slack_user:
        _open_form(request, request.asked.slack_user)
        return
    with request.reading() as books:
        here = scene(books, request.slack_user)
        floor = (
            teams.named(books, request.asked.rest) if request.asked.rest else teams.led(books, here.member)
        )
        access.require(here.viewer, Right.MANAGE_ROSTER, floor.subject)
        mates = enrolment.teammates(books, floor.id, here.today)
    words = views.listed(floor.name, mates)
    request.ack(blocks=words.blocks, text=words.text)


def save(sent: Submission) -> None:
    wanted, team_id = forms.choice(sent.view, Input.ROLE), int(forms.choice(sent.view, Input.TEAM))
    role = None if wanted == views.GONE else Role(wanted)
    from_day = forms.day(sent.view, Input.FROM_DAY)
    if from_day is None:
        raise BadInput(_("Please pick a day."), field=Input.FROM_DAY)
    with sent.writing() as books:
        here = scene(books, sent.slack_user)
        person = here.person(sent.id)
        _require(here, person)
        team = _team_of_theirs(here, team_id)
        if role is None:
            enrolment.end(books, person.id, last_day=enrolment.day_before(from_day))
        else:
            enrolment.change(books, person.id, team_id=team_id, role=role, from_day=from_day)
        told = views.saved(person.name, team, role, from_day, here.reads)
    sent.ack(response_action="update", view=told)


def _open_form(request: Request, slack_user: str) -> None:
    with request.reading() as books:
        here = scene(books, request.slack_user)
        person = here.mentioned(slack_user)
        _require(here, person)
        place = people.place_on(books, person.id, here.today)
        places = _teams(here)
        held = place.team_id if place else places[0][0]
        view = views.form(person.id, person.name, places, held, place.role if place else Role.SDR, here.today)
    request.ack()
    request.client.views_open(trigger_id=request.body["trigger_id"], view=view)


def _require(here: Scene, person: Member) -> None:
    """Their manager or an admin, whatever team they are in today."""
    place = people.place_on(here.books, person.id, here.today)
    where = frozenset({place.team_id}) if place else frozenset()
    access.require(here.viewer, Right.MANAGE_ROSTER, Subject(team_ids=where))


def _teams(here: Scene) -> list[tuple[int, str]]:
    """Those that the asker may put somebody into."""
    found = [
        (floor.id, floor.name)
        for floor in teams.every(here.books)
        if floor.id is not None and access.may(here.viewer, Right.MANAGE_ROSTER, floor.subject)
    ]
    if not found:
        raise NotFound(_("There is no team yet. An admin makes one with `/scorecard setup`."))
    return found


def _team_of_theirs(here: Scene, team_id: int) -> str:
    """Its name; a team that is not offered is one that does not exist."""
    name = dict(_teams(here)).get(team_id)
    if name is None:
        raise BadInput(_("There is no such team."), field=Input.TEAM)
    return name


def _tell_admins(books: Books, event: Event, left: Left) -> None:
    for admin in teams.admins(books):
        reads = reader(admin.locale, admin.zone)
        words = privacy_views.left(left.name, left.erasure.begins_at, left.erasure.id, reads)
        message = Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=admin.id)
        outbox.put(books, message)


def away(request: Request) -> None:
    """Without days, what is ahead."""
    _verb, _blank, text = str(request.body.get("text") or "").strip().partition(" ")
    typed = MENTION.sub("", text).strip()
    with request.writing() as books:
        here = scene(books, request.slack_user)
        rep = here.mentioned(request.asked.slack_user or request.slack_user)
        here.require(Right.SET_LEAVE, rep)
        if typed:
            days = rules.parse(typed, today=here.today)
            calendars.add(books, rep.id, days)
        words = _listed(here, rep)
    request.ack(blocks=words.blocks, text=words.text)


def take_back(click: Click) -> None:
    with click.writing() as books:
        here = scene(books, click.slack_user)
        found = calendars.find(books, click.id)
        rep = here.person(found.person_id)
        here.require(Right.SET_LEAVE, rep)
        calendars.take_back(books, found.id, today=here.today)
        words = _listed(here, rep)
    click.ack()
    click.respond(blocks=words.blocks, text=words.text, response_type="ephemeral", replace_original=True)


def _listed(here: Scene, rep: Member) -> Words:
    ahead = calendars.ahead(here.books, rep.id, here.today)
    offs = [Off(one.id, one.days) for one in ahead]
    return views.away(rep.name, offs, here.reads, own=rep.id == here.member.id)


def turn(click: Click) -> None:
    kind, on = Unasked(click.value), click.action["action_id"] == Action.HEAR_AGAIN
    with click.writing() as books:
        unasked.turn(books, members.me(books, click.slack_user).id, kind, on=on)
    click.ack()
    if click.is_in_view:
        tab.show(click)
        return
    words = unasked_views.turned(kind, on=on)
    click.respond(text=words.text, blocks=words.blocks, response_type="ephemeral", replace_original=False)
