"""In and out."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, flash, make_response, redirect, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from app import clock
from app.accounts import rules, service
from app.accounts.guards import me
from app.accounts.hashing import AGAIN_SECONDS, Busy
from app.limits.limits import in_words
from app.media_users import queries
from app.media_users.forms import LogInForm
from app.media_users.guards import logged_in
from app.media_users.models import Registration
from app.media_users.views.arriving import leave, let_in, onward
from app.media_users.views.door import account, late, page, page_to_return, say_expired, way_back
from app.media_users.views.holding import hold
from app.media_users.views.registering import keep_typed
from app.proving import service as proving
from app.proving.models import Proof, Purpose
from app.proving.rules import TooOld
from app.refusals import Refusal
from app.web.errors import retry_after
from app.web.headers import is_desk, is_personal
from app.web.hosts import visitor_network


@account.route("/")
def home() -> Response:
    """Lead to the settings, or to the log-in page and from there back to the page that led here."""
    if me() is None:
        return redirect(url_for(".login", next=way_back() or _came_from()), 303)
    return redirect(url_for(".settings"), 303)


@account.route("/login", methods=["GET", "POST"])
def login() -> Any:
    """Let somebody in, and lead them to where they were going."""
    form = LogInForm()
    if request.method != "POST":
        form.next.data = way_back() or ""
        return redirect(onward(form.next.data), 303) if me() is not None else _page(form)
    if not form.validate():
        return _page(form)
    waiting = queries.waiting(rules.typed_key(form.email.data or ""), at=clock.now())
    try:
        token = service.sign_in(
            form.email.data or "",
            form.password.data or "",
            network=visitor_network(),
            user_agent=request.user_agent.string,
            waiting_hash=waiting[1].password_hash if waiting else "",
        )
    except rules.Unproven as refusal:
        return _to_the_code(form, *waiting) if waiting else _refused(form, refusal)
    except Refusal as refusal:
        return _refused(form, refusal)
    let_in(token, is_remembered=bool(form.remember.data))
    return redirect(onward(form.next.data), 303)


@late("account.login")
def _late() -> Response:
    form = LogInForm()
    say_expired(form)
    return _page(form, 400)


@account.route("/logout", methods=["POST"])
@logged_in
def logout() -> Response:
    """End this session, here and wherever its cookie was copied to."""
    leave()
    flash(_("You are logged out."))
    answer = make_response(redirect(url_for(".login"), 303))
    # Not "cookies": that would empty every site of the same domain; ours is dead, and taken back anyway.
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _to_the_code(form: LogInForm, proof: Proof, registration: Registration) -> Response:
    """Lead whoever knows the password of a registration to its code, with a fresh one on the way."""
    try:
        hold(proving.take_up(proof))
    except TooOld as refusal:
        flash(str(refusal), "important")
        keep_typed(proof, registration)
        return redirect(url_for(".register", next=proof.back or None), 303)
    except Refusal as refusal:
        return _refused(form, refusal)
    return redirect(url_for(".code", **{"for": Purpose.REGISTER.value}), 303)


def _came_from() -> str | None:
    """Return the page of ours whose link led here: that link is the same on every page, and cannot say it itself."""
    before, ours = request.referrer or "", request.host_url
    path = rules.same_site_path("/" + before.removeprefix(ours)) if before.startswith(ours) else None
    return None if path is None or is_personal(path) or is_desk(path) else path


def _refused(form: LogInForm, refusal: Refusal) -> Response:
    """Show why nobody was let in, in words that tell nothing about who has an account."""
    if isinstance(refusal, rules.Locked):
        form.form_errors += _ways_in(refusal)
        answer = _page(form, 429)
        answer.headers["Retry-After"] = retry_after(refusal.until)
        return answer
    form.blame(refusal)
    if isinstance(refusal, Busy):
        answer = _page(form, 503)
        answer.headers["Retry-After"] = str(AGAIN_SECONDS)
        return answer
    return _page(form)


def _ways_in(refusal: rules.Locked) -> list[Any]:
    """Say when the next try is, and what lets an owner in at once."""
    told = _(
        "Too many attempts. Try again at %(time)s, or set a new password now.", time=in_words(refusal.until)
    )
    link = Markup('<a href="{}">{}</a>').format(url_for(".forgot", next=way_back()), _("Set a new password"))
    return [told, link]


def _page(form: LogInForm, status: int | None = None) -> Response:
    """Show the form with the typed address, never with a password."""
    form.next.data = rules.same_site_path(form.next.data) or ""
    wanted = form.next.data or None
    return page(
        "media_users/login.html",
        form=form,
        status=status,
        wanted=wanted,
        page_name=page_to_return(wanted),
        remember_days=current_app.config["REMEMBER_DAYS"],
    )
