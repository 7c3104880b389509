"""Where officers keep contacts and subjects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import me, needs
from app.directory import queries
from app.directory.desk.door import desk
from app.directory.forms import ContactForm, SubjectForm, spoken
from app.editorial import cards, service
from app.editorial import queries as editorial
from app.editorial.cards import Card
from app.editorial.models import Contact, Topic
from app.languages import LANGUAGES
from app.refusals import Refusal
from app.text.numbers import number
from app.web.kept import forget_kept, kept_fields


def _words(form: Any, what: str) -> dict[str, str]:
    return {code: form[f"{what}_{code}"].data or "" for code in LANGUAGES}


def _filled(form: type[SubjectForm], row: Any) -> Any:
    """Return the form: what was just typed, else what was kept from an expired one, else what is saved."""
    if request.method == "POST":
        return form()
    if kept := kept_fields(request.path):
        return form(kept)
    if row is None:
        return form(formdata=None, data={"languages": list(LANGUAGES)})
    known = {
        f"{what}_{code}": words
        for what in ("names", "functions", "hours")
        for code, words in (getattr(row, what, None) or {}).items()
    }
    for name in ("phone", "email", "languages", "is_listed"):
        known[name] = getattr(row, name, None)
    return form(formdata=None, data=known | {"base": cards.version(row)})


def _answer(template: str, form: Any, row: Any, change: Callable[[], Any], done: str, then: str) -> Any:
    """Do ``change`` to ``row`` (None: a new one) and lead on, or show the form with what is wrong."""
    status, theirs = 200, None
    if form.validate_on_submit():
        try:
            change()
        except cards.Changed as changed:
            form.form_errors.append(changed.message)
            status, theirs = 409, row
            form.base.data = cards.version(row)
        except Refusal as refusal:
            form.blame(refusal)
            status = 422
        else:
            forget_kept(request.path)
            flash(done)
            return redirect(url_for(then), 303)
    elif form.errors:
        status = 422
    return render_template(template, form=form, row=row, theirs=theirs), status


# --- contacts ---


@desk.route("/contacts/")
@needs("contacts")
def contacts() -> str:
    """List whom the press may call, and who is no longer listed."""
    rows = sorted(editorial.contacts(), key=lambda each: not each.is_listed)
    return render_template("directory/contacts.html", rows=rows)


@desk.route("/contacts/new", methods=["GET", "POST"])
@needs("contacts")
def new_contact() -> Any:
    """Add somebody whom the press may call."""
    return _contact(None)


@desk.route("/contacts/<int:contact_id>/", methods=["GET", "POST"])
@needs("contacts")
def contact(contact_id: int) -> Any:
    """Change what is said of a contact."""
    return _contact(queries.contact(contact_id) or abort(404))


def _contact(row: Contact | None) -> Any:
    form = _filled(ContactForm, row)
    form.languages.choices = spoken()

    def change() -> None:
        card = Card(
            names=_words(form, "names"),
            functions=_words(form, "functions"),
            hours=_words(form, "hours"),
            phone=form.phone.data or "",
            email=form.email.data or "",
            languages=tuple(form.languages.data or ()),
            is_listed=bool(form.is_listed.data),
        )
        if row is None:
            service.add_contact(card, by=me())
        else:
            service.change_contact(row, card, base=form.base.data or "", by=me())

    return _answer("directory/contact.html", form, row, change, _("The contact is saved."), ".contacts")


# --- subjects ---


@desk.route("/subjects/", methods=["GET", "POST"])
@needs("contacts")
def subjects() -> Any:
    """List the subjects in the order in which readers see them, and change that order."""
    form = SubjectForm()
    if form.validate_on_submit():
        for verb in ("up", "down"):
            row = queries.subject(number(request.form.get(verb)))
            if row is not None:
                service.move_subject(row, up=verb == "up", by=me())
                flash(_("The order is saved."))
        return redirect(url_for(".subjects"), 303)
    return render_template(
        "directory/subjects.html", rows=editorial.topics(), pages=queries.pages(), form=form
    )


@desk.route("/subjects/new", methods=["GET", "POST"])
@needs("contacts")
def new_subject() -> Any:
    """Add a subject, after the others."""
    return _subject(None)


@desk.route("/subjects/<int:subject_id>/", methods=["GET", "POST"])
@needs("contacts")
def subject(subject_id: int) -> Any:
    """Give a subject other names."""
    return _subject(queries.subject(subject_id) or abort(404))


def _subject(row: Topic | None) -> Any:
    form = _filled(SubjectForm, row)

    def change() -> None:
        names = _words(form, "names")
        if row is None:
            service.add_subject(names, by=me())
        else:
            service.change_subject(row, names, base=form.base.data or "", by=me())

    return _answer("directory/subject.html", form, row, change, _("The subject is saved."), ".subjects")
