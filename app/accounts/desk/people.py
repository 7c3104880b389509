"""The office's people: who may do what, who is invited, and what is changed about them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app import clock
from app.accounts import queries, rules, service
from app.accounts.forms import InviteForm, RolesForm
from app.accounts.guards import me, needs
from app.accounts.models import ROLE_NAMES, Account, Invitation
from app.accounts.words import RIGHT_WORDS, ROLE_DUTIES
from app.forms import Form
from app.languages import current
from app.refusals import Refusal

desk = Blueprint("people", __name__, url_prefix="/desk/people")


@desk.route("/")
@needs("people")
def index() -> str:
    """List everybody, the invitations that are open, and the table of rights."""
    return render_template(
        "accounts/people.html",
        officers=queries.officers(),
        invitations=queries.invitations(),
        at=clock.now(),
        role_names=ROLE_NAMES,
        rights=[(RIGHT_WORDS[right], having) for right, having in rules.RIGHTS.items()],
    )


@desk.route("/invite", methods=["GET", "POST"])
@needs("people")
def invite() -> Any:
    """Ask somebody to join."""
    form = InviteForm(language=current())
    if form.validate_on_submit():
        try:
            asked = service.invite(
                form.email.data or "", name=form.name.data or "", roles=form.roles.data or (),
                language=form.language.data, by=me(),
            )  # fmt: skip
        except Refusal as refusal:
            form.blame(refusal)
        else:
            flash(_("%(name)s is invited. The e-mail is on its way.", name=asked.name))
            return redirect(url_for(".index"), 303)
    body = render_template("accounts/invite.html", form=form, duties=ROLE_DUTIES)
    return body, 422 if form.has_errors else 200


@desk.route("/invitations/<int:invitation_id>/<any(again, withdraw):verb>", methods=["POST"])
@needs("people")
def change_invitation(invitation_id: int, verb: str) -> Any:
    """Send an invitation again, or take it back."""
    asked = _invitation(invitation_id)
    try:
        (service.send_again if verb == "again" else service.withdraw)(asked, by=me())
    except Refusal as refusal:
        flash(refusal.message, "important")
    else:
        flash(
            _("The invitation is sent again. The link sent before no longer works.")
            if verb == "again"
            else _("The invitation is withdrawn. Its link no longer works.")
        )
    return redirect(url_for(".index"), 303)


@desk.route("/<int:account_id>", methods=["GET", "POST"])
@needs("people")
def show(account_id: int) -> Any:
    """Show somebody, and change their roles."""
    person = _person(account_id)
    form = RolesForm(roles=person.roles)
    if form.validate_on_submit():
        try:
            service.set_roles(person, form.roles.data or (), by=me())
        except Refusal as refusal:
            form.blame(refusal)
        else:
            flash(_("Saved. %(name)s and the administrators are told by e-mail.", name=person.name))
            return redirect(url_for(".show", account_id=account_id), 303)
    body = render_template("accounts/person.html", form=form, person=person, duties=ROLE_DUTIES)
    return body, 422 if form.has_errors else 200


@desk.route("/<int:account_id>/deactivate", methods=["GET", "POST"])
@needs("people")
def deactivate(account_id: int) -> Any:
    """Close somebody's account, in every browser at once."""
    person, form = _person(account_id), Form()
    if form.validate_on_submit():
        try:
            service.deactivate(person, by=me())
        except Refusal as refusal:
            form.blame(refusal)
        else:
            flash(_("%(name)s can no longer log in.", name=person.name))
            return redirect(url_for(".show", account_id=account_id), 303)
    sessions = len(queries.sessions_of(person.id))
    body = render_template("accounts/deactivate.html", form=form, person=person, sessions=sessions)
    return body, 409 if form.has_errors else 200


@desk.route("/<int:account_id>/activate", methods=["POST"])
@needs("people")
def activate(account_id: int) -> Any:
    """Let somebody in again."""
    person = _person(account_id)
    service.activate(person, by=me())
    flash(_("%(name)s can log in again.", name=person.name))
    return redirect(url_for(".show", account_id=account_id), 303)


@desk.route("/<int:account_id>/reset-factor", methods=["GET", "POST"])
@needs("people")
def reset_factor(account_id: int) -> Any:
    """Take away the second factor of somebody who lost it."""
    person, form = _person(account_id), Form()
    if form.validate_on_submit():
        try:
            service.reset(person, by=me())
        except Refusal as refusal:
            form.blame(refusal)
        else:
            flash(_("Reset. %(name)s sets up another second factor after the next log-in.", name=person.name))
            return redirect(url_for(".show", account_id=account_id), 303)
    sessions = len(queries.sessions_of(person.id))
    body = render_template("accounts/reset_factor.html", form=form, person=person, sessions=sessions)
    return body, 409 if form.has_errors else 200


def _person(account_id: int) -> Account:
    person = queries.by_id(account_id)
    if person is None or not person.roles:
        abort(404)
    return person


def _invitation(invitation_id: int) -> Invitation:
    asked = queries.invitation(invitation_id)
    if asked is None:
        abort(404)
    return asked
