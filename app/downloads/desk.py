"""Where officers see who took what of a video, which seconds are taken most, and tell whoever holds a fault."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import TextAreaField

from app.accounts.guards import me, needs
from app.downloads import figures, presenting, queries, service
from app.downloads.beside import downloads
from app.downloads.queries import Cut
from app.editorial.models import Edition, Item
from app.forms import Form, printable
from app.languages import LANGUAGES
from app.library import timeline
from app.library.cutting.values import Index
from app.library.timeline import Passage
from app.refusals import Refusal
from app.text import tables
from app.text.characters import kept
from app.writing.desk.door import about, both
from app.writing.sections import Section

__all__ = ["desk", "downloads"]
desk = Blueprint("taken", __name__, url_prefix="/desk")
PLACE = "/<section:section>/<int:item_id>/<language>/downloads"


class TellForm(Form):
    """What is written to whoever holds the frames that are chosen."""

    words_fr = TextAreaField(_l("In French"), filters=[printable])
    words_en = TextAreaField(_l("In English"), filters=[printable])
    words_uk = TextAreaField(_l("In Ukrainian"), filters=[printable])


@desk.route(PLACE)
@needs("media_accounts")
def show(section: Section, item_id: int, language: str) -> Any:
    """List who took what of a text, narrowed to frames and to a version; with figures."""
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
def table(section: Section, item_id: int, language: str) -> Response:
    """Give what was taken as a table for other programs."""
    item, _edition = both(section, item_id, language)
    chosen = _chosen(item)
    rows = queries.taken(item.id, master_id=chosen.master_id, cut=chosen.cut, limit=100_000)
    head = ["at", "name", "organisation", "what", "in", "out", "version", "conditions"]
    lines = [
        [
            taken.at.isoformat(), person.name if person else "", taken.organisation, taken.rendition,
            chosen.code(taken.in_frame), chosen.code(taken.out_frame), number, taken.conditions,
        ]
        for taken, person, number in rows
    ]  # fmt: skip
    answer = Response(tables.table([head, *lines]), mimetype="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f"attachment; filename=downloads-{item.id}.csv"
    return answer


class _Chosen:
    """What of a text's downloads is looked at: a film that it shows or showed, and frames of it."""

    def __init__(self, master_id: int | None, index: Index | None, passage: Passage | None) -> None:
        self.master_id, self.index, self.passage = master_id, index, passage

    @property
    def errors(self) -> dict[str, Any]:
        """What is wrong with the frames, by field."""
        return dict(self.passage.errors) if self.passage else {}

    @property
    def cut(self) -> Cut:
        """The frames; all of them where none were chosen."""
        if self.passage is None or not self.passage.is_chosen:
            return Cut()
        return Cut(*self.passage.interval)

    @property
    def query(self) -> str:
        """What says the same in an address."""
        return self.passage.query if self.passage else ""

    def code(self, frame: int | None) -> str:
        """Return the timecode of a frame; nothing without one."""
        if frame is None:
            return ""
        return self.index.timecode(frame) if self.index is not None else str(frame)


def _chosen(item: Item) -> _Chosen:
    masters = queries.masters_of(item.id)
    typed = request.values.get("master", "")
    wanted = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
    master_id = wanted if wanted in masters else next(iter(masters), None)
    index = queries.index(master_id) if master_id is not None else None
    if index is None:
        return _Chosen(master_id, None, None)
    asked = {name: kept(request.values.get(name, ""))[:80] for name in ("in", "out")}
    return _Chosen(master_id, index, timeline.passage(asked, presenting.timeline_of(index)))


def _page(section: Section, item: Item, edition: Edition, form: TellForm, status: int) -> Any:
    chosen = _chosen(item)
    values = about(section, item, edition, edition.language)
    holders = (
        queries.holders(item.id, master_id=chosen.master_id, cut=chosen.cut)
        if chosen.master_id is not None
        else []
    )
    return render_template(
        "downloads/desk/show.html",
        form=form,
        chosen=chosen,
        rows=queries.taken(item.id, master_id=chosen.master_id, cut=chosen.cut),
        holders=holders,
        organisations=queries.by_organisation(item.id),
        renditions=queries.by_rendition(item.id),
        plot=figures.plot(chosen.index, queries.cuts(chosen.master_id))
        if chosen.index is not None and chosen.master_id is not None
        else None,
        notices=queries.notices(item.id),
        **values,
    ), status
