"""However long the names and however many of everything, Slack takes what is said, and nothing breaks."""

import pytest

from bot.blocks.ids import Action
from bot.core.enums import Role
from bot.sandbox import Member, text_of
from bot.sandbox.people import screen
from bot.sandbox.people.screen import BUTTONS, Control
from handlers.slash_words import COMMANDS
from tests.blocks.crowd import Crowd
from tests.support.judged import refused
from tests.support.office import Office

LINES = sorted(
    {
        words.written(spelling)
        for words in COMMANDS
        for word in words.words
        for spelling in word.spellings
        if not {"@", "|"} & set(spelling)
    }
)
NEWEST = 4
"""Messages that are gone over after a command."""


@pytest.fixture
def crowd(office: Office) -> Crowd:
    return Crowd(office)


@pytest.mark.parametrize("who", [*Role, "admin"])
def test_slack_takes_every_answer_and_every_form(office: Office, crowd: Crowd, who: Role | str) -> None:
    member = crowd.admin if who == "admin" else crowd.people[Role(who)]
    seen: set[str] = {Action.FORGET_ME}
    home = member.opens_home()
    assert home is not None
    assert "Forget me" in text_of(home)
    press_all(office, member, seen)

    for line in LINES:
        assert not member.commands(line).error, line
        office.tick()
        press_all(office, member, seen)

    assert refused(office.sandbox) == []
    assert [one.name for one in office.sandbox.deliveries if one.error] == []
    assert "something broke" not in "".join(text_of(message) for message in member.dm).lower()


def test_slack_takes_the_digest_of_a_crowd(office: Office, crowd: Crowd) -> None:
    manager = crowd.people[Role.MANAGER]
    manager.commands("/scorecard digest")
    manager.waits_for("Post now")
    manager.clicks("Post now")
    manager.waits_for("is on its way")
    office.tick()

    assert crowd.channel.messages
    assert refused(office.sandbox) == []


def press_all(office: Office, member: Member, seen: set[str]) -> None:
    """Every button of a kind once, those of what opens too."""
    while True:
        if found := _not_yet(office, member, seen):
            seen.add(found.element["action_id"])
            member.presses(found)
            office.tick()
        elif member.modal:
            member.closes()
        else:
            return


def _not_yet(office: Office, member: Member, seen: set[str]) -> Control | None:
    with office.sandbox.workspace.lock:
        shown = screen.in_front(office.sandbox.workspace, member.person)[:NEWEST]
        if member.home and not member.modal:
            shown.append(member.home)
        buttons = [one for surface in shown for one in screen.controls(surface, BUTTONS)]
    return next((one for one in buttons if one.element["action_id"] not in seen), None)
