"""What the program says of a workspace's files, beside what was counted by hand."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.calendar.periods import parse
from bot.core.enums import Role
from bot.people.services import people
from bot.scorecards.domain.definitions import measures
from bot.scorecards.services import tallies
from bot.scorecards.services.money import with_takings
from tests.scorecards.metrics import by_hand
from tests.scorecards.metrics.by_hand import Answer, Days
from tests.support.importing import Importer


def figures(
    files: Importer, role: Role, period: str, *, zone: ZoneInfo, as_of: datetime
) -> dict[str, Answer]:
    """What the program says, by the person's email or, without one, name."""
    asked = parse(period, now=as_of, zone=zone)
    with files.db.reading(files.workspace_id, as_of) as books:
        held = people.who_held(books, role, asked, as_of=as_of)
        names = {stint.rep.id: stint.rep.email or stint.rep.name for stint in held}
        counted = tallies.of_stints(books, held, asked, as_of=as_of)
        rows = with_takings(books, counted, held, asked, as_of=as_of)
    cost = Decimal(by_hand.TOOL_COST)
    return {
        names[row.rep]: {
            str(one.key): one.value for one in measures(role, row.tally, row.presence, monthly_tool_cost=cost)
        }
        for row in rows
    }


def spans(period: str, zone: ZoneInfo, as_of: datetime) -> Days:
    """The period's days; which days a name such as 2017-Q3 means is told by tests of its own."""
    dates = parse(period, now=as_of, zone=zone).dates()
    return Days(dates[0], dates[-1], as_of.astimezone(zone).date(), zone)


def agree(said: Answer, counted: Answer, about: str) -> None:
    other = {
        key: (said[key], value)
        for key, value in counted.items()
        if said[key] != (value if value is None else pytest.approx(value))
    }
    assert other == {}, f"{about}, said and counted: {other}"
