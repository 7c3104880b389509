"""A forgotten password: the address (A6), the code (code.py), a new password (A8), and that it is done (A9)."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, flash, redirect, request, session, url_for

from app import clock
from app.accounts import passwords
from app.accounts.hashing import AGAIN_SECONDS, Busy
from app.accounts.rules import same_site_path
from app.languages import current
from app.limits.limits import TooMany
from app.media_users import service as people
from app.media_users.views.code import after
from app.media_users.views.door import account, late, page, page_to_return, say_expired, way_back
from app.media_users.views.holding import HELD, held, hold
from app.proving import rules, service
from app.proving.forms import ForgotForm, NewPasswordForm
from app.proving.models import Proof, Purpose
from app.refusals import Refusal
from app.web.errors import retry_after
from app.web.hosts import visitor_network


@account.route("/forgot", methods=["GET", "POST"])
def forgot() -> Any:
    """Ask for the address of an account; what follows is the same whether there is one or not."""
    form = ForgotForm()
    if request.method != "POST":
        before = held()
        if before is not None and before.purpose == Purpose.RESET:
            form.email.data = before.email
        form.next.data = way_back() or (before.back if before is not None else "")
        return _forgot_page(form)
    if not form.validate():
        return _forgot_page(form)
    try:
        _proof, token = service.ask_reset(
            form.email.data or "",
            language=current(),
            back=same_site_path(form.next.data) or "",
            held=session.get(HELD),
            network=visitor_network(),
        )
    except (rules.TooSoon, TooMany) as refusal:
        form.blame(refusal)
        answer = _forgot_page(form, 429)
        answer.headers["Retry-After"] = retry_after(refusal.until)
        return answer
    except Refusal as refusal:
        form.blame(refusal)
        return _forgot_page(form)
    hold(token)
    return redirect(url_for(".code", **{"for": Purpose.RESET.value}), 303)


@late("account.forgot")
def _late_forgot() -> Response:
    form = ForgotForm()
    say_expired(form)
    return _forgot_page(form, 400)


@after(Purpose.RESET)
def choose(proof: Proof) -> Response:
    """Lead to the new password."""
    return redirect(url_for(".new_password"), 303)


@account.route("/password", methods=["GET", "POST"])
def new_password() -> Any:
    """Ask for a new password, of whom the code was right a moment ago."""
    proof, form = held(), NewPasswordForm()
    if proof is not None and proof.purpose == Purpose.RESET and proof.ended_at is not None:
        return redirect(url_for(".updated"), 303)
    try:
        proof = rules.check_may_reset(proof, at=clock.now())
        if not form.validate_on_submit():
            return _password_page(proof, form)
        people.choose_password(proof, form.password.data or "", network=visitor_network())
    except rules.ResetOver as refusal:
        flash(refusal.message, "important")
        return redirect(url_for(".forgot"), 303)
    except Busy as refusal:
        form.blame(refusal)
        answer = _password_page(proof, form, 503)
        answer.headers["Retry-After"] = str(AGAIN_SECONDS)
        return answer
    except Refusal as refusal:
        form.blame(refusal)
        return _password_page(proof, form)
    return redirect(url_for(".updated"), 303)


@late("account.new_password")
def _late_new_password() -> Response:
    proof, form = held(), NewPasswordForm()
    if proof is None or proof.granted_at is None:
        return _late_forgot()
    say_expired(form)
    return _password_page(proof, form, 400)


@account.route("/updated")
def updated() -> Any:
    """Say that the password was changed; the page may be reloaded."""
    proof = held()
    if proof is None or proof.purpose != Purpose.RESET or proof.granted_at is None or proof.ended_at is None:
        return redirect(url_for(".login"), 303)
    back = proof.back or None
    return page("media_users/updated.html", back=back, page_name=page_to_return(back))


def _forgot_page(form: ForgotForm, status: int | None = None) -> Response:
    form.next.data = same_site_path(form.next.data) or ""
    return page(
        "media_users/forgot.html",
        form=form,
        status=status,
        step=(1, 3),
        back_url=url_for(".login", next=form.next.data or None),
        press_email=current_app.config["PRESS_EMAIL"],
    )


def _password_page(proof: Proof, form: NewPasswordForm, status: int | None = None) -> Response:
    typed = form.password.data if form.errors and form.password.data else None
    return page(
        "media_users/new_password.html",
        form=form,
        status=status,
        step=(3, 3),
        proof=proof,
        until=rules.reset_until(proof),
        password_rules=passwords.listed(typed),
    )
