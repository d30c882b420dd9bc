"""Leads that were refused in November, and the month's summary of them."""

from datetime import UTC, datetime, timedelta

from sqlmodel import col, select

from bot.core.enums import CriterionKind
from bot.sandbox import Member, text_of
from storage.tables import Criterion, CriterionAnswer, Handoff, Person
from tests.support.builders import Builder
from tests.support.office import Office

DECEMBER = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)  # a Tuesday, 9:30 in Berlin


def decided(
    office: Office, *, accepted: bool, reason: str = "", lacks: str = "", days: int = 0, sdr: str = "Ana"
) -> None:
    """A lead of Ana's that Bo decided on 10 November, or `days` later."""
    at = datetime(2026, 11, 9, 9, 0, tzinfo=UTC) + timedelta(days=days)
    with office.db.begin() as session:
        people = dict(session.exec(select(Person.name, Person.id)).all())
        Builder(session, office.workspace_id).handoff(
            people[sdr], people["Bo"], at, accepted=accepted, reason=reason
        )
        session.flush()
        lead = session.exec(select(Handoff).order_by(col(Handoff.id).desc())).first()
        assert lead is not None
        lead.teaches = bool(reason)
        for criterion in session.exec(select(Criterion)).all():
            session.add(
                CriterionAnswer(
                    workspace_id=office.workspace_id,
                    handoff_id=lead.id,
                    criterion_id=criterion.id,
                    answer="",
                    met=criterion.name != lacks,
                )
            )


def checklist(office: Office) -> None:
    with office.db.begin() as session:
        for name in ("Budget", "Authority"):
            session.add(
                Criterion(
                    workspace_id=office.workspace_id,
                    name=name,
                    kind=CriterionKind.YES_NO,
                    added_at=office.clock() - timedelta(days=99),
                )
            )


def refusals(office: Office) -> None:
    checklist(office)
    decided(office, accepted=True)
    decided(office, accepted=False, lacks="Budget", reason="No budget before spring", days=1)
    decided(office, accepted=False, lacks="Budget", days=2)
    decided(office, accepted=False, lacks="Authority", reason="She cannot sign", days=3)


def monthly(sdr: Member) -> list[str]:
    return [text for message in sdr.dm if "not taken.*" in (text := text_of(message))]
