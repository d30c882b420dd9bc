"""A form that is closed loses nothing of what was entered."""

from copy import deepcopy
from datetime import timedelta

from sqlmodel import select

from bot.core.enums import Outcome
from bot.sandbox import Member, text_of
from bot.sandbox.state import Values, View
from storage.tables import Call, Debrief, DebriefDraft
from tests.support.office import Office

STILL_HERE = "is still here"


def form_of(rep: Member) -> View:
    """The form, once it is open."""
    form = rep.waits_for(lambda one: one.modal)
    assert isinstance(form, View)
    return form


def entered(rep: Member) -> Values:
    return form_of(rep).values


def drafts(office: Office) -> int:
    with office.db.read() as session:
        return len(session.exec(select(DebriefDraft)).all())


def test_what_was_entered_is_there_when_the_form_is_opened_again(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Debrief")
    ana.enters(
        outcome="Continued", went_well="She laughed", tags=["Pricing"], pinned_down=["A timeline was agreed"]
    )
    ana.closes()
    with office.db.read() as session:
        assert session.exec(select(Debrief)).all() == [], "a draft is no debrief"

    ana.clicks("Debrief")

    assert STILL_HERE in text_of(form_of(ana))
    held = entered(ana)
    assert held["outcome"]["outcome"]["selected_option"]["value"] == "continued"
    assert held["went_well"]["went_well"]["value"] == "She laughed"
    assert [one["value"] for one in held["tags"]["tags"]["selected_options"]] == ["pricing"]
    assert [one["value"] for one in held["pinned_down"]["pinned_down"]["selected_options"]] == ["timeline"]


def test_saving_it_ends_the_draft(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Debrief")
    ana.enters(went_well="She laughed")
    ana.closes()
    ana.clicks("Debrief")

    assert ana.submits(outcome="Meeting booked").closed

    with office.db.read() as session:
        assert session.exec(select(Debrief.went_well)).one() == "She laughed"
    assert drafts(office) == 0
    ana.waits_for("Edit")
    ana.clicks("Edit")
    assert STILL_HERE not in text_of(form_of(ana))


def test_the_second_screen_keeps_its_own(office: Office, ana: Member) -> None:
    office.call_ended(ana, contact="Dana")
    ana.clicks("Meeting booked")
    ana.waits_for("Add more")
    ana.clicks("Add more")
    ana.enters(story="She asked for the price first", improve="Ask earlier", contact="Dana Smith")
    ana.closes()

    ana.clicks("Edit")
    assert ana.submits(went_well="Listened").closed
    ana.clicks("Add more")

    held = entered(ana)
    assert held["story"]["story"]["value"] == "She asked for the price first"
    assert held["improve"]["improve"]["value"] == "Ask earlier"
    assert held["contact"]["contact"]["value"] == "Dana Smith"
    assert ana.submits().closed
    assert drafts(office) == 0


def test_a_tap_outdoes_what_the_draft_said_of_the_end(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Debrief")
    ana.enters(outcome="Meeting booked", went_well="She laughed")
    ana.closes()
    ana.clicks("Lost")
    ana.waits_for("Edit")

    ana.clicks("Edit")

    assert entered(ana)["outcome"]["outcome"]["selected_option"]["value"] == "lost"
    assert entered(ana)["went_well"]["went_well"]["value"] == "She laughed"


def test_a_refused_submission_keeps_everything(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Meeting booked")
    ana.waits_for("Edit")
    office.later(days=8)
    ana.clicks("Edit")

    refused = ana.submits(outcome="Lost", went_well="Too late")

    assert "seven days" in text_of(refused.view)
    with office.db.read() as session:
        assert session.exec(select(Debrief.outcome)).one() is Outcome.ADVANCED
    ana.closes(everything=True)
    ana.clicks("Edit")
    assert entered(ana)["went_well"]["went_well"]["value"] == "Too late"


def test_a_call_its_source_deleted_while_the_form_is_open_is_told_in_place(
    office: Office, ana: Member
) -> None:
    office.call_ended(ana)
    ana.clicks("Debrief")
    with office.db.begin() as session:
        session.delete(session.exec(select(Call)).one())

    ana.enters(went_well="She laughed")
    refused = ana.submits(outcome="Meeting booked")

    assert "That call is gone" in text_of(refused.view)


def test_a_change_that_arrives_late_does_not_undo_a_later_one(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Debrief")
    ana.enters(went_well="She laughed")
    [early] = [one for one in office.sandbox.deliveries if one.name == "went_well"]
    as_it_was = deepcopy(early.payload)
    ana.enters(went_well="She laughed twice")

    office.sandbox.courier.deliver(early.kind, early.name, as_it_was)

    ana.closes()
    ana.clicks("Debrief")
    assert entered(ana)["went_well"]["went_well"]["value"] == "She laughed twice"


def test_nobody_leaves_a_draft_on_anothers_call(office: Office, ana: Member, bo: Member) -> None:
    office.call_ended(ana)
    office.call_ended(bo, contact="Max")
    office.clock.advance(timedelta(seconds=1))
    bo.clicks("Debrief")
    with office.db.read() as session:
        theirs = session.exec(select(Call.id).where(Call.contact == "Dana")).one()
    form_of(bo).body["private_metadata"] = str(theirs)

    bo.enters(went_well="Mine now")

    assert drafts(office) == 0
