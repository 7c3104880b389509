"""What is allowed: who may take what, how much at a time, how long a part may be, and what names a file.

turns: whose part is made next · intervals: the same seconds of several films.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln
from flask_babel.speaklater import LazyString

from app.downloads.models import Format, Mode, PartState
from app.library.cutting.values import Index, Plan
from app.limits.limits import in_words
from app.refusals import Refusal
from app.text.filenames import harmless
from app.text.markup import several_lines

DAY = timedelta(hours=24)
LONGEST_WORDS = 1000  # characters of what is written to whoever holds a fault
SHORTEST_SECONDS = 1
LONGEST_TITLE = 80  # characters of a file's name that come from a title
MAIL_AFTER_SECONDS = 60  # a wait that is likely to be longer offers a mail
FRAMES_A_SECOND = 20  # that are encoded: what a slow core was seen to do with full HD
BYTES_A_SECOND = 60_000_000  # that are copied
UNDER_WAY = (PartState.WAITING, PartState.PREPARING)
PUBLIC, ACCOUNT = "public", "account"


class TooShort(Refusal):
    """Less than what is of use to anybody, or no interval at all."""

    field = "out"
    message = _l("Select at least 1 second")


class TooLong(Refusal):
    """More than is cut at once."""

    field = "out"

    def __init__(self, minutes: int) -> None:
        super().__init__(
            _ln(
                "Select at most %(num)s minute, or take the whole video",
                "Select at most %(num)s minutes, or take the whole video",
                minutes,
            )
        )


class NoCaptions(Refusal):
    """Captions in a language that there are none in."""

    field = "captions"
    message = _l("There are no captions in this language")


class NotNow(Refusal):
    """What cannot be cut yet, or at all, though its page is there."""

    message = _l("This file is being prepared. Try again in a few minutes.")


class Gone(Refusal):
    """It was withdrawn, moved under an embargo, or replaced by another version."""

    message = _l("This is not available any more.")


class Unready(Refusal):
    """A part that is not there: it waits, failed, or is no longer kept."""

    message = _l("This file is not ready.")


class NotEnded(Refusal):
    """A part that waits, is being made or is ready cannot be asked for again."""

    message = _l("This file is being prepared, or is ready.")


class OverQuota(Refusal):
    """So much at once, or in a day, and no more; ``until`` is when there is room again, None for "when one is done"."""

    def __init__(self, message: Any, until: datetime | None) -> None:
        self.until = until
        super().__init__(message)


class NobodyHolds(Refusal):
    """There is nobody to write to."""

    message = _l("Nobody whom we could write to holds any of these frames.")


@dataclass(frozen=True)
class Quota:
    """How much one account may ask for: parts that wait or are made at once; parts, and minutes, in 24 hours."""

    at_once: int
    a_day: int
    minutes_a_day: int


@dataclass(frozen=True)
class Asked:
    """What an account has asked for within a day: when, how many seconds, and whether it is still to be made."""

    at: datetime
    seconds: float
    is_under_way: bool


def check_quota(asked: Sequence[Asked], quota: Quota, *, seconds: float, at: datetime) -> None:
    """Raise OverQuota if one part more, of so many ``seconds``, is more than an account may have.

    ``asked`` is everything that it asked for in the last 24 hours, and what is still under way from before.
    """
    under_way = sum(1 for each in asked if each.is_under_way)
    if under_way >= quota.at_once:
        raise OverQuota(
            _ln(
                "%(num)s file is being prepared for you. Wait until it is ready, or cancel it.",
                "%(num)s files are being prepared for you. Wait until one is ready, or cancel one.",
                under_way,
            ),
            None,
        )
    today = sorted((each for each in asked if each.at > at - DAY), key=lambda each: each.at)
    if len(today) >= quota.a_day:
        until = today[len(today) - quota.a_day].at + DAY
        raise OverQuota(
            _l(
                "You have reached today’s limit of %(n)s downloads. It starts again at %(time)s.",
                n=quota.a_day,
                time=_hour(until),
            ),
            until,
        )
    allowed = quota.minutes_a_day * 60
    spent = sum(each.seconds for each in today)
    if spent + seconds > allowed:
        raise OverQuota(*_minutes(today, quota.minutes_a_day, seconds, spent))


def _minutes(
    today: Sequence[Asked], minutes: int, seconds: float, spent: float
) -> tuple[Any, datetime | None]:
    allowed = minutes * 60
    for each in today:  # the oldest first: with each that is a day old there is more room
        spent -= each.seconds
        if spent + seconds <= allowed:
            until = each.at + DAY
            return _l(
                "You have reached today’s limit of %(n)s minutes of video. There is room for this part at %(time)s.",
                n=minutes,
                time=_hour(until),
            ), until
    return _l(
        "This is longer than the %(n)s minutes of video that one account may take in a day.", n=minutes
    ), None


def _hour(until: datetime) -> LazyString:
    return LazyString(lambda: in_words(until))


def check_length(frames: int, *, rate: float, longest_minutes: int, is_whole: bool) -> None:
    """Raise TooShort or TooLong for a part of so many ``frames``; all of a video may be of any length."""
    if is_whole and frames > 0:
        return
    if frames < SHORTEST_SECONDS * rate:
        raise TooShort
    if frames > longest_minutes * 60 * rate:
        raise TooLong(longest_minutes)


def check_captions(language: str, known: Mapping[str, str]) -> None:
    """Raise NoCaptions unless there are some in ``language``, or none are asked for."""
    if language and language not in known:
        raise NoCaptions


def work_seconds(plan: Plan, index: Index) -> float:
    """Return about how long a part takes to make: frames that are encoded, and bytes that are copied."""
    size = index.width * index.height / (1920 * 1080)
    return 1 + plan.encoded_frames * max(0.1, size) / FRAMES_A_SECOND + plan.size_bytes / BYTES_A_SECOND


def build_key(edition_id: int, format: Format, mode: Mode, begins: int, ends: int, told: str) -> str:
    """Return what names a file before it is made: the same for everybody who would get the same bytes.

    ``told`` is the digest of what its description says; the version of the film is part of that.
    """
    named = [edition_id, format.value, mode.value, begins, ends, told]
    return hashlib.sha256(json.dumps(named).encode()).hexdigest()


def check_words(words: Mapping[str, str], language: str) -> dict[str, str]:
    """Return what is written to holders, in each language that it was written in, tidied.

    Raises Refusal without any in ``language``, the text's own, which those read who have none of their own; and for
    what is too long.
    """
    found = {code: several_lines(text) for code, text in words.items()}
    if not found.get(language):
        raise Refusal(_l("Say what is wrong: they read it in the e-mail."), field=f"words_{language}")
    for code, text in found.items():
        if len(text) > LONGEST_WORDS:
            raise Refusal(_l("Use at most %(n)s characters.", n=LONGEST_WORDS), field=f"words_{code}")
    return {code: text for code, text in found.items() if text}


def needs_account(policy: Mapping[str, str], rendition: str) -> bool:
    """Whether only media accounts may take that whole file; whatever the policy does not name is such a file."""
    return policy.get(rendition, ACCOUNT) != PUBLIC


def file_name(*parts: str, extension: str) -> str:
    """Return a name for a file that any system takes: ``parts``, which are for people, and its extension.

    Never a folder, never hidden, never a device: a path in a title ends up as words.
    """
    fit = [harmless(re.sub(r'[<>:"/\\|?*]+', " ", part), otherwise="") for part in parts]
    name = "_".join(part[:LONGEST_TITLE].strip(" .-_") for part in fit if part.strip(" .-_"))
    return harmless(f"{name or 'download'}.{extension}")


def in_name(timecode: str) -> str:
    """Return a timecode as it can stand in a file's name: 01-16-05-12."""
    return re.sub("[^0-9]", "-", timecode)
