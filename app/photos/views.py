"""Where readers find photos: each set, each photo of it, and what they chose to take.

What somebody chose stands in the query ("?photo=7f3a9c1e&photo=…"), never in a cookie: these pages are the same for
everybody, and a selection can be sent to a colleague.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import (
    Blueprint,
    Response,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)

from app import clock
from app.accounts.guards import me
from app.downloads import sources
from app.editorial import naming, queries
from app.languages import LANGUAGES, OWN_NAMES, current
from app.languages import gettext as _
from app.media_users.guards import logged_in
from app.photos import machine, presenting, rules, service, taking
from app.photos import queries as photos
from app.photos.choosing import Choice, asked
from app.photos.section import photos as section
from app.storage.serving import give_made, is_beginning
from app.text import markup
from app.text.numbers import number
from app.web import public as pages
from app.writing.views import text_at

public = Blueprint("photos", __name__)
bare = Blueprint("photo_files", __name__)
own = Blueprint("photo_downloads", __name__)  # for whoever is logged in


@public.route("/media/photos/")
def index() -> Response:
    """Lead to the photos of the media library."""
    return _lead_on(f"/{current()}/media/?kind=photo")


@public.route("/media/photos/<path:path>")
def show(path: str) -> Response:
    """Show a set, or one photo of it; lead on from an old address; say what became of one that ended."""
    slug, _slash, key = path.partition("/")
    if key == "take":
        return _take(slug)
    if rules.is_key(key):
        return _one(slug, key)
    return text_at(section, path, _show)


def _show(row: Any, fallback_language: str | None = None) -> Response:
    return _set(presenting.page(row, current()), fallback_language)


def _set(
    page: presenting.Page, fallback_language: str | None = None, *, refusal: Any = None, status: int = 200
) -> Response:
    """Show a set; one of a single photo is the page of that photo."""
    choice = asked(page, request.args)
    if len(page.photos) == 1 and not refusal:
        return _photo(page, page.photos[0], choice, fallback_language)
    first = page.photos[0] if page.photos else None
    return pages.page(
        "photos/show.html",
        alternates={each.language: each.url for each in page.alternates} | {page.language: page.url},
        canonical_path=page.url,
        status=status,
        page=page,
        choice=choice,
        refusal=refusal,
        fallback_language=fallback_language,
        is_indexed=not choice.photos and not refusal,
        description=page.lead or markup.excerpt(page.body, 160) or page.title,
        jsonld=pages.data_block(machine.gallery(page)),
        share=_shared(page.title, first),
        trail=_trail(),
        office=naming.office(),
    )


def _photo(
    page: presenting.Page,
    photo: presenting.Photo,
    choice: Choice,
    fallback_language: str | None = None,
) -> Response:
    is_alone = len(page.photos) == 1
    there = [
        (each.language, each.url if is_alone else f"{each.url}/{photo.key}")
        for each in (*page.alternates, page)
    ]
    return pages.page(
        "photos/photo.html",
        alternates=dict(there),
        canonical_path=photo.url,
        page=page,
        photo=photo,
        choice=choice,
        is_alone=is_alone,
        before=page.photos[photo.number - 2] if photo.number > 1 else None,
        after=page.photos[photo.number] if photo.number < len(page.photos) else None,
        fallback_language=fallback_language,
        is_indexed=not choice.photos,
        description=photo.caption or page.lead or page.title,
        jsonld=pages.data_block(machine.one(photo, page)),
        share=_shared(photo.title or page.title, photo),
        trail=_trail() if is_alone else (*_trail(), pages.Link(page.title, page.url)),
        office=naming.office(),
    )


def _one(slug: str, key: str) -> Response:
    """Show a photo of a set. One that readers saw there and that was taken out says so; the others never were."""
    row = queries.page(section.type, current(), slug)
    if row is None:
        return _elsewhere(slug, key)
    page = presenting.page(row, current())
    photo = page.photo(key)
    if photo is None:
        if not photos.was_seen(page.id, key):
            abort(404)
        return pages.page(
            "photos/gone.html",
            status=410,
            alternates={},
            is_indexed=False,
            page=page,
            trail=(*_trail(), pages.Link(page.title, page.url)),
        )
    if len(page.photos) == 1:
        return _lead_on(page.url)
    return _photo(page, photo, asked(page, request.args))


def _elsewhere(slug: str, key: str) -> Response:
    """Answer for a photo of a set that is not public here under this name: where the set leads, the photo does."""

    def show_there(row: Any, fallback_language: str | None = None) -> Response:
        page = presenting.page(row, current())
        photo = page.photo(key)
        if photo is None:
            abort(404)
        return _photo(page, photo, asked(page, request.args), fallback_language)

    answer = text_at(section, slug, show_there)
    if answer.status_code == 301:
        return _lead_on(f"{answer.location}/{key}")
    return answer


def _take(slug: str) -> Response:
    """Lead to the file of what was chosen, or say that nothing was."""
    row = queries.page(section.type, current(), slug)
    if row is None:
        abort(404)
    page = presenting.page(row, current())
    choice = asked(page, request.args)
    if not choice.photos:
        return _set(page, refusal=rules.NoPhoto(), status=422)
    return pages.public(redirect(choice.file_url, 303))  # type: ignore[arg-type]


def _lead_on(url: str) -> Response:
    return pages.public(redirect(url, 301))  # type: ignore[arg-type]


def _shared(title: str, photo: presenting.Photo | None) -> dict[str, Any]:
    picture = None
    if photo is not None and photo.src:
        picture = {
            "url": pages.absolute(photo.src),
            "width": photo.width,
            "height": photo.height,
            "alt": photo.alt,
        }
    return {"type": "article", "title": title, "picture": picture}


def _trail() -> tuple[pages.Link, ...]:
    return (pages.Link(_("Media library"), f"/{current()}/media/"),)


@bare.route("/media/photos/<any(fr, en, uk):language>/<slug>.zip")
def several(language: str, slug: str) -> Response:
    """Give what was chosen of a public set as one file with its words, in a size that is for everybody."""
    row = queries.page(section.type, language, slug)
    size = _size()
    described = sources.find(row.id, account_id=None, at=clock.now()) if row else None
    if described is None or taking.needs_account(size):
        abort(404)
    return _archive(described, size)


def _size() -> str:
    asked = request.args.get("size", "web")
    return asked if asked in presenting.SIZES else "web"


def _archive(described: sources.Described, size: str, *, is_guarded: bool = False) -> Response:
    keys = [key for key in request.args.getlist("photo") if rules.is_key(key)]
    found = taking.archive(described, keys, size)
    if found.count == taking.WORDS_OF_PHOTOS:
        abort(404)
    name = f"{described.slug}.zip"
    answer = give_made(found, mimetype="application/zip", etag=found.digest, name=name, is_guarded=is_guarded)
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.cache_control.no_store = True  # what was chosen is chosen once
    return answer


@own.route("")
@logged_in
def prepare() -> Any:
    """Show what was chosen, who may do what with it, and where its file is."""
    described = _readable()
    photos_chosen = taking.chosen(described, request.args.getlist("photo"))
    if not photos_chosen:
        abort(404)
    size = _size()
    query = urlencode(
        [("edition", described.edition_id), *(("photo", each.key) for each in photos_chosen), ("size", size)]
    )
    shown = render_template(
        "photos/take.html",
        me=me(),
        sections=(),
        is_indexed=False,
        language_links=[
            pages.Link(
                OWN_NAMES[code], url_for(".prepare", speaks=code) + f"?{query}", code, code == current()
            )
            for code in LANGUAGES
        ],
        described=described,
        photos=photos_chosen,
        size=size,
        size_bytes=taking.size_of(described, [each.key for each in photos_chosen], size),
        file_url=url_for(".file") + f"?{query}",
        back_url=described.address,
        form=None,
    )
    return make_response(shown)


@own.route("/file.zip")
@logged_in
def file() -> Response:
    """Give what was chosen as one file, in any size, and keep in the log that it was taken."""
    described, size = _readable(), _size()
    answer = _archive(described, size, is_guarded=True)
    if is_beginning():
        service.note_taken(described, request.args.getlist("photo"), size, by=me())
    return answer


def _readable() -> sources.Described:
    """Return the set as this person may take it, or answer 404 as to what never was."""
    found = sources.find(number(request.args.get("edition")), account_id=me().id, at=clock.now())
    if found is None or not found.photos:
        abort(404)
    return found
