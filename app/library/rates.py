"""Frames of a film, and the hours, minutes, seconds and frames that name them (SMPTE ST 12-1).

Everything is counted in frames, and times are fractions: 29.97 frames in a second are 30000/1001, and after an hour
of adding up 29.97 a cut is a frame beside the picture that was asked for. This module knows nothing but Python,
because it is loaded where films are opened, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

KNOWN = (
    Fraction(10), Fraction(12), Fraction(25, 2), Fraction(15), Fraction(24000, 1001), Fraction(24), Fraction(25),
    Fraction(30000, 1001), Fraction(30), Fraction(48000, 1001), Fraction(48), Fraction(50), Fraction(60000, 1001),
    Fraction(60), Fraction(100), Fraction(120000, 1001), Fraction(120),
)  # fmt: skip
DROPPING = {Fraction(30000, 1001): 2, Fraction(60000, 1001): 4}  # numbers left out at the start of a minute
MINUTES_OF_A_DAY = 24 * 60


def scaled(number: int, by: Fraction) -> int:
    """Return ``number * by``, rounded, a half upwards.

    It makes no fraction on the way, which takes longer than copying a packet: this is asked for each of them.
    """
    return (2 * number * by.numerator + by.denominator) // (2 * by.denominator)


@dataclass(frozen=True)
class Rate:
    """How many frames a second has, as a fraction, and whether its timecode drops numbers.

    Drop-frame timecode leaves out the numbers 00 and 01 (at 59.94 00 to 03) at the start of every minute but
    each tenth: numbers, never frames. So it stays beside the clock, which 29.97 frames counted by thirties do not.
    """

    num: int
    den: int = 1
    is_drop: bool = False

    def __post_init__(self) -> None:
        if self.num <= 0 or self.den <= 0:
            raise ValueError(f"{self.num}/{self.den} frames in a second")
        if self.is_drop and self.fraction not in DROPPING:
            raise ValueError(f"no drop-frame timecode at {self.fraction} frames in a second")

    @classmethod
    def of(cls, fraction: Fraction, *, is_drop: bool = False) -> Rate:
        """Return the rate of ``fraction`` frames a second; numbers are only dropped where the standard knows it."""
        return cls(fraction.numerator, fraction.denominator, is_drop and fraction in DROPPING)

    @property
    def fraction(self) -> Fraction:
        """Frames in a second."""
        return Fraction(self.num, self.den)

    @property
    def nominal(self) -> int:
        """By how many frames the timecode counts a second: 24 for 23.976, 30 for 29.97."""
        return ceil(self.fraction)

    @property
    def dropped(self) -> int:
        """How many numbers are left out at the start of most minutes."""
        return DROPPING[self.fraction] if self.is_drop else 0

    @property
    def frames_in_a_day(self) -> int:
        """After how many frames the timecode begins anew."""
        return MINUTES_OF_A_DAY * 60 * self.nominal - self.dropped * MINUTES_OF_A_DAY * 9 // 10

    def seconds(self, frame: int) -> Fraction:
        """Return when ``frame`` begins, in seconds after frame 0."""
        return frame / self.fraction

    def frame_at(self, seconds: Fraction) -> int:
        """Return the frame that is on the screen ``seconds`` after frame 0 began."""
        return int(seconds * self.fraction // 1)

    def label(self, frame: int, start: int = 0) -> str:
        """Return the timecode of ``frame`` in a film whose first frame is number ``start`` of the day.

        A semicolon stands before the frames of drop-frame timecode, as recorders write it.
        """
        number = (frame + start) % self.frames_in_a_day
        if self.is_drop:
            minute = 60 * self.nominal - self.dropped
            tens, rest = divmod(number, 10 * minute + self.dropped)
            later = 0 if rest < 60 * self.nominal else 1 + (rest - 60 * self.nominal) // minute
            number += self.dropped * (9 * tens + later)
        seconds, frames = divmod(number, self.nominal)
        mark = ";" if self.is_drop else ":"
        width = max(2, len(str(self.nominal - 1)))
        hours, minutes = seconds // 3600, seconds // 60 % 60
        return f"{hours:02}:{minutes:02}:{seconds % 60:02}{mark}{frames:0{width}}"

    def number(self, hours: int, minutes: int, seconds: int, frames: int) -> int:
        """Return which frame of the day bears this timecode.

        Raises ValueError for numbers that no clock has, and for those that drop-frame timecode leaves out.
        """
        if not (0 <= minutes < 60 and 0 <= seconds < 60 and 0 <= frames < self.nominal and hours >= 0):
            raise ValueError("no such timecode")
        if frames < self.dropped and seconds == 0 and minutes % 10:
            raise ValueError("a dropped number")
        passed = 60 * hours + minutes
        return (passed * 60 + seconds) * self.nominal + frames - self.dropped * (passed - passed // 10)

    def __str__(self) -> str:
        """The rate as people say it: 25, 29.97."""
        return f"{float(self.fraction):.3f}".rstrip("0").rstrip(".")


def nearest(fraction: Fraction, within: Fraction = Fraction(1, 2000)) -> Fraction:
    """Return the known rate that ``fraction`` means, or itself if none is ``within`` that share of it."""
    closest = min(KNOWN, key=lambda known: abs(known - fraction))
    return closest if abs(closest - fraction) <= within * fraction else fraction.limit_denominator(1001)
