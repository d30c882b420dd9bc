"""What a team lost in a time, and why: deals by the AEs' reasons, calls by the reps' debriefs."""

from dataclasses import replace

from bot.calendar.periods import Period
from bot.core.enums import SELLING_ROLES, Role
from bot.debriefs.domain.losses import Losses, Lost, Row, by_reason, counted
from bot.debriefs.services import stories
from bot.people.services import people
from bot.people.services import workspace as workspaces
from bot.people.services.teams import Floor
from bot.pipeline.domain import losses as reasons
from bot.pipeline.domain.losses import Reason
from bot.pipeline.domain.money import Money, added, piled
from bot.pipeline.services import accounts, loss_reasons
from bot.pipeline.services import stuck as pipelines
from storage.books import Books
from storage.queries.debriefs import debriefs as queries
from storage.queries.pipeline import deals

MOST_WORDS = 3
MOST_NAMED = 5


def of_team(books: Books, floor: Floor, period: Period, *, with_words: bool) -> Losses:
    """`with_words`: the reader may read what reps say in their debriefs."""
    known = period.until(books.now)
    lost = [*_deals(books, floor, known), *_calls(books, floor, known, with_words=with_words)]
    grouped = by_reason(lost)
    rows = tuple(_row(books, reason, ones, known) for reason, ones in grouped.items())
    unsaid = len(lost) - sum(map(len, grouped.values()))
    told = Losses(
        rows,
        unsaid,
        counted((one.competitor for one in lost), most=MOST_NAMED),
        counted((one.stage for one in lost), most=MOST_NAMED),
    )
    if not told.topic:
        return told
    wins = stories.shared_wins(books, floor, told.topic, most=1)
    return replace(told, story=wins[0] if wins else None)


def _deals(books: Books, floor: Floor, known: Period) -> list[Lost]:
    aes = _reps(books, floor, known, (Role.AE,))
    worked = pipelines.worked(books, aes, known, as_of=books.now)
    lost = [one for one in worked if one.closed_at and not one.won and known.contains(one.closed_at)]
    why = {deal_id: told for deal_id, *told in deals.losses(books, [one.deal_id for one in lost])}
    known_reasons = loss_reasons.known(books)
    latest_first = sorted(lost, key=lambda one: one.closed_at or books.now, reverse=True)
    return [
        Lost(
            *reasons.read(reason, known_reasons),
            is_deal=True,
            amount=one.amount,
            currency=one.currency,
            competitor=competitor,
            stage=stage,
        )
        for one in latest_first
        for reason, competitor, stage in [why.get(one.deal_id, ("", "", ""))]
    ]


def _calls(books: Books, floor: Floor, known: Period, *, with_words: bool) -> list[Lost]:
    reps = _reps(books, floor, known, SELLING_ROLES)
    known_reasons = loss_reasons.known(books)
    return [
        Lost(
            *reasons.read(reason, known_reasons),
            is_deal=False,
            is_quotable=with_words,
            competitor=competitor,
            stage=stage,
        )
        for reason, competitor, stage in queries.lost_because(books, reps, known.start, known.end)
    ]


def _row(books: Books, reason: Reason | None, ones: list[Lost], known: Period) -> Row:
    lost = [one for one in ones if one.is_deal]
    words = dict.fromkeys(one.words for one in ones if one.words and one.is_quotable)
    return Row(
        reason, len(lost), len(ones) - len(lost), _worth(books, lost, known), tuple(words)[:MOST_WORDS]
    )


def _worth(books: Books, lost: list[Lost], known: Period) -> Money:
    base = workspaces.settings(books).currency
    amounts = [(one.amount, one.currency) for one in lost if one.amount is not None]
    rates = accounts.rates_on(books, base, known.last.astimezone(known.zone).date())
    return added(piled(amounts, base=base), len(lost) - len(amounts), base=base, rates=rates)


def _reps(books: Books, floor: Floor, known: Period, roles: tuple[Role, ...]) -> list[int]:
    held = (stint for role in roles for stint in people.who_held(books, role, known, as_of=books.now))
    return list({stint.rep.id: None for stint in held if floor.id in (None, stint.rep.team_id)})
