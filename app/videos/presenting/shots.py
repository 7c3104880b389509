"""Shots and restrictions in words: as lines of the list on the page, and on one line each for texts and comparisons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from app.languages import gettext as _
from app.library import shotlist
from app.library.shotlist import Restriction, Shot
from app.library.sounds import sound_name
from app.library.timeline import Passage, Timeline, lasting
from app.videos.words import KIND_NAMES


@dataclass(frozen=True, slots=True)
class Line:
    """A shot in the list on the page: what choosing it would choose."""

    shot: Shot
    kind: str
    said_in: str
    who: str
    begins: str
    clock: str
    length: str
    is_chosen: bool
    use_url: str
    extend_url: str
    play_url: str


def line(
    shot: Shot,
    *,
    timeline: Timeline | None,
    passage: Passage | None = None,
    is_chosen: bool = False,
    preview_url: str = "",
    language: str,
) -> Line:
    """Return ``shot`` as the list shows it on a page of a video in ``language``, where ``passage`` may be chosen."""
    kind = _kind(shot)
    if shot.is_soundbite and shot.language:
        kind = _("%(kind)s, %(language)s", kind=kind, language=sound_name(shot.language))
    who = ", ".join(filter(None, [shot.speaker, shot.function]))
    known: dict[str, Any] = {
        "shot": shot,
        "kind": kind,
        "said_in": shot.language if len(shot.language) == 2 and shot.language != language else "",
        "who": _("%(who)s:", who=who) if who and shot.words else who,
        "is_chosen": is_chosen,
    }
    if timeline is None:
        return Line(
            begins="", clock=str(shot.begins), length="", use_url="", extend_url="", play_url="", **known
        )
    begins, ends = shot.begins, min(shot.ends, timeline.frames)
    code = timeline.code(begins)
    extended = ""
    if passage is not None and passage.is_chosen and not is_chosen:
        extended = _chosen(timeline, min(begins, passage.interval.begins), max(ends, passage.interval.ends))
    return Line(
        begins=code,
        clock=code[: code.rindex(";" if timeline.rate.is_drop else ":")],
        length=lasting(float(timeline.rate.seconds(ends - begins))),
        use_url=_chosen(timeline, begins, ends),
        extend_url=extended,
        play_url=f"{preview_url}#t={float(timeline.rate.seconds(begins)):.3f}" if preview_url else "",
        **known,
    )


def _chosen(timeline: Timeline, begins: int, ends: int) -> str:
    query = urlencode({"in": timeline.code(begins), "out": timeline.code(ends)}, safe=":;")
    return f"?{query}#selection"


def _span(timeline: Timeline | None, begins: int, ends: int) -> str:
    if timeline is None:
        return f"{begins}–{ends}"
    return f"{timeline.code(begins)} – {timeline.code(ends)}"


def _kind(shot: Shot) -> str:
    """Return what a shot is called where its description does not say it: always for a soundbite."""
    is_said = shot.kind is shotlist.ShotKind.SCENE or (shot.description and not shot.is_soundbite)
    return "" if is_said else str(KIND_NAMES[shot.kind])


def shot_line(timeline: Timeline | None, shot: Shot) -> str:
    """Return a shot on one line."""
    kind = _kind(shot)
    if shot.is_soundbite and shot.language:
        kind = f"{kind} ({sound_name(shot.language)})"
    who = ", ".join(filter(None, [shot.speaker, shot.function]))
    words = ": ".join(filter(None, [who, shot.words]))
    return " ".join(filter(None, [_span(timeline, shot.begins, shot.ends), kind, shot.description, words]))


def restriction_line(timeline: Timeline | None, restriction: Restriction) -> str:
    """Return a restriction on one line."""
    if restriction.is_whole or timeline is None:
        return restriction.text
    where = restriction.within(timeline.frames)
    return f"{_span(timeline, where.begins, where.ends)} {restriction.text}"
