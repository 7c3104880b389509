"""Times as people type them, and the frames that they mean.

A point in a film is typed as its timecode (10:01:16:05, with a semicolon or a colon in drop-frame), or as the time
since the film began, in seconds or with minutes and hours: 76.5, 1:16, 0:01:16. The timecode is the master's own, which
often starts at 10 hours; who counts from zero all the same is understood where the two cannot be confused.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from flask_babel import lazy_gettext as _l

from app.library.rates import Rate
from app.refusals import Refusal

__all__ = ["BeyondEnd", "Rate", "WrongTime", "parse"]

LONGEST_QUOTE = 40  # characters of what was typed, in an answer
FORGIVEN = Fraction(1, 1000)  # seconds: players and pages cut times off after the thousandths

_TIMECODE = re.compile(r"(\d{1,2}):(\d{1,2}):(\d{1,2})[:;](\d{1,3})")
_SECONDS = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6})(?:[.,](\d{1,9}))?")


class WrongTime(Refusal):
    """What was typed is no time, or one that this film's timecode does not have."""


class BeyondEnd(Refusal):
    """The time lies outside the film."""


def parse(
    text: str, rate: Rate, *, start: int = 0, length: int | None = None, field: str | None = None
) -> int:
    """Return which frame of the film, from 0, ``text`` means: up to ``length``, the frame after the last.

    ``start`` is the number of its first frame (``Rate.number`` of its timecode), ``length`` its frames, where known;
    ``field`` is the form field to blame. Seconds mean the frame that is on the screen then.

    Raises WrongTime and BeyondEnd.
    """
    typed = " ".join(unicodedata.normalize("NFKC", text).split())
    if found := _TIMECODE.fullmatch(typed.replace(" ", "")):
        frame = _of_timecode(found, rate, start, length, field)
    elif found := _SECONDS.fullmatch(typed.replace(" ", "")):
        frame = _of_seconds(found, rate, field)
    else:
        example = rate.label(rate.frame_at(Fraction(76)), start)
        nothing = _l(
            "Type a timecode, such as %(timecode)s, or seconds, such as 1:16 or 76.5.", timecode=example
        )
        words = _l(
            "“%(text)s” is not a time. Type a timecode, such as %(timecode)s, or seconds, such as 1:16 or 76.5.",
            text=_quoted(typed), timecode=example,
        )  # fmt: skip
        raise WrongTime(words if typed else nothing, field=field)
    if frame < 0:
        raise BeyondEnd(_l("This video begins at %(start)s.", start=rate.label(0, start)), field=field)
    if length is not None and frame > length:
        raise BeyondEnd(_l("This video ends at %(end)s.", end=rate.label(length, start)), field=field)
    return frame


def _of_timecode(found: re.Match[str], rate: Rate, start: int, length: int | None, field: str | None) -> int:
    hours, minutes, seconds, frames = (int(part) for part in found.groups())
    if minutes > 59 or seconds > 59 or hours > 23:
        raise WrongTime(
            _l("Hours go from 00 to 23 in a timecode, minutes and seconds from 00 to 59."), field=field
        )
    if frames >= rate.nominal:
        raise WrongTime(
            _l("A second has %(count)s frames here: they go from 00 to %(last)s.",
               count=rate.nominal, last=rate.nominal - 1), field=field,
        )  # fmt: skip
    try:
        number = rate.number(hours, minutes, seconds, frames)
    except ValueError:
        there = rate.number(hours, minutes, seconds, rate.dropped)
        raise WrongTime(
            _l("The drop-frame timecode of this video goes from %(before)s to %(after)s: the numbers between do not "
               "exist.", before=rate.label(there - 1), after=rate.label(there)), field=field,
        ) from None  # fmt: skip
    frame = number - start
    if frame < 0 and length is not None:
        if frame + rate.frames_in_a_day <= length:
            return frame + rate.frames_in_a_day  # the film runs past midnight
        if number <= length:
            return number  # counted from zero, though the film is not
    return frame


def _of_seconds(found: re.Match[str], rate: Rate, field: str | None) -> int:
    hours, minutes, seconds, decimals = found.groups()
    if (minutes is not None and int(seconds) > 59) or (hours is not None and int(minutes) > 59):
        raise WrongTime(_l("Minutes and seconds go from 00 to 59."), field=field)
    whole = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds)
    return rate.frame_at(whole + Fraction(int(decimals or 0), 10 ** len(decimals or "")) + FORGIVEN)


def _quoted(typed: str) -> str:
    return typed[:LONGEST_QUOTE] + ("…" if len(typed) > LONGEST_QUOTE else "")
