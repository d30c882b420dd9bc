"""What managers read of coaching: `/scorecard coaching`, `/scorecard effect`, and `/scorecard ninety` for new ones."""

from bot.coaching.services import coaching_debt, new_roles, pairing_inputs
from bot.coaching.services import effect as effects
from bot.coaching.views import coaching_page as views
from bot.coaching.views import effect as effect_views
from bot.coaching.views import new_roles as new_roles_views
from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.people.domain import access
from bot.people.domain.access import WORKSPACE, Right
from bot.people.services import teams
from bot.people.services.teams import Floor
from bot.scorecards.views import charts as pictures
from bot.scorecards.views.charts import Picture
from handlers.common import asker
from handlers.common.asker import Scene, scene
from handlers.common.respond_later import answering
from handlers.scorecards.scorecard import Request


def show(request: Request) -> None:
    """Of the team that one leads, or names; an admin of no team sees all.

    A number sets the limit in days, `gap 0.5` how large a gap is worth a coach.
    """
    word, _blank, rest = request.asked.rest.partition(" ")
    if word == "gap":
        _set_least_gap(request, rest.strip())
        return
    if request.asked.rest.isdecimal():
        _set_limit(request, int(request.asked.rest))
        return
    with request.reading() as books:
        here = scene(books, request.slack_user)
        floor = _floor(here, request.asked.rest, Right.SEE_TEAM)
        reps = pairing_inputs.reps_of(books, floor.id, here.today)
        has_begun = coaching_debt.has_begun(books, here.today)
        words = views.page(
            floor.name,
            coaching_debt.owed(books, reps, here.today) if has_begun else None,
            coaching_debt.limit(books),
            coaching_debt.of_teams(books, None if floor.id is None else {floor.id}, today=here.today),
            here.reads,
        )
    asker.saw_team(request.db, here, floor, "coaching")
    request.ack(text=words.text, blocks=words.blocks)


def show_effect(request: Request) -> None:
    """In words, and as a picture by direct message where there is anything to draw; it takes a while."""
    with request.reading() as books:
        here = scene(books, request.slack_user)
        floor = _floor(here, request.asked.rest, Right.SEE_EFFECT)
    request.ack()
    with request.reading() as books:
        learners = pairing_inputs.reps_of(books, floor.id, request.now.date())
        told = effects.effects_of_coaching(books, as_of=request.now, learners=learners)
        currency, has_rate = effects.currency(books), effects.has_rate(books)
    reports = [(one.role, one.effect) for one in told]
    picture = effect_views.picture(reports, floor.name, here.reads)
    if picture:
        _send(request, here, picture)
    asker.saw_team(request.db, here, floor, "effect")
    lines = effect_views.report(reports, currency, here.reads, has_rate=has_rate)
    text = "\n".join([*lines, *([pictures.on_its_way()] if picture else [])])
    answering(request.body, request.client)(text=text, response_type="ephemeral")


def _send(request: Request, here: Scene, picture: Picture) -> None:
    message = Message(
        OutboxKind.NOTICE, picture.text, picture.blocks, person_id=here.member.id, chart=picture.chart
    )
    with request.writing() as books:
        outbox.put(books, message)


def _set_limit(request: Request, days: int) -> None:
    with request.writing() as books:
        here = scene(books, request.slack_user)
        access.require(here.viewer, Right.CONFIGURE, WORKSPACE)
        coaching_debt.set_limit(books, days)
    request.ack(text=views.limit_set(days))


def _set_least_gap(request: Request, text: str) -> None:
    with request.writing() as books:
        here = scene(books, request.slack_user)
        access.require(here.viewer, Right.CONFIGURE, WORKSPACE)
        gap = coaching_debt.set_least_gap(books, text)
    request.ack(text=views.least_gap_set(gap, here.reads))


def _floor(here: Scene, asked: str, action: Right) -> Floor:
    """Raises NotAllowed unless the asker may see it."""
    if asked:
        floor = teams.named(here.books, asked)
    else:
        floor = teams.led(here.books, here.member)
        if not here.viewer.managed_team_ids and here.viewer.is_admin:
            floor = teams.everywhere(here.books)
    access.require(here.viewer, action, floor.subject)
    return floor


def show_ninety_days(request: Request) -> None:
    """Of the team that one leads, or names."""
    with request.reading() as books:
        here = scene(books, request.slack_user)
        name = request.asked.rest
        floor = teams.named(books, name) if name else teams.led(books, here.member)
        access.require(here.viewer, Right.SEE_TEAM, floor.subject)
        words = new_roles_views.ninety_days(new_roles.page(books, here.member, floor), here.reads)
    asker.saw_team(request.db, here, floor, "ninety days")
    request.ack(text=words.text, blocks=words.blocks)
