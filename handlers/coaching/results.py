"""What came of pairs: `/coach results`, and what the learner says helped."""

from slack_bolt import App

from bot.blocks.ids import Action
from bot.coaching.services import renewal
from bot.coaching.services.results import pair_results
from bot.coaching.views.results import pair_results as views
from bot.core.coaching_enums import Helped
from bot.delivery.inbox import Inbox
from bot.people.services import members
from handlers.coaching.preferences import Request
from handlers.common import audit_views
from handlers.common.asker import scene
from handlers.common.heard import Click, clicked


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.PAIR_HELPED)(clicked(pick_what_helped))


def show(request: Request) -> None:
    """Of one's own pairs, and of all learners of the teams that one leads."""
    with request.reading() as books:
        here = scene(books, request.slack_user)
        own = pair_results.of_person(books, here.member.id)
        led = pair_results.of_teams(books, here.viewer.managed_team_ids, but=here.member.id)
        words = views.page(own, led, here.member.id, here.reads)
        seen = [here.person(person_id) for person_id in sorted({one.learner.id for one in led})]
    for learner in seen:
        audit_views.saw(request.db, here, learner, "result of a pair")
    request.ack(text=words.text, blocks=words.blocks)


def pick_what_helped(click: Click) -> None:
    helped = Helped(str(click.action["selected_option"]["value"]))
    with click.writing() as books:
        me = members.me(books, click.slack_user)
        renewal.say_what_helped(books, me.id, click.block_id, helped)
    click.ack()
    click.respond(text=views.noted(helped), response_type="ephemeral", replace_original=False)
