"""Commands about a team's week: its pairs and its digest."""

from datetime import date, timedelta
from typing import Annotated

import typer

from bot import announcements
from bot.cli.asking import Asked, OfWeek, asked
from bot.cli.desk import AsJson, AsOf, ViewedBy, opened, show_json
from bot.domain import access, periods
from bot.domain.access import Action
from bot.domain.digest import Digest
from bot.errors import BadInput
from bot.services import digests, pairings
from bot.services.floors import Floor
from bot.views import digest as digest_views
from bot.views import digest_answers, digest_preview
from bot.views.pairing import english, waits
from bot.views.plain import plain
from bot.views.reader import reader


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
    with opened() as desk, desk.db.read() as session:
        question = asked(session, desk, as_of, viewer)
        floor = question.floor(team)
        access.require(question.viewer, Action.MANAGE_PAIRS, floor.subject)
        monday = _monday(week, floor) if week else _this_monday(question, floor) + timedelta(weeks=1)
        plan = pairings.propose(session, desk.workspace_id, _team_id(floor), monday, as_of=question.as_of)
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
    with opened() as desk, desk.db.read() as session:
        question = asked(session, desk, as_of, viewer)
        floor = question.floor(team)
        access.require(question.viewer, Action.POST_DIGEST, floor.subject)
        monday = _monday(week, floor) if week else digests.last_finished_week(question.as_of, floor.zone)
        composed = digests.compose(
            session, desk.workspace_id, _team_id(floor), monday, as_of=question.as_of, now=desk.now
        )
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
    with opened() as desk, desk.db.begin() as session:
        if not announcements.post(session, composed, now=desk.now, by_hand=True):
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
