"""What a template is given: what can be taken of a film, and how far somebody's own parts are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask_babel import ngettext

from app import clock
from app.downloads import labelling, queries, rules, sources
from app.downloads.models import Format, Mode, Part, PartRequest, PartState
from app.downloads.sources import Described, Restriction
from app.languages import current
from app.languages import gettext as _
from app.library import timeline
from app.library.cutting import planning
from app.library.cutting.values import COPY, HEIGHTS, WHOLE, Index, Plan
from app.library.timeline import Passage, Timeline
from app.web.filters import filesize, moment


class Way(NamedTuple):
    """One answer to a question: its value, what it is called, a line that says more, and the size of the file."""

    value: str
    label: str
    detail: str
    size: str


@dataclass(frozen=True)
class Offer:
    """What can be taken of a film, for the passage that is chosen.

    ``formats`` and ``modes`` say what would come of each; ``seconds`` is about how long the dearest of them takes.
    """

    edition_id: int
    language: str
    title: str
    address: str
    credit: str
    timeline: Timeline
    passage: Passage
    formats: Sequence[Way]
    modes: Sequence[Way]
    captions: Sequence[str]
    restrictions: Sequence[Restriction]
    seconds: int
    whole_size: str

    @property
    def begins(self) -> str:
        """Where the passage begins, as timecode."""
        return self.timeline.code(self.passage.interval.begins)

    @property
    def ends(self) -> str:
        """Where it ends: the frame after its last."""
        return self.timeline.code(self.passage.interval.ends)

    @property
    def length(self) -> str:
        """How long it is, as timecode."""
        return self.timeline.length(self.passage.interval.frames)

    @property
    def whole_length(self) -> str:
        """How long the whole video is, as timecode."""
        return self.timeline.length(self.timeline.frames)

    @property
    def format_details(self) -> dict[str, str]:
        """The line under each format."""
        return {each.value: each.detail for each in self.formats}

    @property
    def mode_details(self) -> dict[str, str]:
        """The line under each way to cut."""
        return {each.value: each.detail for each in self.modes}

    @property
    def query(self) -> str:
        """What says the same in an address of "prepare"."""
        known: dict[str, Any] = {"edition": self.edition_id}
        if self.passage.is_chosen:
            known |= {"in": self.begins, "out": self.ends}
        return urlencode(known, safe=":;")


def timeline_of(index: Index) -> Timeline:
    """Return how that film is counted."""
    return Timeline(index.rate, index.frames, index.start or 0)


def offer(described: Described, index: Index, asked: Mapping[str, str]) -> Offer:
    """Return what can be taken of a film; ``asked`` may choose a passage by "in" and "out", in any usual writing."""
    line = timeline_of(index)
    passage = timeline.passage(asked, line)
    begins, ends = passage.interval
    plans = {
        each: planning.plan(index, begins, ends, Mode.EXACT.value, each.value) for each in formats(index)
    }
    return Offer(
        edition_id=described.edition_id,
        language=described.language,
        title=described.title,
        address=described.address,
        credit=described.credit,
        timeline=line,
        passage=passage,
        formats=[
            Way(
                each.value,
                format_name(each, index),
                _format_detail(each, index, plan),
                filesize(plan.size_bytes),
            )
            for each, plan in plans.items()
        ],
        modes=_modes(index, begins, ends, line),
        captions=list(described.captions),
        restrictions=[each for each in described.restrictions if each.text and each.meets(begins, ends)],
        seconds=max(ceil(rules.work_seconds(plan, index)) for plan in plans.values()),
        whole_size=filesize(index.size_bytes),
    )


def public_offer(edition_id: int, asked: Mapping[str, str]) -> Offer | None:
    """Return what can be taken of a video that everybody may read; None while nobody knows how it can be cut."""
    described = sources.find(edition_id, account_id=None, at=clock.now())
    known = queries.index(described.master_id) if described is not None and described.master_id else None
    return offer(described, known, asked) if described is not None and known is not None else None


def formats(index: Index) -> list[Format]:
    """Return the formats that a film can be had in: nothing is enlarged."""
    return [
        Format.MASTER,
        *([Format.HD] if index.height > HEIGHTS[Format.SMALL.value] else []),
        Format.SMALL,
    ]


def lines(format: Format, index: Index) -> int:
    """Return how many lines of picture a file in that format has."""
    return min(index.height, HEIGHTS.get(format.value, index.height))


def format_name(format: Format, index: Index) -> str:
    """Return what a format is called of this film."""
    if format is Format.MASTER:
        return _("Same as the master")
    if format is Format.SMALL:
        return _("MP4, %(lines)sp, with captions", lines=lines(format, index))
    return _("MP4, %(lines)sp", lines=lines(format, index))


_CODECS = {
    "h264": "H.264", "hevc": "H.265", "prores": "ProRes", "mpeg2video": "MPEG-2", "dnxhd": "DNxHD", "dvvideo": "DV",
}  # fmt: skip


def _format_detail(format: Format, index: Index, plan: Plan) -> str:
    if format is Format.MASTER:
        codec = _CODECS.get(index.codec, index.codec.upper())
        known = f"{plan.container.upper()}, {codec}, {index.width} × {index.height}"
        return f"{known}. {planning.REASONS[plan.reason]}" if plan.reason else f"{known}."
    if format is Format.SMALL:
        return _("H.264, for review and social media.")
    return _("H.264, for online and most newsrooms.")


def _modes(index: Index, begins: int, ends: int, line: Timeline) -> list[Way]:
    exact = planning.plan(index, begins, ends, Mode.EXACT.value, Format.MASTER.value)
    fast = planning.plan(index, begins, ends, Mode.FAST.value, Format.MASTER.value)
    told = {
        COPY: _("Nothing has to be encoded anew here."),
        WHOLE: str(planning.REASONS[exact.reason]) if exact.reason else "",
    }.get(
        exact.method,
        _("The very frames that you chose: the edges are encoded anew, the middle is copied as it is."),
    )
    ways = [Way(Mode.EXACT.value, _("Exact"), told, filesize(exact.size_bytes))]
    if fast.method != WHOLE:
        words = _(
            "Nothing is encoded anew. The file runs from %(begins)s to %(ends)s.",
            begins=line.code(fast.real_in),
            ends=line.code(fast.real_out),
        )
        ways.append(Way(Mode.FAST.value, _("Fast"), words, filesize(fast.size_bytes)))
    return ways


# --- somebody's own ---


@dataclass(frozen=True)
class Row:
    """A part that somebody asked for. ``state`` is a PartState, "changed" or "gone"; ``words`` say it."""

    id: int
    title: str
    language: str
    address: str
    passage: str
    format: str
    state: str
    tag: str
    words: str
    share: int
    size: str
    name: str
    is_under_way: bool
    has_mail: bool
    again_url: str
    captions: str

    @property
    def label(self) -> str:
        """What tells its buttons from those of other rows."""
        return f"{self.title}, {self.passage}"


def rows(requests: Sequence[PartRequest]) -> list[Row]:
    """Return what somebody asked for, as it stands now."""
    if any(each.part.state == PartState.WAITING for each in requests):
        before = {part_id: place for place, part_id in enumerate(queries.line())}
    else:
        before = {}
    indexes = queries.indexes({each.part.master_id for each in requests if each.part.master_id})
    return [_row(each, indexes.get(each.part.master_id or 0), before) for each in requests]


def _row(mine: PartRequest, index: Index | None, before: Mapping[int, int]) -> Row:
    part, told = mine.part, mine.part.told
    state = part.problem if part.problem in ("gone", "changed") else part.state.value
    tag, words = _words(part, state, before.get(part.id))
    return Row(
        id=mine.id,
        title=told.get("title", ""),
        language=told.get("language", ""),
        address=told.get("address", ""),
        passage=_passage(part, index),
        format=_format_of(part, index),
        state=state,
        tag=tag,
        words=words,
        share=part.share,
        size=filesize(part.size_bytes or 0) if part.state == PartState.READY else "",
        name=labelling.part_name(part, index) if index is not None and part.key else "",
        is_under_way=part.state in (PartState.WAITING, PartState.PREPARING),
        has_mail=mine.wants_mail,
        again_url=_again(part, index),
        captions=part.captions if part.state == PartState.READY else "",
    )


def _passage(part: Part, index: Index | None) -> str:
    if index is None:
        return ""
    if (part.in_frame, part.out_frame) == (0, index.frames):
        return _("The whole video")
    begins, ends = labelling.real(part) if part.mode == Mode.FAST else (part.in_frame, part.out_frame)
    return f"{index.timecode(begins)} – {index.timecode(ends)}"


def _format_of(part: Part, index: Index | None) -> str:
    name = format_name(part.format, index) if index is not None else part.format.value
    return _("%(format)s, fast", format=name) if part.mode == Mode.FAST else name


def _again(part: Part, index: Index | None) -> str:
    known: dict[str, Any] = {"edition": part.edition_id}
    if index is not None:
        known |= {"in": index.timecode(part.in_frame), "out": index.timecode(part.out_frame)}
    known |= {"format": part.format.value, "mode": part.mode.value}
    return f"/{current()}/media/downloads/prepare?{urlencode(known, safe=':;')}"


def _words(part: Part, state: str, before: int | None) -> tuple[str, str]:
    if state == "gone":
        return _("Not available"), _("This video was withdrawn, or is not open to you any more.")
    if state == "changed":
        return _("Not prepared"), _("The video was corrected in the meantime. Choose your part again.")
    if part.state == PartState.WAITING:
        if not before:
            return _("Waiting"), _("Waiting: yours is the next file")
        return _("Waiting"), ngettext(
            "Waiting: %(num)s file before yours", "Waiting: %(num)s files before yours", before
        )
    if part.state == PartState.PREPARING:
        if part.seconds_left is None:
            return _("Preparing"), _("Preparing")
        return _("Preparing"), _(
            "Preparing: %(p)s%%, about %(s)s seconds left", p=part.share, s=part.seconds_left
        )
    if part.state == PartState.READY and part.kept_until is not None:
        return _("Ready"), _(
            "Ready, %(size)s. Kept until %(date)s.",
            size=filesize(part.size_bytes or 0),
            date=moment(part.kept_until),
        )
    if part.state == PartState.FAILED:
        return _("Not prepared"), why(part.problem)
    return _("Not kept"), _("This file is no longer kept. Prepare it again.")


def why(problem: str) -> str:
    """Say why a part could not be made, by the code of its problem."""
    known = {
        "unreadable": _("The master cannot be read there. The press office sees this, too."),
        "missing": _("The master is not there at the moment. The press office sees this, too."),
        "too_big": _("The file would be too large. Choose a shorter part, or a smaller format."),
        "too_long": _("It took too long. Choose a shorter part, or a smaller format."),
        "too_heavy": _("It took too long. Choose a shorter part, or a smaller format."),
    }
    return known.get(problem) or _("The file could not be prepared. We have been told. Try again.")


def until(moment_: datetime | None, *, at: datetime) -> int | None:
    """Return in how many seconds that will be, for Retry-After."""
    return max(1, ceil((moment_ - at).total_seconds())) if moment_ is not None else None
