"""People ask for their numbers, their team's, who is top, the workbook, and a rep's weeks as a picture."""

from datetime import time, timedelta

from bot.blocks.reader import reader
from bot.calendar.periods import Period, trailing_weeks
from bot.calendar.wallclock import start_of_day
from bot.charts import plot as charts
from bot.core.enums import Metric, Role
from bot.demo.screenplay import Scene, Teller, reads
from bot.demo.season.cast import EAST, rep
from bot.demo.stage import MONDAY, Stage
from bot.people.services import members
from bot.people.services import workspace as workspaces
from bot.scorecards.domain.definitions import measures
from bot.scorecards.services import tallies
from bot.scorecards.views.figures import title


def own_card(stage: Stage, teller: Teller) -> None:
    ana = stage.people["ana"]
    teller.does(ana, "types /scorecard")
    card = teller.asks(ana, "/scorecard")
    teller.keeps("scorecard.txt", f"{reads(card)}\n")
    teller.keeps("scorecard.png", qualified_leads(stage, "ana"))


def who_is_top(stage: Stage, teller: Teller) -> None:
    tomasz = stage.people["tomasz"]
    teller.does(tomasz, "types /scorecard top")
    teller.asks(tomasz, "/scorecard top")


def not_my_team(stage: Stage, teller: Teller) -> None:
    ana = stage.people["ana"]
    teller.does(ana, "types /scorecard team, which is for those who lead it")
    teller.asks(ana, "/scorecard team")


def the_team(stage: Stage, teller: Teller) -> None:
    katharina = stage.people["katharina"]
    teller.does(katharina, "types /scorecard team")
    teller.asks(katharina, "/scorecard team")


def the_workbook(stage: Stage, teller: Teller) -> None:
    katharina = stage.people["katharina"]
    teller.does(katharina, "types /scorecard export")
    teller.asks(katharina, "/scorecard export")
    files = katharina.waits_for(lambda one: [file for file in one.files if file.complete], timeout=60)
    teller.sees(katharina, katharina.dm[-1])
    teller.keeps("scorecards.xlsx", files[-1].content or b"")


SCENES = (
    Scene(3, time(16), "A rep's own numbers", own_card),
    Scene(3, time(16, 5), "Who is top, and how sure that is", who_is_top),
    Scene(4, time(15), "A manager looks at her team", the_team),
    Scene(4, time(15, 5), "What is not for everybody", not_my_team),
    Scene(4, time(16), "The workbook", the_workbook),
)


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
