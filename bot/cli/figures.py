"""Commands that only read figures: scorecard, ranking; each as of any moment, as anybody who may."""

from typing import Annotated

import typer

from bot.blocks import kit
from bot.blocks.plain import plain
from bot.calendar import periods
from bot.cli.cli_context import AsJson, AsOf, Desk, ViewedBy, opened, show_json
from bot.cli.confirm import OfPeriod, OfTeam, asked
from bot.core.enums import SELLING_ROLES, AuditAct, Role
from bot.people.domain import access
from bot.people.domain.access import Right, Subject, Viewer
from bot.people.services import audit_log, members, people, teams
from bot.scorecards.services import outlook, rankings
from bot.scorecards.services import scorecard as scorecards
from bot.scorecards.views import as_json as answers
from bot.scorecards.views import ranking as ranking_views
from bot.scorecards.views import scorecard as scorecard_views


def register(app: typer.Typer) -> None:
    app.command()(scorecard)
    app.command()(ranking)


def scorecard(
    rep: Annotated[str, typer.Option("--rep", help="Email, Slack user id or exact name.")],
    period: OfPeriod = periods.DEFAULT,
    forecast: Annotated[
        bool, typer.Option("--forecast", help="Also what the period that runs may still bring.")
    ] = False,
    as_json: AsJson = False,
    as_of: AsOf = None,
    viewer: ViewedBy = None,
) -> None:
    """One rep's numbers."""
    with opened() as desk, desk.db.reading(desk.workspace_id, desk.now) as books:
        question = asked(books.session, desk, as_of, viewer)
        someone = people.find(books, rep)
        member = members.member(books.at(question.as_of), someone.id)
        floor = teams.own(books.at(question.as_of), member)
        subject = Subject(person_id=someone.id, team_ids=floor.subject.team_ids)
        access.require(question.viewer, Right.SEE_SCORECARD, subject)
        asked_for = question.period(period, floor)
        card = scorecards.scorecard_of(books, someone.id, asked_for, as_of=question.as_of)
        found = (
            outlook.of_rep(books, someone.id, floor, asked_for, as_of=question.as_of) if forecast else None
        )
        _saw(desk, question.viewer, "card", whom_id=someone.id)
    if as_json:
        told = {"forecast": answers.forecast(found)} if forecast else {}
        show_json(answers.scorecard(card) | told)
    else:
        words = scorecard_views.card(
            card, question.reads(floor), own=False, whole=True, outlook=found if forecast else None
        )
        typer.echo(plain(words.blocks))


def ranking(
    role: Annotated[Role, typer.Option("--role", help="SDR, AE or AM.")],
    team: OfTeam = None,
    period: OfPeriod = periods.DEFAULT,
    as_json: AsJson = False,
    as_of: AsOf = None,
    viewer: ViewedBy = None,
) -> None:
    """The role, with certainty."""
    if role not in SELLING_ROLES:
        raise typer.BadParameter("managers are not ranked; take SDR, AE or AM", param_hint="--role")
    with opened() as desk, desk.db.reading(desk.workspace_id, desk.now) as books:
        question = asked(books.session, desk, as_of, viewer)
        floor = question.floor(team)
        access.require(question.viewer, Right.SEE_RANKING, floor.subject)
        board = rankings.board_of(
            books, role, question.period(period, floor), as_of=question.as_of, team_id=floor.id
        )
        _saw(desk, question.viewer, "ranking", team_id=floor.id)
    if as_json:
        show_json(answers.ranking(board))
    elif not board.reps:
        typer.echo(plain([kit.section(ranking_views.nobody(floor.name))]))
    else:
        typer.echo(plain(ranking_views.team([board], None, question.reads(floor)).blocks))


def _saw(
    desk: Desk, viewer: Viewer, what: str, *, whom_id: int | None = None, team_id: int | None = None
) -> None:
    """A look from the shell is written down too."""
    with desk.db.writing(desk.workspace_id, desk.now) as books:
        audit_log.note(
            books, viewer.person_id, AuditAct.SAW_CARD, whom_id=whom_id, team_id=team_id, what=what
        )
