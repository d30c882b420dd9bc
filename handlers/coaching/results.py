"""What came of coaching: `/coach record` of a coach's sessions, `/coach results` of pairs, and what learners say
helped.
"""

from slack_bolt import App

from bot.blocks.ids import Action
from bot.coaching.services import coach_record, pair_results, renewal
from bot.coaching.views import coach_record as coach_record_views
from bot.coaching.views import pair_results as views
from bot.core.coaching_enums import Helped
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.delivery.inbox import Inbox
from bot.people.domain.access import Right
from bot.people.services import members
from handlers.coaching.preferences import Request
from handlers.common import asker
from handlers.common.asker import scene
from handlers.common.heard import Click, clicked


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.PAIR_HELPED)(clicked(pick_what_helped))


def show_results(request: Request) -> None:
    """Of one's own pairs, and of all learners of the teams that one leads."""
    with request.reading() as books:
        here = scene(books, request.slack_user)
        own = pair_results.of_person(books, here.member.id)
        led = pair_results.of_teams(books, here.viewer.managed_team_ids, but=here.member.id)
        words = views.page(own, led, here.member.id, here.reads)
        seen = [here.person(person_id) for person_id in sorted({one.learner.id for one in led})]
    for learner in seen:
        asker.saw(request.db, here, learner, "result of a pair")
    request.ack(text=words.text, blocks=words.blocks)


def pick_what_helped(click: Click) -> None:
    helped = Helped(str(click.action["selected_option"]["value"]))
    with click.writing() as books:
        me = members.me(books, click.slack_user)
        renewal.say_what_helped(books, me.id, click.block_id, helped)
    click.ack()
    click.respond(text=views.noted(helped), response_type="ephemeral", replace_original=False)


def show_record(request: Request) -> None:
    """One's own, or that of a coach one leads: `record @name`."""
    if request.words and request.mentioned is None:
        raise BadInput(_("Please name the coach with an @: `/coach record @name`."))
    with request.reading() as books:
        here = scene(books, request.slack_user)
        person = here.mentioned(request.mentioned or request.slack_user)
        here.require(Right.SEE_RECORD, person)
        record = coach_record.record_of_coach(books, person.id, as_of=request.now)
    asker.saw(request.db, here, person, "coach record")
    own = person.id == here.member.id
    request.ack(text=coach_record_views.record_told(record, None if own else person.name, here.reads))
