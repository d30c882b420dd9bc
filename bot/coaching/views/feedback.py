"""A learner's debrief as the coach sees it, and the coach's answer as the learner reads it."""

from slack_sdk.models.blocks import Block, DatePickerElement, PlainTextInputElement, StaticSelectElement
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.calls.domain.call import CallSummary
from bot.coaching.domain.sharing import Told
from bot.core.i18n import gettext as _
from bot.debriefs.domain.debrief import TAGS, Answer
from bot.debriefs.views.outcomes import outcome_label
from bot.debriefs.views.question import when, who

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
        asked = _("How was the conversation, in your own eyes? Then you see how {coach} saw it.")
        rate = [kit.button(str(number), action, told.id) for number, action in RATED.items()]
        return [
            kit.section(asked.format(coach=said(told.coach, limit=80))),
            kit.buttons(*rate),
            kit.context(_("1 is poor, 5 is excellent.")),
        ]
    return [kit.section(_both(told))]


def _words(told: Told, reader: Reader) -> list[str]:
    lines = [_("What worked: {words}").format(words=said(told.what_worked, limit=2000))]
    if told.commitment:
        lines.append(_("To try next: {words}").format(words=said(told.commitment, limit=500)))
    if told.commitment and told.due_on:
        lines.append(_("I ask you after {day} how it went.").format(day=reader.weekday(told.due_on)))
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
        (_("Works on"), ", ".join(_(TAGS.get(tag, tag)) for tag in answer.tags)),
        (_("Will see it by"), answer.measure),
        (_("Why lost"), answer.reason),
    ]
    return [f"{label}: {said(words, limit=600)}" for label, words in told if words.strip()]


def _text(*, lines: int = 3) -> PlainTextInputElement:
    return PlainTextInputElement(multiline=lines > 1, max_length=kit.INPUT_LIMIT)


def _ratings() -> dict[int, str]:
    return {5: _("5 – excellent"), 4: _("4 – good"), 3: _("3 – fair"), 2: _("2 – weak"), 1: _("1 – poor")}
