"""Pictures of a part: packets as they are, frames encoded to stand beside them, or everything encoded anew.

Each way is a generator of packets in the order in which they are written, so that a part of an hour takes the memory
of a few frames. Numbers of frames are the master's; a packet's times are counted from the part's first frame.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import cast

import av
import av.error
from av.container import InputContainer, OutputContainer
from av.filter import Graph
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType, VideoFrame
from av.video.stream import VideoStream

from app.library.cutting import h264
from app.library.cutting.reading import PIXELS, PROFILES, alone, opened, packets_from, pictures_of
from app.library.cutting.values import COPY, EDGES, HEIGHTS, MASTER, Index, Plan
from app.library.problems import Problem

TOP_FIRST, BOTTOM_FIRST = (2, 4), (3, 5)  # how a stream says which of its fields comes first
# Edges are few, and lie beside the master's own frames: no looking ahead, no saving. Measured in bench/library.py.
EDGE = {"preset": "superfast", "crf": "14", "bf": "0"}
EDGE_PARAMETERS = "scenecut=0:mbtree=0:rc-lookahead=0:sync-lookahead=0:keyint=infinite"
BEST = {"preset": "veryfast", "crf": "16"}
SMALLER = {
    "1080p": {"preset": "veryfast", "crf": "20", "maxrate": "12M", "bufsize": "24M"},
    "720p": {"preset": "veryfast", "crf": "20", "maxrate": "6M", "bufsize": "12M"},
}
KEY_SECONDS = 2
GUARD = 256  # frames that may be missing before a film counts as broken
PRORES = {"Proxy": "apco", "LT": "apcs", "Standard": "apcn", "HQ": "apch", "4444": "ap4h", "XQ": "ap4x"}


class Irregular(Exception):
    """The master's packets are not what its tables promised, so they cannot be copied frame by frame."""


class Pictures:
    """The pictures of one part: a stream in the output, and the packets for it."""

    def __init__(self, source: Path, container: InputContainer, index: Index, plan: Plan) -> None:
        self.source, self.container, self.index, self.plan = source, container, index, plan
        self.stream = pictures_of(container)
        self.stream.thread_type = "AUTO"
        self.base = cast(Fraction, self.stream.time_base)
        self.rate = index.rate.fraction
        self.tick = 1 / self.rate
        self.written = 0
        self.out: VideoStream

    def add_to(self, output: OutputContainer) -> None:
        """Add a stream for the part to ``output``."""
        if self.plan.method in (COPY, EDGES):
            self.out = self._same(output)
        else:
            self._encoded_stream(output)

    def packets(self) -> Iterator[tuple[Fraction, Packet]]:
        """Yield when each packet is decoded, in seconds, and the packet.

        Raises Irregular where packets cannot be copied, and Problem "unreadable" where frames cannot be decoded.
        """
        if self.plan.method == COPY:
            yield from self._placed(self._copied(self.plan.real_in, self.plan.real_out))
        elif self.plan.method == EDGES:
            yield from self._placed(self._joined())
        else:
            yield from self._anew()

    # Copying

    def _same(self, output: OutputContainer) -> VideoStream:
        out = output.add_stream_from_template(self.stream, opaque=True)
        out.time_base = self.tick
        out.codec_context.framerate = self.rate
        tag = self._tag(output)
        if tag:
            out.codec_context.codec_tag = tag
        if self.plan.method == EDGES:
            self.sets = h264.ParameterSets.parse(self.stream.codec_context.extradata)
            self.encoder = self._edge_encoder()
            out.codec_context.extradata = self.sets.beside(self.encoder.extradata or b"")
        return out

    def _tag(self, output: OutputContainer) -> str:
        """Return the name by which the container is to call the format: the master's own, where that is known there."""
        if output.format.name == "mxf":
            return ""
        if self.index.codec == "prores":
            return PRORES.get(self.index.profile, "")
        kept = self.stream.codec_context.codec_tag
        return kept if self.container.format.name != "mxf" and kept.isprintable() and len(kept) == 4 else ""

    def _number(self, pts: int) -> int:
        return round((pts - self.index.start_pts) * self.base * self.rate)

    def _from(self, frame: int) -> Iterator[Packet]:
        """Yield packets from the last key frame up to ``frame`` on."""
        key = self.index.key_before(frame)
        if key is None:
            raise Irregular
        pts = self.index.start_pts + round(self.index.rate.seconds(key) / self.base)
        yield from packets_from(self.container, self.stream, pts, int(self.tick / self.base / 2))

    def _copied(self, start: int, stop: int) -> Iterator[tuple[int, Packet]]:
        """Yield the packets of all frames from the key frame ``start`` up to ``stop``, as they are coded."""
        left = stop - start
        for packet in self._from(start):
            number = self._number(cast(int, packet.pts))
            if number >= stop and not self.index.is_intra:
                break  # what follows may need it, which will not be there
            if start <= number < stop and not packet.is_discard:
                yield number, packet
                left -= 1
                if not left:
                    return
        raise Irregular

    def _placed(self, numbered: Iterator[tuple[int, Packet]]) -> Iterator[tuple[Fraction, Packet]]:
        """Yield packets with the times that they have in the part."""
        delay = self.index.delay
        seen = bytearray(self.plan.frames)
        for place, (number, packet) in enumerate(numbered):
            shown = number - self.plan.real_in
            if place - delay > shown or not 0 <= shown < self.plan.frames or seen[shown]:
                raise Irregular
            seen[shown] = 1
            packet.time_base = self.tick
            packet.pts, packet.dts, packet.duration = shown, place - delay, 1
            packet.stream = self.out
            self.written += 1
            yield (place - delay) * self.tick, packet
        if not all(seen):
            raise Irregular

    # Joining

    def _joined(self) -> Iterator[tuple[int, Packet]]:
        start, stop = self.plan.real_in, self.plan.real_out
        index = self.index
        keys = [key for key in index.key_frames if start <= key < stop and index.closed(key)]
        if not keys:
            yield from self._encoded(start, stop)
            return
        yield from self._encoded(start, keys[0])
        reached = keys[0]
        for number, packet in self._without_later(keys[0], stop):
            yield number, packet
            reached += 1
        yield from self._encoded(reached, stop)

    def _without_later(self, start: int, stop: int) -> Iterator[tuple[int, Packet]]:
        """Yield packets from ``start`` on, as long as no frame before ``stop`` needs one that is shown from there on.

        What was coded up to some packet is complete when its frames are all those up to the last of them. So only a
        few packets wait: those since the last time that it was.
        """
        waiting: list[tuple[int, Packet]] = []
        complete = highest = start
        for packet in self._from(start):
            number = self._number(cast(int, packet.pts))
            if packet.is_discard:
                continue
            if number >= stop:
                return
            if number < complete:
                if number < start:
                    continue  # of the group before
                raise Irregular
            waiting.append((number, packet))
            highest = max(highest, number)
            if highest - complete + 1 == len(waiting):
                yield from waiting
                complete, waiting = highest + 1, []
            if complete == stop:
                return

    def _edge_encoder(self) -> VideoCodecContext:
        """Return an encoder whose frames the master's own decoder settings fit, under another parameter set."""
        master = self.stream.codec_context
        fields = int(master.field_order)
        parameters = f"sps-id={self.sets.free()}:{EDGE_PARAMETERS}"
        if fields in TOP_FIRST:
            parameters += ":tff=1"
        elif fields in BOTTOM_FIRST:
            parameters += ":bff=1"
        encoder = self._like(av.CodecContext.create("libx264", "w"))
        encoder.options = EDGE | {
            "profile": PROFILES[master.profile or "High"],
            "x264-params": parameters,
        }
        encoder.open()
        return encoder

    def _like(self, encoder: VideoCodecContext) -> VideoCodecContext:
        """Give ``encoder`` the master's size, colours and rate."""
        master = self.stream.codec_context
        encoder.width, encoder.height = master.width, master.height
        encoder.pix_fmt = master.pix_fmt
        if master.sample_aspect_ratio:
            encoder.sample_aspect_ratio = master.sample_aspect_ratio
        encoder.framerate, encoder.time_base = self.rate, self.tick
        encoder.color_range, encoder.colorspace = master.color_range, master.colorspace
        encoder.color_primaries, encoder.color_trc = master.color_primaries, master.color_trc
        encoder.flags |= int(av.codec.context.Flags.global_header)
        return encoder

    def _encoded(self, start: int, stop: int) -> Iterator[tuple[int, Packet]]:
        """Yield the frames from ``start`` up to ``stop``, encoded anew; each run begins with a key frame."""
        if start >= stop:
            return
        encoder = self.encoder if not self.encoder_used else self._edge_encoder()
        self.encoder_used = True
        expected = start
        for number, frame in self._decoded(self._from(start)):
            if number < start:
                continue
            if number != expected or number >= stop:
                raise Irregular
            frame.pts, frame.time_base = number - start, self.tick
            frame.pict_type = PictureType.NONE
            yield from self._packed(encoder.encode(frame), start)
            expected += 1
            if expected == stop:
                break
        if expected != stop:
            raise Irregular
        yield from self._packed(encoder.encode(None), start)

    encoder_used = False

    @staticmethod
    def _packed(packets: list[Packet], start: int) -> Iterator[tuple[int, Packet]]:
        for made in packets:
            packet: Packet = Packet(h264.packed(bytes(made)))
            packet.is_keyframe = made.is_keyframe
            yield start + cast(int, made.pts), packet

    def _decoded(self, packets: Iterator[Packet]) -> Iterator[tuple[int, VideoFrame]]:
        """Yield frames with their numbers; a broken packet costs its frame."""
        context = self.stream.codec_context
        last = None
        for packet in chain(packets, [None]):
            try:
                frames = context.decode(packet)
            except av.error.InvalidDataError:
                continue
            except av.error.EOFError:
                return
            for frame in frames:
                if frame.pts is None:
                    if last is None:
                        continue
                    last += 1
                else:
                    last = self._number(frame.pts)
                yield last, frame

    # Encoding everything

    def _encoded_stream(self, output: OutputContainer) -> None:
        plan, master = self.plan, self.stream.codec_context
        first = next((frame for _, frame in self._shown(plan.real_in)), None)
        if first is None:
            raise Problem("unreadable")
        self.graph, pixels = self._graph(first)
        width, height = self.size
        options = dict(BEST if plan.format == MASTER else SMALLER[plan.format])
        keyint = max(1, round(self.rate * KEY_SECONDS))
        parameters = f"keyint={keyint}"
        fields = int(master.field_order)
        if plan.format == MASTER and fields in TOP_FIRST + BOTTOM_FIRST:
            parameters += ":tff=1" if fields in TOP_FIRST else ":bff=1"
        self.out = output.add_stream("libx264", rate=self.rate, options=options | {"x264-params": parameters})
        self._like(self.out.codec_context)
        self.out.codec_context.width, self.out.codec_context.height = width, height
        self.out.codec_context.pix_fmt = pixels
        self.out.time_base = self.tick
        if first.rotation:
            self.out.set_display_rotation(first.rotation)

    def _graph(self, first: VideoFrame) -> tuple[Graph | None, str]:
        """Return what frames go through to be progressive and small, and their pixels. Sets ``size``."""
        plan, index = self.plan, self.index
        pixels = first.format.name
        self.size = (first.width, first.height)
        if plan.format == MASTER:
            keeps = pixels in PIXELS and not first.width % 2 and not first.height % 2
            if keeps:
                return None, pixels
            self.size = (first.width - first.width % 2, first.height - first.height % 2)
            pixels = pixels if pixels in PIXELS else _nearest_pixels(first)
        else:
            upright = first.rotation % 180 == 0
            across = first.height if upright else first.width
            share = min(Fraction(1), Fraction(HEIGHTS[plan.format], across))
            aspect = (self.stream.codec_context.sample_aspect_ratio or 1) if share < 1 else 1
            self.size = (_even(first.width * share * aspect), _even(first.height * share))
            if aspect != 1:
                self.stream.codec_context.sample_aspect_ratio = Fraction(1)
            pixels = "yuv420p"
        graph = Graph()
        width, height = self.size
        last = graph.add_buffer(
            width=first.width, height=first.height, format=first.format, time_base=self.tick,
        )  # fmt: skip
        steps = [("scale", f"{width}:{height}:flags=bicubic"), ("format", pixels)]
        if plan.format != MASTER and index.is_interlaced:
            steps.insert(0, ("bwdif", "mode=send_frame:deint=all"))
        for name, arguments in steps:
            step = graph.add(name, arguments)
            last.link_to(step)
            last = step
        sink = graph.add("buffersink")
        last.link_to(sink)
        graph.configure()
        return graph, pixels

    def _shown(self, start: int) -> Iterator[tuple[int, VideoFrame]]:
        """Yield decoded frames with their numbers, from one at or before ``start`` on."""
        pts = self.index.start_pts + round(self.index.rate.seconds(start) / self.base)
        first = None
        if start:
            alone(self.container, self.stream)
            try:
                self.container.seek(pts, stream=self.stream)
                for number, frame in self._decoded(self.container.demux(self.stream)):
                    if first is None and number > start:
                        break
                    first = number
                    yield number, frame
            except av.error.FFmpegError:
                if first is not None:
                    raise
            if first is not None:
                return
        with opened(self.source) as again:
            container, stream = self.container, self.stream
            self.container, self.stream = again, pictures_of(again)
            self.stream.thread_type = "AUTO"
            alone(again, self.stream)
            try:
                yield from self._decoded(again.demux(self.stream))
            finally:
                self.container, self.stream = container, stream

    def _on_time(self) -> Iterator[VideoFrame]:
        """Yield a frame for each moment of the part: the one that is shown then."""
        start, stop = self.plan.real_in, self.plan.real_out
        shown: VideoFrame | None = None
        moment, missing = start, 0
        for number, frame in self._shown(start):
            if shown is not None:
                while moment < min(number, stop):
                    yield shown
                    moment += 1
            shown = frame
            if moment >= stop:
                return
        if shown is None:
            raise Problem("unreadable")
        while moment < stop:
            yield shown
            moment += 1
            missing += 1
            if missing > GUARD:
                raise Problem("unreadable")

    def _anew(self) -> Iterator[tuple[Fraction, Packet]]:
        for place, frame in enumerate(self._on_time()):
            for ready in self._through(frame, place):
                yield from self._times(self.out.encode(ready))
            self.written = place + 1
        for ready in self._drained():
            yield from self._times(self.out.encode(ready))
        yield from self._times(self.out.encode(None))

    def _through(self, frame: VideoFrame, place: int) -> Iterator[VideoFrame]:
        frame.pts, frame.time_base = place, self.tick
        if self.graph is None:
            yield _plain(frame)
            return
        self.graph.push(frame)
        yield from self._pulled()

    def _drained(self) -> Iterator[VideoFrame]:
        if self.graph is not None:
            self.graph.push(None)
            yield from self._pulled()

    def _pulled(self) -> Iterator[VideoFrame]:
        while True:
            try:
                frame = cast(Graph, self.graph).pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            yield _plain(cast(VideoFrame, frame))

    @staticmethod
    def _times(packets: list[Packet]) -> Iterator[tuple[Fraction, Packet]]:
        for packet in packets:
            yield cast(int, packet.dts) * packet.time_base, packet


def _plain(frame: VideoFrame) -> VideoFrame:
    frame.pict_type = PictureType.NONE
    return frame


def _even(length: Fraction | int) -> int:
    return max(2, round(length / 2) * 2)


def _nearest_pixels(frame: VideoFrame) -> str:
    """Return the kind of pixels of ours that loses least of the frame's."""
    components = frame.format.components
    deep = max(component.bits for component in components) > 8
    wide = components[1].width if len(components) > 1 else 0
    chroma = "444" if wide == frame.width and frame.format.is_rgb is False else "422" if wide else "420"
    if frame.format.is_rgb:
        chroma = "444"
    elif wide and components[1].height < frame.height:
        chroma = "420"
    return f"yuv{chroma}p{'10le' if deep else ''}"
