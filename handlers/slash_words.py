"""Every slash word in one table: who adds one adds a line, and its answer.

`python -m handlers` then writes the page of the docs.
"""

from collections.abc import Callable
from typing import Any

from bot.blocks.slash import Command, SlashWord, SlashWords, Whom
from bot.scorecards.domain import command as asked
from handlers import digest, people, privacy, setup
from handlers import workbook as export
from handlers.calls import agents, log_call
from handlers.coaching import coaching_page, help_now, pay, preferences, preview, results
from handlers.common.heard import Typed
from handlers.debriefs import losses, next_steps, topics, transcripts
from handlers.handoffs import criteria, handoff
from handlers.pipeline import deal, loss_reasons, plunger
from handlers.scorecards import charts, disputes, goals, scorecard, targets, weights

Listener = Callable[[Typed], None]

SCORECARD: SlashWords[Callable[[scorecard.Request], None]] = SlashWords(
    Command.SCORECARD,
    (
        SlashWord("", scorecard.show, "your own numbers"),
        SlashWord(
            "",
            scorecard.show,
            "the same for another time: `this week`, `October`, `2026-Q4`, `13 weeks` or any two dates",
            ("last week",),
        ),
        SlashWord(asked.TOP, scorecard.show_top, "who is top, and how sure that is; `top SDR` for one role"),
        SlashWord(
            "where", scorecard.ask_place, "where you stand, and what is nearest to move; only you read it"
        ),
        SlashWord(
            "goal",
            goals.show,
            "what your team wants to reach together this quarter, and how far it is; its manager chooses",
        ),
        SlashWord("deal", deal.open_deal, "add a deal, or say how one goes (for AEs)"),
        SlashWord("account", deal.open_account, "say what an account is worth (for AMs)"),
        SlashWord("disputes", disputes.show, "what reps say is wrong with a number, and what became of it"),
        SlashWord(
            "away", people.away, "your days off, so that nobody measures you by them", ("away 3-14 Aug",)
        ),
        SlashWord("help", scorecard.show_help, "the handful that is yours; all of it", ("help", "help all")),
        SlashWord("", scorecard.show, "a rep's numbers", ("@name",), Whom.LEADS),
        SlashWord(
            "team",
            scorecard.show_team,
            "your team's reps at a glance; `team East month` for another team or time",
            whom=Whom.LEADS,
        ),
        SlashWord(
            "weeks",
            charts.send_weeks,
            "your team over 13 weeks, and what moved; `weeks East`",
            whom=Whom.LEADS,
        ),
        SlashWord(
            "map",
            charts.send_map,
            "who is effective, who is efficient, as a picture; `map East` too",
            whom=Whom.LEADS,
        ),
        SlashWord(
            "forecast", charts.send_forecast, "what may still come, and what came as said", whom=Whom.LEADS
        ),
        SlashWord(
            "stuck",
            plunger.show,
            "deals that are stuck, by name: yours with what to do, your team's the largest first",
        ),
        SlashWord(
            "losses",
            losses.show,
            "why deals and calls were lost this quarter, and what others did about it",
            ("losses", "losses last quarter"),
            Whom.LEADS,
        ),
        SlashWord(
            "reasons",
            loss_reasons.open_list,
            "the reasons to pick from where a deal or a call is lost",
            whom=Whom.ADMINS,
        ),
        SlashWord(
            "digest", digest.preview, "what the channel would read this week, before it does", whom=Whom.LEADS
        ),
        SlashWord(
            "pairs",
            preview.preview,
            "who would be coached by whom, and why; pin, swap or block a pair",
            whom=Whom.LEADS,
        ),
        SlashWord(
            "coaching",
            coaching_page.show,
            "who goes without coaching, and whether managers see to it",
            whom=Whom.LEADS,
        ),
        SlashWord(
            "ninety",
            coaching_page.show_ninety_days,
            "a manager's first ninety days: which numbers to read, which talks to hold, what to leave alone",
            whom=Whom.LEADS,
        ),
        SlashWord(
            "effect",
            coaching_page.show_effect,
            "did the coaching work, how sure that is, and what it cost",
            whom=Whom.LEADS,
        ),
        SlashWord(
            "targets",
            targets.open_targets,
            "what a role should reach, in money too; `targets SDR East` in one team, `targets @name` for one rep",
            ("targets SDR",),
            Whom.LEADS,
        ),
        SlashWord(
            "weights", weights.open_form, "what a role's score is made of", ("weights SDR",), Whom.ADMINS
        ),
        SlashWord("roster", people.show, "who is in your team, since when, in which role", whom=Whom.LEADS),
        SlashWord("export", export.export, "the workbook: your team's, or your own numbers"),
        SlashWord("setup", setup.show, "channels, teams and call sources, step by step", whom=Whom.ADMINS),
        SlashWord(
            "settings",
            setup.open_asking,
            "how many questions a day, about which calls, at what hours, by which clock; when a deal is stuck",
            whom=Whom.ADMINS,
        ),
        SlashWord(
            "agents",
            agents.open_list,
            "whose calls these are, where a call source names somebody I do not know",
            whom=Whom.ADMINS,
        ),
        SlashWord("audit", privacy.show, "who did or saw what; all of it: `audit file`", whom=Whom.ADMINS),
        SlashWord(
            "transcripts",
            transcripts.switch,
            "let reps drop transcripts of their calls, to be counted and forgotten",
            ("transcripts on",),
            Whom.ADMINS,
        ),
    ),
)

COACH: SlashWords[Callable[[preferences.Request], None]] = SlashWords(
    Command.COACH,
    (
        SlashWord("", preferences.show_help, ""),
        SlashWord("on", preferences.turn_on, "coach up to that many learners a week", ("on", "on 3")),
        SlashWord(
            "on",
            preferences.turn_on,
            "the same, on these topics alone; `/coach on any` on whatever you do well",
            ("on 2 pricing authority",),
        ),
        SlashWord("off", preferences.turn_off, "stop; what is agreed for this week stands"),
        SlashWord("learning", preferences.learn, "be coached, or not", ("learning on|off",)),
        SlashWord("naming", preferences.be_named, "be named in the digest, or not", ("naming on|off",)),
        SlashWord(
            "never",
            preferences.never,
            "a confidential list of whom you are never paired with; `/coach never` shows it",
            ("never @name",),
        ),
        SlashWord("record", results.show_record, "what came of your coaching"),
        SlashWord(
            "results",
            results.show_results,
            "what came of your weeks with a coach or a learner, and of your teams' pairs",
        ),
        SlashWord(
            "paid",
            pay.show,
            "what this month's sessions earn, and why some minutes do not",
            ("paid", "paid last month"),
        ),
        SlashWord(
            "paid",
            pay.show,
            "a coach's month, your teams' to approve, and both files for payroll; of last month unless you name one",
            ("paid @name", "paid team", "paid file"),
            Whom.LEADS,
        ),
        SlashWord(
            "propose",
            preferences.propose_coach,
            "for managers, to ask somebody",
            ("propose @name",),
            Whom.LEADS,
        ),
        SlashWord(
            "stories",
            preferences.show_stories,
            "what your team shares, by words, topic, product, `won` or `lost`; what to read first",
            ("stories pricing lost", "stories start"),
        ),
        SlashWord(
            "now",
            help_now.ask,
            "on a call and stuck? A teammate who is strong there is asked at once",
            ("now pricing",),
        ),
        SlashWord("help", preferences.show_help, ""),
    ),
)

HANDOFF: SlashWords[Listener] = SlashWords(
    Command.HANDOFF,
    (
        SlashWord("", handoff.open_form, "pass a lead to an AE"),
        SlashWord("list", handoff.show_list, "the leads you passed or received, and where each stands"),
        SlashWord(
            "criteria",
            criteria.open_checklist,
            "what makes a lead qualified; managers change it for their team",
        ),
    ),
)

DEBRIEF: SlashWords[Listener] = SlashWords(
    Command.DEBRIEF,
    (
        SlashWord("", log_call.log_call, "log a call and write its debrief"),
        SlashWord(
            "next",
            next_steps.show,
            "what you promised and what is due; with a contact or a company, how you left off",
            ("next", "next Dana"),
        ),
        SlashWord(
            "topics",
            topics.open_list,
            "what debriefs offer to work on; your team's own list",
            whom=Whom.LEADS,
        ),
    ),
)

COMMANDS: tuple[SlashWords[Any], ...] = (SCORECARD, DEBRIEF, HANDOFF, COACH)
