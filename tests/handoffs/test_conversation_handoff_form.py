"""Who may pass a lead, to whom, and what the form takes along."""

from sqlmodel import select

from bot.core.enums import Role
from bot.sandbox import Member, text_of
from storage.tables import Membership, Person
from tests.support.leads import handoffs, only_handoff, passes, told
from tests.support.office import Office


def test_the_shortcut_opens_the_same_form(office: Office, ana: Member, bo: Member) -> None:
    ana.shortcut("handoff")

    assert ana.submits(ae="Bo", company="Acme").errors == {}

    assert only_handoff(office).company == "Acme"


def test_a_lead_submitted_twice_is_one(office: Office, ana: Member, bo: Member) -> None:
    ana.commands("/handoff")
    form = ana.waits_for(lambda someone: someone.modal)
    assert form is not None
    body, values = form.body, form.values
    ana.submits(ae="Bo", company="Acme", contact="Dana")
    form.body, form.values = body, values  # a laptop that missed the answer sends the same form again
    ana.submits(ae="Bo", company="Acme", contact="Dana")

    assert "Bo has your lead" in text_of(ana.modal)
    assert len(handoffs(office)) == 1
    assert len(told(bo, 1)) == 1


def test_only_sdrs_and_managers_pass_leads(office: Office, bo: Member, mia: Member, east: int) -> None:
    zed = office.hires("Zed", Role.AE, east)

    assert "passed by SDRs and managers" in bo.commands("/handoff").text
    bo.shortcut("handoff")
    bo.waits_for("passed by SDRs and managers")
    passes(mia, zed)

    assert only_handoff(office).company == "Acme"


def offered(sender: Member) -> list[tuple[str, list[str]]]:
    """The menu of AEs: each team, and its names."""
    sender.commands("/handoff")
    form = sender.waits_for(lambda someone: someone.modal)
    assert form is not None
    [menu] = [block["element"] for block in form.body["blocks"] if block.get("block_id") == "ae"]
    return [
        (group["label"]["text"], [option["text"]["text"] for option in group["options"]])
        for group in menu["option_groups"]
    ]


def test_only_who_can_be_meant_is_offered_ones_own_team_first(
    office: Office, ana: Member, bo: Member, mia: Member, east: int
) -> None:
    office.hires("Sid", Role.SDR, east)
    office.hires("Zoe", Role.AE, east)
    office.hires("Abe", Role.AE, office.team("Alps"))
    office.sandbox.add_person("Lou", email="lou@elsewhere.com")

    assert offered(ana) == [("East", ["Bo", "Zoe"]), ("Alps", ["Abe"])]


def test_an_ae_who_left_meanwhile_is_passed_nothing(office: Office, ana: Member, bo: Member) -> None:
    assert offered(ana) == [("East", ["Bo"])]
    with office.db.begin() as session:
        person = session.exec(select(Person.id).where(Person.name == "Bo")).one()
        for held in session.exec(select(Membership).where(Membership.person_id == person)):
            session.delete(held)

    said = ana.submits(company="Acme").errors

    assert list(said) == ["ae"]
    assert handoffs(office) == []


def test_without_an_ae_the_form_says_so(office: Office, ana: Member) -> None:
    assert "no AE on the roster" in ana.commands("/handoff").text


def test_notes_go_along(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo, notes="She asked for *prices* before Friday")

    assert "Notes: She asked for ∗prices∗ before Friday" in told(bo, 1)[0]
    bo.clicks("Accept")
    bo.waits_for("Notes: She asked for")


def test_other_words_are_answered_with_help(office: Office, ana: Member) -> None:
    assert "`/handoff`: pass a lead" in ana.commands("/handoff what now").text
