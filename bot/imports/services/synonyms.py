"""What other programs call our columns and our words: stages, roles, decisions, outcomes and directions."""

import re
from collections.abc import Collection

from bot.core.enums import ImportKind

_PARTIES = r"owner|agent|assigned|responsible|sales ?rep|\brep\b|user|salesperson|seller|closer"
_COLUMNS: dict[ImportKind, dict[str, str]] = {
    ImportKind.DEALS: {
        "deal_id": (
            r"^(item id|(deal|opportunity|record|lead)?\W*(id|key|number|no\.?)$"
            r"|(deal|opp(ortunity)?)\W*(id|key|number|no\.?|#))"
        ),
        "ae_email": rf"({_PARTIES}).*(e-?mail)|(e-?mail).*({_PARTIES})",
        "ae_name": rf"^(deal |opportunity |account |sales |lead )?({_PARTIES})([ _](name|full name))?$",
        "status": r"^(stage|status)([ _]name)?$|(deal|opportunity|sales)[ _-]?(stage|status)",
        "opened_at": r"creat|^(date )?(open|start|begin|engage)(ed)?([ _](date|on|at|time))?$|^(added|add time)",
        "expected_close": r"(expect|estimat|plan|tentative|target|forecast).*clos|clos.*(expect|estimat|plan|target)",
        "closed_at": (
            r"^(date )?(close|closed|won|win|end|lost|decision|decided)([ _](date|on|at|time))?$"
            r"|clos(e|ed|ing)[ _]?(date|time|on|at)"
        ),
        "amount": r"^((deal|total) )?(amount|value|income|revenue|price|sum)\b|(deal|close)[ _](value|size)",
        "currency": r"currency",
        "company": r"^(account|company|organi[sz]ation|customer|client)([ _]name)?$|(account|company)[ _]name",
        "loss_reason": r"(loss|lost|clos).*(reason|why)|(reason|why).*(loss|lost)",
        "last_activity_at": r"last.*(activity|contact|modified|touch|updated)",
        "next_meeting_at": r"next.*(meeting|activity|step.*date)",
    },
    ImportKind.CALLS: {
        "call_id": (
            r"^(record|activity|interaction|unique)?[ _-]?(id|sid|uuid|key)$|(call|session|conversation)[ _-]?(id|sid)"
        ),
        "rep_email": rf"({_PARTIES}).*(e-?mail)|^e-?mail$",
        "rep_name": rf"^(call |sales )?({_PARTIES})([ _](name|full name))?$|made by|handled by",
        "rep_extension": r"\bext(ension)?\b|internal number",
        "started_at": (
            r"start|^calldate|^(call )?(date|time|datetime|date[ /&]*time|created)([ _](at|on))?$|call (date|time)"
        ),
        "ended_at": r"^(call )?end",
        "duration_s": r"duration|talk[ _]?time|length|seconds|minutes",
        "direction": r"direction|^(call )?type$",
        "contact": r"contact|prospect|lead|callee|customer name|to name",
        "company": r"company|account([ _]name)?$|organi[sz]ation",
        "disposition": r"disposition|outcome|result|^(call )?status$",
    },
    ImportKind.HANDOFFS: {
        "handoff_id": r"^(lead|handoff|record)?[ _-]?(id|key|number)?$|lead[ _-]?id",
        "sdr_email": r"(sdr|bdr).*mail",
        "sdr_name": r"^(sdr|bdr|passed by|sourced by|set by|booked by)([ _]name)?$",
        "ae_email": r"(\bae\b|closer|seller).*mail",
        "ae_name": r"^(ae|closer|seller|account executive|passed to|owner)([ _]name)?$",
        "company": r"company|account|organi[sz]ation|segment",
        "passed_at": r"passed|handed|converted|^(lead )?(creat|date)|won_date",
        "contact": r"contact|prospect|lead name",
        "decision": r"decision|accepted|^(lead )?status$",
        "reason": r"reason",
        "decided_at": r"decided|(accept|reject).*(at|on|date)",
    },
    ImportKind.REPS: {
        "email": r"e-?mail",
        "name": r"^(full |display |sales[ _]?)?(name|agent|rep|person)([ _]name)?$",
        "role": r"role|title|\bposition|function",
        "team": r"team|department|group|manager$",
        "started_on": r"(start|hire|join)",
        "ended_on": r"(end|leave|terminat)",
    },
}
SOONER = {"duration_s": re.compile(r"^talk(ing)?([ _]?time)?$|^billsec$|in[ -]?call", re.IGNORECASE)}
"""Names that fit better than any other: the talk itself, without the ringing."""
FORMS = {
    kind: {ours: re.compile(form, re.IGNORECASE) for ours, form in forms.items()}
    for kind, forms in _COLUMNS.items()
}

_OURS = {
    "won": r"\bwon\b|closed?[ _-]?won|\bgewonnen\b|успешно|\bgagn|\bganad|success(ful)?$|^won$",
    "lost": (
        r"\blost\b|closed?[ _-]?lost|verloren|провал|perd(u|id)|abandon|dropped|disqualif|unqualified|cancell?ed"
        r"|\bdead\b|no deal|declin|reject|\bfail"
    ),
    "open": r"open|new|progress|qualif|proposal|negotiat|prospect|discover|demo|contract|engag|meeting|pending",
    "accepted": r"accept|approv|qualified|converted|yes|sal\b",
    "rejected": r"reject|declin|disqualif|unqualified|recycl|returned|no\b",
    "AM": r"account manag|customer success|\bcsm\b|\bam\b|client (partner|success)|renewal",
    "SDR": r"\bsdr\b|\bbdr\b|\bldr\b|\bmdr\b|business dev|sales dev|lead gen|inside sales dev",
    "manager": r"manager|head of|director|\bvp\b|vice president|team lead|chief|\bcro\b",
    "AE": r"account exec|\bae\b|closer|sales (rep|exec|consult)|seller|field sales",
    "inbound": r"\bin(bound|coming)?\b|received",
    "ignore": r"\bintern(al)?\b|\blocal\b|colleague",
    "outbound": r"\bout(bound|going)?\b|placed|dialed|made",
    "advanced": r"advance|next step|booked|scheduled|interested",
    "no_show": r"no.?show",
    "no_decision": r"no decision|undecided|think",
    "continued": r"continue|follow.?up|call ?back",
}
_WORDS = {ours: re.compile(form, re.IGNORECASE) for ours, form in _OURS.items()}


def guessed(said: str, words: Collection[str]) -> str:
    """The one of our words that is probably meant; blank where none is."""
    exact = next((word for word in words if word.lower() == said.strip().lower()), "")
    plain = said.replace("_", " ")
    return exact or next((ours for ours, form in _WORDS.items() if ours in words and form.search(plain)), "")
