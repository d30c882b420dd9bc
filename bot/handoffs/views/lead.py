"""A lead in words: who it is, what its checklist says, and why it was decided as it was."""

from collections.abc import Iterable
from datetime import date

from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.core.enums import CriterionKind, Decision
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.handoffs.domain.checklist import (
    DATED,
    MAX_ANSWER,
    MAX_NOTES,
    NO,
    OTHER,
    YES,
    Criterion,
    Judged,
    Lead,
)


def who(lead: Lead) -> str:
    """Contact and company, inert."""
    return ", ".join(said(name, limit=80) for name in (lead.contact, lead.company) if name)


def asks_for(criterion: Criterion, reader: Reader) -> str:
    """What is good enough, for a mrkdwn text: `at least 50`."""
    choices = said(", ".join(criterion.choices), limit=200)
    match criterion.kind:
        case CriterionKind.YES_NO:
            return _("yes")
        case CriterionKind.TEXT:
            return _("something said about it")
        case CriterionKind.ONE_OF:
            return _("one of: {choices}").format(choices=choices)
        case CriterionKind.SEVERAL_OF:
            n = reader.number(criterion.bound or 1)
            return _("at least {n} of: {choices}").format(n=n, choices=choices)
        case CriterionKind.DATE_BEFORE:
            day = reader.day(criterion.before) if criterion.before else ""
            return _("a date before {day}").format(day=day)
        case _:
            return _number_asked_for(criterion, reader)


def _number_asked_for(criterion: Criterion, reader: Reader) -> str:
    least, most = reader.number(criterion.bound or 0), reader.number(criterion.most or 0)
    match criterion.kind:
        case CriterionKind.AT_LEAST:
            return _("at least {n}").format(n=least)
        case CriterionKind.AT_MOST:
            return _("at most {n}").format(n=most)
        case CriterionKind.DATE_WITHIN:
            return ngettext("a date within {n} day", "a date within {n} days", criterion.most or 0).format(
                n=most
            )
        case _:
            return _("between {least} and {most}").format(least=least, most=most)


def judged(checklist: Iterable[Judged], reader: Reader) -> list[str]:
    return [
        f"{'✓' if one.met else '✗'} {said(one.criterion.name, limit=80)}: {_answer(one, reader)}"
        for one in checklist
    ]


def _answer(one: Judged, reader: Reader) -> str:
    wanted = (
        "" if one.met else " ({})".format(_("wanted: {this}").format(this=asks_for(one.criterion, reader)))
    )
    if not one.answer:
        return _("no answer") + wanted
    if one.criterion.kind in (CriterionKind.AT_LEAST, CriterionKind.AT_MOST, CriterionKind.BETWEEN):
        return reader.number(int(one.answer)) + wanted
    if one.criterion.kind is CriterionKind.SEVERAL_OF:
        return said(", ".join(one.answer.splitlines()), limit=200) + wanted
    if one.criterion.kind in DATED:
        return reader.day(date.fromisoformat(one.answer)) + wanted
    if one.criterion.kind is CriterionKind.TEXT:
        return said(one.answer, limit=MAX_ANSWER) + wanted
    words = {YES: _("yes"), NO: _("no"), OTHER: _("something else")}
    return words.get(one.answer, said(one.answer, limit=80)) + wanted


def shortfall(lead: Lead, reader: Reader) -> list[str]:
    missing = [one for one in lead.checklist if one.criterion.required and not one.met]
    if not missing:
        return []
    title = _("To pin down before the next one:")
    if lead.decision is Decision.ACCEPTED:
        title = _("Accepted, but not yet a qualified lead by the checklist, which still wants:")
    return [title, *judged(missing, reader)]


def why(lead: Lead) -> str:
    return _("Why: {reason}").format(reason=said(lead.reason, limit=2000))


def notes(lead: Lead) -> list[str]:
    return [_("Notes: {words}").format(words=said(lead.notes, limit=MAX_NOTES))] if lead.notes else []


def when(lead: Lead, reader: Reader) -> str:
    """`Mon 16 Nov, 14:05`."""
    return f"{reader.weekday(lead.passed_at.astimezone(reader.zone).date())}, {reader.time(lead.passed_at)}"
