"""Which seconds of a film are taken most: a plot, and the same as a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from app.library.cutting.values import Index

MOST_BARS = 120
WIDTH, HEIGHT = 600, 120  # of the plot, in its own units


class Bar(NamedTuple):
    """A stretch of the film: its first frame, the frame after its last, how often it was taken, and where it stands."""

    begins: int
    ends: int
    times: int
    x: float
    width: float
    height: float

    @property
    def y(self) -> float:
        """Where it begins, from above."""
        return round(HEIGHT - self.height, 2)


@dataclass(frozen=True)
class Plot:
    """How often each stretch was taken. ``most`` is the highest count."""

    bars: list[Bar]
    most: int
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def top(self) -> list[Bar]:
        """The stretches that were taken most, at most ten, the first of them first."""
        return sorted((bar for bar in self.bars if bar.times), key=lambda bar: (-bar.times, bar.begins))[:10]


def plot(index: Index, cuts: Iterable[tuple[int, int, int]]) -> Plot:
    """Return how often each stretch of a film was taken: ``cuts`` are (in, out, times). A stretch is whole seconds.

    A stretch counts a part that has any frame of it.
    """
    second = index.rate.nominal
    seconds = max(1, -(-index.frames // second))
    step = -(-seconds // MOST_BARS) * second
    number = max(1, -(-index.frames // step))
    counts = [0] * (number + 1)
    for begins, ends, times in cuts:
        first, last = max(0, begins // step), min(number - 1, (max(begins + 1, ends) - 1) // step)
        if first <= last:
            counts[first] += times
            counts[last + 1] -= times
    found, running = [], 0
    for place in range(number):
        running += counts[place]
        found.append(running)
    most = max(found, default=0)
    width = WIDTH / number
    return Plot(
        [
            Bar(
                place * step,
                min(index.frames, (place + 1) * step),
                count,
                round(place * width, 2),
                round(max(0.5, width - 0.5), 2),
                round(HEIGHT * count / most, 2) if most else 0,
            )
            for place, count in enumerate(found)
        ],
        most,
    )
