"""Where media users prepare parts, follow them, and take files away. Every page here is somebody's own."""

from __future__ import annotations

from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from wtforms import SelectChoice

from app import clock
from app.accounts.guards import me
from app.accounts.rules import same_site_path
from app.downloads import labelling, presenting, queries, rules, service, sources
from app.downloads.forms import SELECTION, WHOLE, NothingForm, PrepareForm
from app.downloads.guards import by_policy
from app.downloads.models import Format, Mode
from app.downloads.presenting import Offer
from app.downloads.service import Wish
from app.downloads.sources import Described
from app.languages import LANGUAGES, OWN_NAMES, current
from app.library.cutting.values import Index
from app.media_users.guards import logged_in
from app.refusals import Missing, Refusal
from app.storage.serving import give, is_beginning
from app.text.characters import kept
from app.text.filenames import disposition
from app.text.numbers import number
from app.web.errors import error_page
from app.web.filters import language_name
from app.web.headers import keep_private
from app.web.public import Link

public = Blueprint("downloads", __name__)
LONGEST = 80  # characters of a time that are looked at


@public.after_request
def tell_nobody(response: Response) -> Response:
    """Let no search engine keep it."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@public.route("")
@logged_in
def index() -> Any:
    """List what this person asked for in the last 90 days: waiting, being prepared, ready, failed, no longer kept."""
    rows = presenting.rows(queries.of_account(me().id, at=clock.now()))
    return _page("downloads/index.html", rows=rows, back_url=None)


@public.route("/rows")
def rows() -> Any:
    """Give the rows alone, for script to put in place; of one text alone, where its page asks.

    Without an account it is the door: the way back is the very page that asks, with its choice.
    """
    keep_private()
    edition_id = _number("edition")
    if me() is None:
        return render_template("downloads/door.html", back=same_site_path(request.args.get("back")))
    found = queries.of_account(me().id, at=clock.now(), edition_id=edition_id, limit=20)
    return render_template(
        "downloads/rows.html", rows=presenting.rows(found), is_beside=edition_id is not None
    )


@public.route("/prepare", methods=["GET", "POST"])
@logged_in
def prepare() -> Any:
    """Show what would come of a choice, and have it prepared."""
    described = _described(_number("edition"))
    if described.master_id is None:
        abort(404)
    known = queries.index(described.master_id)
    if known is None:
        return _unready(described)
    return _prepare(described, known)


def _prepare(described: Described, known: Index) -> Any:
    asked = {name: kept(request.values.get(name, ""))[:LONGEST] for name in ("in", "out")}
    offer = presenting.offer(described, known, asked if request.values.get("part") != WHOLE else {})
    form = _form(offer, asked)
    if request.method == "GET" or "look" in request.form:
        if request.method == "POST":
            return redirect(_here(described.edition_id, form), 303)
        for name, words in offer.passage.errors.items():
            form.blame(Refusal(words, field=name))
        return _shown(offer, form, 200)
    is_valid = form.validate_on_submit()
    for name, words in offer.passage.errors.items():
        form.blame(Refusal(words, field=name))
        is_valid = False
    if not is_valid:
        return _shown(offer, form, 422)
    begins, ends = offer.passage.interval
    chosen = Format(form.format.data)
    if (begins, ends, chosen) == (0, known.frames, Format.MASTER):
        return redirect(url_for(".whole", edition_id=described.edition_id, name="original"), 303)
    mode = Mode(form.mode.data) if chosen is Format.MASTER else Mode.EXACT
    wish = Wish(described.edition_id, begins, ends, mode, chosen, form.captions.data or "")
    try:
        mine = service.request_part(wish, by=me(), wants_mail=bool(form.mail.data))
    except Missing:
        abort(404)
    except rules.OverQuota as refusal:
        form.blame(refusal)
        return _too_many(_shown(offer, form, 429), refusal)
    except Refusal as refusal:
        form.blame(refusal)
        return _shown(offer, form, 422)
    flash(_("It is being prepared. You may leave this page: it goes on without you."))
    return redirect(url_for(".index") + f"#part-{mine.id}", 303)


@public.route("/<int:request_id>/cancel", methods=["POST"])
@logged_in
def cancel(request_id: int) -> Any:
    """Not want a part any more."""
    return _do(lambda: service.cancel(request_id, by=me()), _("Cancelled."))


@public.route("/<int:request_id>/again", methods=["POST"])
@logged_in
def again(request_id: int) -> Any:
    """Try once more, or prepare again what is no longer kept."""
    return _do(lambda: service.ask_again(request_id, by=me()), _("It is being prepared again."))


@public.route("/<int:request_id>/mail", methods=["POST"])
@logged_in
def mail(request_id: int) -> Any:
    """Be written to when a part is ready."""
    return _do(lambda: service.want_mail(request_id, by=me()), _("We will write to you when it is ready."))


@public.route("/<int:request_id>/file")
@logged_in
def file(request_id: int) -> Any:
    """Give the file of a part to whoever asked for it, if they still may take it; the log keeps that they did."""
    try:
        part = service.open_part(request_id, by=me(), is_beginning=is_beginning())
    except Missing:
        abort(404)
    except Refusal as refusal:
        return error_page(410 if isinstance(refusal, rules.Gone) else 409, str(refusal), links=[_to_rows()])
    known = queries.index(part.master_id or 0)
    name = (
        labelling.part_name(part, known)
        if known is not None
        else labelling.file_name(part.told, extension="mp4")
    )
    return give(part.key, mimetype=part.mimetype, etag=part.sha256, name=name, is_guarded=True)


@public.route("/<int:request_id>/receipt")
@logged_in
def receipt(request_id: int) -> Any:
    """Say, for machines, what a part is of, how it was cut, and under which terms it was taken."""
    mine = queries.request(request_id)
    if mine is None or mine.account_id != me().id or mine.part.made_at is None:
        abort(404)
    known = queries.index(mine.part.master_id or 0)
    told = labelling.receipt(mine, known, site=current_app.config["PUBLIC_URL"], at=clock.now())
    answer = current_app.json.response(told)
    answer.headers["Content-Disposition"] = f'attachment; filename="receipt-{mine.part.build_key[:16]}.json"'
    return answer


@public.route("/<int:request_id>/captions")
@logged_in
def captions(request_id: int) -> Any:
    """Give the captions of a part as a file of their own, timed from its first frame on."""
    try:
        part = service.open_part(request_id, by=me(), is_beginning=False)
    except Missing:
        abort(404)
    except Refusal as refusal:
        return error_page(410 if isinstance(refusal, rules.Gone) else 409, str(refusal), links=[_to_rows()])
    known = queries.index(part.master_id or 0)
    text = labelling.captions_of(part)
    if known is None or not text:
        abort(404)
    begins, ends = labelling.real(part)
    name = labelling.part_name(part, known).rpartition(".")[0]
    answer = make_response(labelling.within(text, begins, ends, known.rate) or "WEBVTT\n")
    answer.content_type = "text/vtt; charset=utf-8"
    answer.headers["Content-Disposition"] = disposition(f"{name}_{part.captions}.vtt")
    return answer


@public.route("/whole/<int:edition_id>/<any(original, hd):name>")
@by_policy
def whole(edition_id: int, name: str) -> Any:
    """Give a whole file: the master of a video, or a size of one photo of a set ("photo" in the query)."""
    described = _described(edition_id)
    found = _whole(described, name)
    if found is None:
        abort(404)
    key, mimetype, etag, called, master_id = found
    if is_beginning():
        service.note_whole(described, name, master_id=master_id, by=me())
    return give(key, mimetype=mimetype, etag=etag, name=called, is_guarded=True)


def _whole(described: Described, name: str) -> tuple[str, str, str, str, int] | None:
    """Return key, media type, tag and name of a whole file, and its master; None of what there is not."""
    if described.master_id is not None:
        master = queries.master(described.master_id)
        if master is None or name != "original":
            return None
        called = labelling.file_name(_told(described), extension=master.extension)
        return master.key, master.mimetype, master.sha256, called, master.id
    photo = next((each for each in described.photos if each.key == request.args.get("photo")), None)
    made = queries.rendition(photo.master_id, name) if photo is not None else None
    if photo is None or made is None:
        return None
    extension = made.key.rpartition(".")[2]
    called = labelling.file_name(
        {"reference": described.reference, "title": photo.name}, extension=extension, format=name
    )
    return made.key, made.mimetype, made.sha256, called, photo.master_id


def _told(described: Described) -> dict[str, Any]:
    return {"reference": described.reference, "title": described.title}


def _described(edition_id: int | None) -> Described:
    """Return the edition as this person may take it, or answer 404 as to what never was."""
    person = me()
    found = (
        sources.find(edition_id, account_id=person.id if person else None, at=clock.now())
        if edition_id is not None
        else None
    )
    if found is None:
        abort(404)
    return found


def _number(name: str) -> int | None:
    """Return a number of the query or the form; None for what is none of ours."""
    return number(request.values.get(name)) or None


def _form(offer: Offer, asked: dict[str, str]) -> PrepareForm:
    form = PrepareForm()
    form.part.choices = [
        SelectChoice(SELECTION, _("My selection")),
        SelectChoice(WHOLE, _("The whole video")),
    ]
    form.format.choices = [SelectChoice(each.value, f"{each.label} ({each.size})") for each in offer.formats]
    form.mode.choices = [SelectChoice(each.value, f"{each.label} ({each.size})") for each in offer.modes]
    form.captions.choices = [
        SelectChoice("", _("none")),
        *(SelectChoice(code, language_name(code)) for code in offer.captions),
    ]
    if not form.is_submitted():
        passage = offer.passage
        form.part.data = SELECTION if passage.is_chosen or passage.errors else WHOLE
        form.begins.data = asked["in"] if passage.errors else offer.begins
        form.ends.data = asked["out"] if passage.errors else offer.ends
        for field, known in ((form.format, offer.formats), (form.mode, offer.modes)):
            wanted = request.args.get(field.name, "")
            field.data = wanted if wanted in {each.value for each in known} else known[0].value
        wanted = request.args.get("captions", current())
        form.captions.data = wanted if wanted in offer.captions else ""
        form.mail.data = request.args.get("mail") == "1"
    return form


def _here(edition_id: int, form: PrepareForm) -> str:
    """Return this page with what was typed, to be looked at again."""
    known: dict[str, Any] = {"edition": edition_id, "format": form.format.data, "mode": form.mode.data}
    if form.part.data != WHOLE:
        known |= {"in": (form.begins.data or "")[:LONGEST], "out": (form.ends.data or "")[:LONGEST]}
    known = {name: value for name, value in known.items() if value}
    if "captions" in request.form:  # none is a choice, too
        known["captions"] = form.captions.data or ""
    if form.mail.data:
        known["mail"] = "1"
    return url_for(".prepare", **known)


def _shown(offer: Offer, form: PrepareForm, status: int) -> Response:
    wait = sum(1 for _part in queries.line())
    return _page(
        "downloads/prepare.html",
        status=status,
        form=form,
        offer=offer,
        waiting=wait,
        offers_mail=offer.seconds * (1 + wait) > rules.MAIL_AFTER_SECONDS,
        back_url=offer.address,
        query=offer.query,
    )


def _too_many(answer: Response, refusal: rules.OverQuota) -> Response:
    seconds = presenting.until(refusal.until, at=clock.now())
    answer.headers["Retry-After"] = str(seconds or 60)
    return answer


def _unready(described: Described) -> Response:
    found = queries.film_index(described.master_id or 0)
    is_broken = found is not None and bool(found.problem)
    if not is_broken and described.master_id is not None:
        service.owe_index(described.master_id)
    return _page(
        "downloads/unready.html",
        status=200,
        described=described,
        is_broken=is_broken,
        back_url=described.address,
        query=f"edition={described.edition_id}",
    )


def _do(deed: Any, said: str) -> Response:
    """Do something about one's own request, and lead back to the rows; what cannot be done is said there."""
    if not NothingForm().validate_on_submit():
        abort(400)
    try:
        deed()
    except Missing:
        abort(404)
    except Refusal as refusal:
        flash(str(refusal), "important")
    else:
        flash(said)
    return redirect(url_for(".index"), 303)


def _to_rows() -> dict[str, str]:
    return {"text": _("Your downloads"), "url": url_for(".index")}


def _page(template: str, *, status: int = 200, form: Any = None, query: str = "", **values: Any) -> Response:
    endpoint = request.endpoint or "downloads.index"
    more = f"?{query}" if query else ""
    shown = render_template(
        template,
        form=form,
        me=me(),
        sections=(),
        is_indexed=False,
        language_links=[
            Link(OWN_NAMES[code], url_for(endpoint, speaks=code) + more, code, code == current())
            for code in LANGUAGES
        ],
        **values,
    )
    return make_response(shown, status)
