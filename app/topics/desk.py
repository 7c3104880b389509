"""Where officers write the questions of a topic page: one at a time, and their order in a list."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import me, needs
from app.editorial.editor_words import editor_words
from app.editorial.models import Edition
from app.editorial.rules import Stale
from app.refusals import Refusal
from app.text import differences
from app.text.numbers import number
from app.topics import rules, service
from app.topics.forms import EntryForm, ListForm
from app.topics.rules import Asked
from app.topics.section import topics
from app.web.filters import day
from app.web.kept import forget_kept, kept_fields
from app.writing import links
from app.writing.desk.door import both, say_kept

desk = Blueprint("questions", __name__, url_prefix="/desk/topics/<int:item_id>/<language>/faq")


def _edition(item_id: int, language: str) -> Edition:
    _item, edition = both(topics, item_id, language)
    if (
        edition.current_revision_id is None
    ):  # not edition.current: two hundred questions are read once, in the act
        abort(404)
    return edition


def _entries(edition: Edition) -> list[dict[str, Any]]:
    return edition.current.fields.get("faq", []) if edition.current else []


def _about(edition: Edition) -> dict[str, Any]:
    return {
        "edition": edition,
        "edition_language": edition.language,
        "here": f"/desk/topics/{edition.item_id}/{edition.language}/",
        "entries": _entries(edition),
    }


def _place(verb: str, edition: Edition, **values: Any) -> str:
    return url_for(f".{verb}", item_id=edition.item_id, language=edition.language, **values)


@desk.route("/", methods=["GET", "POST"])
@needs("write")
def overview(item_id: int, language: str) -> Any:
    """List the questions, and put them in order by buttons or by numbers."""
    edition = _edition(item_id, language)
    form = ListForm(base=str(edition.current.number))
    status = 200
    if form.validate_on_submit():
        order = [each["id"] for each in _entries(edition)]
        try:
            service.order_entries(edition, _wanted(order), base=number(form.base.data), by=me())
        except Refusal as refusal:
            form.form_errors.append(refusal.message)
            status = 409 if isinstance(refusal, rules.Reordered) else 422
            form.base.data = str(edition.current.number)
        else:
            flash(_("The new order is saved as version %(n)s.", n=edition.current.number))
            return redirect(_place("overview", edition), 303)
    checked = {
        each["id"]: day(date.fromisoformat(each["checked_on"]))
        for each in _entries(edition)
        if each["checked_on"]
    }
    return render_template("topics/desk/faq.html", form=form, checked=checked, **_about(edition)), status


def _wanted(order: list[str]) -> dict[str, int]:
    """Return where questions are to stand, by the button that was pressed or the numbers that were changed."""
    for verb, step in (("up", -1), ("down", 1)):
        entry_id = request.form.get(verb)
        if entry_id in order:
            return {entry_id: min(len(order), max(1, order.index(entry_id) + 1 + step))}
    wanted = {}
    for place, entry_id in enumerate(order, 1):
        typed = request.form.get(f"to-{entry_id}", str(place)).strip()
        if not 1 <= number(typed) <= len(order):
            raise Refusal(_("Enter a position from 1 to %(n)s.", n=len(order)))
        if number(typed) != place:
            wanted[entry_id] = number(typed)
    return wanted


@desk.route("/new", methods=["GET", "POST"])
@needs("write")
def new(item_id: int, language: str) -> Any:
    """Write another question."""
    return _write(_edition(item_id, language), None)


@desk.route("/<entry_id>/", methods=["GET", "POST"])
@needs("write")
def entry(item_id: int, language: str, entry_id: str) -> Any:
    """Write a question and its answer."""
    edition = _edition(item_id, language)
    if request.method == "GET" and rules.place_of(_entries(edition), entry_id) is None:
        abort(404)
    return _write(edition, entry_id)


def _form(edition: Edition, entry_id: str | None) -> EntryForm:
    """Return the form: what was just typed, else what was kept from an expired one, else what is saved."""
    if request.method == "POST":
        return EntryForm()
    if kept := kept_fields(request.path):
        return EntryForm(kept)
    known: dict[str, Any] = {"base": str(edition.current.number) if edition.current else "0"}
    if entry_id is not None:
        entries = _entries(edition)
        saved = entries[rules.place_of(entries, entry_id) or 0]
        known |= saved | {
            "checked_on": day(date.fromisoformat(saved["checked_on"])) if saved["checked_on"] else "",
            "links": [links.typed(link, edition.language) for link in saved["links"]],
        }
    elif entries := _entries(edition):
        known["group"] = entries[-1]["group"]
    return EntryForm(formdata=None, data=known)


def _write(edition: Edition, entry_id: str | None) -> Any:
    form = _form(edition, entry_id)
    if request.method == "POST" and "another" in request.form:
        return _page(edition, entry_id, form)  # one more empty row; nothing is kept yet
    if form.validate_on_submit():
        asked = Asked(
            question=form.question.data or "",
            answer=form.answer.data or "",
            group=form.group.data or "",
            checked_on=form.checked_on.day,
            links=links.rows(form.links),
        )
        try:
            entry_id, kept = service.keep_entry(
                edition, entry_id, asked, base=number(form.base.data), by=me()
            )
        except rules.EntryChanged as changed:
            form.base.data = str(changed.newer.number)
            mine = rules.made(asked, edition.language)
            return _page(
                edition, entry_id, form, 409, newer=changed.newer, compared=_compared(changed.theirs, mine)
            )
        except rules.EntryGone as gone:
            form.form_errors.append(gone.message)
            return _page(edition, None, form, 409)
        except Refusal as refusal:
            form.blame(refusal)
        else:
            forget_kept(request.path)
            say_kept(edition, kept)
            return redirect(_after(edition, entry_id), 303)
    return _page(edition, entry_id, form, 422 if form.errors else 200)


def _after(edition: Edition, entry_id: str) -> str:
    """Return where to go after saving: where the pressed button leads."""
    if request.form.get("then") == "next":
        entries = _entries(edition)
        place = rules.place_of(entries, entry_id) or 0
        if place + 1 < len(entries):
            return _place("entry", edition, entry_id=entries[place + 1]["id"])
        return _place("new", edition)
    return _place("entry", edition, entry_id=entry_id)


def _compared(theirs: dict[str, Any], mine: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return how another's words become mine, field by field; what is the same is left out."""
    found = [
        (_("Question"), differences.words(theirs["question"], mine["question"])),
        (_("Answer"), differences.words(theirs["answer"], mine["answer"], is_html=True)),
        (_("Group"), differences.words(theirs["group"], mine["group"])),
    ]
    return [(label, parts) for label, parts in found if any(part.kind != "same" for part in parts)]


def _page(edition: Edition, entry_id: str | None, form: EntryForm, status: int = 200, **more: Any) -> Any:
    form.with_blank_row()
    entries = _entries(edition)
    place = rules.place_of(entries, entry_id) if entry_id else None
    before = entries[place - 1] if place else None
    after = entries[place + 1] if place is not None and place + 1 < len(entries) else None
    body = render_template(
        "topics/desk/entry.html",
        form=form,
        entry_id=entry_id,
        place=place,
        before=before,
        after=after,
        groups=list(dict.fromkeys(each["group"] for each in entries if each["group"])),
        editor_words=editor_words(),
        action=_place("entry", edition, entry_id=entry_id) if entry_id else _place("new", edition),
        **_about(edition),
        **more,
    )
    return body, status


@desk.route("/<entry_id>/delete", methods=["GET", "POST"])
@needs("write")
def delete(item_id: int, language: str, entry_id: str) -> Any:
    """Take a question out of the page, after one more look at it."""
    edition = _edition(item_id, language)
    entries = _entries(edition)
    place = rules.place_of(entries, entry_id)
    if place is None and request.method == "GET":
        abort(404)
    form = ListForm(base=str(edition.current.number))
    status = 200
    if form.validate_on_submit():
        try:
            service.drop_entry(edition, entry_id, base=number(form.base.data), by=me())
        except Stale as stale:
            form.form_errors.append(stale.message)
            form.base.data, status = str(stale.newer.number), 409
        else:
            flash(_("The question is deleted. The versions before keep it."))
            return redirect(_place("overview", edition), 303)
    entries = _entries(edition)
    place = rules.place_of(entries, entry_id)
    shown = entries[place] if place is not None else abort(404)
    body = render_template("topics/desk/entry_delete.html", form=form, entry=shown, **_about(edition))
    return body, status
