"""Leads that SDRs pass to AEs, and what the AEs say to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain import handoffs as rules
from bot.domain.handoffs import MAX_NAME, MAX_REASON, Judged, Lead
from bot.domain.reasons import teaches
from bot.errors import BadInput, NotAllowed, NotFound
from bot.language import gettext as _
from bot.services import members
from bot.services.criteria import criterion_of
from bot.services.members import Member
from bot.words import Decision, Role
from storage.queries import handoffs as queries
from storage.queries.inbox import insert_once
from storage.tables import CriterionAnswer, Handoff


@dataclass(frozen=True, slots=True)
class Passed:
    """`is_new`: the form that passed it was submitted for the first time."""

    lead: Lead
    is_new: bool


def require_sender(sender: Member) -> None:
    if sender.roles.isdisjoint((Role.SDR, Role.MANAGER)):
        raise NotAllowed(_("Leads are passed by SDRs and managers. Yours can do it for you."))


def pass_lead(
    session: Session,
    workspace_id: int,
    sender: Member,
    *,
    key: str,
    ae: str,
    company: str,
    contact: str,
    answers: Mapping[int, str],
    now: datetime,
) -> Passed:
    """Write the lead down, judged by the criteria that were asked; a second one with the same key is the first.

    `ae` is the Slack user; `answers` has one for each criterion that was asked, blank where it is unknown.
    """
    require_sender(sender)
    receiver = _receiver(session, workspace_id, sender, ae, now)
    checklist = _judged(session, workspace_id, answers)
    row = Handoff(
        workspace_id=workspace_id,
        handoff_key=key,
        sdr_id=sender.id,
        ae_id=receiver.id,
        company=_named(company, "company"),
        contact=_named(contact, "contact", optional=True),
        passed_at=now,
        criteria_met=rules.criteria_met(checklist),
    )
    is_new = insert_once(session, row)
    stored = queries.by_key(session, workspace_id, key)
    if stored is None or stored.sdr_id != sender.id:
        raise NotFound(_("That form is gone. Please open a new one."))
    if is_new:
        _keep_checklist(session, stored, checklist)
    return Passed(lead_of(session, stored, now), is_new)


def to_decide(session: Session, workspace_id: int, ae_id: int, handoff_id: int, *, now: datetime) -> Lead:
    """The lead that waits for this AE; raises NotFound alike for none and for somebody else's."""
    row = _waiting(queries.by_id(session, workspace_id, handoff_id), ae_id)
    return lead_of(session, row, now)


def decide(
    session: Session,
    workspace_id: int,
    ae_id: int,
    handoff_id: int,
    decision: Decision,
    reason: str,
    *,
    now: datetime,
) -> Lead:
    """The AE's word, once, with a reason; raises BadInput for a reason that is none, and for a second word."""
    row = _waiting(queries.claim(session, workspace_id, handoff_id), ae_id)
    if now < row.passed_at:
        raise BadInput(_("This lead is dated later than now, so it cannot be decided yet."))
    said = _reason(reason)
    row.teaches = teaches(said, queries.reasons_of(session, workspace_id, ae_id))
    row.decision, row.reason, row.decided_at = decision, said, now
    session.flush()
    return lead_of(session, row, now)


def lead_of(session: Session, row: Handoff, now: datetime) -> Lead:
    answers = queries.answers_of(session, row.workspace_id, row.id)
    return Lead(
        id=row.id,
        sdr_id=row.sdr_id,
        sdr=members.member(session, row.workspace_id, row.sdr_id, now=now).name,
        ae_id=row.ae_id,
        ae=members.member(session, row.workspace_id, row.ae_id, now=now).name,
        company=row.company,
        contact=row.contact,
        passed_at=row.passed_at,
        checklist=tuple(
            Judged(criterion_of(criterion), answer.answer, answer.met) for answer, criterion in answers
        ),
        decision=row.decision,
        reason=row.reason,
    )


def _receiver(session: Session, workspace_id: int, sender: Member, ae: str, now: datetime) -> Member:
    if not members.is_known(session, workspace_id, ae):
        raise BadInput(_("They are not on the roster. Pick an AE of yours."), field="ae")
    receiver = members.me(session, workspace_id, ae, now=now)
    if receiver.id == sender.id:
        raise BadInput(_("A lead is passed to somebody else. Pick another AE."), field="ae")
    if Role.AE not in receiver.roles:
        raise BadInput(_("They are not an AE. Pick somebody who is."), field="ae")
    return receiver


def _judged(session: Session, workspace_id: int, answers: Mapping[int, str]) -> tuple[Judged, ...]:
    asked = [criterion_of(row) for row in queries.criteria(session, workspace_id, answers)]
    for criterion in asked:
        if not rules.is_readable(criterion, answers[criterion.id]):
            raise BadInput(
                _("Please give a whole number, or leave it blank if you do not know."),
                field=str(criterion.id),
            )
    return tuple(rules.judge(criterion, answers[criterion.id]) for criterion in asked)


def _named(words: str, field: str, *, optional: bool = False) -> str:
    name = " ".join(words.split())
    if not name and not optional:
        raise BadInput(_("Please give a name."), field=field)
    if len(name) > MAX_NAME:
        raise BadInput(_("Please keep it to {n} characters.").format(n=MAX_NAME), field=field)
    return name


def _reason(words: str) -> str:
    said = words.strip()
    if not said:
        raise BadInput(_("Please say why, in a sentence: it is what the SDR learns from."), field="reason")
    if len(said) > MAX_REASON:
        raise BadInput(_("Please keep it to {n} characters.").format(n=MAX_REASON), field="reason")
    return said


def _waiting(row: Handoff | None, ae_id: int) -> Handoff:
    if row is None or row.ae_id != ae_id:
        raise NotFound(_("That lead is gone, or it was not passed to you."))
    if row.decision is not None:
        raise BadInput(
            {
                Decision.ACCEPTED: _("You have accepted this lead already, and the SDR has your reason."),
                Decision.REJECTED: _("You have rejected this lead already, and the SDR has your reason."),
            }[row.decision]
        )
    return row


def _keep_checklist(session: Session, row: Handoff, checklist: Iterable[Judged]) -> None:
    session.add_all(
        CriterionAnswer(
            workspace_id=row.workspace_id,
            handoff_id=row.id,
            criterion_id=one.criterion.id,
            answer=one.answer,
            met=one.met,
        )
        for one in checklist
    )
    session.flush()
