"""Sound of a part: every track from the very moment of the first frame to that of the last.

PCM is cut to the sample. Compressed sound consists of packets of 20 milliseconds or so: those that lie in the part
are copied, and one before them, without which the first cannot be decoded in full; an edit list tells players where
in the first packet the part begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import cast

import av.error
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.filter import Graph
from av.packet import Packet

from app.library.cutting.opening import alone, opened
from app.library.cutting.values import MASTER, Index, Plan
from app.library.rates import scaled

BEFORE = Fraction(1, 2)  # seconds: how much earlier reading begins, so that each track has a packet before
LAYOUTS = {1: "mono", 2: "stereo", 6: "5.1", 8: "7.1"}  # that we encode; of others the first two channels
BIT_RATES = {1: 128_000, 2: 192_000, 6: 448_000, 8: 576_000}
RATES = (44_100, 48_000)
WIDTHS = {"16": 2, "24": 3, "32": 4, "64": 8}  # bytes


@dataclass
class _Track:
    """One track on its way: ``begin`` and ``end`` in its own samples, counted as the master does."""

    stream: AudioStream
    out: AudioStream
    rate: int
    begin: int
    end: int
    tick: Fraction  # seconds of a sample
    samples_a_unit: Fraction  # of the clock that the master has for this track
    block: int  # bytes of a sample in all channels, 0 where it is compressed
    before: Packet | None = None
    has_begun: bool = False
    is_over: bool = False
    graph: Graph | None = field(default=None)


class Sound:
    """The tracks of sound of one part: streams in the output, and the packets for them."""

    def __init__(self, source: Path, container: InputContainer, index: Index, plan: Plan) -> None:
        self.source, self.container, self.plan = source, container, plan
        start = index.start_pts * Fraction(*index.time_base)
        self.begin = start + index.rate.seconds(plan.real_in)
        self.end = start + index.rate.seconds(plan.real_out)
        self.tracks: list[_Track] = []

    def add_to(self, output: OutputContainer) -> None:
        """Add a stream for each track to ``output``: of the same format, unless smaller files are made."""
        for stream in self.container.streams.audio:
            if not stream.codec_context or not stream.rate or not stream.time_base:
                continue
            anew = self.plan.format != MASTER and stream.codec_context.name != "aac"
            out = _encoder(output, stream) if anew else _same(output, stream)
            for name in ("language", "title"):
                if name in stream.metadata:
                    out.metadata[name] = stream.metadata[name]
            track = _Track(
                stream=stream,
                out=out,
                rate=stream.rate,
                begin=round(self.begin * stream.rate),
                end=round(self.end * stream.rate),
                tick=Fraction(1, stream.rate),
                samples_a_unit=stream.time_base * stream.rate,
                block=0 if anew else _block(stream),
            )
            if anew:
                track.graph = _graph(track)
            self.tracks.append(track)

    def packets(self) -> Iterator[tuple[float, Packet]]:
        """Yield when each packet is to be heard, in seconds of the part, and the packet."""
        if not self.tracks:
            return
        by_stream = {track.stream.index: track for track in self.tracks}
        for packet in self._read():
            track = by_stream[packet.stream_index]
            if track.is_over:
                if all(each.is_over for each in self.tracks):
                    break
                continue
            yield from self._taken(track, packet)
        for track in self.tracks:
            if track.graph is not None:
                yield from _timed(_drained(track))

    def _read(self) -> Iterator[Packet]:
        """Yield packets from before the part on; from the beginning of the file where seeking does not lead there."""
        streams = [track.stream for track in self.tracks]
        alone(self.container, *streams)
        target = self.begin - BEFORE
        waiting = {stream.index for stream in streams}
        held: list[Packet] = []
        if target > 0:
            try:
                self.container.seek(int(target / cast(Fraction, streams[0].time_base)), stream=streams[0])
                packets = self.container.demux(streams)
                for packet in packets:
                    if packet.pts is None:
                        continue
                    held.append(packet)
                    if packet.stream_index in waiting:
                        if packet.pts * packet.time_base > self.begin:
                            break
                        waiting.discard(packet.stream_index)
                    if not waiting:
                        yield from held
                        yield from (packet for packet in packets if packet.pts is not None)
                        return
            except av.error.FFmpegError:
                if not waiting:
                    raise
        del held
        with opened(self.source, looks_at_pictures=any(track.graph for track in self.tracks)) as again:
            same = [again.streams[stream.index] for stream in streams]
            alone(again, *same)
            yield from (packet for packet in again.demux(same) if packet.pts is not None)

    def _taken(self, track: _Track, packet: Packet) -> Iterator[tuple[float, Packet]]:
        first = scaled(cast(int, packet.pts), track.samples_a_unit)
        lasts = scaled(packet.duration or 0, track.samples_a_unit)
        length = packet.size // track.block if track.block else lasts
        if first >= track.end:
            track.is_over = True
        elif first + length <= track.begin:
            track.before = packet
        elif track.graph is not None:
            if track.before is not None and not track.has_begun:
                track.before.decode()  # only so that the decoder knows what was before
            track.has_begun = True
            yield from _timed(_encoded(track, packet))
        elif track.block:
            yield self._sliced(track, packet, first, length)
        else:
            if first + length // 2 >= track.end:
                track.is_over = True
                return
            if track.before is not None and not track.has_begun:
                # Fragmented files say that their first packet lasts for long: it is decoded as the others are.
                yield self._placed(track, track.before, first - length, length)
            track.has_begun = True
            yield self._placed(track, packet, first, length)

    def _sliced(self, track: _Track, packet: Packet, first: int, length: int) -> tuple[float, Packet]:
        skip, keep = max(0, track.begin - first), min(length, track.end - first)
        if (skip, keep) != (0, length):
            packet = Packet(bytes(packet)[skip * track.block : keep * track.block])
            packet.is_keyframe = True
        return self._placed(track, packet, first + skip, keep - skip)

    @staticmethod
    def _placed(track: _Track, packet: Packet, first: int, length: int) -> tuple[float, Packet]:
        packet.time_base = track.tick
        packet.pts = packet.dts = first - track.begin
        packet.duration = length
        packet.stream = track.out
        return (first - track.begin) / track.rate, packet


def _block(stream: AudioStream) -> int:
    name = stream.codec_context.name
    if not name.startswith("pcm_") or name == "pcm_bluray":
        return 0
    return next((width for bits, width in WIDTHS.items() if bits in name), 1) * stream.codec_context.channels


def _same(output: OutputContainer, stream: AudioStream) -> AudioStream:
    out = output.add_stream_from_template(stream)
    out.time_base = Fraction(1, stream.rate)
    return out


def _encoder(output: OutputContainer, stream: AudioStream) -> AudioStream:
    channels = stream.codec_context.channels
    channels = channels if channels in LAYOUTS else 2
    rate = stream.rate if stream.rate in RATES else RATES[-1]
    out = output.add_stream("aac", rate=rate, layout=LAYOUTS[channels])
    out.bit_rate = BIT_RATES[channels]
    out.time_base = Fraction(1, rate)
    return out


def _graph(track: _Track) -> Graph:
    """Return what decoded sound goes through: cut to the sample, then in the form that the encoder wants."""
    context, made = track.stream.codec_context, track.out.codec_context
    graph = Graph()
    last = graph.add_abuffer(
        format=context.format, sample_rate=track.rate, layout=context.layout, time_base=Fraction(1, track.rate),
    )  # fmt: skip
    steps = [
        ("atrim", f"start_pts={track.begin}:end_pts={track.end}"),
        ("asetpts", f"PTS-{track.begin}"),
        ("aformat", f"sample_fmts=fltp:sample_rates={made.sample_rate}:channel_layouts={made.layout.name}"),
        ("asetnsamples", "1024:p=0"),
    ]
    if context.channels not in LAYOUTS:
        steps.insert(2, ("pan", "stereo|c0=c0|c1=c1"))
    for name, arguments in steps:
        step = graph.add(name, arguments)
        last.link_to(step)
        last = step
    sink = graph.add("abuffersink")
    last.link_to(sink)
    graph.configure()
    return graph


def _encoded(track: _Track, packet: Packet) -> Iterator[Packet]:
    try:
        frames = packet.decode()
    except av.error.InvalidDataError:
        return
    for frame in frames:
        if frame.pts is None:
            continue
        frame.pts = round(frame.pts * cast(Fraction, frame.time_base) * track.rate)
        frame.time_base = Fraction(1, track.rate)
        cast(Graph, track.graph).push(cast(AudioFrame, frame))
        yield from _pulled(track)


def _pulled(track: _Track) -> Iterator[Packet]:
    while True:
        try:
            frame = cast(Graph, track.graph).pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        yield from track.out.encode(cast(AudioFrame, frame))


def _drained(track: _Track) -> Iterator[Packet]:
    cast(Graph, track.graph).push(None)
    yield from _pulled(track)
    yield from track.out.encode(None)


def _timed(packets: Iterator[Packet]) -> Iterator[tuple[float, Packet]]:
    for packet in packets:
        yield float(cast(int, packet.dts) * cast(Fraction, packet.time_base)), packet
