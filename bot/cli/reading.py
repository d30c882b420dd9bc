"""Commands that only read: scorecard, ranking, pair, digest; each as of any moment, as anybody who may."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.desk import AsJson, AsOf, Desk, ViewedBy, moment, opened, show_json
from bot.domain import access, periods
from bot.domain.access import OPERATOR, Action, Subject, Viewer
from bot.domain.periods import Period
from bot.services import digests, effects, exports, floors, members, pairings, people, rankings, scorecards
from bot.services.floors import Floor
from bot.views import answers, digest_answers
from bot.views import digest as digest_views
from bot.views import effect as effect_views
from bot.views import ranking as ranking_views
from bot.views import scorecard as scorecard_views
from bot.views.pairing import english, waits
from bot.views.plain import plain
from bot.views.reader import Reader, reader
from bot.words import SELLING_ROLES, Metric, Role
from storage.database import Session

OfTeam = Annotated[str | None, typer.Option("--team", help="Its name.")]
OfPeriod = Annotated[
    str,
    typer.Option(
        "--period", help="2026-W46, 2026-10, 2026-Q4, 13w, week, last-month, 2026-10-01..2026-11-01."
    ),
]
OfWeek = Annotated[str | None, typer.Option("--week", help="An ISO week such as 2026-W46.")]


def register(app: typer.Typer) -> None:
    app.command()(scorecard)
    app.command()(ranking)
    app.command()(pair)
    app.command()(digest)
    app.command()(effect)
    app.command()(export)


@dataclass(frozen=True, slots=True)
class Asked:
    """A reading question: on whose behalf, about which team's calendar, as known when."""

    session: Session
    desk: Desk
    viewer: Viewer
    as_of: datetime

    def floor(self, team: str | None) -> Floor:
        if team is not None:
            return floors.named(self.session, self.desk.workspace_id, team)
        return floors.everywhere(self.session, self.desk.workspace_id)

    def period(self, text: str, floor: Floor) -> Period:
        return periods.parse(text, now=self.as_of, zone=floor.zone, fiscal_start=floor.fiscal_start)

    def reads(self, floor: Floor) -> Reader:
        return reader(None, floor.zone)


def scorecard(
    rep: Annotated[str, typer.Option("--rep", help="Email, Slack user id or exact name.")],
    period: OfPeriod = periods.DEFAULT,
    as_json: AsJson = False,
    as_of: AsOf = None,
    viewer: ViewedBy = None,
) -> None:
    """One rep's numbers."""
    with opened() as desk, desk.db.read() as session:
        asked = _asked(session, desk, as_of, viewer)
        someone = people.find(session, desk.workspace_id, rep)
        member = members.member(session, desk.workspace_id, someone.id, now=asked.as_of)
        floor = floors.own(session, desk.workspace_id, member, now=asked.as_of)
        subject = Subject(person_id=someone.id, team_ids=floor.subject.team_ids)
        access.require(asked.viewer, Action.SEE_SCORECARD, subject)
        card = scorecards.of(
            session, desk.workspace_id, someone.id, asked.period(period, floor), as_of=asked.as_of
        )
    if as_json:
        show_json(answers.scorecard(card))
    else:
        typer.echo(plain(scorecard_views.card(card, asked.reads(floor), own=False)))


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
        asked = _asked(session, desk, as_of, viewer)
        floor = asked.floor(team)
        access.require(asked.viewer, Action.SEE_RANKING, floor.subject)
        board = rankings.of(
            session, desk.workspace_id, role, asked.period(period, floor), as_of=asked.as_of, team_id=floor.id
        )
    if as_json:
        show_json(answers.ranking(board))
    else:
        typer.echo(plain(ranking_views.team([board], None, asked.reads(floor))))


def pair(
    team: Annotated[str, typer.Option("--team", help="Its name.")],
    week: OfWeek = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    viewer: ViewedBy = None,
) -> None:
    """The pairs of the week they meet in (the next one unless named) and why; nothing is written or posted."""
    with opened() as desk, desk.db.read() as session:
        asked = _asked(session, desk, as_of, viewer)
        floor = asked.floor(team)
        access.require(asked.viewer, Action.MANAGE_PAIRS, floor.subject)
        monday = _monday(week, floor) if week else _this_monday(asked, floor) + timedelta(weeks=1)
        plan = pairings.propose(session, desk.workspace_id, _team_id(floor), monday, as_of=asked.as_of)
    if as_json:
        show_json(digest_answers.pair(plan))
        return
    reads = asked.reads(floor)
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
        asked = _asked(session, desk, as_of, viewer)
        floor = asked.floor(team)
        access.require(asked.viewer, Action.POST_DIGEST, floor.subject)
        monday = _monday(week, floor) if week else digests.last_finished_week(asked.as_of, floor.zone)
        composed = digests.compose(
            session, desk.workspace_id, _team_id(floor), monday, as_of=asked.as_of, now=desk.now
        )
    reads = reader(composed.team.locale, composed.week.zone)
    if as_json:
        show_json(digest_answers.digest(composed, reads))
    else:
        typer.echo(plain(digest_views.channel(composed, reads).blocks))


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
        asked = _asked(session, desk, as_of, viewer)
        floor = asked.floor(team)
        access.require(asked.viewer, Action.SEE_EFFECT, floor.subject)
        members = people.roster(session, desk.workspace_id, asked.as_of.astimezone(floor.zone).date())
        learners = [someone.id for someone, place in members if floor.id in (None, place.team_id)]
        told = effects.of(session, desk.workspace_id, as_of=asked.as_of, learners=learners)
        found = [one.effect for one in told if metric in (None, one.effect.metric)]
    if as_json:
        show_json(effect_views.answers(found))
    else:
        typer.echo("\n".join(effect_views.lines(found, asked.reads(floor))))


def export(
    output: Annotated[Path, typer.Option("--output", "-o", help="The .xlsx file to write.")],
    team: OfTeam = None,
    period: OfPeriod = periods.DEFAULT,
    summary: Annotated[
        bool, typer.Option("--summary", help="Without the records behind the figures.")
    ] = False,
    as_json: AsJson = False,
    as_of: AsOf = None,
    viewer: ViewedBy = None,
) -> None:
    """The workbook, of a team or of all that may be seen."""
    with opened() as desk:
        with desk.db.read() as session:
            asked = _asked(session, desk, as_of, viewer)
            floor = asked.floor(team)
            chosen = asked.period(period, floor)
        report = exports.write(
            desk.db,
            desk.workspace_id,
            asked.viewer,
            period=chosen,
            team_id=floor.id,
            as_of=asked.as_of,
            now=desk.now,
            path=output,
            raw=not summary,
        )
    if as_json:
        show_json({"path": str(report.path), "reps": report.reps, "rows": report.rows})
    else:
        typer.echo(f"{report.path}: {report.reps} reps.")


def _asked(session: Session, desk: Desk, as_of: str | None, viewer: str | None) -> Asked:
    instant = moment(as_of, desk)
    if viewer is None:
        return Asked(session, desk, OPERATOR, instant)
    someone = people.find(session, desk.workspace_id, viewer)
    return Asked(session, desk, people.viewer(session, desk.workspace_id, someone.id, now=instant), instant)


def _monday(week: str, floor: Floor) -> date:
    return periods.week(week, floor.zone).dates()[0]


def _this_monday(asked: Asked, floor: Floor) -> date:
    today = asked.as_of.astimezone(floor.zone).date()
    return today - timedelta(days=today.weekday())


def _team_id(floor: Floor) -> int:
    if floor.id is None:
        raise ValueError("a team was asked for")
    return floor.id
