"""Addresses from a file, step by step: the file, how it is read, what its people agreed to, and what became of each
line.
"""

from __future__ import annotations

from typing import Any

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import me, needs
from app.newsletter import files, queries, service
from app.newsletter.desk.door import desk
from app.newsletter.deskforms import AgreedForm, ReadingForm, UploadForm
from app.newsletter.models import SubscriberImport
from app.newsletter.service.importing import READ, RUNNING, Agreed, Reading
from app.newsletter.words import REFUSED_LINES
from app.refusals import Refusal

SHOWN = 6  # lines of the file in the preview
AGAIN_SECONDS = 10


@desk.route("/import", methods=["GET", "POST"])
@needs("newsletter")
def upload() -> Any:
    """Take a file, and show those that came before."""
    form = UploadForm()
    if request.method == "POST" and form.validate():
        sent = request.files.get("file")
        content = sent.read() if sent is not None else b""
        try:
            kept = service.begin_import((sent.filename if sent else "") or _("a file"), content, by=me())
        except Refusal as refusal:
            form.blame(refusal)
        else:
            return redirect(url_for(".set_up", import_id=kept.id), 303)
    shown = render_template("newsletter/desk/upload.html", form=form, imports=queries.imports())
    return shown, 422 if form.errors else 200


@desk.route("/import/<int:import_id>/", methods=["GET", "POST"])
@needs("newsletter")
def set_up(import_id: int) -> Any:
    """Show how a file is read, with its first lines; then ask for the consent; then tell how far it is."""
    kept = queries.subscriber_import(import_id)
    if kept is None:
        abort(404)
    if kept.state != READ:
        return _report(kept)
    reading = _reading_form(kept)
    agreed = AgreedForm(formdata=request.form if request.form.get("action") == "import" else None)
    if request.method == "POST" and reading.validate():
        width = max((len(line) for line in _first(kept, reading)), default=0)
        service.set_up_import(
            kept,
            Reading(
                reading.encoding.data or "", reading.separator.data or "", bool(reading.has_headings.data),
                reading.columns(width),
            ),
        )  # fmt: skip
        if request.form.get("action") == "import":
            return _import(kept, reading, agreed)
    return _page(kept, reading, agreed)


def _import(kept: SubscriberImport, reading: ReadingForm, agreed: AgreedForm) -> Any:
    told = Agreed(
        agreed.text.data or "", agreed.how.data or "", agreed.day.data or "", agreed.default_language.data or "",
        tuple(agreed.kinds.data or ()),
    )  # fmt: skip
    try:
        service.ask_import(kept, told, by=me())
    except Refusal as refusal:
        (reading if refusal.field in ("email", "date") else agreed).blame(refusal)
        return _page(kept, reading, agreed)
    flash(_("The addresses are being taken in."))
    return redirect(url_for(".set_up", import_id=kept.id), 303)


def _reading_form(kept: SubscriberImport) -> ReadingForm:
    settings = kept.settings
    known = {
        "encoding": settings["encoding"], "separator": settings["separator"],
        "has_headings": settings.get("has_headings", True),
        **{name: str(place) for name, place in settings.get("columns", {}).items()},
    }  # fmt: skip
    form = ReadingForm(data=known)
    lines = _first(kept, form)
    first = lines[0] if lines else []
    named = [
        _("%(number)s: %(heading)s", number=n, heading=cell[:60]) if cell else str(n)
        for n, cell in enumerate(first, 1)
    ]
    form.offer_columns(named)
    if "columns" not in settings and request.method != "POST":
        _guess_columns(form, lines)
    return form


def _guess_columns(form: ReadingForm, lines: list[list[str]]) -> None:
    """Choose the column whose cells hold an @, and those whose heading says what they hold."""
    for place in range(len(lines[0]) if lines else 0):
        cells = [line[place] for line in lines[1:] or lines]
        heading = lines[0][place].lower()
        if not form.email.data and any("@" in cell for cell in cells):
            form.email.data = str(place)
        elif not form.language.data and any(word in heading for word in ("lang", "мова")):
            form.language.data = str(place)
        elif not form.date.data and any(
            word in heading for word in ("date", "consent", "дата", "day", "jour")
        ):
            form.date.data = str(place)
    form.has_headings.data = not any("@" in cell for cell in (lines[0] if lines else ()))


def _first(kept: SubscriberImport, form: ReadingForm) -> list[list[str]]:
    """Return the first lines of the file, read as the form says, or as it was guessed where it says nonsense."""
    try:
        return files.first(
            kept.content, encoding=form.encoding.data or "", separator=form.separator.data or "", count=SHOWN
        )
    except Refusal:
        guessed = files.guess(kept.content)
        form.encoding.data, form.separator.data = guessed["encoding"], guessed["separator"]
        return files.first(kept.content, **guessed, count=SHOWN)


def _page(kept: SubscriberImport, reading: ReadingForm, agreed: AgreedForm) -> Any:
    wrong = next((form for form in (reading, agreed) if form.errors), None)
    shown = render_template(
        "newsletter/desk/set_up.html",
        form=wrong,
        reading=reading,
        agreed=agreed,
        kept=kept,
        lines=_first(kept, reading),
        is_spreadsheet=files.is_spreadsheet(kept.content),
    )
    return shown, 422 if wrong else 200


def _report(kept: SubscriberImport) -> Any:
    answer = make_response(
        render_template(
            "newsletter/desk/report.html",
            kept=kept,
            is_running=kept.state == RUNNING,
            refused_words=REFUSED_LINES,
        )
    )
    if kept.state == RUNNING:
        answer.headers["Refresh"] = str(AGAIN_SECONDS)
    return answer
