"""Claims about what a debrief must hold."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.enums import Outcome
from bot.debriefs.domain.debrief import TAGS, Answer, check, is_editable, normalised_tags

TOKYO = ZoneInfo("Asia/Tokyo")
BERLIN = ZoneInfo("Europe/Berlin")
CALL = datetime(2026, 11, 10, 20, 0, tzinfo=UTC)  # Tuesday evening in Berlin, Wednesday morning in Tokyo
TAPPED = Answer(outcome=Outcome.ADVANCED)


def errors(answer: Answer, *, zone: ZoneInfo = BERLIN) -> dict[str, str]:
    return check(answer, call_started=CALL, zone=zone)


@pytest.mark.parametrize("outcome", sorted(set(Outcome) - {Outcome.LOST}))
def test_how_it_ended_is_a_debrief_already(outcome: Outcome) -> None:
    assert errors(Answer(outcome=outcome)) == {}


def test_without_how_it_ended_there_is_no_debrief() -> None:
    assert list(errors(Answer(went_well="the opening"))) == ["outcome"]


def test_a_lost_call_asks_for_the_reason() -> None:
    assert "why" in errors(Answer(outcome=Outcome.LOST, reason="  "))["reason"]
    assert errors(Answer(outcome=Outcome.LOST, reason="price")) == {}


def test_the_next_step_cannot_come_before_the_call_on_the_reps_own_calendar() -> None:
    same_day_in_berlin = replace(TAPPED, next_step_on=date(2026, 11, 10))

    assert errors(same_day_in_berlin) == {}
    assert list(errors(same_day_in_berlin, zone=TOKYO)) == ["next_step_on"]
    assert list(errors(replace(TAPPED, next_step_on=date(2026, 11, 9)))) == ["next_step_on"]


@pytest.mark.parametrize("field", ["reason", "went_well", "improve", "measure", "next_step", "story"])
def test_three_thousand_characters_fit_and_one_more_is_told(field: str) -> None:
    full: dict[str, Any] = {field: "x" * 3_000}
    over: dict[str, Any] = {field: "x" * 3_012}

    assert errors(replace(TAPPED, **full)) == {}
    assert errors(replace(TAPPED, **over)) == {field: "Please shorten this by 12 characters; 3,000 fit."}


def test_all_that_is_wrong_is_told_at_once() -> None:
    wrong = Answer(
        outcome=Outcome.LOST,
        next_step_on=date(2026, 1, 1),
        improve="x" * 4_000,
        tags=tuple(map(str, range(11))),
    )

    assert set(errors(wrong)) == {"reason", "next_step_on", "improve", "tags"}


def test_a_sentence_is_not_a_tag() -> None:
    assert list(errors(replace(TAPPED, tags=("a" * 41,)))) == ["tags"]


def test_one_spelling_of_a_tag_counts_once() -> None:
    assert normalised_tags(["Next step", "#next-step", "next_step", " ", "PRICING", "#"]) == (
        "next_step",
        "pricing",
    )


def test_a_tag_keeps_the_vowel_signs_of_its_script() -> None:
    assert normalised_tags(["#टाइमलाइन", "ราคา-สินค้า"]) == ("टाइमलाइन", "ราคา_สินค้า")


def test_the_tags_offered_are_in_their_normal_spelling_and_labelled() -> None:
    assert normalised_tags(TAGS) == tuple(TAGS)
    assert all(TAGS.values())
    assert {"authority", "timeline", "pricing", "discovery", "objection", "next_step"} <= set(TAGS)


def test_a_debrief_can_be_edited_for_seven_days() -> None:
    last = CALL + timedelta(days=7)

    assert is_editable(CALL, now=last - timedelta(microseconds=1))
    assert not is_editable(CALL, now=last)


@given(st.lists(st.text(max_size=8), max_size=6))
def test_tags_already_normal_stay_as_they_are(tags: list[str]) -> None:
    once = normalised_tags(tags)

    assert normalised_tags(once) == once
    assert len(set(once)) == len(once)
