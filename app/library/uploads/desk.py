"""Where officers add videos and photos: the page, and the addresses to which browsers send pieces of files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from app.accounts.guards import me, needs
from app.forms import Form
from app.library.service import preparing
from app.library.uploads import presenting, queries, rules, service, tus
from app.library.uploads.arriving import largest_form
from app.library.uploads.forms import WordsForm, typed
from app.library.uploads.models import Upload, UploadState
from app.refusals import Missing, Refusal
from app.storage.contract import Away, Full
from app.storage.keeping import NoRoom
from app.storage.places import NoPlace, places

desk = Blueprint("uploads", __name__, url_prefix="/desk/media")

OF_ALL = "all-"  # begins the names of the fields that are about every file of a form


@desk.route("/upload", methods=["GET", "POST"])
@needs("media")
def page() -> Any:
    """Add files: piece by piece with script, in a plain form without; and see what becomes of each."""
    if request.method != "POST":
        return _page()
    of_all = WordsForm(request.form, prefix=OF_ALL)
    is_right = of_all.validate()
    received, refused = _received()
    wrong = {}
    for upload in received:
        if not is_right:
            wrong[upload.key] = _passed_on(upload)
        elif of_all.told:
            service.tell(upload, of_all.told)
    if received:
        flash(ngettext("%(num)s file received.", "%(num)s files received.", len(received)))
    if not refused and not wrong:
        return redirect(url_for(".page"), 303)
    return _page(refused, wrong, of_all if refused else None), 422


def _received() -> tuple[list[Upload], list[tuple[str, Any]]]:
    """Take the files of a plain form; return those that came, and which did not, each with why."""
    received, refused = [], []
    files = [file for file in request.files.getlist("files") if file.filename]
    for file in files:
        name: Any = file.filename
        try:
            received.append(service.take_whole(name, file.stream, _size(file.stream), by=me()))  # type: ignore[arg-type]
        except Refusal as refusal:
            refused.append((name, refusal.message))
    if not files:
        refused.append(("", _("Choose one or several files.")))
    return received, refused


def _passed_on(upload: Upload) -> WordsForm:
    """Return what was typed of all files as words of one that came, to be put right there."""
    typed_of_all = {name: value for name, value in request.form.items() if name.startswith(OF_ALL)}
    own = MultiDict(
        {f"{upload.key}-{name.removeprefix(OF_ALL)}": value for name, value in typed_of_all.items()}
    )
    form = WordsForm(own, prefix=f"{upload.key}-")
    form.validate()
    return form


def _page(
    refused: Sequence[tuple[str, Any]] = (),
    wrong: Mapping[str, WordsForm] = MappingProxyType({}),
    of_all: WordsForm | None = None,
) -> str:
    """Show the page; ``wrong`` are the forms of files, by key, that were not right, ``of_all`` what is typed of all."""
    settings = current_app.config
    uploads = presenting.rows(queries.of_account(me()))
    forms = {
        each.key: WordsForm(prefix=f"{each.key}-", data=typed(each.told)) for each in uploads if each.may_tell
    }
    return render_template(
        "library/desk/upload.html",
        form=Form(),
        refused=refused,
        uploads=uploads,
        forms=forms | wrong,
        of_all=of_all or WordsForm(formdata=None, prefix=OF_ALL),
        faults=[field for form in (of_all, *wrong.values()) if form for field in form if field.errors],
        limits=presenting.limits(settings),
        plain_limit=largest_form(),
        days=settings["UPLOAD_DAYS"],
        piece=min(tus.LARGEST_PIECE, 8 * 1024 * 1024),
    )


@desk.route("/uploads/", methods=["POST", "OPTIONS"], provide_automatic_options=False)
@needs("media")
def begin() -> Response:
    """Begin an upload, or say what this server can do (tus: creation)."""
    if request.method == "OPTIONS":
        return tus.answer(
            204, Tus_Version=tus.VERSION, Tus_Extension=tus.EXTENSIONS, Tus_Checksum_Algorithm="sha256",
            Tus_Max_Size=str(rules.largest(current_app.config)),
        )  # fmt: skip
    try:
        tus.check_version(request.headers)
        size = tus.number(request.headers, "Upload-Length")
        known = tus.metadata(request.headers.get("Upload-Metadata", ""))
        upload = service.begin(
            known.get("filename", ""), size, fingerprint=known.get("fingerprint", ""), by=me()
        )
    except Refusal as refusal:
        return tus.refused(refusal)
    except Full:
        return tus.refused(NoRoom())
    where = url_for(".one", key=upload.key)
    return tus.answer(201, Location=where, **tus.progress(upload))


@desk.route("/uploads/<key>", methods=["HEAD", "PATCH", "DELETE", "OPTIONS"], provide_automatic_options=False)
@needs("media")
def one(key: str) -> Response:
    """Say how far an upload is, take a piece of it, or forget it (tus: core, checksum, termination)."""
    if request.method == "OPTIONS":
        return begin()
    try:
        tus.check_version(request.headers)
        upload = queries.mine(key, me())
        if upload is None:
            raise Missing
        if request.method == "DELETE":
            service.discard(upload)
            return tus.answer(204)
        if request.method == "PATCH":
            upload = _take(upload)
            return tus.answer(204, **tus.progress(upload))
    except Refusal as refusal:
        return tus.refused(refusal)
    except NoPlace as none:
        return tus.answer(503, _("Many large files are being sent at this moment. Try again in a few seconds."),
                          Retry_After=str(none.retry_after))  # fmt: skip
    except Full:
        return tus.refused(NoRoom())
    except Away as away:
        current_app.logger.error("An upload cannot be written: %s", away)
        said = _("The files cannot be reached at this moment. Nothing is lost: try again in a minute.")
        return tus.answer(503, said, Retry_After="60")
    if upload.state is UploadState.REFUSED:
        return tus.refused(rules.Ended())
    return tus.answer(200, Upload_Length=str(upload.size_bytes), **tus.progress(upload))


@desk.route("/uploads/<key>/words", methods=["POST"])
@needs("media")
def tell(key: str) -> Any:
    """Keep what is said of a file while it comes. Script is answered in plain words, for the row of that file."""
    upload = queries.mine(key, me())
    if upload is None:
        raise Missing
    form = WordsForm(request.form, prefix=f"{key}-")
    is_script = request.accept_mimetypes.best == "text/plain"
    if not form.validate():
        if is_script:
            said = [
                f"{form[name].label.text}: {' '.join(map(str, errors))}"
                for name, errors in form.errors.items()
            ]
            return tus.answer(422, " ".join(said))
        return _page(wrong={key: form}), 422
    try:
        service.tell(upload, form.told)
    except Refusal as refusal:
        if is_script:
            return tus.answer(422, refusal.message)
        flash(refusal.message, "important")
    else:
        if is_script:
            return tus.answer(200, _("Kept."))
        flash(_("Kept."))
    return redirect(url_for(".page"), 303)


@desk.route("/uploads/<key>/again", methods=["POST"])
@needs("media")
def again(key: str) -> Any:
    """Have a file prepared again that could not be."""
    upload = queries.mine(key, me())
    if upload is None or upload.master_id is None:
        raise Missing
    try:
        preparing.retry(upload.master_id, by=me())
    except Refusal as refusal:
        flash(refusal.message, "important")
    else:
        flash(_("It will be tried again."))
    return redirect(url_for(".page"), 303)


@desk.route("/uploads/<key>/discard", methods=["POST"])
@needs("media")
def discard(key: str) -> Any:
    """Forget an upload: the same as DELETE, for who has no script."""
    upload = queries.mine(key, me())
    if upload is None:
        raise Missing
    name = upload.name
    try:
        service.discard(upload)
    except Refusal as refusal:
        flash(refusal.message, "important")
    else:
        flash(_("“%(name)s” is off this list.", name=name))
    return redirect(url_for(".page"), 303)


def _take(upload: Upload) -> Upload:
    """Take the piece that this request brings."""
    if request.mimetype != tus.CONTENT:
        raise tus.Garbled
    offset = tus.number(request.headers, "Upload-Offset")
    digest = tus.checksum(request.headers.get("Upload-Checksum"))
    with places().take():
        return service.receive(upload, offset, request.stream, sha256=digest)  # type: ignore[arg-type]


def _size(stream: Any) -> int:
    size = stream.seek(0, 2)
    stream.seek(0)
    return size
