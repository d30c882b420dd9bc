"""A pair's week, for its two people: the worksheet, the time, and what came of it."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, ButtonElement, PlainTextInputElement
from slack_sdk.models.blocks.block_elements import DateTimePickerElement
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.coaching.views.pairing import CYCLE_WEEKS
from bot.core.enums import Metric
from bot.core.i18n import gettext as _
from bot.people.views.names import short_name
from bot.scorecards.views.figures import title

NOTE_LIMIT = 1000
READ_LIMIT = 600

Notes = tuple[str, str, str]
"""What worked, what did not, what the learner will try."""
Clocks = tuple[ZoneInfo, ZoneInfo]
"""The coach's and the learner's."""


def opening(
    coach: str,
    learner: str,
    metric: Metric,
    week_of: int,
    when: datetime | None,
    clocks: Clocks,
    pairing_id: int,
    reads: Reader,
) -> Words:
    """What both read when their week begins."""
    headline = _("*{coach}* and *{learner}*, week {n} of {weeks}, on *{metric}*").format(
        coach=short_name(coach),
        learner=short_name(learner),
        n=week_of,
        weeks=CYCLE_WEEKS,
        metric=title(metric),
    )
    time = when_told(when, clocks, reads) if when else ""
    proposal = (
        _(
            "Proposed: {when}, when you are both at work. It stands unless one of you names another time; "
            "half an hour is plenty."
        ).format(when=time)
        if time
        else _("You share no free half hour of work this week: name a time, or do it in writing here.")
    )
    sheet = _(
        "{learner}, before you meet: what worked, what did not, what will you try? The worksheet takes three minutes. "
        "End with one thing to try."
    ).format(learner=short_name(learner))
    blocks: list[Block] = [
        kit.section(f"{headline}\n{proposal}\n{sheet}"),
        kit.buttons(
            kit.button(_("Worksheet"), Action.PAIR_WORKSHEET, pairing_id, style="primary"),
            kit.button(_("Another time"), Action.PAIR_TIME, pairing_id),
            kit.button(_("We met"), Action.PAIR_MET, pairing_id),
        ),
    ]
    return Words(f"{headline}. {proposal} {sheet}", blocks)


def when_told(when: datetime, clocks: Clocks, reads: Reader) -> str:
    """`on Tue, Nov 17 at 2:00 PM`, with the other clock beside it where the two differ."""
    coach, learner = clocks
    here = Reader(reads.locale, learner)
    told = _("on {day} at {time}").format(
        day=reads.weekday(when.astimezone(learner).date()), time=here.time(when)
    )
    if when.astimezone(coach).utcoffset() == when.astimezone(learner).utcoffset():
        return told
    there = Reader(reads.locale, coach).time(when)
    return _("{when} ({here}), which is {time} ({there})").format(
        when=told, here=_city(learner), time=there, there=_city(coach)
    )


def worksheet(pairing_id: int, coach: str, notes: Notes, *, first: bool = False) -> Modal:
    """Before the `first` meeting there is no last one to look back to."""
    worked, did_not, will_try = notes
    return kit.modal(
        View.WORKSHEET,
        _("Worksheet"),
        [
            kit.context(_("For {coach} and you; nobody else reads it.").format(coach=short_name(coach))),
            _note(
                _("What worked in your last calls?") if first else _("What worked since you last met?"),
                Input.WHAT_WORKED,
                worked,
            ),
            _note(_("What did not?"), Input.DID_NOT, did_not),
            _note(_("What will you try?"), Input.WILL_TRY, will_try),
        ],
        submit=_("Save"),
        about=pairing_id,
    )


def noted(learner: str, notes: Notes) -> Words:
    """The worksheet as both read it."""
    headline = _("*{learner}’s worksheet*").format(learner=short_name(learner))
    labels = (_("Worked"), _("Did not work"), _("Will try"))
    lines = [
        f"*{label}:* {said(words, limit=READ_LIMIT)}"
        for label, words in zip(labels, notes, strict=True)
        if words.strip()
    ]
    text = "\n".join([headline, *lines])
    return Words(text, [kit.section(text)])


def worksheet_read(learner: str, notes: Notes) -> Modal:
    """What the coach sees."""
    if not any(notes):
        return kit.sentence(
            _("Worksheet"), _("{learner} has not written it yet.").format(learner=short_name(learner))
        )
    return kit.sentence(_("Worksheet"), noted(learner, notes).text)


def time_form(pairing_id: int, other: str, starts_at: datetime | None) -> Modal:
    picker = DateTimePickerElement(initial_date_time=int(starts_at.timestamp()) if starts_at else None)
    return kit.modal(
        View.PAIR_TIME,
        _("Another time"),
        [
            kit.ask(
                _("When do you and {other} meet?").format(other=short_name(other)),
                Input.MEETS_AT,
                picker,
                hint=_("On your own clock; the other reads it on theirs."),
                optional=False,
            )
        ],
        submit=_("Save"),
        about=pairing_id,
    )


def moved(by: str, when: datetime, clocks: Clocks, reads: Reader) -> str:
    return _("{name} moved your meeting: it is now {when}.").format(
        name=short_name(by), when=when_told(when, clocks, reads)
    )


def not_moved() -> Modal:
    return kit.sentence(
        _("Another time"), _("That is when you meet already: nothing has changed, and nobody was told.")
    )


def question(other: str, pairing_id: int) -> Words:
    """To the learner, on the day after."""
    text = _("Did you and *{other}* meet?").format(other=short_name(other))
    return Words(text, [kit.section(text), kit.buttons(*_answers(pairing_id))])


def question_settled(other: str) -> Words:
    """In its place, once the meeting was written down, whoever did and wherever."""
    text = _("Did you and *{other}* meet? ✓ Yes, it is written down.").format(other=short_name(other))
    return Words(text, [kit.section(text)])


def last_question(other: str, choice_id: int, pairing_id: int | None, also: Sequence[Block] = ()) -> Words:
    """In the fourth week, to either; with `pairing_id` they have not met yet this week.

    `also`: what is asked of the learner beside it.
    """
    text = _(
        "Your four weeks with *{other}* end this week. Would you like four more? You go on if you both say so."
    ).format(other=short_name(other))
    chosen = [
        kit.button(_("Four more weeks"), Action.GO_ON, choice_id, style="primary"),
        kit.button(_("That was it"), Action.STOP_HERE, choice_id),
    ]
    met = [kit.button(_("We met"), Action.PAIR_MET, pairing_id)] if pairing_id else []
    return Words(text, [kit.section(text), kit.buttons(*chosen, *met), *also])


def not_yet(pairing_id: int) -> Words:
    text = _("No hurry. Press “We met” when you have; I do not ask again this week.")
    return Words(text, [kit.section(text), kit.buttons(_met(pairing_id))])


def missed(other: str, pairing_id: int) -> Words:
    text = _(
        "Noted: you and {other} did not meet this week. It happens; your next week together stands."
    ).format(other=short_name(other))
    return Words(text, [kit.section(text), kit.buttons(_met(pairing_id))])


def chosen(other: str, *, yes: bool, both: bool | None) -> str:
    if yes and both is None:
        return _("✓ You would go on with {other}. I tell you both when {other} has said so too.").format(
            other=short_name(other)
        )
    return going_on(other) if both else ended(other)


def going_on(other: str) -> str:
    return _("✓ You and {other} go on for four more weeks.").format(other=short_name(other))


def ended(other: str) -> str:
    return _("Your four weeks with {other} end here. Thank you for the time you gave each other.").format(
        other=short_name(other)
    )


def _answers(pairing_id: int) -> tuple[ButtonElement, ...]:
    return (
        _met(pairing_id),
        kit.button(_("Not yet"), Action.PAIR_NOT_YET, pairing_id),
        kit.button(_("No"), Action.PAIR_MISSED, pairing_id),
    )


def _met(pairing_id: int) -> ButtonElement:
    return kit.button(_("We met"), Action.PAIR_MET, pairing_id, style="primary")


def _note(label: str, field: Input, words: str) -> Block:
    element = PlainTextInputElement(multiline=True, initial_value=words or None, max_length=NOTE_LIMIT)
    return kit.ask(label, field, element)


def _city(zone: ZoneInfo) -> str:
    return zone.key.rsplit("/", 1)[-1].replace("_", " ")
