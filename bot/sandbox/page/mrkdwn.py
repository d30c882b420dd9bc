"""Slack's mrkdwn and plain text as HTML, in which nothing comes alive but what Slack itself would draw."""

import re
from collections.abc import Callable, Mapping
from functools import partial

from markupsafe import Markup, escape

CODE = re.compile(r"```\n?(?P<block>.+?)```|`(?P<inline>[^`\n]+)`", re.DOTALL)
TOKEN = re.compile(r"<(?P<target>[^<>|]+)(?:\|(?P<label>[^<>]*))?>")
QUOTE = re.compile(r"(?:^&gt; ?[^\n]*(?:\n|\Z))+", re.MULTILINE)
STYLES = tuple(
    (re.compile(rf"(?<![\w{mark}]){mark}(?=\S)([^{mark}\n]+?)(?<=\S){mark}(?![\w{mark}])"), tag)
    for mark, tag in ((r"\*", "strong"), ("_", "em"), ("~", "s"))
)
KEPT = re.compile("\ue000([0-9]+)\ue001")
PRIVATE = dict.fromkeys((0xE000, 0xE001))
SHORTCODE = re.compile(r":([a-z0-9_+-]+):")
EMOJI = {
    "+1": "👍", "bar_chart": "📊", "bulb": "💡", "calendar": "📅", "chart_with_upwards_trend": "📈", "clock9": "🕘",
    "dart": "🎯", "eyes": "👀", "handshake": "🤝", "plunger": "🪠", "scales": "⚖️", "speech_balloon": "💬", "star": "⭐",
    "tada": "🎉", "telephone_receiver": "📞", "trophy": "🏆", "warning": "⚠️", "wave": "👋", "white_check_mark": "✅",
}  # fmt: skip


def plain(text: str) -> Markup:
    """A plain_text: nothing in it is markup, but emoji shortcodes are."""
    return escape(_with_emoji(text))


def mrkdwn(text: str, names: Mapping[str, str]) -> Markup:
    """A mrkdwn text; `names` are those of people and channels by id. Line breaks are left to the style sheet."""
    kept: list[Markup] = []

    def keep(draw: Callable[[re.Match[str]], Markup], found: re.Match[str]) -> str:
        kept.append(draw(found))
        return f"\ue000{len(kept) - 1}\ue001"

    text = CODE.sub(partial(keep, _code), text.translate(PRIVATE))
    text = TOKEN.sub(partial(keep, partial(_token, names)), text)
    html = str(escape(_with_emoji(_unescaped(text))))
    html = QUOTE.sub(_quote, html)
    for pattern, tag in STYLES:
        html = pattern.sub(rf"<{tag}>\1</{tag}>", html)
    return Markup(KEPT.sub(lambda found: kept[int(found[1])], html))  # noqa: S704  escaped above


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _with_emoji(text: str) -> str:
    return SHORTCODE.sub(lambda found: EMOJI.get(found[1], found[0]), text)


def _code(found: re.Match[str]) -> Markup:
    shape = Markup("<pre>{}</pre>") if found["block"] else Markup("<code>{}</code>")
    return shape.format(_unescaped(found["block"] or found["inline"]))


def _quote(found: re.Match[str]) -> str:
    lines = [line.removeprefix("&gt;").lstrip(" ") for line in found[0].splitlines()]
    return f"<blockquote>{chr(10).join(lines)}</blockquote>"


def _token(names: Mapping[str, str], found: re.Match[str]) -> Markup:
    """What stands between angle brackets: a link, somebody, a channel, everybody here, a date; else as it is."""
    target, label = _unescaped(found["target"]), _unescaped(found["label"] or "")
    if target.startswith(("https://", "http://", "mailto:")):
        link = Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>')
        return link.format(target, label or target)
    if target.startswith("!date^"):
        return escape(label)
    signs = {"@": "@", "#": "#", "!": "@"}
    if sign := signs.get(target[0]):
        name = names.get(target[1:]) or label or target[1:]
        return Markup('<span class="mention">{}{}</span>').format(sign, name)
    return escape(found[0])
