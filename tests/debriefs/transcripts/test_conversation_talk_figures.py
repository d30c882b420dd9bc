"""How conversations go stands on the rep's own card, beside the middle of the role."""

from sqlmodel import col, select

from bot.core.enums import Role
from bot.sandbox import Member, text_of
from storage.tables import Call, CallConversation, Person
from tests.debriefs.transcripts.dropped import VTT, drops
from tests.support.office import Office


def counted(office: Office, rep: Member, share: float, calls: int) -> None:
    """So many calls of the rep, read before."""
    for n in range(calls):
        office.call_ended(rep, contact=f"{rep.person.name}'s {n}")
    with office.db.begin() as session:
        told = session.exec(
            select(Call).join(Person, col(Person.id) == Call.person_id).where(Person.name == rep.person.name)
        ).all()
        for call in told:
            session.add(
                CallConversation(
                    workspace_id=office.workspace_id,
                    call_id=call.id,
                    person_id=call.person_id,
                    spoken=100,
                    rep_spoken=100 * share,
                    length=600,
                    longest_rep=9,
                    longest_other=9,
                    questions=3,
                    turns=9,
                    read_at=office.clock(),
                )
            )


def test_how_conversations_go_stands_on_the_reps_own_card_and_on_nobody_elses(
    office: Office, ana: Member, boss: Member
) -> None:
    counted(office, ana, 0.55, 3)
    card = ana.commands("/scorecard").message
    ana.clicks("More", card)
    told = text_of(ana.waits_for("*Conversation*"))
    assert "(no part of the score): in your last 3 calls read you spoke 55% of the time." in told
    assert "You asked 18 questions an hour." in told

    theirs = boss.commands(f"/scorecard <@{ana.id}>").message
    boss.clicks("More", theirs)
    assert "Conversation" not in text_of(boss.waits_for("Less"))


def test_the_middle_of_the_role_is_told_once_three_have_read_theirs(
    office: Office, ana: Member, boss: Member, east: int
) -> None:
    boss.commands("/scorecard transcripts on")
    others = [office.hires(name, Role.SDR, east) for name in ("Bo", "Cy")]
    told = ""
    for rep in (*others, ana):
        office.call_ended(rep)
        told = drops(office, rep, VTT.replace("Ana:", f"{rep.person.name}:"))

    assert "the middle of SDRs here is 21%" in told
