"""What the two of a pair say to it: yes, no, and that they met."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.coaching.domain.pairs import Why
from bot.coaching.services import pair_answers
from bot.coaching.services.weeks import keeping
from bot.core.enums import PairingStatus
from bot.core.errors import BadInput, NotAllowed, NotFound
from storage.books import Books
from storage.tables import CoachingSession, Pairing, PairWish
from tests.coaching.pairing.floor import NOW, WEEK, Office, office, strong_and_weak

__all__ = ["office"]


def answer(office: Office, name: str, pairing_id: int, *, yes: bool) -> pair_answers.Answered:
    say = pair_answers.accept if yes else pair_answers.decline
    return say(Books(office.session, office.build.workspace_id, NOW), office.ids[name], pairing_id)


def only_pair(office: Office) -> int:
    [pair] = office.keep(office.propose()).pairs
    assert pair.id is not None
    return pair.id


def test_the_learners_yes_makes_the_pair_and_a_second_one_changes_nothing(office: Office) -> None:
    strong_and_weak(office)
    pair = only_pair(office)

    assert answer(office, "Ben", pair, yes=True).is_new
    assert not answer(office, "Ben", pair, yes=True).is_new
    assert office.session.get_one(Pairing, pair).status is PairingStatus.ACCEPTED


def test_a_coach_cannot_say_yes_for_the_learner_and_a_stranger_sees_no_pair(office: Office) -> None:
    strong_and_weak(office)
    pair = only_pair(office)

    with pytest.raises(NotAllowed):
        answer(office, "Ana", pair, yes=True)
    for yes in (True, False):
        with pytest.raises(NotFound):
            answer(office, "Middle 0", pair, yes=yes)


def rematch(office: Office, pair: int) -> str | None:
    found = keeping.rematch(
        Books(office.session, office.build.workspace_id, NOW), pair, sentence=lambda pair: "Anew."
    )
    return found.coach.name if found else None


def test_a_declined_pair_is_matched_anew_once(office: Office) -> None:
    strong_and_weak(office)
    office.ae("Coy", 40, 8, willing=True)
    office.ae("Dee", 40, 9, willing=True)
    pair = only_pair(office)

    answer(office, "Ben", pair, yes=False)
    second = rematch(office, pair)
    assert second in {"Ana", "Coy", "Dee"}
    first_coach = office.session.exec(select(PairWish)).one().coach_id
    assert office.ids[second] != first_coach
    answer(office, "Ben", pair, yes=False)

    assert rematch(office, pair) is None
    assert office.session.get_one(Pairing, pair).status is PairingStatus.DECLINED


def test_a_declined_learner_with_no_other_coach_stays_without(office: Office) -> None:
    strong_and_weak(office)
    pair = only_pair(office)

    answer(office, "Ana", pair, yes=False)

    assert rematch(office, pair) is None
    assert office.why(office.propose())["Ben"] is Why.PASSED
    assert office.why(office.propose(week=WEEK + timedelta(weeks=1)))["Ben"] is Why.RESTING


def test_a_pair_that_was_not_declined_is_not_matched_anew(office: Office) -> None:
    strong_and_weak(office)

    assert rematch(office, only_pair(office)) is None


def met(
    office: Office,
    name: str,
    pair: int,
    *,
    minutes: int = 25,
    commitment: str = "",
    rating: int | None = None,
) -> bool:
    return pair_answers.met(
        Books(office.session, office.build.workspace_id, NOW),
        office.ids[name],
        pair,
        minutes=minutes,
        commitment=commitment,
        rating=rating,
    ).is_new


def test_a_meeting_is_written_down_once_and_the_learner_adds_the_rating(office: Office) -> None:
    strong_and_weak(office)
    pair = only_pair(office)

    assert met(office, "Ana", pair, commitment="Ask who signs", rating=5)
    assert not met(office, "Ben", pair, minutes=30, rating=4)

    [held] = office.session.exec(select(CoachingSession)).all()
    assert (held.minutes, held.commitment, held.rating) == (30, "Ask who signs", 4)
    assert (held.held_on, held.due_on) == (WEEK, WEEK + timedelta(days=7))
    assert office.session.get_one(Pairing, pair).status is PairingStatus.MET
    with pytest.raises(BadInput, match="met already"):
        answer(office, "Ben", pair, yes=False)


def test_a_meeting_of_no_or_endless_minutes_is_refused_at_its_field(office: Office) -> None:
    strong_and_weak(office)
    pair = only_pair(office)

    for minutes in (0, 481, 9_000):
        with pytest.raises(BadInput) as refused:
            met(office, "Ben", pair, minutes=minutes)
        assert refused.value.field == "minutes"
