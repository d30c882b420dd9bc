"""A rep's weeks as a picture."""

from datetime import timedelta

from bot import charts
from bot.demo.cast import EAST, rep
from bot.demo.stage import MONDAY, Stage
from bot.domain.metrics import measures
from bot.domain.periods import Period, trailing_weeks
from bot.domain.wallclock import start_of_day
from bot.services import members, tallies, workspaces
from bot.views.amounts import title
from bot.views.reader import reader
from bot.words import Metric, Role

WEEKS = 13


def qualified_leads(stage: Stage, handle: str) -> bytes:
    """An SDR's qualified leads as PNG: at the end of each of the last 13 weeks, those of the four weeks up to it."""
    ends = [MONDAY - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    spans = [trailing_weeks(start_of_day(end, EAST.zone), EAST.zone, 4) for end in ends]
    reads = reader(EAST.locale, EAST.zone)
    return charts.trend(
        charts.Trend(
            title=f"{rep(handle).name}: {title(Metric.QUALIFIED_RATE)}, of four weeks each",
            weeks=[f"{end - timedelta(days=1):%d %b}" for end in ends],
            values=[_share(stage, handle, span) for span in spans],
            show=reads.percent,
        )
    )


def _share(stage: Stage, handle: str, span: Period) -> float | None:
    db, workspace_id = stage.corner.db, stage.corner.tools.workspace_id
    with db.read() as session:
        person = members.id_by_email(session, workspace_id, rep(handle).email)
        rows = tallies.of_role(session, workspace_id, Role.SDR, span, as_of=stage.clock())
        cost = workspaces.settings(session, workspace_id).tool_cost
    [own] = [row for row in rows if row.rep == person]
    measured = measures(Role.SDR, own.tally, own.presence, monthly_tool_cost=cost)
    return next(one.value for one in measured if one.key is Metric.QUALIFIED_RATE)
