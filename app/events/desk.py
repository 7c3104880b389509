"""Where officers write the programme of an event: twenty entries a page, in the words of one language."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for

from app.accounts.guards import me, needs
from app.editorial import rules, service
from app.editorial.models import Edition, Item
from app.editorial.queries import afterwards
from app.editorial.service.snapshots import shared_of, text_of
from app.events import entryforms, programme, times
from app.events.entryforms import ProgrammeForm
from app.events.rules import MOST_ENTRIES, Seen, overlaps
from app.events.section import events
from app.refusals import Refusal
from app.text.numbers import number
from app.web.days import day_of
from app.web.kept import forget_kept, kept_fields
from app.web.paging import Paging, page_number
from app.writing.desk.door import about, both, say_kept

desk = Blueprint("events_desk", __name__, url_prefix="/desk/events")


@desk.route("/<int:item_id>/<language>/programme", methods=["GET", "POST"])
@needs("write")
def write_programme(item_id: int, language: str) -> Any:
    """Write one page of the programme. Only "Save" keeps anything; the other buttons turn rows round."""
    item, edition = both(events, item_id, language)
    current = edition.current
    if current is None:
        abort(404)
    before = current.facts.get("programme", [])
    place = page_number(request.args.get("page"))
    paging = Paging(place or 0, len(before), programme.PAGE, request.path)
    if not paging.exists:
        abort(404)
    seen = _seen(item_id)
    if request.method == "GET" and (kept := kept_fields(request.path)):
        form = ProgrammeForm(kept)
    elif request.method == "GET":
        form = _as_kept(edition, paging)
    else:
        form = ProgrammeForm()
        form.give_keys({entry["id"] for entry in before})
        if turned := _turned(form, paging, seen):
            return _page(item, edition, turned, paging, seen)
        form.first_day = _first_day(edition)
        if form.validate_on_submit():
            return _save(item, edition, form, paging, seen)
    return _page(item, edition, form, paging, seen)


def _seen(item_id: int) -> frozenset[str]:
    """Return the keys of the entries that readers have seen."""
    return frozenset(entry["id"] for entry in (afterwards.seen_facts(item_id) or {}).get("programme", []))


def _first_day(edition: Edition) -> Any:
    starts_at = times.moment(edition.current.facts.get("starts_at"))  # type: ignore[union-attr]
    return day_of(starts_at) if starts_at else None


def _as_kept(edition: Edition, paging: Paging) -> ProgrammeForm:
    """Return the form with one page of the working text."""
    current: Any = edition.current
    words = current.fields.get("programme", {})
    shown = current.facts.get("programme", [])[paging.skip : paging.skip + paging.size]
    rows = [
        entryforms.typed(entry, words.get(entry["id"], {}), place)
        for place, entry in enumerate(shown, paging.skip + 1)
    ]
    return ProgrammeForm(formdata=None, data={"base": str(current.number), "programme": rows})


def _turned(form: ProgrammeForm, paging: Paging, seen: frozenset[str]) -> ProgrammeForm | None:
    """Return the form as a button other than "Save" leaves it, or None when it was "Save"."""
    asked = request.form
    if not {"add", "move", "delete"} & set(asked):
        return None
    gone = [key for key in (form.gone.data or "").split(",") if programme.KEY.fullmatch(key)]
    rows = [row.data | {"place_number": row.place_number.number} for row in form.filled]
    if (key := asked.get("delete")) and key not in seen:
        rows = [row for row in rows if row["key"] != key]
        gone.append(key)
    rows = programme.in_order(rows, paging.skip + 1, asked.get("move", ""))
    known = {"base": form.base.data, "gone": ",".join(dict.fromkeys(gone)), "programme": rows}
    turned = ProgrammeForm(formdata=None, data=known)
    if key and key in seen:
        turned.blame(Seen([key]))
    return turned


def _save(item: Item, edition: Edition, form: ProgrammeForm, paging: Paging, seen: frozenset[str]) -> Any:
    """Keep what was typed as the next version, or say what keeps it from being one."""
    current: Any = edition.current
    gone = set((form.gone.data or "").split(","))
    rows = [(row.place_number.number, row.facts()) for row in form.filled]
    whole = programme.merged(current.facts.get("programme", []), rows, gone)
    if "sort" in request.form:
        whole = programme.by_time(whole)
    words = current.fields.get("programme", {}) | {row.key.data: row.words() for row in form.filled}
    text, shared = text_of(current), shared_of(current)
    text = replace(text, fields=text.fields | {"programme": words})
    shared = replace(shared, facts=shared.facts | {"programme": whole})
    try:
        kept = service.save(edition, text, shared, base=number(form.base.data), by=me())
    except rules.Stale as stale:
        form.base.data = str(stale.newer.number)
        return _page(item, edition, form, paging, seen, newer=stale.newer)
    except Refusal as refusal:
        if isinstance(refusal, Seen):
            form.gone.data = ""
        form.blame(refusal)
        return _page(item, edition, form, paging, seen)
    forget_kept(request.path)
    say_kept(edition, kept)
    last = programme.pages(len(whole))
    values = {"item_id": item.id, "language": edition.language, "page": min(paging.number, last)}
    return redirect(url_for(".write_programme", **values), 303)


def _page(
    item: Item, edition: Edition, form: ProgrammeForm, paging: Paging, seen: frozenset[str], **more: Any
) -> tuple[str, int]:
    """Show the form, with one empty row at its end."""
    current: Any = edition.current
    status = 409 if "newer" in more else 422 if form.has_errors else 200
    before, words = current.facts.get("programme", []), current.fields.get("programme", {})
    is_last = paging.number == paging.last
    if len(before) < MOST_ENTRIES and (is_last or "add" in request.form):
        form.programme.append_entry({})
    values = about(events, item, edition, edition.language)
    body = render_template(
        "events/desk/programme.html",
        form=form,
        pages=paging,
        action=paging.url(paging.number),
        count=len(before),
        most=MOST_ENTRIES,
        seen=seen,
        clashes=overlaps(before, words),
        **values,
        **more,
    )
    return body, status
