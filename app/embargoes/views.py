"""Where media users read texts under embargo: in their account, each at an address of its own."""

from __future__ import annotations

import re
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    url_for,
)
from flask_babel import gettext as _
from wtforms import SelectChoice

from app import clock
from app.accounts.guards import me
from app.accreditation import queries as accreditation
from app.accreditation import service as joining
from app.accreditation.models import MembershipState
from app.editorial import naming
from app.editorial.models import Edition, Revision
from app.editorial.queries import early
from app.embargoes import service
from app.embargoes.forms import AskForm
from app.languages import LANGUAGES, OWN_NAMES, current, gettext
from app.library import showing
from app.media_users.guards import logged_in
from app.refusals import Missing, Refusal
from app.text.numbers import number
from app.web.filters import moment_zone
from app.web.public import Link
from app.writing.sections import of_type

KEY = re.compile(r"[A-Za-z0-9_-]{32}")

public = Blueprint("embargoes", __name__)


@public.after_request
def tell_nobody(response: Response) -> Response:
    """Let no search engine keep the page; nobody else may, as it is personal (app/web/headers.py)."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@public.route("/")
@logged_in
def index() -> Any:
    """List the texts under embargo that are open to this person, and how they stand with groups."""
    return _index(AskForm())


@public.route("/ask", methods=["POST"])
@logged_in
def ask() -> Any:
    """Ask to be let in to a group."""
    form = AskForm()
    _offer(form)
    group = accreditation.group(number(form.group.data))
    if form.validate_on_submit():
        try:
            if group is None:
                raise Refusal(_("Choose a group."), field="group")
            asked = joining.ask(group, by=me())
        except Missing:
            raise
        except Refusal as refusal:
            form.blame(refusal)
        else:
            flash(
                _("You are in this group now.")
                if asked.state == MembershipState.MEMBER
                else _("Your request is with the press office. It answers by e-mail.")
            )
            return redirect(url_for(".index"), 303)
    return _index(form), 422


@public.route("/<key>")
@logged_in
def show(key: str) -> Any:
    """Show a text under embargo to who may read it now; lead on from its hour; else answer as if nothing were there."""
    is_plain = key.endswith(".txt")
    key = key.removesuffix(".txt")
    edition, revision = _text(key)
    if edition is None or revision is None:
        return _to_public(key, ".txt" if is_plain else "")
    service.note_opening(edition, by=me())
    edition, revision = _text(key)  # the hour may have come, or an officer have decided, in between
    if edition is None or revision is None:
        return _to_public(key, ".txt" if is_plain else "")
    section, banner = of_type(edition.type), _banner(edition)
    page = section.draft(edition, current(), revision)
    page.published_at = None  # it is to be, and says so above the text
    page = section.ahead(page, edition, _beside(edition))
    if is_plain:
        answer = make_response(f"{banner}\n\n{section.plain(page, revision)}\n{banner}\n")
        answer.content_type = "text/plain; charset=utf-8"
        return answer
    shown = render_template(
        "embargoes/show.html",
        me=me(),
        edition=edition,
        section=section,
        page=page,
        banner=banner,
        office=naming.office(),
        plain_url=url_for(".show", key=f"{key}.txt"),
        language_links=_languages(".show", key=key),
        is_indexed=False,
    )
    return make_response(showing.readdressed(shown, url_for(".show", key=key)))


@public.route("/<key>/pictures/<picture_key>/<name>")
@logged_in
def picture(key: str, picture_key: str, name: str) -> Any:
    """Give a picture's file to who may read a text that shows it."""
    return showing.picture(_text(key)[1], picture_key, name)


@public.route("/<key>/masters/<int:master_id>/<name>")
@logged_in
def made_of(key: str, master_id: int, name: str) -> Any:
    """Give what is made of a film or a photo to who may read a text that shows it."""
    return showing.made_of(_text(key)[1], master_id, name)


@public.route("/<key>/captions/<int:edition_id>/<name>")
@logged_in
def captions(key: str, edition_id: int, name: str) -> Any:
    """Give the captions of a film to who may read the text that shows it."""
    return showing.captions(_text(key)[1], edition_id, name)


def _beside(edition: Edition) -> dict[int, str]:
    """Return where this person reads other texts under embargo in the same language, by edition."""
    texts = early.texts(me().id, at=clock.now())
    return {
        each.id: url_for(".show", key=each.embargo_key)
        for each in texts
        if each.id != edition.id and each.language == edition.language
    }


def _text(key: str) -> tuple[Edition | None, Revision | None]:
    """Return the text under embargo at ``key`` and what of it was approved, if this person may read it now."""
    if not KEY.fullmatch(key):
        return None, None
    found = early.text(me().id, key, at=clock.now())
    return found, found.public_revision if found is not None else None


def _to_public(key: str, ending: str) -> Any:
    """Lead to the page of a text whose hour has come, or answer as to an address that never was."""
    edition = None
    if KEY.fullmatch(key):
        edition = early.has_become_public(me().id, key, at=clock.now())
    if edition is None or edition.path is None:
        abort(404)
    address = of_type(edition.type).address(edition.language, edition.path)
    return redirect(address + (ending if edition.type == "release" else ""), 303)


def _banner(edition: Edition) -> str:
    """Return what stands above the text and on each sheet of it, in the language of the page."""
    return gettext(
        "Under embargo until %(moment)s. Not for publication before.", moment=moment_zone(edition.public_from)
    )


def _index(form: AskForm) -> str:
    texts = early.texts(me().id, at=clock.now())
    standing = accreditation.memberships([me().id]).get(me().id, [])
    _offer(form)
    return render_template(
        "embargoes/index.html",
        me=me(),
        form=form,
        texts=[(each, of_type(each.type)) for each in texts],
        standing=[each for each in standing if not each.group.is_closed],
        is_media_user=accreditation.media_user(me().id) is not None,
        language_links=_languages(".index"),
        is_indexed=False,
    )


def _offer(form: AskForm) -> None:
    """Give ``form`` the groups that this person is not in, and does not wait for."""
    settled = {
        each.group_id
        for each in accreditation.memberships([me().id]).get(me().id, [])
        if each.state != MembershipState.REFUSED
    }
    form.group.choices = [
        SelectChoice(str(group.id), group.name(current()))
        for group in accreditation.groups(is_open=True)
        if group.id not in settled
    ]


def _languages(endpoint: str, **known: str) -> list[Link]:
    return [
        Link(OWN_NAMES[code], url_for(endpoint, speaks=code, **known), code, code == current())
        for code in LANGUAGES
    ]
