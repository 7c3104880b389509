"""Videos for tests, made by the real acts; the files of their masters are a few bytes each."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from typing import Any

from app import clock
from app.acts import act
from app.database import db
from app.editorial import service
from app.editorial.models import Edition, State
from app.editorial.service import Shared, Text
from app.library.models import Master, MasterState, MediaKind, Rendition, RenditionState, content_key
from app.storage.store import store
from app.videos.models import Video
from tests import make

TITLES = {
    "fr": "Session des ministres et conférence de presse",
    "en": "Ministers: session and press conference",
    "uk": "Сесія міністрів і пресконференція",
}
SHOTS = [
    {"id": "s0000001", "in": 0, "out": 125, "kind": "card"},
    {"id": "s0000002", "in": 125, "out": 525, "kind": "scene"},
    {"id": "s0000003", "in": 525, "out": 1400, "kind": "soundbite", "language": "en"},
]
WORDS = {
    "s0000001": {"description": "Title card"},
    "s0000002": {"description": "Exterior, flags at full mast"},
    "s0000003": {
        "speaker": "Hélène Vasseur",
        "function": "Secretary General",
        "words": "“Every link has to be known.”",
    },
}


def technical(**changes: Any) -> dict[str, Any]:
    """Return what the library reads from a film of one minute, 25 frames in a second."""
    known = {
        "demuxer": "mov", "size_bytes": 1000, "duration_seconds": 60.0, "frames": 1500, "rate": [25, 1],
        "is_drop": False, "is_variable": False, "timecode": "", "start": 0, "width": 1920, "height": 1080,
        "field_order": "progressive", "video": {"codec": "h264"}, "audio": [{"channels": 2}],
    }  # fmt: skip
    return known | changes


@act
def master(
    name: str = "session.mp4",
    *,
    state: MasterState = MasterState.READY,
    kind: MediaKind = MediaKind.VIDEO,
    **changes: Any,
) -> Master:
    """Return a new master with what is made of every film."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    made = Master(
        kind=kind, sha256=digest, size_bytes=1000, mimetype="video/mp4", extension="mp4", original_name=name,
        technical=technical(**changes), state=state, added_at=clock.now(), added_by_id=make.officer("Max").id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    wave = json.dumps({"seconds": 60, "peaks": [3, 50, 100, 20]}).encode()
    grid = {"pictures": 60, "columns": 10, "rows": 6, "seconds": 1.0, "tile_width": 160, "tile_height": 90}
    for part, ending, mimetype, content, facts in (
        ("poster-320", "jpg", "image/jpeg", b"small still", {}),
        ("poster-1280", "jpg", "image/jpeg", b"still", {}),
        ("preview", "mp4", "video/mp4", b"a film", {}),
        ("strip", "jpg", "image/jpeg", b"many stills", grid),
        ("waveform", "json", "application/json", wave, {"is_silent": False}),
        ("hd", "mp4", "video/mp4", b"a better film", {}),
    ):
        sha256 = hashlib.sha256(content + name.encode()).hexdigest()
        key = content_key("renditions", sha256, ending)
        store().put(key, content)
        width = int(part.rpartition("-")[2]) if part[-1].isdigit() else 1280
        db.session.add(
            Rendition(
                master_id=made.id,
                name=part,
                state=RenditionState.READY,
                share=100,
                key=key,
                mimetype=mimetype,
                width=width,
                height=width * 9 // 16,
                size_bytes=len(content),
                sha256=sha256,
                facts=facts,
            )
        )
    return made


def text(language: str = "en", **changes: Any) -> Text:
    """Return complete words in ``language``."""
    fields = {
        "credit": "International Secretariat",
        "people": ["Hélène Vasseur"],
        "shots": WORDS,
        "restrictions": {"r0000001": "Not for advertising."},
        "links": [],
    } | changes.pop("fields", {})
    return replace(make.text(language), **({"title": TITLES[language], "fields": fields} | changes))


def shared(master_id: int | None, **changes: Any) -> Shared:
    """Return complete facts."""
    facts = {
        "master": master_id,
        "recorded_on": "2025-12-03",
        "source": "International Secretariat",
        "event": None,
        "sound": ["floor", "en"],
        "shots": SHOTS,
        "restrictions": [{"id": "r0000001", "in": None, "out": None}],
    }
    return Shared(date=date(2025, 12, 3), facts=facts | changes)


def video(
    state: State = State.DRAFT,
    *,
    language: str = "en",
    item: Video | None = None,
    film: Master | None = None,
    facts: dict[str, Any] | None = None,
    at: Any = None,
    **words: Any,
) -> Edition:
    """Return an edition of a video brought to ``state``: Max describes it, Rosa and Amélie decide."""
    film = film or db.session.query(Master).order_by(Master.id).first() or master()
    writer, editor = make.officer("Max"), make.officer("Amélie")
    edition = service.start(
        item or Video(), language, text(language, **words), shared(film.id, **(facts or {})), by=writer
    )
    if state is State.DRAFT:
        return edition
    service.submit(edition, by=writer, reason="It may stay.")
    if state is State.IN_REVIEW:
        return edition
    service.approve(edition, by=editor)
    if state is State.APPROVED:
        return edition
    if state in (State.SCHEDULED, State.EMBARGO):
        service.publish(edition, by=editor, wanted_at=at, is_embargo=state is State.EMBARGO)
        return edition
    service.publish(edition, by=editor)
    if state is State.WITHDRAWN:
        service.withdraw(edition, reason="The film showed the wrong meeting.", by=editor)
    return edition
