"""What we have to reach, and tables that say whether we did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

QUERIES_OF_A_RELEASE = 3
UNCACHED_TIMES_HELLO = {"release": 5.0, "list": 8.0}  # CPU for each request
CACHED_TIMES_HELLO = 0.5  # CPU for each request
CACHED_OF_PREBUILT = 0.8  # requests in a second
RSS_MIB = 120.0
GROWTH = 1.3  # cost at the larger scale, of that at the smaller
OF_NGINX = 0.9  # requests in a second
LIST_OF_BARE = 2.0  # time of a list at the desk, of a bare query for the same rows
PHOTO_OF_PILLOW = 1.1  # CPU and memory of all that is made of a photo, of Pillow making it without our care
OF_THE_HASH = 0.85  # log-ins in a second, of what the hash alone allows
ALONE = 0.75  # requests in a second beside log-ins or a sending, of those without
PART_OF_COPY = 1.5  # time of a part between key frames, of copying it with ffmpeg
PART_OF_ENCODING = {10: 3.0, 60: 10.0}  # times faster than encoding, by seconds of the part
TELLING_P, TELLING_MS = 0.001, 3.0  # times that differ by more than both tell who has an account
MAILING_OF_FLASK_MAIL = 8.0  # mails in a second, of Flask-Mail on one connection
SIGNED_OF_SIGNING = 0.7  # signed mails in a second, of signatures alone
SIXTEEN_OF_ONE = 12.0  # connections to a server that takes 20 ms for each mail
PLANNED_SECONDS = 10.0  # a hundred thousand recipients, on SQLite
SENDING_MB = 150.0  # memory of any process that plans or carries
MEMORY_GROWTH = (
    1.05  # memory at its peak, of that with a tenth of the recipients: nothing grows, but for noise
)
CODE_SECONDS = 2.0  # from the form that asks for a code until the mail server has it, during a sending
SUBSCRIBERS_GROWTH = 1.15  # time for each of ten times as many subscribers: linear is 1, and noise
BIG_MB = 200.0  # memory of any process that carries a file of ten gigabytes
BIG_OF_NGINX = 0.5  # MB in a second of a whole download
ACCEL_OF_NGINX = 0.9
LIBRARY_GROWTH = 1.5  # CPU of a page of the media library with 20,000 films, of that with 200
END_OF_BEGINNING = 2.0  # time of 64 kB at the end of a large file, of that at its beginning
NOISE = 2.0  # floors that differ more than this between rounds make the run worthless


@dataclass
class Seen:
    """What repeated runs of one thing saw: a value for each round."""

    per_second: list[float] = field(default_factory=list)
    cpu_us: list[float] = field(default_factory=list)
    p50_ms: list[float] = field(default_factory=list)
    p99_ms: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Requests in a second, the median of the rounds."""
        return median(self.per_second)

    @property
    def cpu(self) -> float:
        """Server CPU for each request, in microseconds, the median of the rounds."""
        return median(self.cpu_us)

    def rate_of(self, other: Seen) -> float:
        """Return how this rate compares with ``other``'s: the median of the rounds, each compared within itself."""
        return median(ours / theirs for ours, theirs in zip(self.per_second, other.per_second, strict=True))

    def cpu_of(self, other: Seen) -> float:
        """Return how this CPU time compares with ``other``'s, round by round."""
        return median(ours / theirs for ours, theirs in zip(self.cpu_us, other.cpu_us, strict=True))

    @property
    def spread(self) -> float:
        """The largest rate by the smallest."""
        return max(self.per_second) / max(min(self.per_second), 1e-9)

    def cells(self) -> list[str]:
        """Return the table's cells: rate, latency, CPU."""
        return [
            f"{self.rate:,.0f}", f"{median(self.p50_ms):.2f}", f"{median(self.p99_ms):.2f}", f"{self.cpu:.1f}",
        ]  # fmt: skip


def verdict(name: str, value: float, goal: float, *, at_most: bool = True) -> str:
    """Return a line that says what was reached and what was wanted."""
    reached = value <= goal if at_most else value >= goal
    sign = "at most" if at_most else "at least"
    return f"{'reached' if reached else 'MISSED ':8} {name}: {value:.2f} ({sign} {goal:g})"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return ``rows`` under ``heads``: the first column to the left, numbers to the right."""
    widths = [max(len(row[place]) for row in [heads, *rows]) for place in range(len(heads))]

    def line(cells: Sequence[str]) -> str:
        first, *rest = [
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        return "  ".join([first, *rest]).rstrip()

    return "\n".join([line(heads), line(["-" * width for width in widths]), *map(line, rows)])
