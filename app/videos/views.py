"""Where readers find a video, choose a passage of it, and fetch its shotlist and its captions.

What was chosen stands in the address, and the address is in one form: times typed in another way lead on to it, so
that "76", "1:16" and "00:01:16:00" are one page. Pages with a query are kept on the page cache's shelf for addresses
that anybody can invent, a quarter of its memory with the oldest dropped first: whoever asks for every frame of every
video fills that quarter and no more. Turned down: not to keep passages at all; a shared link is opened by a whole
newsroom at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, make_response, redirect, request

from app.accounts.guards import me
from app.accounts.rules import may
from app.downloads.presenting import public_offer
from app.editorial import naming, queries
from app.languages import current
from app.languages import gettext as _
from app.library import rules
from app.library.timeline import Passage, Timeline, passage
from app.storage.serving import give
from app.text import markup
from app.videos import machine, presenting
from app.videos import queries as films
from app.videos.section import videos
from app.web import public as pages
from app.writing.views import otherwise, text_at

public = Blueprint("videos", __name__)
files = Blueprint("captions", __name__)

ASKED = ("in", "out", "from", "to", "shown", "format", "part")
CAPTION_SECONDS = 60  # a withdrawn video's captions are out of browsers' caches after this


@public.route("/media/videos/")
def index() -> Response:
    """Lead on to the library, to its videos."""
    return pages.public(redirect(f"/{current()}/media/?kind=video", 301))  # type: ignore[arg-type]


@public.route("/media/videos/<path:path>")
def show(path: str) -> Response:
    """Show a video; lead on from an old address; say what became of one that ended, and how it changed."""
    if path.endswith(".txt"):
        return _plain(path.removesuffix(".txt"))
    return text_at(videos, path, _show)


def _plain(path: str) -> Response:
    """Give the shotlist as plain text."""
    found = queries.page("video", current(), path)
    if not found:
        answer = otherwise(videos, path)
        if answer is None or answer.status_code != 301:
            abort(404)
        return answer
    answer = make_response(machine.plain_text(presenting.page(found, current())))
    answer.content_type = "text/plain; charset=utf-8"
    answer.headers["X-Robots-Tag"] = "noindex"
    return pages.public(answer)


def _show(row: Any, fallback_language: str | None = None) -> Response:
    page = presenting.page(row, current())
    asked = pages.only(request.args, ASKED)
    selection = None
    if page.timeline is not None:
        chosen = passage(_times(asked, page.timeline), page.timeline)
        if not chosen.errors and (there := _in_one_form(asked, chosen)) is not None:
            return pages.public(redirect(f"{request.path}{there}", 302))  # type: ignore[arg-type]
        selection = presenting.selection(page, chosen)
    alternates = {each.language: each.url for each in page.alternates} | {page.language: page.url}
    is_wrong = selection is not None and bool(selection.passage.errors)
    return pages.page(
        "videos/show.html",
        status=422 if is_wrong else 200,
        alternates=alternates,
        canonical_path=page.url,
        page=page,
        selection=selection,
        offer=public_offer(row.id, asked),
        fallback_language=fallback_language,
        description=page.lead or markup.excerpt(page.body, 160),
        jsonld=pages.data_block(machine.video_object(page)),
        share=machine.share(page),
        is_indexed=not asked,
        trail=(pages.Link(_("Media library"), f"/{current()}/media/"),),
        office=naming.office(),
    )


def _times(asked: Mapping[str, str], timeline: Timeline) -> dict[str, str]:
    """Return "in" and "out" as they were meant: a handle of the timeline that was moved stands for its field.

    ``shown`` says where the handles stood when the page was made. A field in which something else was typed comes
    first: who types means it.
    """
    times = {name: asked[name] for name in ("in", "out") if name in asked}
    shown = re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})", asked.get("shown", ""))
    if shown is None:
        return times
    for name, handle, before in (("in", "from", shown[1]), ("out", "to", shown[2])):
        moved = asked.get(handle, "")
        if (
            not re.fullmatch(r"[0-9]{1,9}", moved)
            or int(moved) == int(before)
            or int(moved) > timeline.frames
        ):
            continue
        if times.get(name, "") in ("", timeline.code(min(int(before), timeline.frames))):
            times[name] = timeline.code(int(moved))
    return times


def _in_one_form(asked: Mapping[str, str], chosen: Passage) -> str | None:
    """Return the query that says the same in the one form, or None if this is it."""
    timeline, kept = chosen.timeline, chosen
    if chosen.is_chosen and chosen.interval == (0, timeline.frames):
        kept = Passage(timeline, chosen.interval)
    more = {name: asked[name] for name in ("format", "part") if name in asked}
    wanted = kept.query
    mine = {name: asked[name] for name in ("in", "out", "from", "to", "shown") if name in asked}
    begins, ends = (timeline.code(frame) for frame in kept.interval)
    if mine == ({"in": begins, "out": ends} if kept.is_chosen else {}):
        return None
    if more:
        wanted += ("&" if wanted else "?") + urlencode(more)
    return f"{wanted}#selection"


@files.route("/media/captions/<int:edition_id>/<name>")
def captions(edition_id: int, name: str) -> Any:
    """Give the captions of a video to everybody while its page shows them, and any version's to officers."""
    key = rules.captions_key(name)
    if not key:
        abort(404)
    is_public = films.public_captions(edition_id) == key
    if not is_public and not (may(me(), "see") and films.are_captions(edition_id, key)):
        abort(404)
    answer = give(key, mimetype="text/vtt", etag=name[:32])
    answer.content_type = "text/vtt; charset=utf-8"
    answer.cache_control.no_cache = None
    if is_public:
        answer.cache_control.public, answer.cache_control.max_age = True, CAPTION_SECONDS
        answer.cache_control.s_maxage = current_app.config["SHARED_CACHE_SECONDS"]
    else:
        answer.cache_control.private, answer.cache_control.no_store = True, True
    return answer
