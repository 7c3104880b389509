"""Where pictures are fetched, and what is made of masters for everybody."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, current_app

from app.accounts.guards import me
from app.accounts.rules import may
from app.editorial.queries import public_master, public_picture
from app.library import queries, rules
from app.storage.serving import give

public = Blueprint("pictures", __name__)

PUBLIC_SECONDS = 60  # a withdrawn page's pictures are out of browsers' caches after this


@public.route("/media/pictures/<key>/<name>")
def show(key: str, name: str) -> Any:
    """Give a picture's file to everybody while a public page shows it, and to officers always.

    The permission comes first: a 304 would tell that the file exists.
    """
    if not rules.is_picture(key, name):
        abort(404)
    picture = queries.by_key(key)
    is_public = picture is not None and public_picture(picture.id)
    if not is_public and not may(me(), "see"):  # asked of unknown keys too: their answers must not differ
        abort(404)
    if picture is None:
        abort(404)
    answer = give(f"pictures/{key}/{name}", mimetype="image/jpeg", etag=f"{key}-{name}")
    answer.cache_control.no_cache = None
    if is_public:
        answer.cache_control.public, answer.cache_control.max_age = True, PUBLIC_SECONDS
        answer.cache_control.s_maxage = current_app.config["SHARED_CACHE_SECONDS"]
    else:
        answer.cache_control.private, answer.cache_control.no_store = True, True
    return answer


@public.route("/media/masters/<int:master_id>/<name>")
def made_of(master_id: int, name: str) -> Any:
    """Give what was made of a master, if it is for everybody: while a public page shows it, and to officers always.

    The master itself, and what an account is needed for, is given elsewhere. The permission comes first.
    """
    if not rules.OPEN.fullmatch(name):
        abort(404)
    is_public = public_master(master_id)
    if not is_public and not may(me(), "see"):
        abort(404)
    made = queries.rendition(master_id, name)
    if made is None:
        abort(404)
    is_film = made.mimetype.startswith("video/")  # players read for as long as somebody watches
    answer = give(made.key, mimetype=made.mimetype, etag=made.sha256[:32], in_pieces=is_film)
    answer.cache_control.no_cache = None
    if is_public:
        answer.cache_control.public, answer.cache_control.max_age = True, PUBLIC_SECONDS
        answer.cache_control.s_maxage = current_app.config["SHARED_CACHE_SECONDS"]
    else:
        answer.cache_control.private, answer.cache_control.no_store = True, True
    return answer
