"""Of calls told to have advanced, which nothing came of."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.debriefs.domain.followed import Advanced, Trace, without_sequel

START = datetime(2026, 9, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def call(company: str = "Acme", contact: str = "Dana", *, has_deal: bool = False) -> Advanced:
    return Advanced(company, contact, START, has_deal)


@pytest.mark.parametrize(
    "trace",
    [Trace("ACME ", "", START + DAY), Trace("", "dana", START + 30 * DAY)],
    ids=["company", "contact"],
)
def test_a_lead_a_deal_or_a_talk_with_the_same_people_is_a_sequel(trace: Trace) -> None:
    assert without_sequel([call()], [trace]) == (0, 1)


@pytest.mark.parametrize(
    "trace",
    [
        Trace("Acme", "Dana", START),
        Trace("Acme", "Dana", START + 31 * DAY),
        Trace("Globex", "Omar", START + DAY),
    ],
    ids=["the call itself", "too late", "others"],
)
def test_anything_else_is_none(trace: Trace) -> None:
    assert without_sequel([call()], [trace]) == (1, 1)


def test_a_call_about_a_deal_that_is_kept_has_its_sequel_and_a_nameless_one_is_not_judged() -> None:
    assert without_sequel([call("", "", has_deal=True), call("", "")], []) == (0, 1)
