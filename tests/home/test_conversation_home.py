"""The Home tab: what waits, one's own week and numbers, and buttons for what one does."""

from sqlmodel import select

from bot.blocks import kit
from bot.core.enums import OutboxKind, Role
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.home.views import tab
from bot.sandbox import Member, text_of
from storage.tables import OutboxMessage, OutboxState
from tests.support.closers import team_of_closers
from tests.support.office import Office
from tests.support.roster import ids


def test_what_nobody_asked_about_rests_in_home(office: Office, ana: Member) -> None:
    for number in range(8):
        office.call_ended(ana, contact=f"Contact {number}", minutes=2)

    home = ana.opens_home()

    assert "8 calls to debrief" in text_of(home)
    ana.clicks("Debrief", beside="Contact 7")
    saved = ana.submits(outcome="Meeting booked").view
    assert "✓ Your call with *Contact 7, Acme*: meeting booked" in text_of(saved), "no message asked about it"
    ana.closes(everything=True)
    assert "7 calls to debrief" in text_of(ana.opens_home())


def test_an_admin_sees_what_did_not_get_through_and_tries_it_again(
    office: Office, ana: Member, east: int
) -> None:
    admin = office.hires("Ada", Role.MANAGER, east, is_admin=True)
    with office.db.writing(office.workspace_id, office.clock()) as books:
        words = Message(OutboxKind.NOTICE, "Well done", person_id=ids(office)["Ana"])
        lost = outbox.put(books, words)
        for row in books.session.exec(select(OutboxMessage).where(OutboxMessage.id == lost)):
            row.state, row.error = OutboxState.DEAD, "account_inactive"
    assert "did not get through" not in text_of(ana.opens_home())
    assert "1 thing did not get through" in text_of(admin.opens_home())

    admin.clicks("Try again")

    ana.waits_for("Well done")
    assert "did not get through" not in text_of(admin.opens_home())


def test_my_week_is_a_line_of_numbers(office: Office, ana: Member) -> None:
    assert "No calls yet this week." in text_of(ana.opens_home())
    office.call_ended(ana, minutes=12)
    ana.clicks("Meeting booked")
    office.call_ended(ana, minutes=8, contact="Max")

    home = text_of(ana.opens_home())

    assert "2 calls · 20 min talked · 1 of 2 debriefed · 1 meeting booked" in home


def test_my_numbers_stand_with_the_one_verdict_on_each(office: Office, east: int) -> None:
    team = team_of_closers(office, east)

    weak, strong = text_of(team.ben.opens_home()), text_of(team.ana.opens_home())

    assert "*My last 13 weeks*, compared with the middle of the AEs" in weak
    [short] = [line for line in weak.splitlines() if "3 of 48" in line and "Win rate" in line]
    [ahead] = [line for line in strong.splitlines() if "50 of 55" in line and "Win rate" in line]
    assert (short[0], short.split(" – ")[1]) == ("🟠", "behind the middle")
    assert (ahead[0], ahead.split(" – ")[1]) == ("🔵", "better than the middle")


def test_a_rep_has_buttons_for_what_they_do(office: Office, ana: Member, bo: Member) -> None:
    home = text_of(ana.opens_home())
    assert "[My scorecard] [Log a call] [Pass a lead]" in home
    assert home.index("Pass a lead") < home.index("My settings"), "settings come last"

    ana.clicks("Log a call")
    ana.submits(contact="Dana", minutes="20", outcome="Meeting booked")
    assert ana.submits(went_well="Listened").view is not None
    ana.closes(everything=True)
    ana.clicks("Pass a lead")
    ana.waits_for("Which AE?")
    ana.closes(everything=True)
    ana.clicks("My scorecard")
    ana.waits_for("Ana, SDR")

    assert "Pass a lead" not in text_of(bo.opens_home())
    bo.clicks("My deals")
    bo.waits_for("Where does it stand?")


def test_however_much_there_is_the_tab_fits_and_ends_with_what_is_ones_own() -> None:
    much = [[kit.section(f"{part}") for _row in range(30)] for part in range(5)]

    view = tab.home(much, always=[[kit.section("Settings")], [kit.section("Forget me")]])

    assert len(view.blocks) == 100
    assert "Forget me" in str(view.blocks[-1].to_dict())
    assert "more than fits" in str([block.to_dict() for block in view.blocks])


def test_a_next_step_that_falls_due_stands_on_top_until_it_is_done(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Debrief")
    ana.submits(outcome="Continued", next_step="Send the offer", next_step_on="2026-11-17")
    assert "next step is due" not in text_of(ana.opens_home())
    office.later(days=1)

    home = text_of(ana.opens_home())

    assert home.startswith("1 next step is due\n*Dana, Acme* · today\nSend the offer")
    ana.clicks("Done")
    assert office.sandbox.workspace.wait_until(lambda: "is due" not in text_of(ana.person.home), 5)


def test_a_later_debrief_with_the_same_people_has_the_last_word(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Debrief")
    ana.submits(outcome="Continued", next_step="Send the offer", next_step_on="2026-11-16")
    assert "next step is due" in text_of(ana.opens_home())
    office.later(hours=1)
    office.call_ended(ana, contact="Boris")
    ana.clicks("Meeting booked")
    ana.waits_for("meeting booked")

    assert "next step is due" not in text_of(ana.opens_home())
