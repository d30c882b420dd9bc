"""A November of coaching, what each was sent of it, and what payroll takes along."""

from datetime import UTC, date, datetime
from decimal import Decimal

from bot.core.coaching_enums import PaidBy
from bot.sandbox import Member, text_of
from bot.sandbox.state import File, Message
from storage.tables import Workspace
from tests.support.builders import Builder
from tests.support.office import Office
from tests.support.roster import ids

DECEMBER_FIRST = datetime(2026, 12, 1, 9, tzinfo=UTC)
DECEMBER_THIRD = datetime(2026, 12, 3, 9, tzinfo=UTC)


def pays(office: Office, an_hour: int, by: PaidBy = PaidBy.MONEY) -> None:
    with office.db.begin() as session:
        workspace = session.get_one(Workspace, office.workspace_id)
        workspace.credit_rate, workspace.paid_by, workspace.currency = Decimal(an_hour), by, "EUR"
        session.add(workspace)


def coached(office: Office, coach: str, learner: str, *days: date, minutes: int = 60) -> None:
    known = ids(office)
    with office.db.begin() as session:
        for day in days:
            Builder(session, office.workspace_id).coached(known[coach], known[learner], day, minutes=minutes)


def until(office: Office, moment: datetime) -> None:
    office.later(seconds=(moment - office.clock()).total_seconds())


def lists(who: Member) -> list[Message]:
    return [one for one in who.dm if "to approve" in text_of(one) and "Coaching in" in text_of(one)]


def payroll(who: Member) -> tuple[File, File]:
    """As CSV and as a workbook."""

    def arrived(one: Member) -> list[File]:
        found = [file for file in one.files if file.name.startswith("coaching-pay-2026-11.")]
        return found if len(found) == 2 else []

    sheet, book = sorted(who.waits_for(arrived), key=lambda file: file.name)
    return sheet, book
