"""Somebody else's export, dropped into the direct message: shown as it would be stored, asked about, then taken in."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from sqlmodel import select

from bot.core import clock
from bot.core.enums import Role
from bot.sandbox import Member, text_of
from storage.tables import Deal, ImportDraft
from tests.support.office import Office

UNCLEAR = (
    "Opp Key;Sales Rep;Stage;Begin;Total Value\n"
    "A-1;Bo;Negotiation;01/02/2026;1.234,50\nA-2;Bo;Proposal;03/04/2026;99,00\n"
)
HUBSPOT = (
    "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Create Date\n"
    "1,Globex,Contract sent,2026-12-20 15:05,Bo,1200,2026-09-01 09:00\n"
)


@pytest.fixture
def boss(office: Office, east: int) -> Member:
    office.sandbox.subscribe({"message.im"})
    return office.hires("Boss", Role.MANAGER, east, is_admin=True)


def sends(office: Office, boss: Member, content: str, name: str) -> str:
    boss.uploads(content.encode(), name)
    office.tick()
    return text_of(boss.waits_for("Nothing is stored yet"))


def deals(office: Office) -> list[Deal]:
    with office.db.read() as session:
        return list(session.exec(select(Deal).order_by(Deal.deal_key)))


def test_a_known_export_is_shown_and_taken_in_with_one_click(
    office: Office, boss: Member, bo: Member
) -> None:
    shown = sends(office, boss, HUBSPOT, "deals.csv")

    assert "looks like a HubSpot export of deals: 1 rows. Nothing is stored yet." in shown
    assert "company Globex" in shown
    assert deals(office) == []

    boss.clicks("Take it in")
    office.tick()
    boss.waits_for("✓ deals.csv: 1 deals read, 1 added")
    assert [deal.expected_close for deal in deals(office)] == [date(2026, 12, 20)]
    with office.db.read() as session:
        assert session.exec(select(ImportDraft)).all() == []


@pytest.mark.parametrize("name", ["Forecast Q4.xlsx", f"{'Prognose ' * 40}.xlsx"])
def test_a_file_that_cannot_be_read_is_called_what_its_sender_calls_it(
    office: Office, boss: Member, name: str
) -> None:
    boss.uploads(b"PK\x03\x04 and then nothing", name)
    office.tick()

    told = text_of(boss.waits_for("is not a workbook"))
    why = told.partition("was not imported. ")[2]
    assert why.startswith(name[:1]) and ".xlsx is not a workbook" in why
    assert "upload" not in told


def test_what_is_unclear_is_asked_in_a_form_and_shown_again(office: Office, boss: Member, bo: Member) -> None:
    shown = sends(office, boss, UNCLEAR, "opps.csv")

    assert "deal_id ← Opp Key" in shown
    assert "*Look at this:*" in shown and "can be read as %m/%d/%Y or %d/%m/%Y" in shown
    assert "Take it in anyway" in shown

    boss.clicks("Change how I read it")
    boss.submits(import_dates="%d/%m/%Y")
    office.tick()
    boss.waits_for("opened_at 2026-02-01")
    assert deals(office) == []

    boss.clicks("Take it in")
    office.tick()
    boss.waits_for("✓ opps.csv: 2 deals read, 2 added")
    assert [str(deal.opened_at.date()) for deal in deals(office) if deal.opened_at] == [
        "2026-02-01",
        "2026-04-03",
    ]
    assert [str(deal.amount) for deal in deals(office)] == ["1234.5", "99"]


STAGES = (
    "Opp Key,Sales Rep,Stage,Created,Closed\nA-1,Bo,Handshake,2026-09-01,2026-10-01\n"
    "A-2,Bo,Sunk,2026-09-01,2026-10-02\nA-3,Bo,Demo,2026-09-01,\n"
)


def test_which_stages_are_won_and_lost_is_shown_and_asked(office: Office, boss: Member, bo: Member) -> None:
    shown = sends(office, boss, STAGES, "crm.csv")
    assert "Stages: open ← Handshake, Sunk, Demo" in shown

    boss.clicks("Change how I read it")
    both = boss.submits(import_won=["Handshake"], import_lost=["Handshake"])
    assert "cannot be won and lost" in str(both.errors)
    boss.submits(import_won=["Handshake"], import_lost=["Sunk"])
    office.tick()
    boss.waits_for("Stages: won ← Handshake; lost ← Sunk; open ← Demo")

    boss.clicks("Take it in")
    office.tick()
    boss.waits_for("✓ crm.csv: 3 deals read, 3 added")
    assert [str(deal.status) for deal in deals(office)] == ["won", "lost", "open"]


PARTLY = "deal_id,ae_name,status,closed_at\nd1,Bo,open,\nd2,Bo,won,\nd3,Bo,won,\nd4,Bo,won,2026-10-20\n"


def test_reasons_are_counted_in_the_message_and_the_refused_rows_go_in_after_mending(
    office: Office, boss: Member, bo: Member
) -> None:
    shown = sends(office, boss, PARTLY, "deals.csv")
    assert "Would be refused: 2 × The deal is won without a closing date. First in line 3." in shown
    assert "Name its column in the map" in shown

    boss.clicks("Take it in")
    office.tick()
    told = text_of(boss.waits_for("✓ deals.csv: 4 deals read, 2 added"))
    office.tick()
    assert "Refused: 2 × The deal is won without a closing date. First in line 3." in told

    message = boss.waits_for(
        lambda one: next((said for said in one.dm if said.files and said.user != one.id), None)
    )
    refused = message.files[0].content.decode()  # type: ignore[union-attr]
    assert refused.splitlines()[0] == "line,reason,deal_id,ae_name,status,closed_at"
    mended = refused.replace(",won,", ",won,2026-10-21")
    shown = sends(office, boss, mended, "refused.csv")
    assert "2 rows" in shown and "refused" not in shown.replace("refused.csv", "")

    boss.clicks("Take it in")
    office.tick()
    boss.waits_for("✓ refused.csv: 2 deals read, 2 added")
    assert [deal.deal_key for deal in deals(office)] == ["d1", "d2", "d3", "d4"]
    assert not [said for said in boss.dm if "of 4 rows" in text_of(said)], (
        "too short to be told how far it is"
    )


def test_how_far_a_long_file_is_stands_in_the_message_that_it_is_taken_in(
    office: Office, boss: Member, bo: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "BETWEEN_NEWS", 0.0)
    sends(office, boss, PARTLY, "deals.csv")
    boss.clicks("Take it in")
    office.tick()
    boss.waits_for("✓ deals.csv")
    office.tick()

    boss.waits_for("Taking in deals.csv: 4 of 4 rows.")


def test_when_something_breaks_the_sender_hears_it_and_the_next_file_is_read(
    office: Office, boss: Member, bo: Member
) -> None:
    with office.db.begin() as session:
        session.connection().exec_driver_sql(
            "CREATE TRIGGER broken BEFORE INSERT ON import_draft WHEN NEW.file_name = 'deals.csv' "
            "BEGIN SELECT RAISE(ABORT, 'broken'); END"
        )

    boss.uploads(HUBSPOT.encode(), "deals.csv")
    office.tick()

    assert "while I read deals.csv" in text_of(boss.waits_for("Something broke on our side"))
    assert "other.csv" in sends(office, boss, HUBSPOT, "other.csv")


def far_apart() -> bytes:
    """A workbook of a kilobyte whose two cells make its reader ask for half a terabyte."""
    book, file = openpyxl.Workbook(), BytesIO()
    page = book.active
    assert page is not None
    page["A1"], page["XFD1048576"] = "deal_id", "far"
    book.save(file)
    return file.getvalue()


def test_a_workbook_that_would_end_its_reader_is_refused_to_an_admin_too(
    office: Office, boss: Member
) -> None:
    """What they send is guessed at where it is of no known kind: by a child process, too."""
    boss.uploads(far_apart(), "far.xlsx")
    office.tick()

    boss.waits_for("asks for more memory or time than I give to one file")
