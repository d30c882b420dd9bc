"""What was said on a call, read from a file: WebVTT (Zoom, Teams, Meet), SRT, or lines with a speaker and a time.

Read with one pass of our own: webvtt-py reads no fractions of a second, drops a cue that was cut off without a word,
and takes some ten times as long for an hour's file.
"""

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from bot.core.errors import BadInput
from bot.core.i18n import gettext as _

LARGEST = 2_000_000
"""Bytes; an hour has some hundred thousand."""
LONGEST = 12 * 3600.0
"""Seconds."""
MOST_SPEAKERS = 30
SLACK = 1.0
"""Seconds by which a cue may begin before the one above it: two people at once."""
USUAL_PACE = 15.0
"""Characters a second, where a file of lines has only one."""

_TIME = r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,3}))?"
_CUE = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?[a-zA-Z0-9.:][^>]*>")
_SPEAKER = re.compile(r"\s*([^:：]{1,80}?)\s*[:：]\s+(.+)", re.DOTALL)
_HEADS = (
    re.compile(rf"\s*(?P<name>\S.{{0,79}}?)\s+[(\[]?{_TIME}[)\]]?\s*"),
    re.compile(rf"\s*[(\[]?{_TIME}[)\]]?\s+(?P<name>\S.{{0,79}}?)\s*:?\s*"),
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker said without another in between; times in seconds from the beginning."""

    speaker: str
    start: float
    end: float
    text: str

    @property
    def seconds(self) -> float:
        return self.end - self.start


def read(body: bytes) -> list[Turn]:
    """The turns in the order they were spoken, each speaker named. Raises BadInput, with a sentence for the rep."""
    if len(body) > LARGEST:
        raise BadInput(_("That file is larger than 2 MB; a transcript of an hour has a tenth of that."))
    text = _decoded(body)
    turns = list(_cues(text)) if "-->" in text else _lines(text)
    if not turns:
        raise BadInput(_("There is nothing in that file that I can read as a transcript."))
    _require_sound(turns)
    return turns


def _decoded(body: bytes) -> str:
    wide = body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = body.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = "\x00"
    if "\x00" in text:
        raise BadInput(_("That file is no text; a transcript ends in .vtt, .srt or .txt."))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _cues(text: str) -> Iterator[Turn]:
    """WebVTT and SRT: blocks with a line of two times, and below it what was said."""
    speaker = ""
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = block.split("\n")
        at = next((n for n, line in enumerate(lines[:2]) if "-->" in line), None)
        if at is None:
            continue
        times = _CUE.fullmatch(lines[at])
        said = "\n".join(lines[at + 1 :]).strip()
        if times is None or not said:
            raise BadInput(_cut_off(lines[at]))
        name, words = _spoken(said)
        speaker = name or speaker
        found = times.groups()
        yield Turn(speaker, _seconds(*found[:4]), _seconds(*found[4:]), words)


def _cut_off(line: str) -> str:
    return _("That file is cut off or broken at “{line}”; nothing of it was kept.").format(
        line=line.strip()[:60]
    )


def _spoken(said: str) -> tuple[str, str]:
    """Who and what; a line without a name goes on with the last speaker."""
    voice = _VOICE.search(said)
    plain = _TAG.sub("", said).strip()
    if voice is not None:
        return voice[1].strip(), plain
    named = _SPEAKER.fullmatch(plain)
    return (named[1], named[2]) if named else ("", plain)


def _lines(text: str) -> list[Turn]:
    """A speaker with a time, and below it what was said, until the next one speaks."""
    turns: list[Turn] = []
    for line in text.split("\n"):
        head = next((found for one in _HEADS if (found := one.fullmatch(line))), None)
        if head is not None:
            numbers = [group for group in head.groups() if group != head["name"]]
            start = _seconds(*numbers[-4:])
            turns.append(Turn(head["name"].rstrip(":"), start, start, ""))
        elif turns and line.strip():
            turns[-1] = replace(turns[-1], text=f"{turns[-1].text}\n{line.strip()}".strip())
    return _with_ends([turn for turn in turns if turn.text])


def _with_ends(turns: Sequence[Turn]) -> list[Turn]:
    """Each lasts until the next begins; the last as long as its words take at the pace of the others."""
    if not turns:
        return []
    ended = [replace(turn, end=after.start) for turn, after in pairwise(turns)]
    paces = [len(turn.text) / turn.seconds for turn in ended if turn.seconds > 0]
    last = turns[-1]
    return [*ended, replace(last, end=last.start + len(last.text) / (median(paces) if paces else USUAL_PACE))]


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction or 0}")


def _require_sound(turns: Sequence[Turn]) -> None:
    speakers = {turn.speaker for turn in turns}
    if "" in speakers:
        raise BadInput(_("That transcript does not say who speaks, so nothing can be counted."))
    if len(speakers) < 2:
        raise BadInput(_("Only one person speaks in that transcript; it takes two to have a conversation."))
    if len(speakers) > MOST_SPEAKERS:
        raise BadInput(_("More than 30 people speak in that transcript; that is no sales call."))
    backwards = next((b for a, b in pairwise(turns) if b.start < a.start - SLACK), None)
    backwards = backwards or next((turn for turn in turns if turn.end < turn.start), None)
    if backwards is not None:
        at = f"{int(backwards.start // 60)}:{int(backwards.start % 60):02d}"
        raise BadInput(
            _("The times in that transcript run backwards at {at}; nothing of it was kept.").format(at=at)
        )
    if max(turn.end for turn in turns) > LONGEST:
        raise BadInput(_("That transcript is longer than 12 hours; that is no call."))
