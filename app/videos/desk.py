"""Where officers write the shotlist of a video, its restrictions, and its captions, in the words of one language."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from app.accounts.guards import me, needs
from app.editorial import rules, service
from app.editorial.models import Edition, Item
from app.editorial.service.snapshots import shared_of, text_of
from app.languages import gettext as _
from app.library import queries as library
from app.library import shotlist
from app.library.cues import moment, plain
from app.library.service import retry
from app.library.timeline import Timeline
from app.refusals import Refusal
from app.text.numbers import number
from app.videos import captioning, presenting, shotforms
from app.videos import rules as video_rules
from app.videos.beside import films
from app.videos.section import videos
from app.videos.shotforms import CaptionsForm, PasteForm, ShotlistForm
from app.web.kept import forget_kept, kept_fields
from app.writing.desk.door import about, both, say_kept

__all__ = ["desk", "films"]

desk = Blueprint("videos_desk", __name__, url_prefix="/desk/videos")

TURNING = {"add", "move", "delete", "drop", "paste", "replace"}  # buttons that keep nothing


@desk.route("/<int:item_id>/<language>/shotlist", methods=["GET", "POST"])
@needs("write")
def write_shotlist(item_id: int, language: str) -> Any:
    """Write the shots and the restrictions. Only "Save" keeps anything; the other buttons turn rows round."""
    item, edition = both(videos, item_id, language)
    current = edition.current
    if current is None:
        abort(404)
    film = library.master(current.facts.get("master"))
    timeline = film.timeline if film else None
    if timeline is None:
        return _page(item, edition, None, None)
    if request.method == "GET" and (kept := kept_fields(request.path)):
        form = ShotlistForm(MultiDict(kept))
    elif request.method == "GET":
        form = _as_kept(edition, timeline)
    else:
        form = ShotlistForm()
        if TURNING & set(request.form):
            return _turned(item, edition, form, timeline)
        form.give_keys()
        form.timeline = timeline
        if form.validate_on_submit():
            return _save(item, edition, form, timeline)
    return _page(item, edition, form, timeline)


def _as_kept(edition: Edition, timeline: Timeline) -> ShotlistForm:
    current: Any = edition.current
    shots = shotlist.shots(current.facts, current.fields)
    restrictions = shotlist.restrictions(current.facts, current.fields)
    return _form(
        str(current.number),
        [shotforms.typed_shot(shot, timeline) for shot in shots],
        [shotforms.typed_restriction(each, timeline) for each in restrictions],
    )


def _form(base: str | None, shots: list[dict[str, Any]], restrictions: list[dict[str, Any]]) -> ShotlistForm:
    known = {"base": base or "0", "shots": shots, "restrictions": restrictions}
    return ShotlistForm(formdata=None, data=known)


def _turned(item: Item, edition: Edition, form: ShotlistForm, timeline: Timeline) -> Any:
    """Show the form as a button other than "Save" leaves it: nothing is kept yet."""
    asked, form.timeline = request.form, timeline
    form.give_keys()
    shots = [row.data for row in form.filled]
    restrictions = [row.data for row in form.restricted]
    unread: list[shotlist.Unread] = []
    added, pasted = None, ""
    if "delete" in asked:
        shots = [row for row in shots if row["key"] != asked["delete"]]
    if "drop" in asked:
        restrictions = [row for row in restrictions if row["key"] != asked["drop"]]
    if "move" in asked:
        key, _colon, way = asked["move"].partition(":")
        shots = shotforms.moved(shots, key, way)
    if {"paste", "replace"} & set(asked):
        room = max(0, shotlist.MOST_SHOTS - (0 if "replace" in asked else len(shots)))
        rows, unread = shotlist.pasted(
            asked.get("pasted", ""), _reader(timeline), float(timeline.rate.fraction), room
        )
        rows = shotlist.closed(rows, timeline.frames)
        added = len(rows)
        fresh = [shotforms.typed_row(row, timeline) for row in rows]
        shots = fresh if "replace" in asked and fresh else sorted([*shots, *fresh], key=_order(timeline))
        pasted = "\n".join(line.text for line in unread)
    is_full = "add" in asked and len(shots) >= shotlist.MOST_SHOTS
    if "add" in asked and not is_full and (at := asked.get("at", "").strip()):
        shots = sorted([*shots, {"key": "", "begins_at": at, "kind": "scene"}], key=_order(timeline))
    taken = {row["key"] for row in shots if row["key"]}
    for row in shots:  # a row that has no key yet could be neither moved nor deleted
        row["key"] = row["key"] or shotlist.new_key("s", taken)
        taken.add(row["key"])
    turned = _form(form.base.data, shots, restrictions)
    if is_full:
        turned.shots.errors = [video_rules.TooManyShots.message]
    return _page(item, edition, turned, timeline, unread=unread, added=added, pasted=pasted, is_unsaved=True)


def _reader(timeline: Timeline) -> Any:
    def frame_of(typed: str) -> int | None:
        try:
            return timeline.read(typed)
        except Refusal:
            return None

    return frame_of


def _order(timeline: Timeline) -> Any:
    read = _reader(timeline)

    def place(row: dict[str, Any]) -> tuple[bool, int]:
        frame = read(row.get("begins_at") or "")
        return frame is None, frame or 0

    return place


def _save(item: Item, edition: Edition, form: ShotlistForm, timeline: Timeline) -> Any:
    """Keep what was typed as the next version, or say what keeps it from being one."""
    current: Any = edition.current
    text, shared = text_of(current), shared_of(current)
    text = replace(text, fields=text.fields | form.words())
    shared = replace(shared, facts=shared.facts | form.facts())
    try:
        kept = service.save(edition, text, shared, base=number(form.base.data), by=me())
    except rules.Stale as stale:
        form.base.data = str(stale.newer.number)
        return _page(item, edition, form, timeline, newer=stale.newer)
    except Refusal as refusal:
        form.blame(refusal)
        return _page(item, edition, form, timeline)
    forget_kept(request.path)
    say_kept(edition, kept)
    return redirect(url_for(".write_shotlist", item_id=item.id, language=edition.language), 303)


def _page(
    item: Item, edition: Edition, form: ShotlistForm | None, timeline: Timeline | None, **more: Any
) -> tuple[str, int]:
    """Show the form, with one empty row at the end of each list."""
    status = 409 if "newer" in more else 422 if form is not None and form.has_errors else 200
    holes: list[Any] = []
    overlaps: list[Any] = []
    if form is not None and timeline is not None:
        current: Any = edition.current
        shots = shotlist.shots(current.facts, current.fields)
        holes, overlaps = shotlist.gaps_and_overlaps(shots, timeline.frames)
        if len(form.shots.entries) < shotlist.MOST_SHOTS:
            form.shots.append_entry({})
        if len(form.restrictions.entries) < shotlist.MOST_RESTRICTIONS:
            form.restrictions.append_entry({})
    body = render_template(
        "videos/desk/shotlist.html",
        form=form,
        paste=PasteForm(formdata=None, data={"pasted": more.pop("pasted", "")}),
        timeline=timeline,
        page=presenting.draft(edition, edition.language),
        holes=holes,
        overlaps=overlaps,
        action=url_for(".write_shotlist", item_id=item.id, language=edition.language),
        **about(videos, item, edition, edition.language),
        **more,
    )
    return body, status


@desk.route("/<int:item_id>/<language>/film/again", methods=["POST"])
@needs("media")
def prepare_again(item_id: int, language: str) -> Any:
    """Have tried again what could not be made of a video's film."""
    _item, edition = both(videos, item_id, language)
    master_id = edition.current.facts.get("master") if edition.current else None
    if not master_id:
        abort(404)
    try:
        retry(master_id, by=me())
    except Refusal as refusal:
        flash(refusal.message, "important")
    else:
        flash(_("It will be tried again."))
    return redirect(f"/desk/videos/{item_id}/{language}/", 303)


CUES_SHOWN = 200


@desk.route("/<int:item_id>/<language>/captions", methods=["GET", "POST"])
@needs("write")
def bring_captions(item_id: int, language: str) -> Any:
    """Bring the captions of a language; what is wrong with the file is told before anything is kept of it."""
    item, edition = both(videos, item_id, language)
    current = edition.current
    if current is None:
        abort(404)
    form = CaptionsForm(base=str(current.number))
    if request.method == "GET" or not form.validate_on_submit():
        return _captions_page(item, edition, form)
    if "remove" in request.form:
        return _keep_captions(item, edition, form, "")
    if "keep" in request.form:
        return _keep_captions(item, edition, form, form.brought.data or "")
    film = library.master(current.facts.get("master"))
    try:
        brought = captioning.bring(_sent(), film.timeline if film else None)
    except Refusal as refusal:
        form.blame(refusal)
        return _captions_page(item, edition, form)
    if brought.flaws:
        form.brought.data = brought.key
        return _captions_page(item, edition, form, flaws=brought.flaws, lost=brought.lost, shown=brought.key)
    return _keep_captions(item, edition, form, brought.key)


def _sent() -> bytes:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Refusal(_("Choose a file with captions."), field="file")
    return sent.read(captioning.LARGEST + 1)


def _keep_captions(item: Item, edition: Edition, form: CaptionsForm, key: str) -> Any:
    """Keep the captions under ``key`` as those of the next version, with their transcript; none for no key."""
    current: Any = edition.current
    cues = captioning.kept(key) if key else []
    if cues is None:
        form.blame(Refusal(_("These captions are no longer there. Send the file again."), field="file"))
        return _captions_page(item, edition, form)
    words = {"captions": key, "transcript": captioning.transcript(cues)}
    text = replace(text_of(current), fields=current.fields | words)
    try:
        kept = service.save(edition, text, shared_of(current), base=number(form.base.data), by=me())
    except rules.Stale as stale:
        form.base.data = str(stale.newer.number)
        return _captions_page(item, edition, form, newer=stale.newer, shown=key)
    say_kept(edition, kept)
    return redirect(url_for(".bring_captions", item_id=item.id, language=edition.language), 303)


def _captions_page(item: Item, edition: Edition, form: CaptionsForm, **more: Any) -> tuple[str, int]:
    current: Any = edition.current
    status = 409 if "newer" in more else 422 if form.has_errors else 200
    key = more.pop("shown", "") or current.fields.get("captions", "")
    cues = captioning.kept(key) if key else []
    if "newer" in more:
        form.brought.data = key
    body = render_template(
        "videos/desk/captions.html",
        form=form,
        page=presenting.draft(edition, edition.language),
        has_captions=bool(current.fields.get("captions")),
        cues=[(moment(cue.begin), moment(cue.end), plain(cue)) for cue in (cues or [])[:CUES_SHOWN]],
        count=len(cues or []),
        transcript=captioning.transcript(cues or []).split("\n"),
        action=url_for(".bring_captions", item_id=item.id, language=edition.language),
        **about(videos, item, edition, edition.language),
        **more,
    )
    return body, status
