"""A newsroom with a film that can be cut: every frame of it says its number."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.acts import act
from app.database import db
from app.downloads import service, sources
from app.downloads.sources import Described, Restriction
from app.editorial.models import Edition, Revision
from app.library.cutting import reading
from app.library.models import Master, MasterState, MediaKind
from app.storage.store import store
from tests import films, make

FRAMES = 150  # six seconds


@pytest.fixture(scope="session")
def film_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film of 150 frames at 25 a second, a key frame each second, with sound, and timecode from 10 hours on."""
    path = tmp_path_factory.mktemp("films") / "film.mov"
    sounds = (films.Sounding("pcm_s16le"),)
    return films.film(path, frames=FRAMES, gop=25, sounds=sounds, timecode="10:00:00:00")


class Shown:
    """What the texts of this test show: a test may change it as an officer would with another version."""

    def __init__(self) -> None:
        self.master_id: int | None = None
        self.changes: dict[str, Any] = {}

    def describe(self, edition: Edition, revision: Revision, beside: Any) -> Described:
        """Describe a release as a video is described."""
        known = {
            "edition_id": edition.id,
            "revision_id": revision.id,
            "item_id": edition.item_id,
            "type": edition.type,
            "language": edition.language,
            "title": revision.title,
            "slug": revision.slug or "text",
            "reference": "MM-2025-7",
            "address": f"/{edition.language}/news/{edition.path}",
            "credit": "International Secretariat",
            "master_id": self.master_id,
            "restrictions": (Restriction("No archive use."), Restriction("Not in sport.", 100, 150)),
            "captions": {},
        }
        return Described(**(known | self.changes))


@act
def keep_master(path: Path, kind: MediaKind = MediaKind.VIDEO) -> Master:
    """Keep the file at ``path`` as a master, as the studio does when it has looked at one."""
    content = path.read_bytes()
    made = Master(
        kind=kind, sha256=hashlib.sha256(content).hexdigest(), size_bytes=len(content), mimetype="video/quicktime",
        extension=path.suffix[1:], original_name=path.name, technical={"rate": [25, 1], "frames": FRAMES},
        iptc={}, state=MasterState.READY, warnings=[], added_at=clock.now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


@pytest.fixture
def shown(app: Flask) -> Iterator[Shown]:
    """What texts show: releases stand for videos, whose rooms are above."""
    found = Shown()
    before = dict(sources._SOURCES)
    sources.register("release", found.describe)
    yield found
    sources._SOURCES.clear()
    sources._SOURCES.update(before)


@pytest.fixture
def text(scene: Any, shown: Shown, film_file: Path, tmp_path: Path) -> Edition:
    """A public text that shows a film, and Tom and Ines of the media."""

    def play() -> None:
        master = keep_master(film_file)
        copy = tmp_path / film_file.name
        shutil.copyfile(film_file, copy)
        store().take(copy, master.key)
        service.keep_index(master.id, reading.read(film_file).to_json())
        make.published()
        make.media_user("Tom")
        make.media_user("Ines")

    scene("a text that shows a film", play)
    shown.master_id = db.session.scalars(select(Master.id)).one()
    return db.session.scalars(select(Edition)).one()


@pytest.fixture
def film(text: Edition) -> Master:
    """The film: every published release shows it."""
    return db.session.scalars(select(Master)).one()


@pytest.fixture
def tom(text: Edition) -> Any:
    """Somebody of the media."""
    return make.media_user("Tom")
