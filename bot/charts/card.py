"""The ground that every picture is drawn on: one size, one palette, one style."""

from io import BytesIO
from typing import TYPE_CHECKING

from bot.fonts import families

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH, HEIGHT, DPI = 5.4, 3.0, 200  # small and dense: a phone shows it three inches wide
# Okabe and Ito's palette, told apart with every kind of colour blindness; the card is opaque, so dark mode keeps it.
INK, BLUE, GREY, CARD = "#1f2933", "#0072b2", "#7b8794", "#ffffff"


def card(title: str) -> "tuple[Figure, Axes]":
    figure = _figure(HEIGHT)
    axes = figure.add_subplot(facecolor=CARD)
    axes.set_title(plain(title), loc="left", color=INK, fontsize=11, weight="bold", pad=10)
    _styled(axes)
    return figure, axes


def stack(title: str, count: int, height: float) -> "tuple[Figure, list[Axes]]":
    """Several under one title, each `height` inches high."""
    figure = _figure(0.45 + count * height)
    figure.suptitle(plain(title), x=0.02, ha="left", color=INK, fontsize=11, weight="bold")
    every = [figure.add_subplot(count, 1, place + 1, facecolor=CARD) for place in range(count)]
    for axes in every:
        _styled(axes)
    return figure, every


def _figure(height: float) -> "Figure":
    from matplotlib import rcParams  # noqa: PLC0415  1.2 s and 125 MiB: only who draws pays for it
    from matplotlib.figure import Figure  # noqa: PLC0415  the object interface, safe in threads

    rcParams["font.family"] = families()
    return Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=CARD, layout="constrained")


def _styled(axes: "Axes") -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(GREY)
    axes.tick_params(colors=INK, labelsize=8, length=0)
    axes.grid(axis="y", color="#e4e7eb", linewidth=0.8)
    axes.set_axisbelow(True)


def plain(text: str) -> str:
    """A dollar sign begins a formula in the plotting library; a person's name never does."""
    return text.replace("$", r"\$")


def png(figure: "Figure") -> bytes:
    made = BytesIO()
    figure.savefig(made, format="png")
    return made.getvalue()
