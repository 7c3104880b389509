"""Sets of photos for tests, made by the real acts of masters that stand for files."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from app import clock
from app.acts import act
from app.database import db
from app.editorial import service as editorial
from app.editorial.models import Edition, State
from app.editorial.service import snapshots
from app.library.models import Master, MasterState, MediaKind, Rendition, RenditionState, content_key
from app.library.uploads.models import Upload, UploadState
from app.photos import service
from app.photos.rules import Described
from app.storage.store import store
from tests import make

IPTC = {"credit": "Council", "copyright": "© Council", "creator": "Ana Lens", "caption": "Ministers meet.",
        "place": "Justus Lipsius", "city": "Brussels", "usage_terms": "Free for the press.",
        "persons": ["Ana A", "Bo B"], "date": "2025-11-19T10:00:00+01:00"}  # fmt: skip
RENDITIONS = {
    "640.avif": 640,
    "640.webp": 640,
    "640.jpg": 640,
    "1280.avif": 1280,
    "1280.jpg": 1280,
    "hd": 3840,
    "original": 6000,
}


@act
def master(
    name: str = "one",
    *,
    iptc: dict[str, Any] | None = None,
    made: Sequence[str] = tuple(RENDITIONS),
    state: MasterState = MasterState.READY,
    kind: MediaKind = MediaKind.PHOTO,
) -> Master:
    """Return a photo in the library whose file holds ``name``, with its renditions; it is made the first time."""
    content = f"the file of {name} ".encode() * 50
    sha256 = hashlib.sha256(content).hexdigest()
    known = db.session.query(Master).filter_by(sha256=sha256).one_or_none()
    if known:
        return known
    found = Master(
        kind=kind, sha256=sha256, size_bytes=len(content), mimetype="image/jpeg", extension="jpg", state=state,
        original_name=f"{name}.jpg", technical={"width": 6000, "height": 4000}, iptc=IPTC if iptc is None else iptc,
        added_at=clock.now(),
    )  # fmt: skip
    db.session.add(found)
    db.session.flush()
    store().put(found.key, content)
    for each in made:
        ending = each.rpartition(".")[2] if "." in each else "jpg"
        data = f"{name} as {each} ".encode() * (RENDITIONS[each] // 100)
        digest = hashlib.sha256(data).hexdigest()
        rendition = Rendition(
            master_id=found.id, name=each, state=RenditionState.READY, mimetype=f"image/{ending.replace('jpg', 'jpeg')}",
            key=content_key("renditions", digest, ending), sha256=digest, size_bytes=len(data), width=RENDITIONS[each],
            height=RENDITIONS[each] * 2 // 3, share=100,
        )  # fmt: skip
        store().put(rendition.key, data)
        db.session.add(rendition)
    db.session.flush()
    return found


@act
def upload(master: Master, told: dict[str, Any]) -> None:
    """Say ``told`` of the file of ``master``, as if somebody had while it came."""
    now = clock.now()
    db.session.add(
        Upload(
            key=master.sha256[:32], account_id=make.officer("Max").id, name=master.original_name,
            size_bytes=master.size_bytes, received_bytes=master.size_bytes, state=UploadState.KEPT,
            master_id=master.id, told=told, begun_at=now, expires_at=now + timedelta(days=1),
        )
    )  # fmt: skip


def gallery(
    state: State = State.DRAFT, *names: str, language: str = "en", item: Any = None, title: str = "Ministers meet", **said: Any
) -> Edition:  # fmt: skip
    """Return a set of the photos ``names`` (three, unless told), described, brought to ``state``.

    Max of the media desk writes it, Amélie decides.
    """
    writer, editor = make.officer("Max"), make.officer("Amélie")
    if item is None:
        masters = [master(name) for name in names or ("one", "two", "three")]
        edition = service.begin([each.id for each in masters], language, by=writer)
    else:
        first = item.editions[0].current
        edition = editorial.start(item, language, editorial.Text(), snapshots.shared_of(first), by=writer)
    describe(edition, **said)
    text, shared = snapshots.text_of(edition.current), snapshots.shared_of(edition.current)
    service.save(
        edition, replace(text, title=title, lead="A lead."), shared, base=edition.current.number, by=writer
    )
    if state is State.DRAFT:
        return edition
    editorial.submit(edition, by=writer, reason="It may stay.")
    if state is State.IN_REVIEW:
        return edition
    editorial.approve(edition, by=editor)
    if state is State.APPROVED:
        return edition
    editorial.publish(edition, by=editor)
    if state is State.WITHDRAWN:
        editorial.withdraw(edition, reason="Published in error.", by=editor)
    return edition


def keys(edition: Edition) -> list[str]:
    """Return the keys of the photos, in their order."""
    return [each["id"] for each in edition.current.facts["photos"]]


def describe(edition: Edition, **said: Any) -> None:
    """Say of every photo what ``said`` says, and a caption and an alternative text of its own."""
    typed = {
        key: Described(
            **({"caption": f"Caption {n}.", "alt": f"Alternative {n}.", "people": ("Ana A", "Bo B")} | said)
        )
        for n, key in enumerate(keys(edition), 1)
    }
    service.describe(edition, typed, base=edition.current.number, by=make.officer("Max"))


def again(edition: Edition, kind: str = "update", note: str = "Something is new.") -> Edition:
    """Publish the working text again."""
    editorial.submit(edition, by=make.officer("Max"), reason="It may stay.")
    editorial.approve(edition, by=make.officer("Amélie"))
    return editorial.publish(
        edition, by=make.officer("Amélie"), kind=kind, note="" if kind == "minor" else note
    )
