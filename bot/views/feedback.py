"""A learner's debrief as the coach sees it, and the coach's answer as the learner reads it."""

from slack_sdk.models.blocks import Block, PlainTextInputElement, StaticSelectElement
from slack_sdk.models.views import View as Modal

from bot.domain.calls import CallSummary
from bot.domain.debriefs import TAGS, Answer
from bot.language import gettext as _
from bot.views import kit
from bot.views.debrief import outcome_label, when, who
from bot.views.ids import Action, Input, View
from bot.views.kit import said
from bot.views.reader import Reader


def shared(learner: str, debrief_id: int, call: CallSummary, answer: Answer, reader: Reader) -> list[Block]:
    lines = [shared_text(learner, call, answer, reader), *_told(answer)]
    return [
        kit.section("\n".join(lines)),
        kit.buttons(kit.button(_("Give feedback"), Action.GIVE_FEEDBACK, debrief_id, style="primary")),
    ]


def shared_text(learner: str, call: CallSummary, answer: Answer, reader: Reader) -> str:
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
            kit.context("\n".join([shared_text(learner, call, answer, reader), *_told(answer)])),
            kit.ask(_("What worked?"), Input.WHAT_WORKED, _text(), optional=False),
            kit.ask(
                _("One commitment you ask for"),
                Input.COMMITMENT,
                _text(lines=1),
                hint=_("One thing to do on the next call, small enough to keep."),
            ),
            kit.ask(_("How was the conversation?"), Input.RATING, StaticSelectElement(options=ratings)),
        ],
        submit=_("Send"),
        about=debrief_id,
    )


def given(coach: str, call: CallSummary, what_worked: str, commitment: str, reader: Reader) -> list[Block]:
    lines = [
        given_text(coach, call, reader),
        _("What worked: {words}").format(words=said(what_worked, limit=2000)),
    ]
    if commitment:
        lines.append(_("To try next: {words}").format(words=said(commitment, limit=500)))
    return [kit.section("\n".join(lines))]


def given_text(coach: str, call: CallSummary, reader: Reader) -> str:
    return _("*{coach}* read your debrief of the call with {who}. {when}").format(
        coach=said(coach, limit=80), who=who(call), when=when(call, reader)
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
