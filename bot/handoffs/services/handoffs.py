"""Leads on their way from SDRs to AEs, and where each of one's own stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.calendar.wallclock import local_date
from bot.core.enums import CriterionKind, Decision, Role
from bot.core.errors import BadInput, NotAllowed, NotFound
from bot.core.i18n import gettext as _
from bot.handoffs.domain import checklist as rules
from bot.handoffs.domain.checklist import MAX_NAME, MAX_NOTES, MAX_REASON, UNDO, Judged, Lead, Receiver
from bot.handoffs.domain.reasons import teaches
from bot.handoffs.domain.standing import ListedLead, OwnLeads, Standing, standing_of
from bot.handoffs.services.criteria import criterion_of
from bot.people.services import members, teams
from bot.people.services.members import Member
from storage.books import Books, insert_once
from storage.queries import handoffs as queries
from storage.tables import CriterionAnswer, Handoff

COMPARED = 2_000
"""The latest reasons in the workspace that a new one must not repeat, beside all of the AE's own."""


@dataclass(frozen=True, slots=True)
class Passed:
    """`is_new`: the form that passed it was submitted for the first time."""

    lead: Lead
    is_new: bool


def require_sender(sender: Member) -> None:
    if sender.roles.isdisjoint((Role.SDR, Role.MANAGER)):
        raise NotAllowed(_("Leads are passed by SDRs and managers. Yours can do it for you."))


def receivers(books: Books, sender: Member) -> list[Receiver]:
    """Who can be meant: the AEs of today whom Slack knows, those of the sender's own teams first."""
    held = teams.roster_on(books, local_date(books.now, sender.zone))
    own = {membership.team_id for person, membership, _team in held if person.id == sender.id}
    aes = {
        person.id: (membership.team_id not in own, team.name, person.name)
        for person, membership, team in reversed(held)
        if membership.role is Role.AE and person.slack_user_id and person.id != sender.id
    }
    ranked = sorted(aes.items(), key=lambda one: one[1])
    return [Receiver(person_id, name, team) for person_id, (_is_far, team, name) in ranked]


def pass_lead(
    books: Books,
    sender: Member,
    *,
    key: str,
    ae_id: int,
    company: str,
    contact: str,
    answers: Mapping[int, str],
    notes: str = "",
) -> Passed:
    """Write the lead down, judged by the criteria that were asked; a second one with the same key is the first.

    `answers` has one for each criterion that was asked, blank where it is unknown.
    """
    require_sender(sender)
    if ae_id not in {one.id for one in receivers(books, sender)}:
        raise BadInput(_("They cannot be passed a lead any more. Pick another AE."), field="ae")
    checklist = judged(books, sender, answers)
    row = Handoff(
        workspace_id=books.workspace_id,
        handoff_key=key,
        sdr_id=sender.id,
        ae_id=ae_id,
        company=_named(company, "company"),
        contact=_named(contact, "contact", optional=True),
        notes=notes.strip()[:MAX_NOTES],
        passed_at=books.now,
        criteria_met=rules.criteria_met(checklist),
    )
    is_new = insert_once(books.session, row)
    stored = queries.by_key(books, key)
    if stored is None or stored.sdr_id != sender.id:
        raise NotFound(_("That form is gone. Please open a new one."))
    if is_new:
        _keep_checklist(books, stored, checklist)
    return Passed(lead_of(books, stored), is_new)


def to_decide(books: Books, ae_id: int, handoff_id: int) -> Lead:
    """The lead that waits for this AE; raises NotFound alike for none and for somebody else's."""
    row = _waiting(queries.by_id(books, handoff_id), ae_id)
    return lead_of(books, row)


def decide(books: Books, ae_id: int, handoff_id: int, decision: Decision, reason: str) -> Lead:
    """The AE's word, once, with a reason; raises BadInput for a reason that is none, and for a second word."""
    row = _waiting(queries.claim(books, handoff_id), ae_id)
    if books.now < row.passed_at:
        raise BadInput(_("This lead is dated later than now, so it cannot be decided yet."))
    said = _reason(reason)
    row.teaches = teaches(said, queries.reasons_before(books, ae_id, latest=COMPARED))
    row.decision, row.reason, row.decided_at = decision, said, books.now
    books.session.flush()
    return lead_of(books, row)


def take_back(books: Books, ae_id: int, handoff_id: int) -> Lead:
    """The AE's word undone within minutes: a slip of the thumb teaches nobody. Gives the lead as it was decided."""
    row = queries.claim(books, handoff_id)
    if row is None or row.ae_id != ae_id or row.decided_at is None:
        raise NotFound(_("There is no decision of yours to take back."))
    if books.now >= row.decided_at + UNDO:
        raise BadInput(_("Five minutes are over, and your word has been read. Talk to the SDR about it."))
    if queries.has_deal(books, row.id):
        raise BadInput(_("This lead is a deal already. Say on the deal what became of it."))
    lead = lead_of(books, row)
    row.decision, row.reason, row.decided_at, row.unhelpful_at, row.teaches = None, "", None, None, False
    books.session.flush()
    return lead


def did_not_help(books: Books, sdr_id: int, handoff_id: int) -> Lead:
    """The SDR's word on the reason they were given, once; raises NotFound alike for none and for somebody else's."""
    row = queries.claim(books, handoff_id)
    if row is None or row.sdr_id != sdr_id or row.decision is None:
        raise NotFound(_("That lead is gone, or it is not one of yours."))
    row.unhelpful_at = row.unhelpful_at or books.now
    books.session.flush()
    return lead_of(books, row)


def lead_of(books: Books, row: Handoff) -> Lead:
    answers = queries.answers_of(books, row.id)
    return Lead(
        id=row.id,
        sdr_id=row.sdr_id,
        sdr=members.member(books, row.sdr_id).name,
        ae_id=row.ae_id,
        ae=members.member(books, row.ae_id).name,
        company=row.company,
        contact=row.contact,
        passed_at=row.passed_at,
        notes=row.notes,
        checklist=tuple(
            Judged(criterion_of(criterion), answer.answer, answer.met) for answer, criterion in answers
        ),
        decision=row.decision,
        reason=row.reason,
    )


def judged(books: Books, sender: Member, answers: Mapping[int, str]) -> tuple[Judged, ...]:
    """The sender's lead by each criterion that was asked; nothing is kept. Raises BadInput for what cannot be read."""
    today = local_date(books.now, sender.zone)
    asked = [criterion_of(row) for row in queries.criteria(books, answers)]
    for criterion in asked:
        if not rules.is_readable(criterion, answers[criterion.id]):
            raise BadInput(
                _unreadable(criterion.kind),
                field=str(criterion.id),
            )
    return tuple(rules.judge(criterion, answers[criterion.id], today=today) for criterion in asked)


def _unreadable(kind: CriterionKind) -> str:
    if kind is CriterionKind.TEXT:
        return _("Please keep it to {n} characters.").format(n=rules.MAX_ANSWER)
    return _("Please give a whole number, or leave it blank if you do not know.")


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


def _keep_checklist(books: Books, row: Handoff, checklist: Iterable[Judged]) -> None:
    books.session.add_all(
        CriterionAnswer(
            workspace_id=row.workspace_id,
            handoff_id=row.id,
            criterion_id=one.criterion.id,
            answer=one.answer,
            met=one.met,
        )
        for one in checklist
    )
    books.session.flush()


LISTED = 10
"""Of either kind."""


def of_person(books: Books, person_id: int) -> OwnLeads:
    return OwnLeads(
        passed=_listed(books, person_id, received=False), received=_listed(books, person_id, received=True)
    )


def _listed(books: Books, person_id: int, *, received: bool) -> tuple[ListedLead, ...]:
    found = queries.of_person(books, person_id, received=received, limit=LISTED)
    leads = {}
    for lead, other, deal in found:
        standing = standing_of(lead.decision, deal.status if deal else None)
        why = {Standing.REJECTED: lead.reason, Standing.LOST: deal.loss_reason if deal else ""}
        leads[lead.id] = ListedLead(
            lead.id,
            other.name,
            lead.company,
            lead.contact,
            lead.passed_at,
            standing,
            why.get(standing, ""),
        )
    return tuple(leads.values())
