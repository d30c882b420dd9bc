"""Slack's mrkdwn as HTML: what comes alive, and what must not."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.sandbox.page.mrkdwn import mrkdwn, plain

NAMES = {"U1": "Ana <Lopez>", "C1": "sales"}
ELSEWHERE = ' target="_blank" rel="noopener noreferrer"'
DRAWN = re.compile(
    r'</?(?:strong|em|s|code|pre|blockquote|span class="mention"|span|a href="[^"<>]*" target="_blank"'
    r' rel="noopener noreferrer"|a)>'
)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* _it_ ~no~", "<strong>bold</strong> <em>it</em> <s>no</s>"),
        ("2 * 3 * 4, snake_case_name", "2 * 3 * 4, snake_case_name"),
        ("&lt;script&gt; &amp; co", "&lt;script&gt; &amp; co"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<@U1> in <#C1>", '<span class="mention">@Ana &lt;Lopez&gt;</span> in <span class="mention">#sales</span>'),
        ("`*as it is*`", "<code>*as it is*</code>"),
        ("&gt; said\n&gt; twice\nthen", "<blockquote>said\ntwice</blockquote>then"),
        ("<javascript:alert(1)|click>", "&lt;javascript:alert(1)|click&gt;"),
        ("<!date^1^{date}|1 January>", "1 January"),
        (":trophy: :no_such_thing:", "🏆 :no_such_thing:"),
        ("*<https://a.example|b>*", f'<strong><a href="https://a.example"{ELSEWHERE}>b</a></strong>'),
    ],
)  # fmt: skip
def test_it_looks_as_in_slack(text: str, html: str) -> None:
    assert mrkdwn(text, NAMES) == html


@given(st.text(alphabet="*_~`<>|@#!&;\"' \nab:/gtlhps\ue000\ue0010", max_size=60))
@example('<https://a"onmouseover="x|y>')
@example("\ue0000\ue001 `code`")
def test_nothing_else_comes_alive(text: str) -> None:
    html = mrkdwn(text, NAMES)

    left = DRAWN.sub("", html)
    assert "<" not in left and ">" not in left


@given(st.text(max_size=60))
def test_plain_text_is_never_markup(text: str) -> None:
    assert plain(text).unescape() == text or ":" in text
