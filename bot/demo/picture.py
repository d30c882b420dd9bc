"""A rep's weeks as a picture."""

from datetime import timedelta

from bot.blocks.reader import reader
from bot.calendar.periods import Period, trailing_weeks
from bot.calendar.wallclock import start_of_day
from bot.charts import plot as charts
from bot.core.enums import Metric, Role
from bot.demo.season.cast import EAST, rep
from bot.demo.stage import MONDAY, Stage
from bot.people.services import members
from bot.people.services import workspace as workspaces
from bot.scorecards.domain.metrics import measures
from bot.scorecards.services import tallies
from bot.scorecards.views.amounts import title

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
    with db.reading(workspace_id, stage.clock()) as books:
        person = members.id_by_email(books, rep(handle).email)
        rows = tallies.of_role(books, Role.SDR, span, as_of=stage.clock())
        cost = workspaces.settings(books).tool_cost
    [own] = [row for row in rows if row.rep == person]
    measured = measures(Role.SDR, own.tally, own.presence, monthly_tool_cost=cost)
    return next(one.value for one in measured if one.key is Metric.QUALIFIED_RATE)
