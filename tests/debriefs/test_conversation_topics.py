"""What a debrief offers to work on is a team's own to change, or every team's; whoever it concerns hears of it."""

import pytest

from bot.core.enums import Role
from bot.sandbox import Member, text_of
from tests.support.office import Office


def changes(who: Member, team: str, words: str) -> dict[str, str]:
    who.commands("/debrief topics")
    who.waits_for("What to work on")
    who.clicks("Change", beside=f"*{team}*")
    errors = who.submits(topics=words).errors
    who.closes(everything=True)
    return errors


def offered(office: Office, rep: Member) -> str:
    office.call_ended(rep)
    rep.clicks("Debrief")
    rep.waits_for("What will you work on?")
    told = next(line for line in text_of(rep.modal).splitlines() if line.startswith("What will you work on?"))
    rep.closes(everything=True)
    return told


def heard(who: Member) -> list[str]:
    return [text for one in who.dm if "offer to work on" in (text := text_of(one))]


@pytest.fixture
def cem(office: Office) -> Member:
    """An SDR of another team."""
    return office.hires("Cem", Role.SDR, office.team("West"))


@pytest.fixture
def ada(office: Office, east: int) -> Member:
    return office.hires("Ada", Role.AM, east, is_admin=True)


def test_a_manager_changes_the_list_of_their_team_alone(
    office: Office, ana: Member, mia: Member, cem: Member, ada: Member
) -> None:
    assert changes(mia, "East", "Objection handling\nSecurity review\n security  review \n") == {}
    office.tick()

    assert "(Objection handling | Security review)" in offered(office, ana)
    assert "Demo" in offered(office, cem)
    [told] = heard(ana)
    assert "*Mia* changed what the debriefs of East offer to work on." in told
    assert "+ Security review" in told and "– Opening" in told and "Objection" not in told
    assert (len(heard(ada)), heard(mia), heard(cem)) == (1, [], [])
    assert (
        "Mia changed topics: – → Objection handling, Security review (East)"
        in ada.commands("/scorecard audit").says
    )


def test_every_teams_list_holds_where_a_team_has_none(
    office: Office, ana: Member, mia: Member, cem: Member, ada: Member
) -> None:
    changes(mia, "East", "Security review")
    changes(ada, "Every team", "Opening\nLegal")
    office.tick()
    assert "(Security review)" in offered(office, ana)
    assert "(Opening | Legal)" in offered(office, cem)
    assert (len(heard(ana)), len(heard(cem))) == (1, 1)

    changes(mia, "East", "")
    office.tick()

    assert "(Opening | Legal)" in offered(office, ana)
    assert "– Security review" in heard(ana)[-1]


def test_what_is_picked_of_it_reads_as_it_was_written(office: Office, ana: Member, mia: Member) -> None:
    changes(mia, "East", "Security review")
    office.call_ended(ana)
    ana.clicks("Debrief")
    assert ana.submits(outcome="Continued", tags=["Security review"]).errors == {}

    ana.waits_for("security review")
    assert "security_review" not in "".join(text_of(one) for one in ana.dm)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("x" * 41, "is too long: 40 characters fit"),
        ("!!!", "no letter"),
        ("\n".join(map(str, range(41))), "At most 40"),
    ],
)
def test_what_cannot_be_offered_is_refused(mia: Member, ana: Member, words: str, told: str) -> None:
    assert told in changes(mia, "East", words)["topics"]


def test_a_rep_is_refused_and_a_manager_is_offered_their_teams_alone(
    ana: Member, mia: Member, cem: Member
) -> None:
    assert "its manager" in ana.commands("/debrief topics").text
    mia.commands("/debrief topics")
    mia.waits_for("*East*: as every team")
    told = text_of(mia.modal)
    assert "West" not in told and "*Every team*" not in told
