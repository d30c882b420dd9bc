"""`cornerman effect`: did the coaching work."""

from typing import Annotated

import typer

from bot.cli.cli_context import AsJson, AsOf, ViewedBy, opened, show_json
from bot.cli.confirm import OfTeam, asked
from bot.coaching.services import effect as effects
from bot.coaching.views import effect as effect_views
from bot.core.enums import Metric
from bot.people.domain import access
from bot.people.domain.access import Right
from bot.people.services import people


def register(app: typer.Typer) -> None:
    app.command()(effect)


def effect(
    team: OfTeam = None,
    metric: Annotated[
        Metric | None, typer.Option("--metric", help="A metric's key, such as win_rate.")
    ] = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    viewer: ViewedBy = None,
) -> None:
    """Did the coaching work, per metric, with its 95% interval."""
    with opened() as desk, desk.db.reading(desk.workspace_id, desk.now) as books:
        question = asked(books.session, desk, as_of, viewer)
        floor = question.floor(team)
        access.require(question.viewer, Right.SEE_EFFECT, floor.subject)
        members = people.roster(books, question.as_of.astimezone(floor.zone).date())
        learners = [someone.id for someone, place in members if floor.id in (None, place.team_id)]
        told = effects.effects_of_coaching(books, as_of=question.as_of, learners=learners)
        found = [(one.role, one.effect) for one in told if metric in (None, one.effect.metric)]
        currency, has_rate = effects.currency(books), effects.has_rate(books)
    if as_json:
        show_json(effect_views.answers([one for _role, one in found]))
    else:
        lines = effect_views.report(found, currency, question.reads(floor), has_rate=has_rate)
        typer.echo("\n".join(line.replace("*", "") for line in lines))
