"""One's own leads, passed and received, with where each stands."""

from bot.handoffs.domain.standing import ListedLead, OwnLeads, Standing, standing_of
from storage.books import Books
from storage.queries import handoffs as queries

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
