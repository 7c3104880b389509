"""What can be done with pictures of texts."""

from __future__ import annotations

import hashlib
import secrets

from sqlalchemy.exc import IntegrityError

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import db
from app.library import queries
from app.library.models import Picture
from app.storage.store import store
from app.text.markup import one_line


def add_picture(data: bytes, *, title: str = "", credit: str, by: Account) -> Picture:
    """Keep the picture in ``data`` (a file's bytes), written anew; the one that we have if it is the same file.

    The files are written before the row: a row never points to nothing, and a file without a
    row does no harm. Raises Refusal when the file is no picture that we can keep.
    """
    checksum = hashlib.sha256(data).hexdigest()
    known = queries.by_checksum(checksum)
    if known is not None:
        return known
    from app.library import images  # brings Pillow along, which pages do without

    made = images.make(data)
    key = secrets.token_hex(16)
    for name, content in made.files.items():
        store().put(f"pictures/{key}/{name}", content)
    return _keep(
        Picture(
            key=key,
            title=one_line(title)[:300],
            credit=one_line(credit)[:200],
            width=made.width,
            height=made.height,
            size_bytes=len(made.files["hd.jpg"]),
            checksum=checksum,
        ),
        by=by,
    )


@act
def _keep(picture: Picture, *, by: Account) -> Picture:
    known = queries.by_checksum(picture.checksum)
    if known is not None:
        return known
    picture.added_at, picture.added_by_id = clock.now(), by.id
    try:
        with db.session.begin_nested():
            db.session.add(picture)
    except IntegrityError:  # somebody kept the same file in the meantime
        known = queries.by_checksum(picture.checksum)
        if known is None:
            raise
        return known
    record(by, "added", picture, label=picture.title)
    return picture
