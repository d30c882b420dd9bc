"""What other programs call our words: stages, roles, decisions, outcomes and directions, guessed by what they hold."""

import re
from collections.abc import Collection

_OURS = {
    "won": r"\bwon\b|closed?[ _-]?won|\bgewonnen\b|успешно|\bgagn|\bganad|success(ful)?$|^won$",
    "lost": r"\blost\b|closed?[ _-]?lost|verloren|провал|perd(u|id)|abandon|dropped|disqualif|unqualified|cancell?ed",
    "open": r"open|new|progress|qualif|proposal|negotiat|prospect|discover|demo|contract|engag|meeting|pending",
    "accepted": r"accept|approv|qualified|converted|yes|sal\b",
    "rejected": r"reject|declin|disqualif|unqualified|recycl|returned|no\b",
    "AM": r"account manag|customer success|\bcsm\b|\bam\b|client (partner|success)|renewal",
    "SDR": r"\bsdr\b|\bbdr\b|\bldr\b|\bmdr\b|business dev|sales dev|lead gen|inside sales dev",
    "manager": r"manager|head of|director|\bvp\b|vice president|team lead|chief|\bcro\b",
    "AE": r"account exec|\bae\b|closer|sales (rep|exec|consult)|seller|field sales",
    "inbound": r"\bin(bound|coming)?\b|received",
    "outbound": r"\bout(bound|going)?\b|placed|dialed|made",
    "advanced": r"advance|next step|booked|scheduled|interested",
    "no_show": r"no.?show",
    "no_decision": r"no decision|undecided|think",
    "continued": r"continue|follow.?up|call ?back",
}
_FORMS = {ours: re.compile(form, re.IGNORECASE) for ours, form in _OURS.items()}


def guessed(said: str, words: Collection[str]) -> str:
    """The one of our words that is probably meant; blank where none is."""
    exact = next((word for word in words if word.lower() == said.strip().lower()), "")
    plain = said.replace("_", " ")
    return exact or next((ours for ours, form in _FORMS.items() if ours in words and form.search(plain)), "")
