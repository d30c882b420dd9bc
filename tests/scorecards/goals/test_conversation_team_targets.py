"""A manager sets the targets of their own team, an admin those of any one."""

from zoneinfo import ZoneInfo

import pytest

from bot.calendar.periods import parse
from bot.core.enums import Role
from bot.sandbox import Member, text_of
from bot.scorecards.services import scorecard as scorecards
from bot.scorecards.views import as_json as answers
from tests.scorecards.goals.leading import form
from tests.scorecards.numbers import ids
from tests.support.office import Office


@pytest.mark.usefixtures("leads")
def test_a_manager_sets_the_targets_of_their_own_team_alone(
    office: Office, ana: Member, mia: Member, root: Member
) -> None:
    west = office.team("West")
    cem, will = office.hires("Cem", Role.SDR, west), office.hires("Will", Role.MANAGER, west)
    root.commands("/scorecard targets SDR")
    assert "For the SDRs of every team that has no target of its own;" in form(root)
    root.submits(calls_per_day="8", qualified_rate="40")
    office.tick()
    will.waits_for("*Root* changed what the SDRs you lead are to reach")
    mia.waits_for("Qualified leads none → 40%")

    mia.commands("/scorecard targets SDR")
    assert "For the SDRs of East." in form(mia)
    mia.submits(qualified_rate="50")
    office.tick()

    assert "target 50%" in ana.commands("/scorecard").says
    assert goals(office, ana) == {"calls_per_day": 8.0, "qualified_rate": 0.5}
    assert goals(office, cem) == {"calls_per_day": 8.0, "qualified_rate": 0.4}
    assert len(will.dm) == 1, "what East is to reach is nothing to West"
    told = [text_of(message) for message in ana.dm]
    assert ["none → 40%" in told[0], "*Mia* changed what the SDRs of your team" in told[1]] == [True, True]
    assert len(cem.dm) == 1

    root.commands("/scorecard targets SDR")
    form(root)
    root.submits(qualified_rate="45")
    office.tick()
    assert "40% → 45%" in text_of(will.dm[-1]) and "40% → 45%" in text_of(cem.dm[-1])
    assert not [one for one in (*mia.dm, *ana.dm) if "45%" in text_of(one)], "East has a target of its own"
    assert "targets of SDR: Qualified leads 40% → 50%" in root.commands("/scorecard audit").says


def test_an_admin_sets_the_targets_of_one_team(
    office: Office, ana: Member, mia: Member, root: Member
) -> None:
    west = office.team("West")
    cem, will = office.hires("Cem", Role.SDR, west), office.hires("Will", Role.MANAGER, west)

    root.commands("/scorecard targets SDR west")
    assert "For the SDRs of West." in form(root)
    root.submits(qualified_rate="45")
    office.tick()

    assert goals(office, cem) == {"qualified_rate": 0.45}
    assert goals(office, ana) == {}
    assert "Qualified leads none → 45%" in text_of(will.dm[-1])
    assert mia.dm == [], "what West is to reach is nothing to East"
    assert "Only a manager of theirs" in mia.commands("/scorecard targets SDR West").says
    assert "no team of that name" in root.commands("/scorecard targets SDR Nowhere").says


def goals(office: Office, rep: Member) -> dict[str, float]:
    """By metric what stands on the rep's card."""
    [rep_id] = ids(office, rep)
    with office.db.reading(office.workspace_id, office.clock()) as books:
        period = parse("13w", now=books.now, zone=ZoneInfo("Europe/Berlin"))
        card = answers.scorecard(scorecards.scorecard_of(books, rep_id, period, as_of=books.now))
    return {one["key"]: one["target"] for one in card["metrics"] if one["target"] is not None}
