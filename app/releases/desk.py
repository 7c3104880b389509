"""Where officers write releases, review them, publish them and take them away."""

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
from app.accounts.guards import me, needs, officers_only
from app.editorial import queries, rules, service
from app.editorial.editor_words import editor_words
from app.editorial.models import WAITING, Edition, State
from app.languages import LANGUAGES, current
from app.library import queries as library
from app.library import service as pictures
from app.refusals import Refusal
from app.releases import presenting, typed
from app.releases import queries as releases
from app.releases.forms import NewForm, PublishForm, ReleaseForm, ReturnForm, WithdrawForm
from app.releases.models import Release
from app.text import differences, moments
from app.web.filters import day, filesize
from app.web.kept import forget_kept, kept_fields
from app.web.paging import Paging, page_number

desk = Blueprint("releases_desk", __name__, url_prefix="/desk/releases")


@desk.route("/")
@officers_only
def index() -> str:
    """List every edition that there is, last changed first."""
    state, language = request.args.get("state", ""), request.args.get("language", "")
    words = request.args.get("q", "").replace("\0", "")[:200].strip()
    number = page_number(request.args.get("page")) or 1
    rows, count = releases.at_the_desk(
        state=State(state) if state in list(State) else None,
        language=language if language in LANGUAGES else None,
        words=words,
        page=number,
    )
    asked = {name: value for name, value in (("state", state), ("language", language), ("q", words)) if value}
    paging = Paging(number, count, releases.PAGE, request.path, tuple(asked.items()))
    if not paging.exists:
        abort(404)
    return render_template(
        "releases/desk/index.html",
        rows=rows,
        count=count,
        paging=paging,
        asked=asked,
        states=list(State),
        at=clock.now(),
    )


@desk.route("/new", methods=["GET", "POST"])
@needs("begin")
def new() -> Any:
    """Begin a release in a language."""
    language = request.args.get("language", "")
    if language not in LANGUAGES:
        return render_template("releases/desk/new.html", form=NewForm(language=current()))
    return _write(None, language)


@desk.route("/<int:item_id>/<language>/", methods=["GET", "POST"])
@officers_only
def edit(item_id: int, language: str) -> Any:
    """Write a release in one of its languages; begin that language if it is not there yet."""
    return _write(_release(item_id), language)


def _write(release: Release | None, language: str) -> Any:
    if language not in LANGUAGES:
        abort(404)
    edition = (
        next((each for each in release.editions if each.language == language), None) if release else None
    )
    form = _form(release, edition)
    if request.method == "POST" and "another" in request.form:
        return _edit_page(release, edition, language, form)  # one more empty row; nothing is kept yet
    if form.validate_on_submit():
        text, shared = typed.text(form), typed.shared(form)
        try:
            if edition is None:
                edition = service.start(release or Release(), language, text, shared, by=me())
                kept: Any = edition.current
            else:
                kept = service.save(edition, text, shared, base=typed.number(form.base.data), by=me())
        except rules.Stale as stale:
            return _conflict_page(release, edition, language, form, stale.newer)
        except Refusal as refusal:
            form.blame(refusal)
        else:
            forget_kept(request.path)
            if kept is None:
                flash(_("Nothing has changed since version %(n)s.", n=edition.current.number))
            else:
                flash(_("Saved as version %(n)s at %(time)s.", n=kept.number, time=_hour()))
            return redirect(url_for(".edit", item_id=edition.item_id, language=language), 303)
    return _edit_page(release, edition, language, form)


def _form(release: Release | None, edition: Edition | None) -> ReleaseForm:
    """Return the form: what was just typed, else what was kept from an expired one, else the working text."""
    if request.method == "POST":
        form = ReleaseForm()
    elif kept := kept_fields(request.path):
        form = ReleaseForm(kept)
    else:
        form = _form_of(release, edition)
    return _with_choices(form)


def _form_of(release: Release | None, edition: Edition | None) -> ReleaseForm:
    """Return the form filled in with the working text, or with what a new language shares with the others."""
    if edition is not None and edition.current is not None:
        return ReleaseForm(formdata=None, data=typed.typed(edition.current))
    like = next((each.current for each in release.editions if each.current), None) if release else None
    today = clock.now().astimezone(current_app.config["ZONE"]).date()
    return ReleaseForm(formdata=None, data=typed.like(like, today=today))


def _with_choices(form: ReleaseForm) -> ReleaseForm:
    form.topics.choices = [
        SelectChoice(topic.key, topic.name) for topic in presenting.topics(current()).values()
    ]
    called = presenting.contacts(current()).items()
    form.contact_id.choices = [
        SelectChoice(0, _("No contact named")),
        *(SelectChoice(key, each.name) for key, each in called),
    ]
    return form


def _edit_page(
    release: Release | None, edition: Edition | None, language: str, form: ReleaseForm, **more: Any
) -> Any:
    status = 422 if form.errors else 200
    form.with_blank_rows()
    values = _about(release, edition, language) | more
    known = {picture.id: picture for picture in library.newest(200)}
    values["editor_words"] = editor_words()
    return render_template("releases/desk/edit.html", form=form, known_pictures=known, **values), status


def _conflict_page(release: Any, edition: Edition, language: str, form: ReleaseForm, newer: Any) -> Any:
    """Show both texts to the second of two who saved; saving again keeps theirs as a version of its own."""
    mine = typed.text(form)
    form.base.data = str(newer.number)
    compared = _compared(newer, mine)
    body, _status = _edit_page(release, edition, language, form, newer=newer, compared=compared)
    return body, 409


def _compared(old: Any, new: Any) -> list[tuple[str, list[differences.Change]]]:
    """Return how the words of ``old`` become those of ``new``, field by field; what is the same is left out."""
    compared = [
        (_("Title"), differences.words(old.title, new.title)),
        (_("Lead"), differences.words(old.lead, new.lead)),
        (_("Place"), differences.words(old.place, new.place)),
        (_("Text"), differences.words(old.body, new.body, is_html=True)),
    ]
    return [(label, parts) for label, parts in compared if any(part.kind != "same" for part in parts)]


def _about(release: Release | None, edition: Edition | None, language: str) -> dict[str, Any]:
    at = clock.now()
    return {
        "release": release,
        "edition": edition,
        "edition_language": language,
        "editions": {each.language: each for each in release.editions} if release else {},
        "at": at,
        "is_public": bool(edition and edition.public_from and edition.public_from <= at),
        "may": lambda verb: rules.may(me(), verb),
        "history": queries.revisions(edition.id, 20) if edition else [],
        "decisions": queries.decisions(edition.id, 20) if edition else [],
        "gaps": rules.missing(edition.current) if edition and edition.current else [],
        "is_own": bool(edition and me().id in queries.writers_since_approval(edition)),
    }


@desk.route("/<int:item_id>/<language>/preview")
@officers_only
def preview(item_id: int, language: str) -> Any:
    """Show the working text as readers would see it."""
    release, edition = _both(item_id, language)
    page = presenting.draft(edition, current())
    return render_template("releases/desk/preview.html", page=page, **_about(release, edition, language))


@desk.route("/<int:item_id>/<language>/submit", methods=["POST"])
@needs("write")
def submit(item_id: int, language: str) -> Any:
    """Send the working text for review."""
    return _do(item_id, language, lambda edition: service.submit(edition, by=me()), _("Sent for review."))


@desk.route("/<int:item_id>/<language>/take-back", methods=["POST"])
@needs("write")
def take_back(item_id: int, language: str) -> Any:
    """Make a draft of it again."""
    return _do(
        item_id, language, lambda edition: service.take_back(edition, by=me()), _("This is a draft again.")
    )


@desk.route("/<int:item_id>/<language>/review", methods=["GET", "POST"])
@needs("review")
def review(item_id: int, language: str) -> Any:
    """Approve a text that somebody else wrote, or return it with what should change."""
    release, edition = _both(item_id, language)
    form = ReturnForm()
    if form.validate_on_submit():
        try:
            if "approve" in request.form:
                service.approve(edition, by=me())
                flash(_("Approved. It can be published now."))
                return redirect(url_for(".publish", item_id=item_id, language=language), 303)
            service.send_back(edition, comment=form.comment.data or "", by=me())
        except Refusal as refusal:
            form.blame(refusal)
        else:
            flash(_("Returned to its writers with your comment."))
            return redirect(url_for(".edit", item_id=item_id, language=language), 303)
    page = presenting.draft(edition, current())
    about = _about(release, edition, language)
    changed = _compared(edition.approved, edition.current) if edition.approved else None
    body = render_template("releases/desk/review.html", page=page, form=form, changed=changed, **about)
    return body, 422 if form.has_errors else 200


@desk.route("/<int:item_id>/<language>/publish", methods=["GET", "POST"])
@needs("publish")
def publish(item_id: int, language: str) -> Any:
    """Publish the approved text now, or at its moment; a later moment is read back before it is set."""
    release, edition = _both(item_id, language)
    form = PublishForm()
    zone = current_app.config["ZONE"]
    waits_for = edition.public_from if edition.state in WAITING else edition.wanted_at
    if request.method == "GET" and waits_for:
        local = waits_for.astimezone(zone)
        form.when.data = "embargo" if edition.state is State.EMBARGO else "at"
        form.day.data, form.clock.data = day(local), f"{local:%H:%M}"
    wanted_at, is_twice = None, bool(form.fold.data)
    if form.validate_on_submit():
        try:
            if form.when.data != "now":
                wanted_at = moments.moment_in_zone(
                    form.day.day, form.clock.clock, zone, choice=form.fold.data or None
                )
                rules.check_publish(edition, by=me(), wanted_at=wanted_at, at=clock.now(), now_words=_hour())
            if wanted_at is None or form.confirmed.data == wanted_at.isoformat():
                service.publish(edition, by=me(), wanted_at=wanted_at, is_embargo=form.when.data == "embargo")
                flash(
                    _("Published.")
                    if wanted_at is None
                    else _("The moment is set. It becomes public by itself.")
                )
                return redirect(url_for(".edit", item_id=item_id, language=language), 303)
            form.confirmed.data = wanted_at.isoformat()
        except Refusal as refusal:
            form.blame(refusal)
            wanted_at, is_twice = None, is_twice or isinstance(refusal, moments.TwiceHour)
    body = render_template(
        "releases/desk/publish.html",
        form=form,
        wanted_at=wanted_at,
        is_twice=is_twice,
        **_about(release, edition, language),
    )
    return body, 422 if form.has_errors else 200


@desk.route("/<int:item_id>/<language>/withdraw", methods=["GET", "POST"])
@needs("withdraw")
def withdraw(item_id: int, language: str) -> Any:
    """Take a public page away, with a reason that readers see."""
    release, edition = _both(item_id, language)
    form = WithdrawForm()
    if form.validate_on_submit():
        try:
            service.withdraw(edition, reason=form.reason.data or "", by=me())
        except Refusal as refusal:
            form.blame(refusal)
        else:
            flash(_("Withdrawn. Its address now says why."))
            return redirect(url_for(".edit", item_id=item_id, language=language), 303)
    body = render_template("releases/desk/withdraw.html", form=form, **_about(release, edition, language))
    return body, 422 if form.has_errors else 200


@desk.route("/<int:item_id>/<language>/pictures", methods=["GET", "POST"])
@needs("write")
def add_picture(item_id: int, language: str) -> Any:
    """Add a picture to the release: one of the library, or a new file."""
    release, edition = _both(item_id, language)
    refusal = None
    if request.method == "POST":
        try:
            picture = _chosen_picture()
            revision = edition.current
            text, shared = typed.with_picture(revision, picture.id)
            service.save(edition, text, shared, base=typed.number(request.form.get("base")), by=me())
        except rules.Stale:
            refusal = rules.WrongState()
        except Refusal as said:
            refusal = said
        else:
            flash(_("Picture added. Describe it below."))
            return redirect(url_for(".edit", item_id=item_id, language=language) + "#pictures", 303)
    body = render_template(
        "releases/desk/pictures.html",
        known=library.newest(),
        refusal=refusal,
        view=library.view,
        **_about(release, edition, language),
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


def _release(item_id: int) -> Release:
    release = releases.by_id(item_id)
    if release is None:
        abort(404)
    return release


def _both(item_id: int, language: str) -> tuple[Release, Edition]:
    release = _release(item_id)
    edition = next((each for each in release.editions if each.language == language), None)
    if edition is None:
        abort(404)
    return release, edition


def _do(item_id: int, language: str, change: Any, done: str) -> Any:
    """Do ``change`` to the edition and say ``done``, or show the page again with what the rules said."""
    release, edition = _both(item_id, language)
    try:
        change(edition)
    except Refusal as refusal:
        form = _with_choices(_form_of(release, edition))
        gaps = rules.missing(edition.current) if isinstance(refusal, rules.NotReady) else [refusal]
        for gap in gaps:
            form.blame(gap)
        body, _status = _edit_page(release, edition, language, form)
        return body, 409 if isinstance(refusal, rules.WrongState) else 422
    flash(done)
    return redirect(url_for(".edit", item_id=item_id, language=language), 303)


def _hour() -> str:
    return f"{clock.now().astimezone(current_app.config['ZONE']):%H:%M}"
