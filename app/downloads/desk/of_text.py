"""Where officers see who took what of a video, which seconds are taken most, and tell whoever holds a fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from flask import Response, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import TextAreaField

from app.accounts.guards import me, needs
from app.downloads import figures, presenting, queries, service
from app.downloads.desk.door import desk
from app.downloads.rules import intervals as rules
from app.downloads.rules.intervals import WHOLE, Cut
from app.editorial.models import Edition, Item
from app.forms import Form, printable
from app.languages import LANGUAGES
from app.library import timeline
from app.library.cutting.values import Index
from app.refusals import Refusal
from app.text import tables
from app.text.characters import kept
from app.text.numbers import number
from app.writing.desk.door import about, both
from app.writing.sections import Section

PLACE = "/<section:section>/<int:item_id>/<language>/downloads"


class TellForm(Form):
    """What is written to whoever holds the frames that are chosen."""

    words_fr = TextAreaField(_l("In French"), filters=[printable])
    words_en = TextAreaField(_l("In English"), filters=[printable])
    words_uk = TextAreaField(_l("In Ukrainian"), filters=[printable])


@desk.route(PLACE)
@needs("media_accounts")
def show(section: Section, item_id: int, language: str) -> Any:
    """List who took what of a text, narrowed to certain seconds; with figures."""
    item, edition = both(section, item_id, language)
    form = TellForm(data={f"words_{code}": text for code, text in queries.said_publicly(item.id).items()})
    return _page(section, item, edition, form, 200)


@desk.route(f"{PLACE}/tell", methods=["POST"])
@needs("media_accounts")
def tell(section: Section, item_id: int, language: str) -> Any:
    """Write to exactly those who hold one of these frames, once each."""
    item, edition = both(section, item_id, language)
    form, chosen = TellForm(), _chosen(item)
    if form.validate_on_submit() and chosen.master_id is not None and not chosen.errors:
        words = {code: form[f"words_{code}"].data or "" for code in LANGUAGES}
        try:
            notice = service.tell_holders(edition, words, master_id=chosen.master_id, cut=chosen.cut, by=me())
        except Refusal as refusal:
            form.blame(refusal)
        else:
            count = len(queries.told(notice.id))
            flash(ngettext("%(num)s person is told by e-mail.", "%(num)s people are told by e-mail.", count))
            return redirect(f"/desk/{section.folder}/{item.id}/{language}/downloads{chosen.query}", 303)
    elif chosen.master_id is None:
        form.form_errors.append(_("Nothing of it was taken yet."))
    return _page(section, item, edition, form, 422)


@desk.route(f"{PLACE}.csv")
@needs("media_accounts")
def table(section: Section, item_id: int, language: str) -> Any:
    """Give what was taken as a table for other programs; what is wrong with the times is said on the page."""
    item, _edition = both(section, item_id, language)
    chosen = _chosen(item)
    if chosen.errors:
        return redirect(f"/desk/{section.folder}/{item.id}/{language}/downloads{chosen.query}", 303)
    rows = queries.taken(item.id, chosen.spans, limit=100_000)
    head = ["at", "name", "organisation", "what", "in", "out", "version", "conditions"]
    lines = [
        [
            taken.at.isoformat(), person.name if person else "", taken.organisation, taken.rendition,
            chosen.code(taken.in_frame, taken.master_id), chosen.code(taken.out_frame, taken.master_id), number,
            taken.conditions,
        ]
        for taken, person, number in rows
    ]  # fmt: skip
    answer = Response(tables.table([head, *lines]), mimetype="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f"attachment; filename=downloads-{item.id}.csv"
    return answer


@dataclass(frozen=True)
class _Chosen:
    """What of a text's downloads is looked at: certain seconds, or all.

    ``master_id`` is the film by whose timecode ``typed`` ("in" and "out", as they were) is read; ``cut`` the frames of
    it that are meant, ``spans`` those of every film of the text, None for all. ``errors`` says next to which field what
    cannot be.
    """

    master_id: int | None
    indexes: Mapping[int, Index] = field(default_factory=dict)
    cut: Cut = WHOLE
    spans: Mapping[int, Cut] | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, Any] = field(default_factory=dict)

    @property
    def index(self) -> Index | None:
        """How that film is counted."""
        return self.indexes.get(self.master_id or 0)

    @property
    def query(self) -> str:
        """What says the same in an address."""
        return f"?{urlencode(self.typed, safe=':;')}" if self.typed else ""

    def code(self, frame: int | None, master_id: int | None = None) -> str:
        """Return the timecode of a frame of a film, of the one that is looked at by default; nothing without one."""
        if frame is None:
            return ""
        index = self.indexes.get(master_id or self.master_id or 0)
        return index.timecode(frame) if index is not None else str(frame)


def _chosen(item: Item) -> _Chosen:
    masters = queries.masters_of(item.id)
    asked = request.values.get("master", "")
    wanted = number(asked)
    master_id = wanted if wanted in masters else next(iter(masters), None)
    typed = {name: kept(request.values.get(name, ""))[:80].strip() for name in ("in", "out")}
    typed = {name: words for name, words in typed.items() if words}
    found = _Chosen(master_id, queries.indexes(masters), typed=typed)
    if wanted in masters and typed:  # whose timecode is meant goes with the times
        found = replace(found, typed=typed | {"master": asked})
    if master_id is None or not typed:
        return found
    if found.index is None:
        return replace(found, errors={"in": rules.Uncounted.message})
    passage = timeline.passage(typed, presenting.timeline_of(found.index))
    if passage.errors:
        return replace(found, errors=passage.errors)
    cut = Cut(*passage.interval)
    try:
        return replace(found, cut=cut, spans=queries.spans(item.id, master_id=master_id, cut=cut))
    except rules.Uncounted as refusal:
        return replace(found, errors={"in": refusal.message})


def _page(section: Section, item: Item, edition: Edition, form: TellForm, status: int) -> Any:
    chosen = _chosen(item)
    values = about(section, item, edition, edition.language)
    return render_template(
        "downloads/desk/show.html",
        form=form,
        chosen=chosen,
        rows=queries.taken(item.id, chosen.spans),
        holders=queries.holders(item.id, chosen.spans),
        organisations=queries.by_organisation(item.id),
        renditions=queries.by_rendition(item.id),
        plot=figures.plot(chosen.index, queries.cuts(chosen.master_id))
        if chosen.index is not None and chosen.master_id is not None
        else None,
        notices=queries.notices(item.id),
        **values,
    ), status
