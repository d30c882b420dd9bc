"""Commands that only read: scorecard, ranking, effect, export; each as of any moment, as anybody who may."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.asking import OfPeriod, OfTeam, asked
from bot.cli.desk import AsJson, AsOf, Desk, ViewedBy, opened, show_json
from bot.domain import access, periods
from bot.domain.access import Action, Subject, Viewer
from bot.errors import BadInput
from bot.services import audit, effects, exports, floors, members, offline, people, rankings, scorecards
from bot.views import answers, kit
from bot.views import effect as effect_views
from bot.views import ranking as ranking_views
from bot.views import scorecard as scorecard_views
from bot.views.plain import plain
from bot.words import SELLING_ROLES, AuditAct, Metric, Role


def register(app: typer.Typer) -> None:
    app.command()(scorecard)
    app.command()(ranking)
    app.command()(effect)
    app.command()(export)


def scorecard(
    rep: Annotated[str, typer.Option("--rep", help="Email, Slack user id or exact name.")],
    period: OfPeriod = periods.DEFAULT,
    as_json: AsJson = False,
    as_of: AsOf = None,
    viewer: ViewedBy = None,
) -> None:
    """One rep's numbers."""
    with opened() as desk, desk.db.read() as session:
        question = asked(session, desk, as_of, viewer)
        someone = people.find(session, desk.workspace_id, rep)
        member = members.member(session, desk.workspace_id, someone.id, now=question.as_of)
        floor = floors.own(session, desk.workspace_id, member, now=question.as_of)
        subject = Subject(person_id=someone.id, team_ids=floor.subject.team_ids)
        access.require(question.viewer, Action.SEE_SCORECARD, subject)
        card = scorecards.of(
            session, desk.workspace_id, someone.id, question.period(period, floor), as_of=question.as_of
        )
        _saw(desk, question.viewer, "card", whom_id=someone.id)
    if as_json:
        show_json(answers.scorecard(card))
    else:
        typer.echo(plain(scorecard_views.card(card, question.reads(floor), own=False)))


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
    with opened() as desk, desk.db.read() as session:
        question = asked(session, desk, as_of, viewer)
        floor = question.floor(team)
        access.require(question.viewer, Action.SEE_RANKING, floor.subject)
        board = rankings.of(
            session,
            desk.workspace_id,
            role,
            question.period(period, floor),
            as_of=question.as_of,
            team_id=floor.id,
        )
        _saw(desk, question.viewer, "ranking", team_id=floor.id)
    if as_json:
        show_json(answers.ranking(board))
    elif not board.reps:
        typer.echo(plain([kit.section(ranking_views.nobody(floor.name))]))
    else:
        typer.echo(plain(ranking_views.team([board], None, question.reads(floor))))


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
    with opened() as desk, desk.db.read() as session:
        question = asked(session, desk, as_of, viewer)
        floor = question.floor(team)
        access.require(question.viewer, Action.SEE_EFFECT, floor.subject)
        members = people.roster(session, desk.workspace_id, question.as_of.astimezone(floor.zone).date())
        learners = [someone.id for someone, place in members if floor.id in (None, place.team_id)]
        told = effects.of(session, desk.workspace_id, as_of=question.as_of, learners=learners)
        found = [(one.role, one.effect) for one in told if metric in (None, one.effect.metric)]
        currency = effects.currency(session, desk.workspace_id)
    if as_json:
        show_json(effect_views.answers([one for _role, one in found]))
    else:
        lines = effect_views.report(found, currency, question.reads(floor))
        typer.echo("\n".join(line.replace("*", "") for line in lines))


def export(
    output: Annotated[Path, typer.Option("--output", "-o", help="The .xlsx file to write.")],
    team: OfTeam = None,
    period: OfPeriod = periods.DEFAULT,
    summary: Annotated[
        bool, typer.Option("--summary", help="Without the records behind the figures.")
    ] = False,
    debrief_sheet: Annotated[
        bool, typer.Option("--debrief-sheet", help="Instead: a rep's open calls, to debrief offline.")
    ] = False,
    rep: Annotated[str, typer.Option("--rep", help="Whose offline sheet: email, Slack id or name.")] = "",
    as_json: AsJson = False,
    as_of: AsOf = None,
    viewer: ViewedBy = None,
) -> None:
    """The workbook, of a team or of all that may be seen; or a rep's offline sheet."""
    if debrief_sheet or rep:
        if not (debrief_sheet and rep):
            raise typer.BadParameter("--debrief-sheet and --rep go together", param_hint="--debrief-sheet")
        _debrief_sheet(rep, output, as_json=as_json)
        return
    with opened() as desk:
        with desk.db.read() as session:
            question = asked(session, desk, as_of, viewer)
            floor = question.floor(team)
            chosen = question.period(period, floor)
        report = exports.write(
            desk.db,
            desk.workspace_id,
            question.viewer,
            period=chosen,
            team_id=floor.id,
            as_of=question.as_of,
            now=desk.now,
            path=output,
            raw=not summary,
        )
    if as_json:
        show_json({"path": str(report.path), "reps": report.reps, "rows": report.rows})
    else:
        typer.echo(f"{report.path}: {report.reps} reps.")


def _debrief_sheet(who: str, output: Path, *, as_json: bool) -> None:
    with opened() as desk, desk.db.read() as session:
        someone = people.find(session, desk.workspace_id, who)
        rep = members.member(session, desk.workspace_id, someone.id, now=desk.now)
        body, calls = offline.sheet(session, desk.workspace_id, rep)
    try:
        output.write_bytes(body)
    except OSError as error:
        raise BadInput(f"{output} cannot be written: {error.strerror}.") from error
    if as_json:
        show_json({"path": str(output), "calls": calls})
    else:
        typer.echo(f"{output}: {calls} open calls of {rep.name}.")


def _saw(
    desk: Desk, viewer: Viewer, what: str, *, whom_id: int | None = None, team_id: int | None = None
) -> None:
    """A look from the shell is written down too."""
    with desk.db.begin() as session:
        audit.note(
            session,
            desk.workspace_id,
            viewer.person_id,
            AuditAct.SAW_CARD,
            now=desk.now,
            whom_id=whom_id,
            team_id=team_id,
            what=what,
        )
