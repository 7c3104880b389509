"""The little of H.264 that joining needs: units of a packet, and parameter sets in one avcC (ISO/IEC 14496-15, 5.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SLICE, IDR, SEI, SPS, PPS = 1, 5, 6, 7, 8
RECOVERY_POINT = 6  # kind of an SEI message
SETS = 32  # how many sequence parameter sets there may be
_START = re.compile(rb"\x00\x00\x01")

# H.264 beside which the encoder's own can stand.
PROFILES = {
    "Constrained Baseline": "baseline", "Baseline": "baseline", "Main": "main", "High": "high",
    "High 10": "high10", "High 4:2:2": "high422", "High 4:4:4 Predictive": "high444",
}  # fmt: skip
PIXELS = frozenset({"yuv420p", "yuvj420p", "yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le", "yuv444p10le"})


class Unjoinable(Exception):
    """The master's parameter sets are not such that others can stand beside them."""


@dataclass(frozen=True)
class ParameterSets:
    """What an avcC holds: ``head`` its profile and level, the sets, and what follows them (High profiles)."""

    head: bytes
    sequence: tuple[bytes, ...]
    picture: tuple[bytes, ...]
    rest: bytes

    @classmethod
    def parse(cls, avcc: bytes | None) -> ParameterSets:
        """Return the sets of an avcC whose units have lengths of four bytes. Raises Unjoinable for anything else."""
        if not avcc or len(avcc) < 7 or avcc[0] != 1 or avcc[4] & 3 != 3:
            raise Unjoinable
        kinds: list[tuple[bytes, ...]] = []
        at = 5
        try:
            for mask in (0x1F, 0xFF):
                count, at = avcc[at] & mask, at + 1
                units = []
                for _ in range(count):
                    length = int.from_bytes(avcc[at : at + 2], "big")
                    unit = avcc[at + 2 : at + 2 + length]
                    if len(unit) < max(2, length):
                        raise Unjoinable
                    units.append(unit)
                    at += 2 + length
                kinds.append(tuple(units))
        except IndexError:
            raise Unjoinable from None
        if not kinds[0] or not kinds[1]:
            raise Unjoinable
        return cls(avcc[:5], kinds[0], kinds[1], avcc[at:])

    def free(self) -> int:
        """Return a number that neither a sequence nor a picture parameter set bears: the encoder uses one for both."""
        taken = {_number(unit[4:]) for unit in self.sequence} | {_number(unit[1:]) for unit in self.picture}
        # Not the highest: some decoders were seen to keep room for few.
        return next((number for number in range(1, SETS) if number not in taken), 0) or _none_free()

    def beside(self, annexb: bytes) -> bytes:
        """Return an avcC of these sets and of those in ``annexb``, an encoder's header."""
        units = list(split(annexb))
        more = (
            tuple(unit for unit in units if unit[0] & 31 == SPS),
            tuple(u for u in units if u[0] & 31 == PPS),
        )
        if not all(more):
            raise Unjoinable
        written = [self.head]
        for flag, sets in ((0xE0, self.sequence + more[0]), (0, self.picture + more[1])):
            written.append(bytes([flag | len(sets)]))
            written += [len(unit).to_bytes(2, "big") + unit for unit in sets]
        return b"".join([*written, self.rest])


def split(annexb: bytes) -> Iterator[bytes]:
    """Yield the units of a byte stream with start codes (Annex B)."""
    starts = [match.end() for match in _START.finditer(annexb)]
    for start, end in zip(starts, [*starts[1:], len(annexb) + 3], strict=True):
        # A unit never ends in a zero byte: those belong to the next start code.
        if unit := annexb[start : end - 3].rstrip(b"\x00"):
            yield unit


def packed(annexb: bytes) -> bytes:
    """Return a packet with start codes as one with lengths of four bytes, without parameter sets."""
    return b"".join(
        len(unit).to_bytes(4, "big") + unit for unit in split(annexb) if unit[0] & 31 not in (SPS, PPS)
    )


def units(packet: bytes, length_size: int = 4) -> Iterator[bytes]:
    """Yield the units of a packet with lengths."""
    at = 0
    while at + length_size < len(packet):
        length = int.from_bytes(packet[at : at + length_size], "big")
        at += length_size
        yield packet[at : at + length]
        at += length


def begins(packet: bytes, length_size: int = 4) -> str:
    """Return how decoding can begin at a packet: "idr", "recovery" (all that is shown later comes out right), or ""."""
    recovers = False
    for unit in units(packet, length_size):
        kind = unit[0] & 31
        if kind == IDR:
            return "idr"
        if kind == SEI:
            recovers = recovers or _recovers(unit)
        elif kind == SLICE:
            break
    return "recovery" if recovers else ""


def _recovers(unit: bytes) -> bool:
    """Return whether an SEI says that decoding can begin here, with this very picture (D.1.8)."""
    at = 1
    while at + 2 < len(unit):
        sizes = []
        for _ in ("kind", "size"):
            value = 0
            while at < len(unit) and unit[at] == 255:
                value, at = value + 255, at + 1
            if at >= len(unit):
                return False
            sizes.append(value + unit[at])
            at += 1
        if sizes[0] == RECOVERY_POINT and at < len(unit):
            return bool(unit[at] & 0x80)  # a first bit that is set is the number 0: no frame of waiting
        at += sizes[1]
    return False


def _number(payload: bytes) -> int:
    """Return the first number (ue(v), 9.1) of a parameter set: which one it is."""
    bits = "".join(f"{byte:08b}" for byte in payload[:8])
    zeros = len(bits) - len(bits.lstrip("0"))
    return int(bits[zeros : 2 * zeros + 1] or "1", 2) - 1


def _none_free() -> int:
    raise Unjoinable
