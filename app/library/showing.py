"""What a text that is not public shows: its files, by the private address at which the text is read.

Pictures, films, photos and captions of such a text are not public either, so their public addresses answer 404.
Whoever may read it (by a link, under embargo) gets them by its own address, and by that alone: the page is written
with that address, and each file is one that this very version shows, or that a public page does: the films of an event
stand on its page, too. Who may read is asked before any of this, and the answers are for one person
(app/web/headers.py): the rooms that give such addresses see to both.
"""

from __future__ import annotations

import re

from flask import Response, abort

from app.editorial.models import Revision
from app.editorial.queries import public_master
from app.editorial.service.filing import masters_shown
from app.library import queries, rules
from app.storage.serving import give

_PUBLIC = re.compile(r"/media/(pictures|masters|captions)/")


def readdressed(page: str, there: str) -> str:
    """Return ``page`` with its pictures, what is made of its masters and its captions below the address ``there``."""
    return _PUBLIC.sub(lambda found: f"{there}/{found[1]}/", page)


def picture(revision: Revision | None, key: str, name: str) -> Response:
    """Give a file of a picture that ``revision`` shows, or answer 404; with None for who may not read it."""
    if revision is None or not rules.is_picture(key, name):
        abort(404)
    found = queries.by_key(key)
    if found is None or not _shows(revision, found.id, key):
        abort(404)
    return give(f"pictures/{key}/{name}", mimetype="image/jpeg", etag=f"{key}-{name}")


def _shows(revision: Revision, picture_id: int, key: str) -> bool:
    shown = {each["picture"] for each in revision.pictures}
    return picture_id in shown or f"/media/pictures/{key}/" in revision.shown


def made_of(revision: Revision | None, master_id: int, name: str) -> Response:
    """Give what readers see of a master that ``revision`` or a public page shows, or answer 404.

    ``revision`` is None for who may not read it.
    """
    if revision is None or not rules.OPEN.fullmatch(name):
        abort(404)
    if master_id not in masters_shown(revision.facts) and not public_master(master_id):
        abort(404)
    made = queries.rendition(master_id, name)
    if made is None:
        abort(404)
    is_film = made.mimetype.startswith("video/")  # players read for as long as somebody watches
    return give(made.key, mimetype=made.mimetype, etag=made.sha256[:32], is_guarded=True, in_pieces=is_film)


def captions(revision: Revision | None, edition_id: int, name: str) -> Response:
    """Give the captions that ``revision`` names, or answer 404; with None for who may not read it."""
    key = rules.captions_key(name)
    if revision is None or revision.edition_id != edition_id or not key:
        abort(404)
    if revision.fields.get("captions") != key:
        abort(404)
    answer = give(key, mimetype="text/vtt", etag=name[:32], is_guarded=True)
    answer.content_type = "text/vtt; charset=utf-8"
    return answer
