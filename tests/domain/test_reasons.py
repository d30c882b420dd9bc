"""Claims about reasons that teach."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reasons import count_teaching, teaches

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


def test_a_reason_used_all_month_teaches_once() -> None:
    fit = "Great fit: they hire ten SDRs this quarter"

    assert count_teaching([BUDGET, BUDGET.lower(), fit, "ok"]) == 2
    assert count_teaching([BUDGET, fit], earlier=[BUDGET]) == 1


@given(
    st.lists(
        st.sampled_from([BUDGET, BUDGET.upper(), "short", "They already pay a competitor until 2028", ""])
    )
)
def test_counting_is_asking_of_each_reason_with_all_before_it(reasons: list[str]) -> None:
    one_by_one = sum(teaches(reason, reasons[:n]) for n, reason in enumerate(reasons))

    assert count_teaching(reasons) == one_by_one
