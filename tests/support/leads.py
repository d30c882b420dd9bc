"""Leads as people pass them and decide about them, over Slack."""

from typing import Any

from sqlmodel import select

from bot.handoffs.domain.reasons import ENOUGH
from bot.sandbox import Member, text_of
from storage.tables import Handoff
from tests.support.office import Office

TELLING = "They have no budget before spring, ask for the fiscal year first"


def passes(sdr: Member, ae: Member, **more: Any) -> None:
    sdr.commands("/handoff")
    assert sdr.submits(**({"ae": ae.person.name, "company": "Acme", "contact": "Dana"} | more)).errors == {}


def add_criterion(manager: Member, **fields: Any) -> dict[str, str]:
    manager.commands("/handoff criteria")
    manager.clicks("Add a criterion")
    manager.waits_for("What does it ask for?")
    errors = manager.submits(**fields).errors
    if not errors:
        manager.closes()
    return errors


def handoffs(office: Office) -> list[Handoff]:
    office.tick()
    with office.db.read() as session:
        return list(session.exec(select(Handoff).order_by(Handoff.id)))  # type: ignore[arg-type]


def only_handoff(office: Office) -> Handoff:
    [handoff] = handoffs(office)
    return handoff


def told(person: Member, count: int) -> list[str]:
    """Their messages, once there are so many."""
    person.waits_for(lambda someone: len(someone.dm) >= count)
    return [text_of(message) for message in person.dm]


def decides(office: Office, ae: Member, button: str, reason: str, beside: str = "") -> dict[str, str]:
    ae.waits_for(
        lambda one: any(beside in text_of(message) and button in text_of(message) for message in one.dm)
    )
    ae.clicks(button, beside=beside)
    errors = ae.submits(reason=reason).errors
    if not errors and len(reason.strip()) < ENOUGH:
        errors = ae.submits().errors  # it says too little, and is sent as it is
    office.tick()
    return errors
