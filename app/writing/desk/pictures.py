"""Choosing the pictures of a text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import me, needs, officers_only
from app.editorial import rules, service
from app.editorial.service.snapshots import shared_of, text_of
from app.forms import tidy
from app.library import queries as library
from app.library import service as pictures
from app.refusals import Refusal
from app.text.numbers import number
from app.web.filters import filesize
from app.writing.desk.door import about, both, desk
from app.writing.sections import Section


@desk.route("/<section:section>/<int:item_id>/<language>/pictures", methods=["GET", "POST"])
@needs("write")
def add_picture(section: Section, item_id: int, language: str) -> Any:
    """Add a picture to the text: one of the library, or a new file."""
    item, edition = both(section, item_id, language)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            picture = _chosen_picture()
            if edition.current is None:
                raise rules.WrongState
            text, shared = text_of(edition.current), shared_of(edition.current)
            shared = replace(shared, pictures=tuple(dict.fromkeys((*shared.pictures, picture.id))))
            service.save(edition, text, shared, base=number(request.form.get("base")), by=me())
        except rules.Stale:
            refusal = rules.WrongState()
        except Refusal as said:
            refusal = said
        else:
            flash(_("Picture added. Describe it below."))
            there = url_for(".edit", section=section, item_id=item_id, language=language)
            return redirect(f"{there}#pictures", 303)
    body = render_template(
        "writing/pictures.html",
        known=library.newest(),
        refusal=refusal,
        credit=tidy(request.form.get("credit", "")),
        view=library.view,
        **about(section, item, edition, language),
    )
    return body, 422 if refusal else 200


def _chosen_picture() -> Any:
    file = request.files.get("file")
    if file and file.filename:
        title = request.form.get("title", "") or file.filename
        data = file.read()
        limit = current_app.config["UPLOAD_MB"] * 1000 * 1000
        if len(data) > limit:
            sizes = {"size": filesize(len(data)), "max": filesize(limit)}
            raise Refusal(
                _("The file is too large: %(size)s, for a limit of %(max)s.", **sizes), field="file"
            )
        return pictures.add_picture(data, title=title, credit=request.form.get("credit", ""), by=me())
    picture = library.by_key(request.form.get("key", "")[:32])
    if picture is None:
        raise Refusal(_("Choose a picture, or a file."), field="file")
    return picture


@desk.route("/pictures.json")
@officers_only
def pictures_json() -> Response:
    """The library's pictures, for the editor's chooser."""
    listed = [library.view(picture, {}) for picture in library.newest()]
    titles = {picture.id: picture.title for picture in library.newest()}
    return make_response(
        [
            {
                "key": each.key,
                "alt": "",
                "caption": titles.get(each.id, ""),
                "credit": each.credit,
                "src": each.src,
                "thumb": library.address(each.key, "320.jpg"),
                "width": each.width,
                "height": each.height,
            }
            for each in listed
        ]
    )
