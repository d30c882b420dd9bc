"""A transcript dropped into the thread of a question: its rep reads the numbers, and the words are forgotten."""

import sqlalchemy as sa
from sqlmodel import SQLModel, select

from bot.sandbox import Member
from storage.tables import Debrief, DebriefDraft, InboxEvent, OutboxMessage
from tests.debriefs.transcripts.dropped import VTT, drops, kept
from tests.support.office import Office


def test_the_rep_reads_the_numbers_and_no_word_is_kept(office: Office, ana: Member, boss: Member) -> None:
    office.call_ended(ana)
    assert "not read here" in drops(office, ana, VTT)
    assert kept(office) == []
    assert "From now on" in boss.commands("/scorecard transcripts on").text

    told = drops(office, ana, VTT)

    assert "You spoke *21%* of the time." in told
    assert "yours 0:08, theirs 0:31" in told
    assert "138 questions an hour, the first after 0:00" in told
    [row] = kept(office)
    assert (row.rep_spoken, row.spoken, row.questions) == (15.5, 75.5, 3)
    assert len(boss.dm) == 1, "nobody else is told: the one line is the answer to the command"
    with office.db.read() as session:
        rows = [*session.exec(select(InboxEvent)), *session.exec(select(OutboxMessage))]
    assert not any("head of operations" in str(one.model_dump()) for one in rows)

    again = VTT.replace("00:01:20.000", "00:00:55.000")
    drops(office, ana, again)
    assert [row.spoken for row in kept(office)] == [50.5], "the latest reading counts"


def words_kept(office: Office, text: str) -> list[str]:
    """Tables in which the text stands anywhere."""
    with office.db.read() as session:
        return [
            table.name
            for table in SQLModel.metadata.sorted_tables
            if any(text in str(row) for row in session.connection().execute(sa.select(table)))
        ]


def test_a_quote_is_kept_where_the_rep_puts_it_and_every_other_word_is_forgotten(
    office: Office, ana: Member, boss: Member
) -> None:
    boss.commands("/scorecard transcripts on")
    office.call_ended(ana)
    told = drops(office, ana, VTT)
    assert "A line worth telling you keep yourself: write it into the form's story." in told
    assert words_kept(office, "nobody trusts them") == words_kept(office, "head of operations") == []

    ana.clicks("Meeting booked", ana.dm[0])
    ana.waits_for("Add more")
    ana.clicks("Add more")
    assert ana.submits(story="“Our reports take three days, and nobody trusts them.”").closed
    office.tick()

    assert words_kept(office, "nobody trusts them") == ["outbox_message", "story"], (
        "as it is shown back to its rep"
    )
    assert words_kept(office, "head of operations") == []


def test_what_cannot_be_read_says_why_and_leaves_nothing(office: Office, ana: Member, boss: Member) -> None:
    boss.commands("/scorecard transcripts on")
    office.call_ended(ana)

    assert "cannot tell which of the speakers is you: Zoe, Dana" in drops(
        office, ana, VTT.replace("Ana:", "Zoe:")
    )
    assert "cut off" in drops(office, ana, VTT[: VTT.index("00:01:20")])
    assert "larger than 2 MB" in drops(office, ana, b"x" * 3_000_000)
    assert "thread of the question" in drops(office, ana, VTT, thread=False)
    assert kept(office) == []


def test_what_seems_to_have_been_named_is_ticked_in_the_form_for_the_rep_to_confirm(
    office: Office, ana: Member, boss: Member
) -> None:
    boss.commands("/scorecard transcripts on")
    office.call_ended(ana)
    told = drops(office, ana, VTT)
    assert "a date and somebody who decides were named: confirm both in the form" in told
    with office.db.read() as session:
        [draft] = session.exec(select(DebriefDraft)).all()
        assert (draft.timeline_agreed, draft.authority_reached, draft.outcome) == (True, True, None)
        assert session.exec(select(Debrief)).all() == [], "it fills in, it never decides"

    again = drops(office, ana, VTT.replace("head of operations", "team"))
    assert "It sounds" not in again, "what is ticked already is not told again"


def test_a_call_that_is_debriefed_is_not_filled_in_any_more(
    office: Office, ana: Member, boss: Member
) -> None:
    boss.commands("/scorecard transcripts on")
    office.call_ended(ana)
    ana.clicks("Meeting booked")
    office.tick()

    assert "It sounds" not in drops(office, ana, VTT)


def test_only_an_admin_agrees_to_it(office: Office, ana: Member, boss: Member) -> None:
    assert "From now on" not in ana.commands("/scorecard transcripts on").text
    assert "*off*" in boss.commands("/scorecard transcripts").text
    assert "on` or" in boss.commands("/scorecard transcripts maybe").text
