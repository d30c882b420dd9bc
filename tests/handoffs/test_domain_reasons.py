"""Claims about reasons that teach."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.handoffs.domain.reasons import ALIKE, Said, reason_key, teaches, words_of

BUDGET = "Their budget year starts in March, too early to talk"


def test_twenty_characters_teach_and_nineteen_do_not() -> None:
    assert teaches("No budget until June", ())
    assert not teaches("No budget until May", ())


def test_spaces_around_and_between_do_not_make_a_reason_longer() -> None:
    assert not teaches("   no     budget     yet    ", ())


@pytest.mark.parametrize(
    "reason",
    [
        "งบหมดปีนี้",
        "予算が来期までない",
        "预算要等到明年三月",
        "ງົບປະມານໝົດແລ້ວ",
        "ថវិកាអស់ហើយ",
        "ဘတ်ဂျက်မရှိ",
        "ﾖｻﾝｶﾞﾅｲﾃﾞｽ",
    ],
)
def test_eight_characters_are_enough_where_words_are_not_spaced(reason: str) -> None:
    assert teaches(reason, ())
    assert not teaches(reason[:7], ())


def test_hangul_and_cyrillic_are_spaced_and_need_twenty() -> None:
    assert not teaches("예산이 없습니다 지금은", ())
    assert not teaches("бюджета пока нет", ())


def test_one_foreign_word_does_not_lower_the_bar() -> None:
    assert not teaches("HubSpot 太贵", ())


def test_an_accent_written_apart_is_not_a_character_more() -> None:
    assert not teaches("trop cher, de\u0301ja\u0300 vu", ())  # 20 code points, 18 characters


@pytest.mark.parametrize(
    "again", [BUDGET.upper(), f"  {BUDGET}!!", BUDGET.replace(" ", "  "), BUDGET.replace(",", "")]
)
def test_a_repeat_does_not_teach_however_it_is_dressed(again: str) -> None:
    assert teaches(again, ("something else entirely",))
    assert not teaches(again, (BUDGET,))


def test_vowel_signs_tell_words_apart() -> None:
    assert teaches("ลูกค้ายังไม่พร้อมซื้อ", ("ลูกคายังไมพรอมซอ",))


def test_dots_and_signs_teach_nothing() -> None:
    assert not teaches("." * 40, ())
    assert not teaches("👍" * 40, ())


@pytest.mark.parametrize(
    "again",
    [
        "Their budget year starts in April, too early to talk",
        "Their budget year starts in March 2027, too early to talk",
        "So their budget year starts in March, too early to talk",
    ],
)
def test_a_reason_with_a_word_or_a_number_changed_is_a_repeat(again: str) -> None:
    assert teaches(again, ())
    assert not teaches(again, (BUDGET,))


def test_numbers_alone_never_make_a_reason_new() -> None:
    said = [f"Lead number {n} was looked at with care" for n in range(20)]

    assert sum(teaches(reason, said[:at]) for at, reason in enumerate(said)) == 1


@pytest.mark.parametrize(
    "other",
    [
        "Their headcount is below fifty, look it up before the call",
        "Dana cannot sign; ask who else decides before you pass it on",
    ],
)
def test_another_lesson_on_another_lead_teaches(other: str) -> None:
    assert teaches(other, (BUDGET,))


def test_a_repeat_in_a_script_without_spaces_is_found() -> None:
    assert not teaches("预算要等到明年三月才有吧", ("预算要等到明年三月才有",))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text("abc ", min_size=20, max_size=40), max_size=12))
def test_the_short_cut_finds_what_comparing_all_with_all_finds(reasons: list[str]) -> None:
    said, kept = Said(), list[frozenset[str]]()
    keys: set[str] = set()
    for reason in reasons:
        words, key = words_of(reason), reason_key(reason)
        is_new = (
            bool(key) and key not in keys and all(len(words & one) / len(words | one) < ALIKE for one in kept)
        )
        assert said.add(reason) == is_new
        keys.add(key)
        kept += [words] if is_new else []
