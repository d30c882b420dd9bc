"""Late is not lost: whoever asks is answered in time, and gets what was asked for when it is there."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks.ids import Action
from bot.core.errors import NotFound
from bot.sandbox import Member, text_of
from bot.scorecards.services import scorecard as scorecards
from handlers.common import late, opening
from tests.support.office import Office


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A card takes longer to compute than anybody waits."""
    monkeypatch.setattr(late, "PATIENCE", 0.3)
    computed = scorecards.scorecard_of

    def slowly(*args: Any, **about: Any) -> Any:
        time.sleep(1.5)
        return computed(*args, **about)

    monkeypatch.setattr(scorecards, "scorecard_of", slowly)


def test_a_command_that_takes_long_says_one_moment_and_then_answers(
    office: Office, ana: Member, slow: None
) -> None:
    reply = ana.commands("/scorecard")

    assert not reply.error
    assert "One moment" in reply.says
    assert ana.waits_for("Ana", timeout=30)


def test_a_refusal_that_comes_late_is_said_too(office: Office, ana: Member, bo: Member, slow: None) -> None:
    assert not ana.commands("/scorecard @Bo").error
    assert "These numbers are for the rep" in ana.sees() or ana.waits_for("These numbers are for the rep")


def test_a_form_that_opens_too_late_is_no_breakage(
    office: Office, mia: Member, ana: Member, logs_now: Callable[[], str]
) -> None:
    office.sandbox.faults.slack_error("views.open", "expired_trigger_id")
    mia.commands("/scorecard roster @Ana")

    assert mia.waits_for("Slack was too slow", timeout=20)
    assert '"level": "warning"' in logs_now()
    assert "a listener failed" not in logs_now()
    assert "Something broke" not in mia.sees()


def test_whatever_else_slack_says_is_still_a_breakage(
    office: Office, mia: Member, ana: Member, logs_now: Callable[[], str]
) -> None:
    office.sandbox.faults.slack_error("views.open", "invalid_arguments")
    mia.commands("/scorecard roster @Ana")

    assert mia.waits_for("Something broke", timeout=20)
    assert SlackApiError.__name__ in logs_now()


@pytest.fixture
def go_on() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def presses(ana: Member, button: str) -> threading.Thread:
    """Without waiting for what comes of it."""
    click = threading.Thread(target=ana.clicks, args=(button,))
    click.start()
    return click


def in_form(words: str) -> Callable[[Member], bool]:
    return lambda member: words in text_of(member.modal)


def test_a_form_opens_at_once_and_is_filled_when_its_contents_are_there(
    office: Office, ana: Member, go_on: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed = scorecards.scorecard_of

    def once_let(*args: Any, **about: Any) -> Any:
        assert go_on.wait(60)
        return computed(*args, **about)

    ana.opens_home()
    monkeypatch.setattr(opening, "PATIENCE", 0.1)
    monkeypatch.setattr(scorecards, "scorecard_of", once_let)
    click = presses(ana, Action.MY_SCORECARD)
    ana.waits_for(in_form("One moment"))
    go_on.set()
    click.join()

    ana.waits_for(in_form("Calls"))
    assert "One moment" not in text_of(ana.modal)


def test_what_goes_wrong_behind_a_loading_view_is_said_in_it(
    office: Office, ana: Member, go_on: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_args: Any, **_about: Any) -> Any:
        assert go_on.wait(60)
        raise NotFound("There is no card of yours.")

    ana.opens_home()
    monkeypatch.setattr(opening, "PATIENCE", 0.1)
    monkeypatch.setattr(scorecards, "scorecard_of", refuses)
    click = presses(ana, Action.MY_SCORECARD)
    ana.waits_for(in_form("One moment"))
    go_on.set()
    click.join()

    ana.waits_for(in_form("There is no card of yours."))


def test_nothing_of_the_database_is_held_while_slack_opens_the_form(
    office: Office, ana: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, held = Counter[int](), dict[str, int]()

    def noting(what: str, does: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*args: Any, **about: Any) -> Any:
            held[what] = out[threading.get_ident()]
            return does(*args, **about)

        return noted

    ana.opens_home()
    monkeypatch.setattr(opening, "PATIENCE", 60)
    monkeypatch.setattr(scorecards, "scorecard_of", noting("read", scorecards.scorecard_of))
    monkeypatch.setattr(WebClient, "views_open", noting("opened", WebClient.views_open))
    sa.event.listen(office.db.engine, "checkout", lambda *_: out.update({threading.get_ident(): 1}))
    sa.event.listen(office.db.engine, "checkin", lambda *_: out.update({threading.get_ident(): -1}))
    ana.clicks(Action.MY_SCORECARD)

    ana.waits_for(in_form("Calls"))
    assert held == {"read": 1, "opened": 0}, "connections of the thread that answers"
