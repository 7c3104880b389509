"""What an officer chooses for themselves: language, password, second factor, and where they are logged in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app import clock, languages
from app.accounts import presence, queries, rules, service
from app.accounts.browsers import browser_words
from app.accounts.forms import ChangePasswordForm, LanguageForm
from app.accounts.guards import me, officers_only
from app.refusals import Refusal

desk = Blueprint("settings", __name__, url_prefix="/desk")


@desk.route("/settings")
@officers_only
def show() -> Any:
    """Show all of it, each part a form of its own."""
    return _page()


@desk.route("/language", methods=["POST"])
@officers_only
def language() -> Any:
    """Let the desk speak another language to this officer."""
    form = LanguageForm()
    if not form.validate():
        return _page(form)
    service.choose_language(me(), form.language.data, by=me())
    with languages.speaking(form.language.data):
        flash(_("The desk now speaks English to you."))
    return redirect(rules.same_site_path(form.next.data) or url_for(".show"), 303)


@desk.route("/settings/password", methods=["POST"])
@officers_only
def password() -> Any:
    """Change the officer's own password; their other browsers are logged out."""
    form = ChangePasswordForm()
    if form.validate():
        try:
            service.change_password(
                me(), form.password.data or "", current=form.current_password.data or "", session=_here()
            )
        except Refusal as refusal:
            form.blame(refusal)
        else:
            flash(_("Your password has been changed. Your other devices have been logged out."))
            return redirect(url_for(".show"), 303)
    return _page(password_form=form)


@desk.route("/settings/sessions/<int:session_id>/end", methods=["POST"])
@officers_only
def end_session(session_id: int) -> Any:
    """Log another browser of this officer out."""
    service.end_session(session_id, by=me())
    flash(_("That device is logged out."))
    return redirect(url_for(".show"), 303)


@desk.route("/settings/sessions/end-others", methods=["POST"])
@officers_only
def end_others() -> Any:
    """Log all other browsers of this officer out."""
    service.end_other_sessions(_here(), by=me())
    flash(_("All other devices are logged out."))
    return redirect(url_for(".show"), 303)


def _here() -> Any:
    signed_in = presence.present()
    return signed_in.session if signed_in else None


def _page(form: LanguageForm | None = None, password_form: ChangePasswordForm | None = None) -> Any:
    config, now = current_app.config, clock.now()
    limits = {"idle_minutes": config["SESSION_IDLE_MINUTES"], "hours": config["SESSION_HOURS"]}
    alive = [
        row
        for row in queries.sessions_of(me().id)
        if not row.is_halfway and rules.is_alive(row, me(), at=now, **limits)
    ]
    page = render_template(
        "accounts/settings.html",
        form=password_form if password_form and password_form.errors else form,
        language_form=form or LanguageForm(formdata=None, language=me().language),
        password_form=password_form or ChangePasswordForm(formdata=None),
        sessions=alive,
        here=_here(),
        browser_words=browser_words,
        codes_left=queries.recovery_codes_left(me().id) if me().factor_at else 0,
        is_required=service.is_factor_required(),
    )
    has_errors = bool((form and form.errors) or (password_form and password_form.errors))
    return page, 422 if has_errors else 200
