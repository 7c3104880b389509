"""Opening masters, each with the one demuxer that its first bytes ask for, and reading packets from a place in them.

Nothing is guessed: a playlist called film.mp4 would open other films.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import cast

import av
import av.error
from av.container import InputContainer
from av.packet import Packet
from av.stream import Discard, Disposition, Stream
from av.video.stream import VideoStream

from app.library.problems import Problem

MOV = "mov,mp4,m4a,3gp,3g2,mj2"
BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot"})
MXF_KEY = bytes.fromhex("060e2b34020501010d01020101")
RUN_IN = 65536  # bytes before the first key of an MXF, at most (SMPTE ST 377-1, 6.5)
SOUND = (
    "aac,ac3,eac3,mp2,mp2float,mp3,mp3float,opus,libopus,vorbis,flac,alac,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,"
    "pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_f64le,pcm_f64be,pcm_u8,pcm_s8,pcm_alaw,pcm_mulaw,pcm_bluray"
)
PICTURES = (
    "h264,hevc,av1,libdav1d,vp8,vp9,mpeg2video,mpeg4,prores,dnxhd,dvvideo,mjpeg,jpeg2000,cfhd,ffv1,rawvideo,v210,"
    "qtrle"
)
PROBED = 5_000_000  # bytes and microseconds that it may take to find out what the streams are
# What one thread reads before it hands it to the other: so much that taking turns costs nothing, and so little that it
# is a few frames of the largest films, and a moment's work where they are encoded.
BATCH_BYTES, BATCH_PACKETS = 2_000_000, 32

# PyAV's own logging stays off, as it is: its callback waits for Python while a film is closed, which waits for it.


@contextmanager
def opened(path: Path, *, looks_at_pictures: bool = True) -> Iterator[InputContainer]:
    """Open ``path`` with the demuxer that its first bytes ask for, and no other, no decoder but ours, no network.

    Without ``looks_at_pictures`` none is decoded to find out what they are, which is quicker by far: known is what the
    container says.
    Raises Problem "unreadable" for what is no film, or a broken one.
    """
    demuxer = _demuxer(path)
    options = {"format_whitelist": demuxer, "protocol_whitelist": "file", "enable_drefs": "0"}
    options |= (
        {
            "codec_whitelist": f"{PICTURES},{SOUND}",
            "probesize": str(PROBED),
            "analyzeduration": str(PROBED),
        }
        if looks_at_pictures
        else {"codec_whitelist": SOUND, "probesize": "32", "analyzeduration": "0"}
    )
    try:
        container = av.open(f"file:{path}", format=demuxer.split(",")[0], options=options)
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise Problem("unreadable") from error
    with container:
        yield container


def pictures_of(container: InputContainer) -> VideoStream:
    """Return the stream of pictures. Raises Problem "no_video" if there is none that can be read."""
    for stream in container.streams.video:
        is_cover = stream.disposition & Disposition.attached_pic
        if not is_cover and stream.codec_context and stream.codec_context.width and stream.time_base:
            return stream
    raise Problem("no_video")


def alone(container: InputContainer, *wanted: Stream) -> None:
    """Have the container read no other streams than ``wanted``."""
    for stream in container.streams:
        stream.discard = Discard.default if stream in wanted else Discard.all


def packets_from(
    container: InputContainer, stream: VideoStream, pts: int, slack: int = 0
) -> Iterator[Packet[VideoStream]]:
    """Yield packets from the key frame that is shown at ``pts`` on; ``slack`` is by how much it may be off.

    Where a file has no tables, or wrong ones, it is read from its beginning.
    """
    alone(container, stream)
    found = False
    try:
        container.seek(pts + slack, stream=stream)
        for packet in container.demux(stream):
            if packet.pts is None or packet.dts is None:
                continue
            if not found and packet.dts > pts + slack:
                break
            found = found or (packet.is_keyframe and abs(packet.pts - pts) <= slack)
            if found:
                yield packet
    except av.error.FFmpegError:
        if found:
            raise
    if found:
        return
    with opened(Path(container.name.removeprefix("file:"))) as again:
        same = again.streams[stream.index]
        alone(again, same)
        for packet in again.demux(cast(VideoStream, same)):
            if packet.pts is None or packet.dts is None:
                continue
            found = found or (packet.is_keyframe and abs(packet.pts - pts) <= slack)
            if found:
                yield packet


def read_ahead(timed: Iterator[tuple[float, Packet]]) -> Generator[tuple[float, Packet], None, None]:
    """Yield what ``timed`` yields, and raise what it raises: another thread reads on while the last ones are written.

    Once this is closed that thread has ended, so that what it reads from can be closed, too.
    """
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(_batch, timed)
        while batch := coming.result():
            coming = reader.submit(_batch, timed)
            yield from batch


def _batch(timed: Iterator[tuple[float, Packet]]) -> list[tuple[float, Packet]]:
    batch, size = [], 0
    for moment, packet in islice(timed, BATCH_PACKETS):
        batch.append((moment, packet))
        size += packet.size
        if size >= BATCH_BYTES:
            break
    return batch


def _demuxer(path: Path) -> str:
    try:
        with path.open("rb") as file:
            head = file.read(RUN_IN + len(MXF_KEY))
    except OSError as error:
        raise Problem("unreadable") from error
    if head[4:8] in BOXES:
        return MOV
    if MXF_KEY in head:
        return "mxf"
    raise Problem("unreadable")
