"""The door to the desk: in, out, and by invitation."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError

from app import languages
from app.accounts import presence, rules, service
from app.accounts.forms import NewPasswordForm, SignInForm
from app.accounts.guards import after_password
from app.accounts.hashing import AGAIN_SECONDS, Busy
from app.refusals import Refusal
from app.web.errors import retry_after
from app.web.hosts import visitor_network
from app.web.kept import late_form

desk = Blueprint("accounts", __name__, url_prefix="/desk")
desk.record_once(lambda state: presence.init_presence(state.app))


@desk.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Any:
    """Let an officer in, and lead them to where they were going."""
    form = SignInForm()
    if request.method != "POST":
        form.next.data = request.args.get("next")
        if (found := presence.anybody()) is not None:
            return redirect(_onward(found.stage, form.next.data), 303)
        return _sign_in_page(form)
    if not form.validate():
        return _sign_in_page(form, 422)
    try:
        token = service.sign_in(
            form.email.data or "",
            form.password.data or "",
            network=visitor_network(),
            user_agent=request.user_agent.string,
        )
    except Refusal as refusal:
        return _refused(form, refusal)
    _leave()
    presence.begin(token)
    found = presence.anybody()
    return redirect(_onward(found.stage if found else rules.Stage.FULL, form.next.data), 303)


@desk.errorhandler(CSRFError)
def expired(error: CSRFError) -> Any:
    """Offer the sign-in page again when it stood open for too long; any other form is kept."""
    if request.endpoint == "accounts.invitation":
        flash(_("This form has expired. Send it again."), "important")
        return redirect(url_for(".invitation", **(request.view_args or {})), 303)
    if request.endpoint != "accounts.sign_in":
        return late_form(error)
    form = SignInForm()
    form.form_errors.append(_("This form has expired. What you typed is kept: send it again."))
    return _sign_in_page(form, 400)


@desk.route("/sign-out", methods=["POST"])
@after_password
def sign_out() -> Response:
    """End this session, here and wherever its cookie was copied to."""
    signed_in = presence.anybody()
    service.sign_out(signed_in.session, by=signed_in.account)
    presence.end()
    flash(_("You are logged out."))
    answer = make_response(redirect(url_for(".sign_in"), 303))
    # Not "cookies": that would empty every site of the same domain; ours is dead, and taken back anyway.
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@desk.route("/invitation/<token>", methods=["GET", "POST"])
def invitation(token: str) -> Any:
    """Let somebody who was invited choose a password; looking at the page changes nothing."""
    asked = service.invitation_with(token)
    if asked is None:
        return render_template("accounts/invitation_over.html"), 410
    if presence.anybody() is None and "language" not in request.args:
        languages.choose(asked.language)
    form = NewPasswordForm()
    if form.validate_on_submit():
        try:
            begun = service.accept(
                token,
                form.password.data or "",
                network=visitor_network(),
                user_agent=request.user_agent.string,
            )
        except rules.InvitationOver:
            return render_template("accounts/invitation_over.html"), 410
        except Refusal as refusal:
            form.blame(refusal)
        else:
            _leave()
            presence.begin(begun)
            return redirect(url_for("desk.home"), 303)
    page = render_template("accounts/invitation.html", form=form, invitation=asked, token=token)
    return page, 422 if form.has_errors else 200


def _leave() -> None:
    """End the session that this browser had before another begins in it."""
    if (before := presence.anybody()) is not None:
        service.sign_out(before.session, by=before.account)


def _onward(stage: rules.Stage, wanted: str | None) -> str:
    """Return where to go from here: to what is still asked, or to where the visitor was going."""
    wanted = rules.same_site_path(wanted)
    if stage is rules.Stage.CODE:
        return url_for("factor.show", next=wanted)
    if stage is rules.Stage.SET_UP:
        return url_for("factor.set_up", next=wanted)
    return wanted or url_for("desk.home")


def _refused(form: SignInForm, refusal: Refusal) -> Response:
    """Show why nobody was let in, in words that tell nothing about who has an account."""
    form.blame(refusal)
    if isinstance(refusal, rules.Locked):
        answer = _sign_in_page(form, 429)
        answer.headers["Retry-After"] = retry_after(refusal.until)
    elif isinstance(refusal, Busy):
        answer = _sign_in_page(form, 503)
        answer.headers["Retry-After"] = str(AGAIN_SECONDS)
    else:
        answer = _sign_in_page(form, 422)
    return answer


def _sign_in_page(form: SignInForm, status: int = 200) -> Response:
    """Show the form with the typed address, never with a password."""
    wanted = rules.same_site_path(form.next.data)
    form.next.data = wanted or ""
    page = render_template(
        "accounts/sign_in.html",
        form=form,
        is_kept="kept=" in (wanted or ""),
        language_links=[
            {
                "code": code,
                "name": languages.OWN_NAMES[code],
                "url": url_for(".sign_in", language=code, next=wanted),
                "is_current": code == languages.current(),
            }
            for code in languages.LANGUAGES
        ],
    )
    return make_response(page, status)
