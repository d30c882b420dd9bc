"""What the program says of a workspace's files, beside what was counted by hand."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.domain.metrics import measures
from bot.domain.periods import parse
from bot.services import stints, tallies
from bot.words import Role
from tests.services import by_hand
from tests.services.by_hand import Answer, Days
from tests.services.importing import Importer


def figures(
    files: Importer, role: Role, period: str, *, zone: ZoneInfo, as_of: datetime
) -> dict[str, Answer]:
    """What the program says, by the person's email or, without one, name."""
    asked = parse(period, now=as_of, zone=zone)
    with files.db.read() as session:
        held = stints.of_role(session, files.workspace_id, role, asked, as_of=as_of)
        names = {stint.rep.id: stint.rep.email or stint.rep.name for stint in held}
        rows = tallies.of_stints(session, files.workspace_id, held, asked, as_of=as_of)
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
    assert {key: said[key] for key in counted} == {
        key: value if value is None else pytest.approx(value) for key, value in counted.items()
    }, about
