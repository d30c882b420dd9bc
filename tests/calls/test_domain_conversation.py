"""What was said, in numbers: read from WebVTT, SRT and lines with a speaker's name; what cannot be read says why."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calls.domain.conversation import measured, middle, questions
from bot.calls.domain.transcript import LARGEST, Turn, read
from bot.core.errors import BadInput

ZOOM = """WEBVTT

1
00:00:02.000 --> 00:00:09.500
Ana Sample: Thanks for your time. What made you look for a new tool?

2
00:00:10.000 --> 00:00:41.000
Dana Customer: Our reports take three days: nobody trusts them.

3
00:00:42.000 --> 00:00:50.000
Ana Sample: Who signs for this on your side? And by when would it have to run?

4
00:00:51.000 --> 00:01:20.000
Dana Customer: Our head of operations, before the end of March.
"""
TEAMS = (
    ZOOM.replace("Ana Sample: ", "<v Ana Sample>")
    .replace("Dana Customer: ", "<v.loud Dana Customer>")
    .replace("?\n", "?</v>\n")
    .replace(".\n", ".</v>\n")
)
SRT = ZOOM.removeprefix("WEBVTT\n\n").replace(".000", ",000").replace(".500", ",500")
LINES = """Ana Sample 00:02
Thanks for your time. What made you look for a new tool?

Dana Customer 00:10
Our reports take three days,
and nobody trusts them.

[0:42] Ana Sample:
Who signs for this on your side?
"""


@pytest.mark.parametrize("text", [ZOOM, TEAMS, SRT, ZOOM.replace("\n", "\r\n"), "\ufeff" + ZOOM])
def test_who_spoke_how_long_and_what_was_asked(text: str) -> None:
    told = measured(read(text.encode()), ["Ana Sample"])

    assert (told.rep_spoken, told.spoken) == (15.5, 75.5)
    assert round(told.share, 3) == 0.205
    assert (told.longest_rep, told.longest_other) == (8.0, 31.0)
    assert (told.questions, told.first_question) == (3, 0.0)
    assert (told.length, told.turns) == (78.0, 4)
    assert round(told.questions_an_hour or 0) == round(3 * 3600 / 78)
    assert round(told.turns_a_minute, 1) == 3.1


def test_lines_with_a_speaker_and_a_time_last_until_the_next() -> None:
    told = measured(read(LINES.encode()), ["Ana Sample"])

    assert (told.longest_rep, told.longest_other, told.questions) == (8.0, 32.0, 2)
    assert 8.0 < told.rep_spoken < 24.0, "the last line lasts as long as its words take"


def test_a_stretch_goes_on_over_cues_until_another_speaks() -> None:
    turns = [
        Turn("Ana", 0, 10, "a"),
        Turn("Ana", 10, 30, "b"),
        Turn("Dana", 30, 31, "c"),
        Turn("Ana", 31, 40, "d"),
    ]

    assert measured(turns, ["Ana"]).longest_rep == 30


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("What? Why?! Really??", 3),
        ("See https://acme.com/?q=1 for more.", 0),
        ("¿Cuándo? ¿Quién?", 2),
        ("Когда? Кто?", 2),
        ("Πότε; Ποιος;", 2),
        ("متى؟ من؟", 2),
        ("什么时候？谁？", 2),
        ("いつですか？", 1),
        ("Ե՞րբ", 1),
        ("เมื่อไหร่ ใครเป็นคนตัดสินใจ", None),
        ("", 0),
    ],
)
def test_questions_are_counted_by_the_signs_of_their_script(text: str, count: int | None) -> None:
    assert questions(text) == count


def test_where_a_language_writes_no_questions_none_are_told() -> None:
    turns = [Turn("Ana", 0, 10, "เมื่อไหร่"), Turn("Dana", 10, 30, "When? Who?")]

    told = measured(turns, ["Ana"])

    assert (told.questions, told.questions_an_hour, told.first_question) == (None, None, None)


@pytest.mark.parametrize(
    "speaker", ["ana sample", "Ana S.", "Ana Sample (Example Inc)", "Sample, Ana", "ANA"]
)
def test_a_rep_called_a_little_differently_is_known(speaker: str) -> None:
    assert measured([Turn(speaker, 0, 1, "a"), Turn("Dana", 1, 3, "b")], ["Ana Sample"]).rep_spoken == 1


@pytest.mark.parametrize("speakers", [("Speaker 1", "Speaker 2"), ("Ana Lopez", "Ana Diaz")])
def test_a_rep_called_otherwise_is_told_who_speaks_there(speakers: tuple[str, str]) -> None:
    turns = [Turn(name, n, n + 1, "a") for n, name in enumerate(speakers)]

    with pytest.raises(BadInput, match=f"{speakers[0]}, {speakers[1]}"):
        measured(turns, ["Ana Sample"])


def test_five_speakers_are_the_rep_and_the_others() -> None:
    turns = [Turn(name, n, n + 1, "a") for n, name in enumerate(["Ana", "Bo", "Cy", "Di", "Ed"])]

    told = measured(turns, ["Ana"])

    assert (told.turns, told.share, told.longest_other) == (5, 0.2, 1)


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (b"", "nothing"),
        (b"\x89PNG\x00\xff", "no text"),
        (b"WEBVTT\n\n00:01.000 --> 00:04.000\nNobody is named here\n", "does not say who speaks"),
        (b"WEBVTT\n\n00:01.000 --> 00:04.000\nAna: alone\n", "Only one person"),
        (ZOOM[: ZOOM.index("00:01:20")].encode(), "cut off"),
        (ZOOM[: ZOOM.index("Dana Customer: Our head")].encode(), "cut off"),
        (ZOOM.replace("00:00:42.000", "00:00:04.000").encode(), "run backwards at 0:04"),
        (ZOOM.replace("00:00:50.000", "00:00:41.000").encode(), "run backwards"),
        (ZOOM.replace("00:01:20.000", "13:01:20.000").encode(), "longer than 12 hours"),
        (b"x" * 10_000_000, "larger than 2 MB"),
    ],
)
def test_what_cannot_be_read_says_why_in_a_sentence(body: bytes, complaint: str) -> None:
    with pytest.raises(BadInput, match=complaint):
        read(body)


TURNS = st.lists(
    st.builds(
        Turn,
        st.sampled_from(["Ana", "Dana", "Eve"]),
        st.floats(0, 3600),
        st.floats(0, 60),
        st.sampled_from(["", "Why?", "Yes."]),
    ).map(lambda turn: replace(turn, end=turn.start + turn.end)),
    min_size=1,
    max_size=30,
)


@given(TURNS)
@settings(deadline=None)
def test_shares_are_shares_and_no_stretch_is_longer_than_what_was_said(turns: list[Turn]) -> None:
    told = measured([*turns, Turn("Ana", 0, 1, "a")], ["Ana"])

    assert 0 <= told.share <= 1
    assert told.longest_rep <= told.rep_spoken + 1e-6
    assert told.longest_other <= told.spoken - told.rep_spoken + 1e-6
    assert told.turns >= 1


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@settings(deadline=None)
def test_noise_is_read_or_refused(body: bytes) -> None:
    for one in (body, b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + body):
        try:
            assert read(one)
        except BadInput as error:
            assert str(error)


def test_the_middle_is_told_of_three_reps_and_more() -> None:
    assert middle([[0.4, 0.6], [0.5]]) is None
    assert middle([[0.4, 0.6, 0.5], [0.3], [0.7], []]) == 0.5


def test_an_hour_is_read_in_a_moment() -> None:
    """Of the machine's own time, the best of five: others may be at work on it."""
    cues = "".join(
        f"{n}\n{n // 1200:02d}:{n // 20 % 60:02d}:{n * 3 % 60:02d}.000 --> "
        f"{n // 1200:02d}:{n // 20 % 60:02d}:{n * 3 % 60 + 2:02d}.900\n"
        f"{'Ana Sample' if n % 2 else 'Dana Customer'}: Thanks for your time. What made you look for a new tool?\n\n"
        for n in range(1200)
    )
    body = ("WEBVTT\n\n" + cues).encode()
    assert len(body) < LARGEST

    def took() -> float:
        began = time.process_time()
        measured(read(body), ["Ana Sample"])
        return time.process_time() - began

    assert min(took() for _ in range(5)) < 0.05


def test_a_file_that_tries_to_be_slow_is_read_in_a_moment_too() -> None:
    began = time.process_time()
    for body in (
        b"a " * 500_000,
        b"0:" * 900_000,
        b"<v " * 600_000 + b"-->",
        b"a: " * 600_000,
        b"\n \n" * 600_000,
    ):
        with pytest.raises(BadInput):
            read(body)
    assert time.process_time() - began < 20
