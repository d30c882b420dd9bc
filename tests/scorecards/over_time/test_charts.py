"""Pictures on a machine that has no fonts but those of the plotting library."""

import subprocess
import sys

NAMES = (
    "พงศกร ศรีสุข",
    "مريم العلوي",
    "نگہت ٹھاکر گے",
    "דנה כהן",
    "अनिता शर्मा",
    "Łukasz Żółć",
    "Άννα",
    "Олена",
)
BARE = """
import sys
import matplotlib
from matplotlib import font_manager

fonts = font_manager.fontManager
fonts.ttflist = [font for font in fonts.ttflist if font.fname.startswith(matplotlib.get_data_path())]

from bot.charts import plot as charts

names = sys.argv[1:]
title = " ".join(names)
points = [charts.Point(name, n - 3.0, (-1.0) ** n * n) for n, name in enumerate(names)]
rows = [charts.Interval(name, 0.0, 1.0, 0.5, "1") for name in names]
for picture in (
    charts.corners(charts.Corners(title, "across", "up", ("a", "b", "c", "d"), points)),
    charts.trend(charts.Trend(title, ["1", "2"], [0.1, 0.2], str, 0.1, names[1])),
    charts.forest(charts.Forest(title, "better", rows)),
):
    print(picture[:4])
"""


def test_names_of_many_scripts_are_drawn_with_the_fonts_that_the_program_brings() -> None:
    drawn = subprocess.run(
        [sys.executable, "-W", "error", "-c", BARE, *NAMES], capture_output=True, check=False, text=True
    )

    assert drawn.stderr == ""
    assert drawn.stdout == "b'\\x89PNG'\n" * 3
