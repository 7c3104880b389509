"""What is written on a part: its name, the words in its file, its captions, and its receipt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from app.downloads import rules
from app.downloads.models import Format, Mode, Part, PartRequest
from app.downloads.rules import in_name
from app.library.cutting.values import MIMETYPES, Captions, Index, Words
from app.library.rates import Rate
from app.storage.store import store

LONGEST_CAPTIONS = 4 * 1024 * 1024  # bytes
_CUE = re.compile(
    r"(?:(\d+):)?(\d{2}):(\d{2})\.(\d{3})[ \t]+-->[ \t]+(?:(\d+):)?(\d{2}):(\d{2})\.(\d{3})(?:[ \t]+(.*))?"
)


def file_name(
    told: Mapping[str, Any], *, extension: str, points: str = "", mode: Mode | None = None, format: str = ""
) -> str:
    """Return what a file is called where it is saved: reference, title, in and out, "fast", format.

    ``points`` are the in and out that it really has. Systems that know no accents get it in Latin letters
    (app/text/filenames.py).
    """
    reference = re.sub(r"[()\s\N{NO-BREAK SPACE}]+", " ", told.get("reference") or "").strip()
    named = (
        reference.replace(" ", "-"), told.get("title") or "", points, "fast" if mode == Mode.FAST else "", format,
    )  # fmt: skip
    return rules.file_name(*named, extension=extension)


def part_name(part: Part, index: Index) -> str:
    """Return what the file of ``part`` is called: its in and out are those that it really has."""
    begins, ends = real(part)
    extension = part.key.rpartition(".")[2]
    return file_name(
        part.told,
        extension=extension,
        points=points(index, begins, ends),
        mode=part.mode,
        format="" if part.format == Format.MASTER else part.format.value,
    )


def points(index: Index, begins: int, ends: int) -> str:
    """Return in and out as they stand in a name; nothing for all of a film."""
    if (begins, ends) == (0, index.frames):
        return ""
    return f"{in_name(index.timecode(begins))}_{in_name(index.timecode(ends))}"


def real(part: Part) -> tuple[int, int]:
    """Return the frames that the file of ``part`` has."""
    begins = part.in_frame if part.real_in is None else part.real_in
    ends = part.out_frame if part.real_out is None else part.real_out
    return begins, ends


def words_of(part: Part, index: Index, *, site: str, captions: str = "") -> Words:
    """Return what the file of ``part`` says of itself. ``captions`` is the WebVTT text of the whole film."""
    told = part.told
    begins, ends = real(part)
    query = urlencode(
        {
            "in": index.timecode(part.in_frame),
            "out": index.timecode(part.out_frame),
            "part": part.build_key[:16],
        },
        safe=":;",
    )
    cut = within(captions, begins, ends, index.rate) if captions else ""
    return Words(
        title=told.get("title", ""),
        description="",
        credit=told.get("credit", ""),
        copyright=told.get("credit", ""),
        restrictions=" ".join(each["text"] for each in told.get("restrictions", [])),
        source=f"{site}{told.get('address', '')}?{query}",
        reference=told.get("reference", ""),
        captions=(Captions(part.captions, cut),) if cut else (),
    )


def captions_of(part: Part) -> str:
    """Return the captions that go with a part, for all of its film; nothing when they are not to be found any more."""
    key = part.told.get("captions") or ""
    file = store().open(key) if key else None
    if file is None:
        return ""
    with file:
        return file.read(LONGEST_CAPTIONS).decode("utf-8", "replace")


def within(captions: str, begins: int, ends: int, rate: Rate) -> str:
    """Return the cues of a WebVTT text that are shown in the frames [``begins``, ``ends``), timed from ``begins``."""
    first, last = round(rate.seconds(begins) * 1000), round(rate.seconds(ends) * 1000)
    kept = []
    for block in re.split(r"\n{2,}", captions.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip("\n").split("\n")
        place = next((number for number, line in enumerate(lines) if _CUE.match(line)), None)
        if place is None:
            continue  # the signature, a note, a style
        found = _CUE.match(lines[place])
        assert found is not None
        shown = max(_ms(*found.groups()[:4]), first)
        hidden = min(_ms(*found.groups()[4:8]), last)
        if hidden > shown:
            settings = f" {found[9]}" if found[9] else ""
            kept.append(
                "\n".join(
                    [f"{_stamp(shown - first)} --> {_stamp(hidden - first)}{settings}", *lines[place + 1 :]]
                )
            )
    return "WEBVTT\n\n" + "\n\n".join(kept) + "\n" if kept else ""


def _ms(hours: str | None, minutes: str, seconds: str, thousandths: str) -> int:
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(thousandths)


def _stamp(ms: int) -> str:
    seconds, thousandths = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{thousandths:03}"


def receipt(mine: PartRequest, index: Index | None, *, site: str, at: datetime) -> dict[str, Any]:
    """Return what came of a request, as plain values for JSON: what it is of, how it was cut, and under which terms."""
    part = mine.part
    told = part.told

    def point(frame: int | None) -> dict[str, Any] | None:
        if frame is None:
            return None
        return {"frame": frame, "timecode": index.timecode(frame) if index is not None else None}

    begins, ends = real(part)
    return {
        "receipt": part.build_key[:16],
        "written": at.isoformat(),
        "source": {
            "title": told.get("title", ""),
            "reference": told.get("reference", ""),
            "language": told.get("language", ""),
            "address": site + told.get("address", ""),
            "version": part.revision_id,
            "master_sha256": part.master.sha256 if part.master else None,
            "frames_a_second": f"{index.rate.num}/{index.rate.den}" if index is not None else None,
        },
        "asked": {
            "in": point(part.in_frame),
            "out": point(part.out_frame),
            "mode": part.mode.value,
            "format": part.format.value,
            "captions": part.captions or None,
            "at": mine.asked_at.isoformat(),
        },
        "made": {
            "in": point(begins),
            "out": point(ends),
            "frames": ends - begins,
            "at": part.made_at and part.made_at.isoformat(),
            **part.made,
        },
        "file": {
            "sha256": part.sha256,
            "size_bytes": part.size_bytes,
            "type": part.mimetype or MIMETYPES["mp4"],
        },
        "credit": told.get("credit", ""),
        "restrictions": [
            {"text": each["text"], "in": point(each["begins"]), "out": point(each["ends"])}
            for each in told.get("restrictions", [])
        ],
        "conditions_accepted": mine.conditions or None,
    }
