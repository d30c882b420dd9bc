"""A learner's debriefs as the coach sees them, before a first meeting and after, and the coach's answer."""

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    DatePickerElement,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.calls.domain.call import CallSummary
from bot.coaching.domain.sharing import Kit, Talked, Told
from bot.core.enums import Metric
from bot.core.i18n import gettext as _
from bot.debriefs.domain.debrief import Answer
from bot.debriefs.domain.debrief import label as tag_label
from bot.debriefs.views.outcomes import outcome_label
from bot.debriefs.views.question import when, who
from bot.people.views.names import short_name
from bot.scorecards.domain.definitions import DEFINITIONS
from bot.scorecards.views.figures import title

RATED: dict[int, Action] = {
    1: Action.RATED_1,
    2: Action.RATED_2,
    3: Action.RATED_3,
    4: Action.RATED_4,
    5: Action.RATED_5,
}


def shared(learner: str, debrief_id: int, call: CallSummary, answer: Answer, reader: Reader) -> Words:
    text = _shared(learner, call, answer, reader)
    button = kit.button(_("Give feedback"), Action.GIVE_FEEDBACK, debrief_id, style="primary")
    return Words(text, [kit.section("\n".join([text, *_told(answer)])), kit.buttons(button)])


def _shared(learner: str, call: CallSummary, answer: Answer, reader: Reader) -> str:
    ended = outcome_label(answer.outcome).lower() if answer.outcome else ""
    return _("*{learner}* debriefed a call with {who}: {outcome}. {when}").format(
        learner=said(learner, limit=80), who=who(call), outcome=ended, when=when(call, reader)
    )


def form(learner: str, debrief_id: int, call: CallSummary, answer: Answer, reader: Reader) -> Modal:
    ratings = [kit.option(label, str(number)) for number, label in _ratings().items()]
    return kit.modal(
        View.FEEDBACK,
        _("Feedback"),
        [
            kit.context("\n".join([_shared(learner, call, answer, reader), *_told(answer)])),
            kit.ask(_("What worked?"), Input.WHAT_WORKED, _text(), optional=False),
            kit.ask(
                _("One commitment you ask for"),
                Input.COMMITMENT,
                _text(lines=1),
                hint=_("One thing to do on the next call, small enough to keep."),
            ),
            kit.ask(
                _("Until when"),
                Input.DUE_ON,
                DatePickerElement(),
                hint=_("In a week, unless you pick a day. {learner} is asked then how it went.").format(
                    learner=learner
                ),
            ),
            kit.ask(
                _("How was the conversation?"),
                Input.RATING,
                StaticSelectElement(options=ratings),
                hint=_("Shown once they have rated it themselves."),
            ),
        ],
        submit=_("Send"),
        about=debrief_id,
    )


def given(told: Told, reader: Reader) -> Words:
    """What the learner reads: first the words; the coach's rating once they have given their own."""
    text = _("*{coach}* read your debrief of the call with {who}. {when}").format(
        coach=said(told.coach, limit=80), who=who(told.call), when=when(told.call, reader)
    )
    return Words(text, [kit.section("\n".join([text, *_words(told, reader)])), *_ratings_of(told)])


def _ratings_of(told: Told) -> list[Block]:
    if told.rating is None:
        return []
    if told.self_rating is None:
        asked = _(
            "How do you rate your call yourself, from 1 (poor) to 5 (excellent)? Then you see how {coach} rated it."
        )
        rate = [kit.button(str(number), action, told.id) for number, action in RATED.items()]
        return [
            kit.section(asked.format(coach=said(told.coach, limit=80))),
            kit.buttons(*rate),
        ]
    return [kit.section(_both(told))]


def _words(told: Told, reader: Reader) -> list[str]:
    lines = [
        _("What worked, as {coach} saw it: {words}").format(
            coach=said(told.coach, limit=80), words=said(told.what_worked, limit=2000)
        )
    ]
    if told.commitment:
        lines.append(_("To try next: {words}").format(words=said(told.commitment, limit=500)))
    if told.commitment and told.due_on:
        lines.append(_("I'll ask you after {day} how it went.").format(day=reader.weekday(told.due_on)))
    return lines


def _both(told: Told) -> str:
    coach = said(told.coach, limit=80)
    yours, theirs = _ratings()[told.self_rating or 1], _ratings()[told.rating or 1]
    if told.self_rating == told.rating:
        return _("You and {coach} see it alike: {rating}.").format(coach=coach, rating=yours)
    return _("You: {yours}. {coach}: {theirs}. A difference is a good thing to talk about.").format(
        yours=yours, coach=coach, theirs=theirs
    )


def _told(answer: Answer) -> list[str]:
    told = [
        (_("Went well"), answer.went_well),
        (_("Works on"), ", ".join(_(tag_label(tag)) for tag in answer.tags)),
        (_("Will see it by"), answer.measure),
        (_("Why lost"), answer.reason),
    ]
    return [f"{label}: {said(words, limit=600)}" for label, words in told if words.strip()]


def _text(*, lines: int = 3) -> PlainTextInputElement:
    return PlainTextInputElement(multiline=lines > 1, max_length=kit.INPUT_LIMIT)


def _ratings() -> dict[int, str]:
    return {5: _("5 – excellent"), 4: _("4 – good"), 3: _("3 – fair"), 2: _("2 – weak"), 1: _("1 – poor")}


STORY_LIMIT = 300


def kit_of(learner: str, given: Kit, reads: Reader) -> Words:
    """For the coach's eyes: how half an hour goes, what to ask, which calls, what helped others."""
    name = short_name(learner)
    headline = _("*Your first half hour with {learner}, on {metric}*").format(
        learner=name, metric=title(given.metric)
    )
    blocks: list[Block] = [kit.section(part) for part in (headline, _half_hour(), _questions(given.metric))]
    blocks += _calls(name, given, reads)
    rest = (_resolutions(name, given), _helped(given), _first_time(name) if given.is_first else "")
    blocks += [kit.section(part) for part in rest if part]
    return Words("\n\n".join(_kit_words(block) for block in blocks), blocks)


def _kit_words(block: Block) -> str:
    return str(block.to_dict()["text"]["text"])


def _half_hour() -> str:
    return _(
        "*How it goes:* 5 minutes the worksheet, 15 minutes one call, 5 minutes trying the other way aloud, 5 minutes "
        "one commitment for the next calls."
    )


def _questions(metric: Metric) -> str:
    asked = "\n".join(f"• {_(question)}" for question in DEFINITIONS[metric].coach_asks)
    return _("*Three questions to ask:*") + "\n" + asked


def _calls(learner: str, given: Kit, reads: Reader) -> list[Block]:
    """Each with its own button: Slack takes no two of one kind in a row of buttons."""
    if not given.calls:
        none = _("No debrief of {learner}'s is about it yet; ask for one call to talk about.")
        return [kit.section(none.format(learner=learner))]
    heading = _("*Calls of {learner}'s that matter:*").format(learner=learner)
    lines = [f"{at}. {_call(one, reads)}" for at, one in enumerate(given.calls, start=1)]
    return [
        kit.section(heading),
        *(kit.section(line, accessory=_button(one)) for line, one in zip(lines, given.calls, strict=True)),
    ]


def _call(one: Talked, reads: Reader) -> str:
    ended = outcome_label(one.answer.outcome).lower() if one.answer.outcome else ""
    parts = [who(one.call), ended, when(one.call, reads)]
    return " · ".join(part for part in parts if part)


def _button(one: Talked) -> ButtonElement:
    return kit.button(_("Give feedback"), Action.GIVE_FEEDBACK, one.debrief_id)


def _resolutions(learner: str, given: Kit) -> str:
    if not given.resolutions.of:
        return ""
    return _(
        "*Resolutions:* of what {learner} set out to show at a next call, {kept} of {of} were done. "
        "Only you two read this."
    ).format(learner=learner, kept=given.resolutions.kept, of=given.resolutions.of)


def _helped(given: Kit) -> str:
    if not given.helped:
        return ""
    return _("*What helped a colleague:*") + " " + said(given.helped, limit=STORY_LIMIT)


def _first_time(learner: str) -> str:
    return _(
        "*Your first time?* Most find the first minutes the hardest. Begin with: “{learner}, which call shall we look "
        "at?” Let them talk first, tell one thing that you do differently and when it failed you too, and stop at one "
        "commitment. Nobody expects a lecture."
    ).format(learner=learner)
