"""By what rules what is said of one person holds together."""

import math
import re

from bot.scorecards.domain.advice import nearest
from bot.scorecards.domain.definitions import measures
from bot.scorecards.domain.quadrant import Corner
from bot.scorecards.domain.ranking import CHIEF, SCORE_WEIGHTS
from bot.scorecards.domain.scorecard import Figure
from bot.scorecards.views import as_json
from bot.scorecards.views.all_figures import DOWN, UP
from bot.scorecards.views.figures import before, is_counted, middle_value, of_card, title
from bot.workbook.domain.roles import RoleFigures
from tests.scorecards.coherence.reads import BETTER, READS, WORSE, Read, is_told, numbers
from tests.scorecards.coherence.small_worlds import TOOLS


def the_same_figure_is_the_same_number_everywhere(read: Read) -> None:
    chief = read.card.chief
    assert chief is not None
    assert of_card(read.card, chief, READS) in read.glance
    for one in read.card.figures:
        told = of_card(read.card, one, READS)
        if line := read.line(one.measure.key):
            assert told in line
        assert told in read.whys[one.measure.key]


def no_praise_stands_beside_a_worse_figure_of_the_role(read: Read) -> None:
    core = [read.line(metric) for metric in SCORE_WEIGHTS[read.card.rep.role]]
    chief = read.card.chief
    assert chief is not None
    if "Effective and efficient" in read.whole or "Careful" in read.whole:
        assert not any(line.startswith(WORSE) for line in core)
        assert not chief.reads_below
        assert "do better" not in read.glance and "below the middle" not in read.glance
    if "Growing" in read.whole or "Busy" in read.whole:
        assert not chief.reads_above
        assert "That is better" not in read.glance and "above the middle" not in read.glance


def no_range_stands_without_its_figure(read: Read) -> None:
    for one in read.card.figures:
        found = re.search(r"could make of it: (.*?) to (.*?), 9 times", read.whys[one.measure.key])
        if found and one.measure.value is not None:
            low, high = numbers(found[1])[0], numbers(found[2])[0]
            scale = 100 if "%" in found[0] else 1
            assert low - 1 <= one.measure.value * scale <= high + 1
        assert not re.search(r"\d\S* (to|–) \d", read.line(one.measure.key)), "ranges stand in Why alone"


def a_verdict_agrees_with_the_numbers_beside_it(read: Read) -> None:
    for one in read.card.figures:
        line = read.line(one.measure.key)
        if line.startswith(BETTER):
            assert one.reads_above
        if line.startswith(WORSE):
            assert one.reads_below
        if is_told(line):
            middle = middle_value(one, READS, currency="USD")
            assert not re.search(rf"[ (]{re.escape(middle)}", line.split(" · ")[0]), "the same number twice"
            assert f"middle {middle_value(one, READS, currency='USD')}" in line


def the_sentence_agrees_with_the_three_lines(read: Read) -> None:
    chief = CHIEF[read.card.rep.role]
    line, shown = read.line(chief), read.card.figure(chief)
    assert shown is not None
    assert ("That is better than the middle" in read.glance) == line.startswith(BETTER)
    assert ("do better" in read.glance) == line.startswith(WORSE)
    now, then = of_card(read.card, shown, READS), before(shown, READS, currency="USD")
    if "went up" in read.glance or "went down" in read.glance:
        assert now != then and not now.endswith(f"({then})"), "a change that cannot be seen"


def a_change_is_told_beyond_chance_alone_and_everywhere_alike(read: Read) -> None:
    told = {one["key"]: one["moved"] for one in as_json.scorecard(read.card)["metrics"]}
    for one in read.card.figures:
        line, key = read.line(one.measure.key), one.measure.key
        assert (UP in line) == (told[key] == "up" and bool(line))
        assert (DOWN in line) == (told[key] == "down" and bool(line))
        if UP in line or DOWN in line:
            assert one.measure.value is not None and one.before is not None
            assert (UP in line) == (one.measure.value > one.before)
            assert read.card.days >= 23
            assert apart(read, one) > 1.3, "within what chance does"
    chief = read.line(CHIEF[read.card.rep.role])
    assert ("went up" in read.glance) == (UP in chief)
    assert ("went down" in read.glance) == (DOWN in chief)
    assert not ("could be chance alone" in read.glance and (UP in chief or DOWN in chief))


def apart(read: Read, shown: Figure) -> float:
    """How far a share lies from the one before, in its standard errors; other figures as if far enough."""
    then = next(row for row in read.world.before if row.rep == read.card.rep.id)
    told = measures(read.world.role, then.tally, then.presence, monthly_tool_cost=TOOLS)
    now, old = shown.measure, next(one for one in told if one.key is shown.measure.key)
    if not (is_counted(now) and now.numerator is not None and old.numerator is not None):
        return math.inf
    of, ago = now.denominator or 0, old.denominator or 0
    if now.numerator > of or old.numerator > ago:
        return math.inf  # more leads than calls: no share
    pooled = (now.numerator + old.numerator) / (of + ago)
    return abs(now.numerator / of - old.numerator / ago) / math.sqrt(
        pooled * (1 - pooled) * (1 / of + 1 / ago)
    )


def a_short_time_or_small_role_tells_facts(read: Read) -> None:
    if read.card.days < 23 or read.card.peers < 3 or read.card.ramping:
        assert BETTER not in figures_of(read.whole) and WORSE not in figures_of(read.whole)
        assert read.card.corner is None
        assert not any(word in read.glance for word in ("That is better", "do better", "Would you coach"))


def figures_of(text: str) -> str:
    """Without the legend."""
    return text.split("The middle has half")[0]


def what_to_do_next_follows_from_the_card(read: Read) -> None:
    found = re.search(r"Next: (.*?)(: look at| is something that others)", read.glance)
    if found:
        [metric] = [one.measure.key for one in read.card.figures if title(one.measure.key) == found[1]]
        assert read.line(metric).startswith(WORSE if "look at" in found[2] else BETTER)
    core = [one for one in read.card.figures if one.is_own]
    if any(read.line(one.measure.key).startswith(WORSE) for one in core):
        assert "look at what speaks" in read.glance


def nobody_is_told_a_place_unasked_or_to_be_last(read: Read) -> None:
    for text in (read.glance, read.whole, *read.whys.values()):
        assert "#" not in text and "number " not in text and "ahead of you" not in text
    if read.place and read.place.of > 1 and read.place.place == read.place.of:
        assert f"number {read.place.of}" not in read.stands
        assert "last " not in read.stands.replace("last 13 weeks", "")


def a_place_that_is_told_agrees_with_the_corner(read: Read) -> None:
    if "you are number" in read.stands:
        assert read.card.corner not in (Corner.BUSY, Corner.SUPPORT)
    if "are ahead of you" in read.stands:
        assert read.card.corner not in (Corner.MODEL, Corner.CAREFUL)


def the_way_to_the_middle_is_as_long_as_it_is_told(read: Read) -> None:
    step = nearest(read.card)
    if step is None or step.out_of is None or "Nearest to move" not in read.stands:
        return
    told, middle = step.figure.measure, step.figure.role_middle
    assert told.numerator is not None and middle is not None
    assert (told.numerator + step.more) / step.out_of >= middle - 1e-9
    if not step.figure.definition.is_of_value:
        assert (told.numerator + step.more - 1) / step.out_of < middle
        assert numbers(read.stands.split("Nearest to move*: ")[1])[0] == step.more


def the_workbook_and_scripts_say_the_same(read: Read) -> None:
    figures = RoleFigures(read.card.rep.role, [], read.world.estimates, SCORE_WEIGHTS[read.card.rep.role])
    told = as_json.scorecard(read.card)
    for one, shown in zip(told["metrics"], read.card.figures, strict=True):
        key = shown.measure.key
        assert one["verdict"] == figures.judged(read.card.rep.id, shown.measure).verdict
        if line := read.line(key):
            assert line.startswith(BETTER) == (one["verdict"] == "better")
            assert line.startswith(WORSE) == (one["verdict"] == "worse")


RULES = (
    the_same_figure_is_the_same_number_everywhere,
    no_praise_stands_beside_a_worse_figure_of_the_role,
    no_range_stands_without_its_figure,
    a_verdict_agrees_with_the_numbers_beside_it,
    the_sentence_agrees_with_the_three_lines,
    a_change_is_told_beyond_chance_alone_and_everywhere_alike,
    a_short_time_or_small_role_tells_facts,
    what_to_do_next_follows_from_the_card,
    nobody_is_told_a_place_unasked_or_to_be_last,
    a_place_that_is_told_agrees_with_the_corner,
    the_way_to_the_middle_is_as_long_as_it_is_told,
    the_workbook_and_scripts_say_the_same,
)
