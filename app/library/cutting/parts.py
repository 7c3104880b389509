"""Making the file of a part. Runs in a process of its own: what it opens was sent by somebody."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from fractions import Fraction
from heapq import merge
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import Any, cast

import av
import av.error
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.subtitles.codeccontext import SubtitleCodecContext

from app.library import cues
from app.library.cues import Cue
from app.library.cutting.anew import Anew
from app.library.cutting.opening import opened, read_ahead
from app.library.cutting.pictures import Irregular, Pictures
from app.library.cutting.sound import Sound
from app.library.cutting.values import COPY, MASTER, MOV, MP4, MXF, WHOLE, Cut, Index, Plan, Words
from app.library.problems import Problem

# Rates by which timecode can be counted in the files that we write.
TIMECODES = frozenset({24, 25, 30, 48, 50, 60, 100, 120})
# What the table of contents takes at most, in bytes: kept free at the front of the file, so that it can be played
# while it is still being fetched, and needs not be written twice.
OF_A_PACKET, OF_A_TRACK, OF_A_FILE = 44, 4096, 65536
PCM_PACKET, AAC_PACKET = 256, 1024  # samples in a packet, at least
TOLD_EVERY = 25  # packets
LONGEST_CAPTION = 4000  # bytes
LANGUAGES = {"en": "eng", "fr": "fra", "uk": "ukr"}
# What a track of captions says of its look, as the encoder reads it: white, in the middle below.
LOOK = (
    b"[Script Info]\nScriptType: v4.00+\nPlayResX: 384\nPlayResY: 288\n\n[V4+ Styles]\n"
    b"Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, "
    b"Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, "
    b"MarginR, MarginV, Encoding\n"
    b"Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,0\n\n[Events]\n"
    b"Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
)

Progress = Callable[[float], Any]


def cut(
    source: Path,
    target: Path,
    index: Index,
    plan: Plan,
    words: Words | None = None,
    progress: Progress | None = None,
) -> Cut:
    """Write to ``target`` the part of ``source`` that ``plan`` speaks of; ``index`` is what ``source`` is.

    ``progress`` is told the share that is done, from 0 to 1; what it raises ends the work. The file appears under its
    name when it is whole. A part that cannot be copied after all is encoded, and the Cut says so.

    Raises Problem: "unreadable" for a master that cannot be decoded there, "disk_full", "too_big" for what is written.
    """
    words, tell = words or Words(), progress or (lambda share: None)
    unfinished = target.with_name(target.name + ".part")
    try:
        try:
            made = _written(source, unfinished, index, plan, words, tell)
        except Irregular:
            plan = _anew(index, plan)
            made = _written(source, unfinished, index, plan, words, tell)
        if not made:
            raise Problem("unreadable")
        done = Cut(
            real_in=plan.real_in,
            real_out=plan.real_out,
            frames=plan.frames,
            method=plan.method,
            reason=plan.reason,
            container=plan.container,
            size_bytes=unfinished.stat().st_size,
        )
        os.replace(unfinished, target)
    finally:
        with suppress(FileNotFoundError):
            unfinished.unlink()
    tell(1.0)
    return done


def _anew(index: Index, plan: Plan) -> Plan:
    """Return the plan that encodes everything instead."""
    keeps_sound = any(track.codec != "aac" for track in index.tracks)
    return replace(
        plan, method=WHOLE, reason="irregular", container="mov" if keeps_sound else "mp4",
        real_in=plan.in_frame, real_out=plan.out_frame,
    )  # fmt: skip


def _written(source: Path, target: Path, index: Index, plan: Plan, words: Words, tell: Progress) -> bool:
    """Write the part and count it. Raises Irregular if what came out is not what was planned, and Problem."""
    try:
        try:
            _write(source, target, index, plan, words, tell, in_front=True)
        except _NoRoom:
            _write(source, target, index, plan, words, tell, in_front=False)
    except (av.error.FFmpegError, OSError) as error:
        raise _problem(error) from error
    counted = _counted(target)
    if counted != plan.frames and plan.method != WHOLE:
        raise Irregular
    return counted == plan.frames


class _NoRoom(Exception):
    """The table of contents did not fit where room was kept for it."""


def _write(
    source: Path, target: Path, index: Index, plan: Plan, words: Words, tell: Progress, *, in_front: bool
) -> None:
    with ExitStack() as stack:
        seen = opened(source, looks_at_pictures=not _is_told(index, plan))
        heard = opened(source, looks_at_pictures=plan.format != MASTER)
        hands = Anew if plan.method == WHOLE else Pictures
        pictures = hands(source, stack.enter_context(seen), index, plan)
        sound = Sound(source, stack.enter_context(heard), index, plan)
        options = _options(index, plan, words) if in_front else {"movflags": "faststart"}
        output = av.open(str(target), "w", format=plan.container, options=options)
        is_whole = False
        try:
            output.metadata.update(_metadata(index, plan, words))
            pictures.add_to(output)
            sound.add_to(output)
            captions = _captions(output, plan, words)
            output.start_encoding()
            in_order = merge(pictures.packets(), sound.packets(), *captions, key=itemgetter(0))
            with closing(read_ahead(in_order)) as packets:
                for told, (_, packet) in enumerate(packets):
                    output.mux_one(packet)
                    if told % TOLD_EVERY == 0:
                        tell(min(0.99, pictures.written / plan.frames))
            is_whole = True
        finally:
            try:
                output.close()
            except (av.error.FFmpegError, ValueError) as error:
                if is_whole and in_front and getattr(error, "errno", errno.EINVAL) == errno.EINVAL:
                    raise _NoRoom from error
                if is_whole:
                    raise


def _is_told(index: Index, plan: Plan) -> bool:
    """Return whether the master's container says all that a copy needs: MP4 and QuickTime do for H.264."""
    return plan.method == COPY and index.codec == "h264" and index.container in (MP4, MOV)


def _options(index: Index, plan: Plan, words: Words) -> dict[str, str]:
    if plan.container == MXF:
        return {}
    seconds = index.rate.seconds(plan.frames)
    sounds = sum(
        seconds * track.sample_rate / (PCM_PACKET if track.is_pcm else AAC_PACKET) for track in index.tracks
    )
    shown = sum(
        len(captions.text) for captions in words.captions
    )  # a cue's times alone are longer than its packet
    tracks = 2 + len(index.tracks) + len(words.captions)
    room = OF_A_FILE + OF_A_TRACK * tracks + OF_A_PACKET * (plan.frames + int(sounds)) + 4 * shown
    return {"moov_size": str(room)}


def _metadata(index: Index, plan: Plan, words: Words) -> dict[str, str]:
    """Return what the file says of itself, under the names that its container has for it."""
    told = {
        "title": words.title,
        "artist": words.credit,
        "copyright": words.copyright,
        "comment": words.restrictions,
        "description": words.description,
        "network": words.source,
        "episode_id": words.reference,
    }
    if index.rate.nominal in TIMECODES:
        told["timecode"] = index.timecode(plan.real_in)
    return {name: text for name, text in told.items() if text}


def _captions(output: OutputContainer, plan: Plan, words: Words) -> list[Iterator[tuple[float, Packet]]]:
    """Add a track for each language of captions, and return their packets."""
    if plan.container == MXF:
        return []
    tracks = []
    for captions in words.captions:
        stream = output.add_stream("mov_text")
        context = cast(SubtitleCodecContext, stream.codec_context)
        context.subtitle_header = LOOK
        context.time_base = stream.time_base = Fraction(1, 1000)
        stream.metadata["language"] = LANGUAGES.get(captions.language, captions.language)
        tracks.append(_shown(stream, cues.read(captions.text)))
    return tracks


def _shown(stream: Stream, shown: Sequence[Cue]) -> Iterator[tuple[float, Packet]]:
    """Yield what is on the screen each time that it changes: in MP4, captions cannot lie over each other."""
    changes = sorted({moment for cue in shown for moment in (cue.begin, cue.end)})
    for begin, end in pairwise(changes):
        text = "\n".join(cues.plain(cue) for cue in shown if cue.begin <= begin < cue.end)
        data = text.encode()[:LONGEST_CAPTION]
        if not data:
            continue
        packet: Packet = Packet(len(data).to_bytes(2, "big") + data)
        packet.time_base = Fraction(1, 1000)
        packet.pts = packet.dts = begin
        packet.duration, packet.is_keyframe, packet.stream = end - begin, True, stream
        yield begin / 1000, packet


def _counted(path: Path) -> int:
    """Return how many frames a file has that we have just written, 0 if it cannot be read."""
    try:
        with opened(path, looks_at_pictures=False) as container:
            stream = container.streams.video[0]
            if container.format.name == "mxf":
                return stream.duration or 0
            entries = list(stream.index_entries)
            if not entries or not entries[0].is_keyframe:
                return 0
            return sum(not entry.is_discard for entry in entries)
    except (Problem, IndexError, av.error.FFmpegError):
        return 0


def _problem(error: Exception) -> Problem:
    number = getattr(error, "errno", None)
    if number in (errno.ENOSPC, errno.EDQUOT):
        return Problem("disk_full")
    if number == errno.EFBIG:
        return Problem("too_big")
    return Problem("unreadable")
