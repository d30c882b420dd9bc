"""One place with a coach, and three who need it alike: what each of them, and their manager, reads of the draw."""

from datetime import UTC, datetime

import pytest

from bot.sandbox import Member, text_of
from storage.tables import Team
from tests.coaching.pairing.changes import changes, looks
from tests.coaching.weeks.mondays import heard
from tests.support.closers import closer
from tests.support.office import Office


@pytest.fixture
def weak(office: Office, east: int, mia: Member) -> list[Member]:
    """Three who win as few deals, beside a coach who has one place."""
    for n in range(4):
        closer(office, f"Middle{n}", east, won=20, lost=20)
    closer(office, "Ana", east, won=50, lost=5, willing=True).commands("/coach on 1")
    channel = office.sandbox.add_channel("sales", members=[mia])
    office.sandbox.invite_bot(channel)
    with office.db.begin() as session:
        session.get_one(Team, east).channel = channel.id
    office.tick()
    return [closer(office, name, east, won=3, lost=45) for name in ("Ben", "Cem", "Dan")]


def test_who_waits_hears_why_and_when_and_the_manager_who_was_drawn(
    office: Office, weak: list[Member], mia: Member
) -> None:
    shown = text_of(looks(mia))
    office.clock.now = datetime(2026, 11, 23, 8, 1, tzinfo=UTC)
    office.tick()

    [drawn] = [one for one in weak if heard(one, "as your coach for four weeks")]
    waiting = [one for one in weak if one is not drawn]
    assert f"🎲 Drawn by lot, for like need in Win rate: {drawn.name}. Next: " in shown
    assert shown.count("another was drawn; their turn is in the week of") == 2
    turns = []
    for one in waiting:
        [told] = heard(one, "drawn by lot")
        turns.append(told.rsplit("in the week of ", 1)[1])
        assert "No pair this week" in told and "It is your turn when it is free again" in told
        assert not any(other.name in told for other in weak), "nobody's need is told to a colleague"
    assert sorted(turns) == ["Dec 21, 2026.", "Jan 18, 2027."], "one after the other"


def test_a_pin_is_marked_as_one_and_takes_no_part(weak: list[Member], mia: Member) -> None:
    changes(mia, "Dan", coach="Ana")

    shown = text_of(looks(mia))

    assert "*Dan* with *Ana* on Win rate" in shown and "· pinned" in shown
    assert "🎲" not in shown
