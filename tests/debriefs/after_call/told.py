"""What is stored of debriefs."""

from sqlmodel import select

from storage.tables import Debrief
from tests.support.office import Office


def debriefs(office: Office) -> list[Debrief]:
    with office.db.read() as session:
        return list(session.exec(select(Debrief)))


def only_debrief(office: Office) -> Debrief:
    [debrief] = debriefs(office)
    return debrief
