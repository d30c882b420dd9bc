"""From an empty workspace to the first debrief, as the admin who sets it up."""

from datetime import time
from decimal import Decimal

import pytest
from sqlmodel import select

from bot.core.enums import Role
from bot.sandbox import Member, text_of
from storage.tables import Person, Team, Workspace
from tests.setup.beginning import _ids, ada, ana, begun, bo, named, roles
from tests.support.office import Office

__all__ = ["ada", "ana", "bo"]


def test_a_channel_without_the_bot_is_refused_with_the_way_to_invite_it(office: Office, ada: Member) -> None:
    begun(ada)
    random = office.sandbox.add_channel("random", [ada])
    ada.clicks("Name it")
    ada.waits_for("What is it called")

    refused = ada.submits(name="East", channel=random)
    assert "`/invite @Cornerman` there" in refused.errors["channel"]

    office.sandbox.invite_bot(random)
    ada.submits(name="East", channel=random)
    ada.waits_for("hears from me")


def test_from_an_empty_workspace_to_the_first_debrief(
    office: Office, ada: Member, ana: Member, bo: Member
) -> None:
    begun(ada)
    named(office, ada)
    ada.opens_home()

    ada.clicks("Add people")
    ada.waits_for("Who belongs to")
    ada.submits(people=[ana, bo, ada], role="SDR")
    office.tick()
    ada.closes(everything=True)
    ada.waits_for("Added to East: Ada, Ana, Bo")
    assert roles(office) == {"Ada": Role.SDR, "Ana": Role.SDR, "Bo": Role.SDR}

    ada.opens_home()
    ada.clicks("Set roles")
    ada.waits_for("Bo")
    ada.submits(**{str(person): role for person, role in _ids(office, Bo=Role.AE, Ada=Role.MANAGER).items()})
    ada.closes(everything=True)
    assert roles(office) == {"Ada": Role.MANAGER, "Ana": Role.SDR, "Bo": Role.AE}
    assert "3 of 7 done" in text_of(ada.opens_home())

    office.call_ended(ana, contact="Dana")
    ana.clicks("Meeting booked")
    ana.waits_for("meeting booked")


def test_only_an_admin_of_the_slack_workspace_begins_and_only_one(
    office: Office, ada: Member, ana: Member
) -> None:
    assert "Begin" not in text_of(ana.opens_home()), "it would be refused"
    begun(ada)

    eve = office.sandbox.add_person("Eve", is_admin=True)
    assert "Begin" not in text_of(eve.opens_home())


def test_every_step_is_counted_and_the_command_shows_the_same(
    office: Office, ada: Member, ana: Member, bo: Member
) -> None:
    begun(ada)
    named(office, ada)
    ada.opens_home()
    ada.clicks("Set them")
    ada.waits_for("Currency")
    ada.submits(tool_cost="700.5", credit_rate="40", currency="eur", keep_raw_days="10")
    assert "Tools cost 700.5 EUR" in ada.sees()
    ada.closes(everything=True)
    ada.opens_home()
    ada.clicks("Pick them")
    ada.waits_for("When and where")
    ada.submits(day="Tuesday", time=time(8))
    ada.closes(everything=True)
    ada.opens_home()
    ada.clicks("Write the checklist")
    ada.waits_for("Add a criterion")
    ada.clicks("Add a criterion")
    ada.waits_for("What does it ask for?")
    ada.submits(name="Budget")
    ada.closes(everything=True)

    told = ada.commands("/scorecard setup").says
    assert "4 of 7 done" in told
    with office.db.read() as session:
        workspace = session.exec(select(Workspace)).one()
        team = session.exec(select(Team)).one()
    assert (workspace.tool_cost, workspace.credit_rate, workspace.currency) == (
        Decimal("700.5"),
        Decimal(40),
        "EUR",
    )
    assert (workspace.keep_raw_days, workspace.keep_words_months) == (10, 18)
    assert (team.digest_weekday, team.digest_time) == (1, time(8))


def test_targets_are_set_from_the_step(office: Office, ada: Member, ana: Member) -> None:
    begun(ada)
    named(office, ada)
    ada.opens_home()

    ada.chooses("Pick a role", "SDRs")

    ada.waits_for("For the SDRs of every team")


def test_a_second_admin_is_told_what_the_first_saved(office: Office, ada: Member) -> None:
    begun(ada)
    with office.db.begin() as session:
        eve = office.sandbox.add_person("Eve", email="eve@example.com")
        session.add(
            Person(
                workspace_id=office.workspace_id,
                name="Eve",
                email="eve@example.com",
                slack_user_id=eve.id,
                is_admin=True,
            )
        )
    for admin in (ada, eve):
        admin.opens_home()
        admin.clicks("Set them")
        admin.waits_for("Currency")

    ada.submits(tool_cost="100")
    eve.submits(tool_cost="900")

    assert "Ada changed this while you had it open" in eve.sees()
    assert "Tools cost 100 USD" in eve.sees()


@pytest.mark.parametrize(
    "given, field, why",
    [
        ({"currency": "E1R"}, "currency", "three letters"),
        ({"keep_raw_days": "0"}, "keep_raw_days", "from 1 to 365"),
        ({"tool_cost": "-1"}, "tool_cost", "from 0 to a million"),
    ],
)
def test_wrong_figures_are_answered_under_their_field(
    office: Office, ada: Member, given: dict[str, str], field: str, why: str
) -> None:
    begun(ada)
    ada.opens_home()
    ada.clicks("Set them")
    ada.waits_for("Currency")

    assert why in ada.submits(**given).errors[field]
