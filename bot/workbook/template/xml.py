"""Splicing XML as bytes: an attribute set, an element found, everything else as it was."""

import html
import re
from functools import cache
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from bot.workbook.template.unfit import Unfit


def check(content: bytes) -> bytes:
    """The content, if it is one whole document in UTF-8 without definitions of its own; raises Unfit."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Unfit("it is written in UTF-16")
    if b"<!DOCTYPE" in content or b"<![CDATA[" in content or b"<!--" in content:
        raise Unfit("it holds XML that no spreadsheet program writes")
    parser = expat.ParserCreate()
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Unfit(f"one of its parts is damaged ({error})") from error
    return content


def prefix(content: bytes) -> bytes:
    """What stands before the root's name and its children's: nothing mostly, `x:` from some programs."""
    found = re.search(rb"<(\w+:)?\w", content[content.find(b"?>") + 1 :])
    return (found and found[1]) or b""


@cache
def _attribute(name: str) -> re.Pattern[bytes]:
    return re.compile(rb"""(?<=\s)%s\s*=\s*(?:"([^"]*)"|'([^']*)')""" % re.escape(name.encode()))


def get(tag: bytes, name: str) -> str | None:
    """An attribute of a start tag, as it stands there."""
    found = _attribute(name).search(tag)
    return None if found is None else (found[1] if found[1] is not None else found[2]).decode()


def put(tag: bytes, name: str, value: str | None) -> bytes:
    """The start tag, or what is between its name and its end, with an attribute set; None takes it away."""
    pattern = _attribute(name)
    if value is None:
        return re.sub(rb"\s+" + pattern.pattern, b"", tag)
    said = f"{name}={quoteattr(value)}".encode()
    if pattern.search(tag):
        return pattern.sub(lambda _: said, tag, count=1)
    end = re.search(rb"\s*/?>$", tag)
    at = end.start() if end else len(tag)
    return tag[:at] + b" " + said + tag[at:]


def put_in(content: bytes, element: bytes, name: str, value: str | None) -> bytes:
    """The content with an attribute set in the first element of that (prefixed) name; as it was where there is none."""
    found = re.search(rb"<%s(?=[\s/>])[^>]*>" % re.escape(element), content)
    if found is None:
        return content
    return content[: found.start()] + put(found[0], name, value) + content[found.end() :]


def escaped(text: str) -> bytes:
    return escape(text).encode()


def unescaped(text: bytes) -> str:
    return html.unescape(text.decode())
