"""Who is top, and one's own place: told to who asks, and nobody is last."""

from datetime import timedelta

from bot.core.enums import Role
from bot.sandbox import Member
from tests.scorecards.numbers import ids
from tests.support.builders import Builder
from tests.support.office import Office


def test_a_place_is_told_to_who_asks_and_nobody_is_last(seven: dict[str, Member]) -> None:
    fay = seven["Fay"]
    fay.clicks("Where do I stand?", fay.commands("/scorecard").message)
    fay.waits_for("more of the 7 SDRs are ahead of you than behind you; that moves")
    stands = fay.commands("/scorecard where").says

    assert "*Nearest to move*: " in stands and "you are at the middle of the SDRs" in stands
    assert "number 7" not in stands and "Only you see this" in stands
    assert "you are number 1 of 7 SDRs" in seven["Ana"].commands("/scorecard where").says


def test_a_place_is_for_ones_own_eyes(seven: dict[str, Member], mia: Member) -> None:
    card = mia.commands("/scorecard @Fay")

    assert "Where do I stand?" not in str(card.blocks)
    assert "Fay: *4 of 40 (10%)*" in card.says


def test_with_two_reps_nobody_is_named_top(office: Office, numbers: None, ana: Member, east: int) -> None:
    office.hires("Abe", Role.SDR, east)

    assert "fewer than three" in ana.commands("/scorecard top SDR").says


def test_the_top_is_named_with_its_certainty(
    office: Office, numbers: None, ana: Member, bo: Member, east: int
) -> None:
    others = [office.hires(name, Role.SDR, east) for name in ("Abe", "Cat", "Dov", "Eda")]
    ae, *sdrs = ids(office, bo, *others)
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for rep, accepted in zip(sdrs, (38, 12, 12, 12), strict=True):
            for n in range(40):
                build.handoff(rep, ae, office.clock() - timedelta(days=10 + n), accepted=n < accepted)

    top = ana.commands("/scorecard top").says

    assert "🏆 *SDRs*: *Abe*" in top
    assert " sure" in top
    assert "Cat" not in top
