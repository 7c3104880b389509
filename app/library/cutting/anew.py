"""Pictures of a part where everything is encoded anew: for smaller files, and where a master allows nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import cast

import av.error
from av.container import OutputContainer
from av.filter import Graph
from av.packet import Packet
from av.video.frame import PictureType, VideoFrame

from app.library.cutting import h264
from app.library.cutting.opening import alone, opened, pictures_of
from app.library.cutting.pictures import BOTTOM_FIRST, TOP_FIRST, Pictures
from app.library.cutting.values import HEIGHTS, MASTER
from app.library.problems import Problem

BEST = {"preset": "veryfast", "crf": "16"}
SMALLER = {
    "1080p": {"preset": "veryfast", "crf": "20", "maxrate": "12M", "bufsize": "24M"},
    "720p": {"preset": "veryfast", "crf": "20", "maxrate": "6M", "bufsize": "12M"},
}
KEY_SECONDS = 2
GUARD = 256  # frames that may be missing before a film counts as broken


class Anew(Pictures):
    """The pictures of a part of which every frame is decoded, made smaller where that is asked, and encoded."""

    def add_to(self, output: OutputContainer) -> None:
        """Add a stream for the part to ``output``. Raises Problem "unreadable" where no frame can be decoded."""
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
            keeps = pixels in h264.PIXELS and not first.width % 2 and not first.height % 2
            if keeps:
                return None, pixels
            self.size = (first.width - first.width % 2, first.height - first.height % 2)
            pixels = pixels if pixels in h264.PIXELS else _nearest_pixels(first)
        else:
            upright = first.rotation % 180 == 0
            across = first.height if upright else first.width
            share = min(Fraction(1), Fraction(HEIGHTS[plan.format], across))
            aspect = (self.shape or 1) if share < 1 else 1
            self.size = (_even(first.width * share * aspect), _even(first.height * share))
            if aspect != 1:
                self.shape = Fraction(1)
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

    def packets(self) -> Iterator[tuple[float, Packet]]:
        """Yield when each packet is decoded, in seconds, and the packet. Raises Problem "unreadable"."""
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
    def _times(packets: list[Packet]) -> Iterator[tuple[float, Packet]]:
        for packet in packets:
            yield float(cast(int, packet.dts) * packet.time_base), packet


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
