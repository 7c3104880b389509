"""Where officers describe photos: which files, in which order, and what is said of each."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import me, needs
from app.editorial.models import Edition
from app.languages import LANGUAGES, current
from app.photos import presenting, queries, rules, service
from app.photos.forms import ChoiceForm, OrderForm, SheetForm
from app.photos.rules import Described
from app.photos.section import photos as section
from app.refusals import Refusal
from app.text.numbers import number
from app.web.filters import day
from app.web.kept import forget_kept, kept_fields
from app.web.paging import Paging, page_number
from app.writing.desk.door import both, say_kept

desk = Blueprint("photos_desk", __name__, url_prefix="/desk/photos")

FILES = 48  # on a page to choose from
SHEET = 20  # photos on a page of the sheet: what is described in one sitting, and sent in one form


@desk.route("/begin", methods=["GET", "POST"])
@needs("begin")
def begin() -> Any:
    """Begin a set: choose files of the library, and the language of the first words."""
    form = ChoiceForm()
    if form.language.data not in LANGUAGES:
        form.language.data = me().language
    if request.method == "GET":
        form.once.data = secrets.token_urlsafe(12)
        form.master.data = request.args.getlist("master")[: rules.MOST_PHOTOS]  # from the page of uploads
    status = 200
    if not _is_turning() and form.validate_on_submit():
        try:
            edition = service.begin(form.ids, form.language.data, by=me(), once=form.once.data or "")
        except Refusal as refusal:
            form.form_errors.append(refusal.message)
            status = 422
        else:
            count = len(edition.current.facts["photos"]) if edition.current else 0
            flash(_("Begun with what the files say (photos: %(n)s). Read it, then complete it.", n=count))
            return redirect(_place("sheet", edition), 303)
    elif form.errors:
        status = 422
    return render_template("photos/desk/begin.html", form=form, **_files(form)), status


def _is_turning() -> bool:
    """Whether a page of the files is turned: nothing is begun or added, and what was chosen goes along."""
    return "turn" in request.form


def _files(form: ChoiceForm, known: Collection[int] = ()) -> dict[str, Any]:
    """Return a page of the files to choose from, each with what it says of itself and where it is used.

    What is chosen and stands on another page is told as "elsewhere", but for what cannot be chosen any more and what
    the set has already (``known``).
    """
    count = queries.how_many_choosable()
    wanted = request.form.get("turn") or request.values.get("page")
    paging = Paging(page_number(wanted) or 0, count, FILES, request.path, ())
    if not paging.exists:
        abort(404)
    found = queries.choosable(skip=paging.skip, limit=FILES)
    ids = [each.id for each in found]
    own, made = queries.files(ids)
    used = queries.current_sets(ids)
    rows = []
    for master in found:
        src, _sources, width, height = presenting.shown(
            master.id, made.get(master.id, []), own.get(master.id)
        )
        said = rules.begun([master]).words
        words = next(iter(said.values()))
        rows.append(
            {
                "id": master.id,
                "name": master.original_name or _("Photo %(n)s", n=master.id),
                "says": words["title"] or words["caption"],
                "src": src,
                "width": width,
                "height": height,
                "used": used.get(master.id, []),
                "is_chosen": str(master.id) in (form.master.data or ()),
            }
        )
    others = [each for each in form.ids if each not in ids and each not in known]
    elsewhere = [each.id for each in queries.masters(others) if each and rules.is_usable(each)]
    return {"files": rows, "pages": paging, "elsewhere": elsewhere}


def _edition(item_id: int, language: str) -> Edition:
    _item, edition = both(section, item_id, language)
    if edition.current is None:
        abort(404)
    return edition


def _place(verb: str, edition: Edition, **values: Any) -> str:
    return url_for(f".{verb}", item_id=edition.item_id, language=edition.language, **values)


def _about(edition: Edition) -> dict[str, Any]:
    return {
        "edition": edition,
        "edition_language": edition.language,
        "here": f"/desk/photos/{edition.item_id}/{edition.language}/",
        "base": edition.current.number if edition.current else 0,
    }


@desk.route("/<int:item_id>/<language>/photos/add", methods=["GET", "POST"])
@needs("write")
def add(item_id: int, language: str) -> Any:
    """Add files of the library to a set."""
    edition = _edition(item_id, language)
    form = ChoiceForm()
    form.language.data = edition.language
    status = 200
    if not _is_turning() and form.validate_on_submit():
        try:
            kept = service.add(edition, form.ids, by=me())
        except Refusal as refusal:
            form.form_errors.append(refusal.message)
            status = 422
        else:
            say_kept(edition, kept)
            return redirect(_place("sheet", edition), 303)
    elif form.errors:
        status = 422
    known = {each["master"] for each in edition.current.facts.get("photos", [])} if edition.current else set()
    return render_template(
        "photos/desk/add.html", form=form, known=known, **_files(form, known), **_about(edition)
    ), status


@desk.route("/<int:item_id>/<language>/photos/", methods=["GET", "POST"])
@needs("write")
def sheet(item_id: int, language: str) -> Any:
    """Describe the photos of a set on one page: captions, alternative texts, people, and what differs from the set."""
    edition = _edition(item_id, language)
    paging = _paging(edition)
    if request.method == "POST":
        form = SheetForm()
    elif kept := kept_fields(request.path):
        form = SheetForm(kept)
    else:
        form = SheetForm(formdata=None, data=_as_typed(edition, paging))
    status, clashes = 200, ()
    if form.validate_on_submit():
        try:
            kept_revision = service.describe(edition, _typed(form), base=number(form.base.data), by=me())
        except rules.PhotosChanged as changed:
            form.base.data = str(changed.newer.number)
            form.form_errors.append(changed.message)
            status, clashes = 409, changed.keys
        except Refusal as refusal:
            form.blame(refusal)
            status = 422
        else:
            forget_kept(request.path)
            say_kept(edition, kept_revision)
            following = paging.next_url if "next" in request.form else None
            return redirect(following or paging.url(paging.number), 303)
    elif form.errors:
        status = 422
    shown = {each.key: each for each in presenting.draft(edition, current()).photos}
    body = render_template(
        "photos/desk/sheet.html",
        form=form,
        photos=shown,
        pages=paging,
        theirs=_theirs(edition, clashes),
        beside=_beside(edition),
        **_about(edition),
    )
    return body, status


def _paging(edition: Edition) -> Paging:
    count = len(edition.current.facts.get("photos", [])) if edition.current else 0
    paging = Paging(page_number(request.args.get("page")) or 0, count, SHEET, request.path, ())
    if not paging.exists:
        abort(404)
    return paging


def _as_typed(edition: Edition, paging: Paging) -> dict[str, Any]:
    """Return a page of the sheet as it would have been typed."""
    now = edition.current
    if now is None:
        return {}
    words = now.fields.get("photos", {})
    rows = []
    for photo in now.facts.get("photos", [])[paging.skip : paging.skip + SHEET]:
        said = words.get(photo["id"], {})
        rows.append(
            {name: said.get(name, "") for name in rules.WORDS}
            | {name: photo.get(name, "") for name in rules.FACTS}
            | {
                "key": photo["id"],
                "people": "\n".join(said.get("people", [])),
                "taken_on": day(date.fromisoformat(photo["taken_on"])) if photo.get("taken_on") else "",
            }
        )
    return {"base": str(now.number), "photos": rows}


def _typed(form: SheetForm) -> dict[str, Described]:
    return {
        row.key.data: Described(
            people=rules.people(row.people.data or ""),
            taken_on=row.taken_on.day,
            **{name: row[name].data or "" for name in (*rules.WORDS, *rules.FACTS)},
        )
        for row in (entry.form for entry in form.photos)
        if rules.is_key(row.key.data or "")
    }


def _theirs(edition: Edition, keys: Any) -> dict[str, str]:
    """Return what somebody else says of the photos that two described at once."""
    if not keys or edition.current is None:
        return {}
    found = {part.label: part.text for part in section.parts(edition.current)}
    return {key: found.get(_("Photo %(key)s", key=key), "") for key in keys}


def _beside(edition: Edition) -> dict[str, list[dict[str, Any]]]:
    """Return what the other languages of the set say of its photos, for whoever translates."""
    found: dict[str, list[dict[str, Any]]] = {}
    for other in edition.item.editions:
        if other.id == edition.id or other.current is None:
            continue
        for key, words in other.current.fields.get("photos", {}).items():
            if words.get("caption") or words.get("alt"):
                found.setdefault(key, []).append(words | {"language": other.language})
    return found


@desk.route("/<int:item_id>/<language>/photos/order", methods=["GET", "POST"])
@needs("write")
def order(item_id: int, language: str) -> Any:
    """Put the photos of a set in order, by buttons or by numbers."""
    edition = _edition(item_id, language)
    form = OrderForm()
    if request.method == "GET":
        form.base.data = str(edition.current.number) if edition.current else "0"
    status = 200
    if form.validate_on_submit():
        keys = [each["id"] for each in edition.current.facts.get("photos", [])] if edition.current else []
        try:
            kept = service.order(edition, _wanted(keys), base=number(form.base.data), by=me())
        except Refusal as refusal:
            form.form_errors.append(refusal.message)
            status = 409 if isinstance(refusal, rules.Reordered) else 422
            form.base.data = str(edition.current.number) if edition.current else "0"
        else:
            say_kept(edition, kept)
            return redirect(_place("order", edition), 303)
    page = presenting.draft(edition, current())
    return render_template("photos/desk/order.html", form=form, photos=page.photos, **_about(edition)), status


def _wanted(keys: list[str]) -> dict[str, int]:
    """Return where photos are to stand, by the button that was pressed or the numbers that were changed."""
    for verb, step in (("up", -1), ("down", 1)):
        key = request.form.get(verb)
        if key in keys:
            return {key: min(len(keys), max(1, keys.index(key) + 1 + step))}
    if (key := request.form.get("first")) in keys:
        return {str(key): 1}
    wanted = {}
    for place, key in enumerate(keys, 1):
        typed = request.form.get(f"to-{key}", str(place)).strip()
        if not 1 <= number(typed) <= len(keys):
            raise Refusal(_("Enter a position from 1 to %(n)s.", n=len(keys)))
        if number(typed) != place:
            wanted[key] = number(typed)
    return wanted


@desk.route("/<int:item_id>/<language>/photos/<key>/remove", methods=["GET", "POST"])
@needs("write")
def remove(item_id: int, language: str, key: str) -> Any:
    """Take a photo out of a set, after one more look at it."""
    edition = _edition(item_id, language)
    page = presenting.draft(edition, current())
    photo = page.photo(key)
    form = OrderForm()
    if form.validate_on_submit():
        service.drop(edition, key, by=me())
        flash(_("The photo is taken out of the set. Its file stays in the library."))
        return redirect(_place("order", edition), 303)
    if photo is None:
        abort(404)
    status = 422 if form.errors else 200
    return render_template("photos/desk/remove.html", form=form, photo=photo, **_about(edition)), status
