"""What somebody has here, and what they may change about it: each part a form of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flask import Response, current_app, flash, redirect, url_for
from flask_babel import gettext as _

from app import clock, languages
from app.accounts import passwords, presence, rules
from app.accounts import queries as accounts
from app.accounts import service as signing
from app.accounts.browsers import browser_words
from app.accounts.forms import ChangePasswordForm
from app.accounts.guards import me
from app.forms import Form
from app.media_users import queries, service
from app.media_users.forms import ProfileForm
from app.media_users.guards import logged_in
from app.media_users.rules import LEAVING_DAYS
from app.media_users.settings_forms import MailLanguageForm, NewAddressForm, PasswordAgainForm
from app.media_users.views.code import after
from app.media_users.views.door import account, page
from app.media_users.views.holding import drop, hold
from app.proving.models import Proof, Purpose
from app.refusals import Refusal

EXPORT = "export"  # two forms of one page ask for the password: their fields need names of their own
ADDRESS = "address"
PARTS: dict[str, Callable[[], Form]] = {
    "profile_form": lambda: ProfileForm(formdata=None, **_profile()),
    "address_form": lambda: NewAddressForm(formdata=None, prefix=ADDRESS),
    "language_form": lambda: MailLanguageForm(formdata=None, language=me().language),
    "password_form": lambda: ChangePasswordForm(formdata=None),
    "export_form": lambda: PasswordAgainForm(formdata=None, prefix=EXPORT),
}


@account.route("/settings")
@logged_in
def settings() -> Any:
    """Show the account, each part of it on its own."""
    return _page()


@account.route("/settings/profile", methods=["POST"])
@logged_in
def profile() -> Any:
    """Keep name, organisation and country as they are now."""
    form = ProfileForm()
    if not form.validate():
        return _page(profile_form=form)
    service.change_profile(
        me(),
        name=form.name.data or "",
        organisation=form.organisation.data or "",
        country=form.country.data or "",
    )
    flash(_("Your profile is saved."))
    return redirect(url_for(".settings"), 303)


@account.route("/settings/address", methods=["POST"])
@logged_in
def address() -> Any:
    """Begin a change of address: the password, then a code to the new one; the old one is told."""
    form = NewAddressForm(prefix=ADDRESS)
    if form.validate():
        try:
            signing.check_current(me(), form.current_password.data or "")
            token = service.ask_new_address(me(), form.email.data or "")
        except Refusal as refusal:
            form.blame(refusal)
        else:
            hold(token)
            return redirect(url_for(".code", **{"for": Purpose.CHANGE.value}), 303)
    return _page(address_form=form)


@after(Purpose.CHANGE)
def moved(proof: Proof) -> Response:
    """Let the account have the address whose code was right, if it is this browser's own account."""
    signed_in = presence.present()
    if signed_in is None or signed_in.account.id != proof.account_id:
        flash(
            _("You were logged out, and your address is the one of before. Log in and change it again."),
            "important",
        )
        return redirect(url_for(".login", next=url_for(".settings")), 303)
    drop()
    try:
        service.move(proof, session_id=signed_in.session.id)
    except Refusal as refusal:
        flash(str(refusal), "important")
    else:
        flash(_("Your e-mail address is changed. Your other devices have been logged out."))
    return redirect(url_for(".settings"), 303)


@account.route("/settings/language", methods=["POST"])
@logged_in
def language() -> Any:
    """Write to this person in another language."""
    form = MailLanguageForm()
    if not form.validate():
        return _page(language_form=form)
    signing.choose_language(me(), form.language.data, by=me())
    with languages.speaking(form.language.data):
        flash(_("From now on we write to you in English."))
    return redirect(url_for(".settings"), 303)


@account.route("/settings/password", methods=["POST"])
@logged_in
def password() -> Any:
    """Change the password; all other browsers are logged out."""
    form = ChangePasswordForm()
    if form.validate():
        try:
            signing.change_password(
                me(), form.password.data or "", current=form.current_password.data or "", session=_here()
            )
        except Refusal as refusal:
            form.blame(refusal)
        else:
            flash(_("Your password has been changed. Your other devices have been logged out."))
            return redirect(url_for(".settings"), 303)
    return _page(password_form=form)


@account.route("/settings/sessions/<int:session_id>/end", methods=["POST"])
@logged_in
def end_session(session_id: int) -> Response:
    """Log another browser of this person out."""
    signing.end_session(session_id, by=me())
    flash(_("That device is logged out."))
    return redirect(url_for(".settings"), 303)


@account.route("/settings/sessions/end-others", methods=["POST"])
@logged_in
def end_others() -> Response:
    """Log all other browsers of this person out."""
    signing.end_other_sessions(_here(), by=me())
    flash(_("All other devices are logged out."))
    return redirect(url_for(".settings"), 303)


@account.route("/settings/export", methods=["POST"])
@logged_in
def export() -> Any:
    """Give somebody all that is kept of them, as JSON, once they have shown their password again."""
    form = PasswordAgainForm(prefix=EXPORT)
    if form.validate():
        try:
            signing.check_current(me(), form.current_password.data or "")
        except Refusal as refusal:
            form.blame(refusal)
        else:
            told = json.dumps(service.export(me()), ensure_ascii=False, indent=2)
            name = f"media-account-{clock.now():%Y-%m-%d}.json"
            return Response(
                told,
                mimetype="application/json",
                headers={"Content-Disposition": f"attachment; filename={name}"},
            )
    return _page(export_form=form)


@account.route("/settings/delete", methods=["GET", "POST"])
@logged_in
def delete() -> Any:
    """Say what a deletion does, and do it: the account is erased after the days in which one may come back."""
    if me().roles:
        flash(_("An account of the press office cannot be deleted here. Ask an administrator."), "important")
        return redirect(url_for(".settings"), 303)
    form = PasswordAgainForm()
    if form.validate_on_submit():
        try:
            signing.check_current(me(), form.current_password.data or "")
            service.leave(me())
        except Refusal as refusal:
            form.blame(refusal)
        else:
            presence.end()
            return redirect(url_for(".leaving"), 303)
    return page(
        "media_users/delete.html",
        form=form,
        sessions=len(_alive()),
        days=LEAVING_DAYS,
        back_url=url_for(".settings"),
    )


@account.route("/leaving")
def leaving() -> Any:
    """Say, to somebody who is no longer logged in, what happens now. It can be looked at again, and by anybody."""
    return page("media_users/leaving.html", days=LEAVING_DAYS)


def _here() -> Any:
    signed_in = presence.present()
    return signed_in.session if signed_in else None


def _alive() -> list[Any]:
    config, now = current_app.config, clock.now()
    limits = {"idle_minutes": config["SESSION_IDLE_MINUTES"], "hours": config["SESSION_HOURS"]}
    return [
        row
        for row in accounts.sessions_of(me().id)
        if not row.is_halfway and rules.is_alive(row, me(), at=now, **limits)
    ]


def _profile() -> dict[str, str]:
    person = queries.media_user(me().id)
    kept = {"organisation": person.organisation, "country": person.country} if person else {}
    return {"name": me().name} | kept


def _refused(form: Form | None) -> str | None:
    """Return the password that was refused, for the list of rules beside it."""
    return form["password"].data if form is not None and form["password"].errors else None


def _page(**sent: Form) -> Response:
    """Show all parts; the one that was ``sent`` with its errors, the others as they are kept."""
    forms = {name: sent.get(name) or make() for name, make in PARTS.items()}
    return page(
        "media_users/settings.html",
        form=next(iter(sent.values()), None),
        media_user=queries.media_user(me().id),
        sessions=_alive(),
        here=_here(),
        browser_words=browser_words,
        password_rules=passwords.listed(_refused(sent.get("password_form"))),
        **forms,
    )
