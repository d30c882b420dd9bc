"""The invented sales team: who they are, and how good each of them truly is."""

from zoneinfo import ZoneInfo

from bot.core.enums import Metric, Role
from bot.demo.season.people import Ae, Am, Cycle, Rep, Sdr, Talk, Team

EAST = Team("East", ZoneInfo("Europe/Berlin"), "DE", "sales-east", "EUR", "en-GB")
WEST = Team("West", ZoneInfo("America/New_York"), "US", "sales-west", "USD", "en-US")
TEAMS = (EAST, WEST)

MANAGERS = (
    Rep(handle="katharina", name="Katharina Vogel", role=Role.MANAGER, team=EAST),
    Rep(handle="denise", name="Denise Carter", role=Role.MANAGER, team=WEST),
)

# Ana is truly ahead; Jonas found his feet a month ago; ศิริพร dials the most and qualifies the least.
SDRS = (
    Sdr(
        handle="ana",
        name="Ana Ferreira",
        team=EAST,
        talk=Talk(11, 4.5, advanced=0.44, authority=0.62),
        leads_per_week=5.5,
        qualified=0.74,
        coaches=1,
    ),
    Sdr(
        handle="jonas",
        name="Jonas Weber",
        team=EAST,
        talk=Talk(11, 4),
        leads_per_week=4.5,
        qualified=0.40,
        lately=0.72,
    ),
    Sdr(
        handle="siriporn",
        name="ศิริพร วงศ์สวัสดิ์",
        team=EAST,
        talk=Talk(14, 3.5, advanced=0.26, authority=0.25),
        leads_per_week=4.5,
        qualified=0.34,
        away=((-63, -54),),
    ),
    Sdr(handle="maya", name="Maya Patel", team=WEST, talk=Talk(12, 4), leads_per_week=4.8, qualified=0.55),
    Sdr(
        handle="diego",
        name="Diego Álvarez",
        team=WEST,
        talk=Talk(10, 4),
        leads_per_week=3.5,
        qualified=0.5,
        weeks_here=2,
    ),
)

# Elif is truly ahead in East; the three of West are as good as each other.
AES = (
    Ae(
        handle="elif",
        name="Elif Kaya",
        team=EAST,
        talk=Talk(4.5, 14, advanced=0.48, timeline=0.7),
        won=0.52,
        days=24,
        teaches=0.85,
        coaches=2,
    ),
    Ae(
        handle="lars",
        name="Lars Lindqvist",
        team=EAST,
        talk=Talk(5, 11, timeline=0.28),
        won=0.26,
        days=38,
        teaches=0.30,
        away=((-91, -80), (2, 4)),
    ),
    Ae(
        handle="chiara",
        name="Chiara Romano",
        team=EAST,
        talk=Talk(4.5, 12),
        won=0.32,
        days=31,
        teaches=0.55,
    ),
    Ae(
        handle="layla",
        name="ليلى منصور",
        team=WEST,
        talk=Talk(4, 13, timeline=0.6),
        won=0.36,
        days=30,
        teaches=0.60,
        coaches=2,
    ),
    Ae(
        handle="grace",
        name="Grace Kim",
        team=WEST,
        talk=Talk(4.5, 12, timeline=0.6),
        won=0.36,
        days=30,
        teaches=0.60,
    ),
    Ae(
        handle="terrence",
        name="Terrence Boyd",
        team=WEST,
        talk=Talk(5, 10, timeline=0.25),
        won=0.36,
        days=30,
        teaches=0.60,
    ),
)

# The account managers of East are as good as each other: too close to call.
AMS = (
    Am(
        handle="tomasz",
        name="Tomasz Zieliński",
        team=EAST,
        talk=Talk(3.5, 16, advanced=0.42),
        growth=0.04,
        leaves=0.02,
        coaches=2,
    ),
    Am(
        handle="amara",
        name="Amara Okafor",
        team=EAST,
        talk=Talk(4, 15, advanced=0.42),
        growth=0.04,
        leaves=0.02,
        coaches=1,
    ),
    Am(
        handle="ingrid",
        name="Ingrid Haugen",
        team=EAST,
        talk=Talk(3.5, 15),
        growth=0.04,
        leaves=0.02,
        away=((-42, -29),),
    ),
    Am(
        handle="kofi",
        name="Kofi Mensah",
        team=WEST,
        talk=Talk(3.5, 17),
        growth=0.05,
        leaves=0.02,
        coaches=1,
    ),
)

ADMIN = "denise"
"""Who set the workspace up."""

CAST: tuple[Rep, ...] = (*SDRS, *AES, *AMS, *MANAGERS)

PAST_CYCLES = (
    Cycle("elif", "jonas", Metric.QUALIFIED_RATE, 12),
    Cycle("tomasz", "chiara", Metric.WIN_RATE, 18),
    Cycle("layla", "terrence", Metric.TIMELINE_RATE, 20),
)


def rep(handle: str) -> Rep:
    return next(one for one in CAST if one.handle == handle)


def manager_of(team: Team) -> Rep:
    return next(one for one in MANAGERS if one.team is team)
