"""Pictures of a part: packets as they are, and frames encoded to stand beside them. (anew.py encodes everything.)

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
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType, VideoFrame
from av.video.stream import VideoStream

from app.library.cutting import h264
from app.library.cutting.opening import packets_from, pictures_of
from app.library.cutting.values import COPY, EDGES, Index, Plan
from app.library.rates import scaled

TOP_FIRST, BOTTOM_FIRST = (2, 4), (3, 5)  # how a stream says which of its fields comes first
# Edges are few, and lie beside the master's own frames: no looking ahead, no saving. Measured in bench/library.py.
EDGE = {"preset": "superfast", "crf": "14", "bf": "0"}
EDGE_PARAMETERS = "scenecut=0:mbtree=0:rc-lookahead=0:sync-lookahead=0:keyint=infinite"
PRORES = {"Proxy": "apco", "LT": "apcs", "Standard": "apcn", "HQ": "apch", "4444": "ap4h", "XQ": "ap4x"}


class Irregular(Exception):
    """The master's packets are not what its tables promised, so they cannot be copied frame by frame."""


class Pictures:
    """The pictures of a part that is copied, whole or between its edges: a stream in the output, and its packets."""

    def __init__(self, source: Path, container: InputContainer, index: Index, plan: Plan) -> None:
        self.source, self.container, self.index, self.plan = source, container, index, plan
        self.stream = pictures_of(container)
        self.stream.thread_type = "AUTO"
        self.base = cast(Fraction, self.stream.time_base)
        self.rate = index.rate.fraction
        self.tick = 1 / self.rate
        self.frames_a_unit = self.base * self.rate
        self.shape = self.stream.sample_aspect_ratio  # of a pixel; it may be said by the container alone
        self.written = 0
        self.out: VideoStream

    def add_to(self, output: OutputContainer) -> None:
        """Add a stream for the part to ``output``."""
        self.out = self._same(output)

    def packets(self) -> Iterator[tuple[float, Packet]]:
        """Yield when each packet is decoded, in seconds, and the packet.

        Raises Irregular where packets cannot be copied, and Problem "unreadable" where frames cannot be decoded.
        """
        if self.plan.method == COPY:
            yield from self._placed(self._copied(self.plan.real_in, self.plan.real_out))
        else:
            yield from self._placed(self._joined())

    # Copying

    def _same(self, output: OutputContainer) -> VideoStream:
        out = output.add_stream_from_template(self.stream, opaque=True)
        out.time_base = self.tick
        out.codec_context.framerate = self.rate
        if self.shape:
            out.codec_context.sample_aspect_ratio = self.shape
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
        return scaled(pts - self.index.start_pts, self.frames_a_unit)

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

    def _placed(self, numbered: Iterator[tuple[int, Packet]]) -> Iterator[tuple[float, Packet]]:
        """Yield packets with the times that they have in the part."""
        delay, tick = self.index.delay, float(self.tick)
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
            yield (place - delay) * tick, packet
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
            "profile": h264.PROFILES[master.profile or "High"],
            "x264-params": parameters,
        }
        encoder.open()
        return encoder

    def _like(self, encoder: VideoCodecContext) -> VideoCodecContext:
        """Give ``encoder`` the master's size, shape, colours and rate."""
        master = self.stream.codec_context
        encoder.width, encoder.height = master.width, master.height
        encoder.pix_fmt = master.pix_fmt
        if self.shape:
            encoder.sample_aspect_ratio = self.shape
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
