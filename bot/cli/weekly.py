"""Commands about a team's week: its pairs and its digest."""

from datetime import date, timedelta
from typing import Annotated

import typer

from bot.blocks.plain import plain
from bot.blocks.reader import reader
from bot.calendar import periods
from bot.cli.cli_context import AsJson, AsOf, ViewedBy, opened, show_json
from bot.cli.confirm import Asked, OfWeek, asked
from bot.coaching.services import pairing as pairings
from bot.coaching.views.pairing import waits
from bot.coaching.views.reasons import english
from bot.core.errors import BadInput
from bot.digest import jobs
from bot.digest.domain.digest import Digest
from bot.digest.domain.plan import last_finished_week
from bot.digest.services import compose as digests
from bot.digest.views import as_json as digest_answers
from bot.digest.views import channel as digest_views
from bot.digest.views import preview as digest_preview
from bot.people.domain import access
from bot.people.domain.access import Right
from bot.people.services.teams import Floor


def register(app: typer.Typer) -> None:
    app.command()(pair)
    app.command()(digest)


def pair(
    team: Annotated[str, typer.Option("--team", help="Its name.")],
    week: OfWeek = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    viewer: ViewedBy = None,
) -> None:
    """The pairs of the week they meet in (the next one unless named) and why; nothing is written or posted."""
    with opened() as desk, desk.db.reading(desk.workspace_id, desk.now) as books:
        question = asked(books.session, desk, as_of, viewer)
        floor = question.floor(team)
        access.require(question.viewer, Right.MANAGE_PAIRS, floor.subject)
        monday = _monday(week, floor) if week else _this_monday(question, floor) + timedelta(weeks=1)
        plan = pairings.propose(books, _team_id(floor), monday, as_of=question.as_of)
    if as_json:
        show_json(digest_answers.pair(plan))
        return
    reads = question.reads(floor)
    for one in plan.pairs:
        typer.echo(english(one))
    for waiting in plan.unpaired:
        typer.echo(f"{waiting.learner.name}: {waits(waiting, reads)}")


def digest(
    team: Annotated[str, typer.Option("--team", help="Its name.")],
    week: OfWeek = None,
    post: Annotated[bool, typer.Option("--post", help="Give it to the running bot to post, once.")] = False,
    as_json: AsJson = False,
    as_of: AsOf = None,
    viewer: ViewedBy = None,
) -> None:
    """The digest on the week it reports (the last finished one unless named), as it would be posted."""
    with opened() as desk, desk.db.reading(desk.workspace_id, desk.now) as books:
        question = asked(books.session, desk, as_of, viewer)
        floor = question.floor(team)
        access.require(question.viewer, Right.POST_DIGEST, floor.subject)
        monday = _monday(week, floor) if week else last_finished_week(question.as_of, floor.zone)
        composed = digests.compose(books, _team_id(floor), monday, as_of=question.as_of)
        if as_json or post:
            composed = digests.with_forecast(books, composed, as_of=question.as_of)
    reads = reader(composed.team.locale, composed.week.zone)
    if as_json:
        show_json(digest_answers.digest(composed, reads))
    elif composed.skip:
        typer.echo(plain(digest_preview.nothing()))
    else:
        typer.echo(plain(digest_views.channel(composed, reads).blocks))
    if post:
        _post(composed)


def _post(composed: Digest) -> None:
    """Into the outbox, from where the running bot sends it; raises BadInput where it was told already."""
    if not composed.team.channel:
        raise BadInput(
            f"{composed.team.name} has no channel to post to; import it with --kind teams, or /scorecard digest."
        )
    with opened() as desk, desk.db.writing(composed.workspace_id, desk.now) as books:
        if not jobs.post(books, composed, by_hand=True):
            raise BadInput(
                f"The digest of {composed.week.label} was told already, or there was nothing to tell."
            )


def _monday(week: str, floor: Floor) -> date:
    return periods.week(week, floor.zone).dates()[0]


def _this_monday(question: Asked, floor: Floor) -> date:
    today = question.as_of.astimezone(floor.zone).date()
    return today - timedelta(days=today.weekday())


def _team_id(floor: Floor) -> int:
    if floor.id is None:
        raise ValueError("a team was asked for")
    return floor.id
