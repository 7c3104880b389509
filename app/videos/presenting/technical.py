"""What is known of a film's file, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.languages import gettext as _
from app.library.models import Master, MasterState
from app.library.queries import Shelved
from app.library.timeline import Timeline
from app.web.filters import filesize


def file_name(master: Master) -> str:
    """Return what a file is called where officers choose one: its name, and whether it can be used yet."""
    if master.state is MasterState.READY:
        return master.original_name
    return _("%(name)s (being prepared)", name=master.original_name)


def technical_words(film: Shelved, timeline: Timeline | None) -> list[str]:
    """Return what is known of a film's file, the most useful first."""
    known, found = film.technical, []
    if known.get("width") and known.get("height"):
        found.append(f"{known['width']} × {known['height']}")
    if timeline:
        scan = "i" if known.get("field_order") not in (None, "", "progressive") else "p"
        found.append(f"{timeline.rate}{scan}")
        if timeline.start:
            found.append(_("timecode from %(start)s", start=timeline.code(0)))
        if timeline.rate.is_drop:
            found.append(_("drop-frame"))
    video = known.get("video") or {}
    if video.get("codec"):
        found.append(_CODECS.get(video["codec"], str(video["codec"]).upper()))
    if "audio" in known:
        found.append(_sound(known["audio"]))
    if film.size_bytes:
        found.append(filesize(film.size_bytes))
    return found


_CODECS = {"h264": "H.264", "hevc": "H.265", "prores": "ProRes", "mpeg2video": "MPEG-2", "dnxhd": "DNxHD"}


def _sound(tracks: Sequence[dict[str, Any]]) -> str:
    if not tracks:
        return _("no sound")
    if len(tracks) > 1:
        return _("%(count)s sound tracks", count=len(tracks))
    return {1: _("mono"), 2: _("stereo")}.get(tracks[0].get("channels") or 0, _("one sound track"))
