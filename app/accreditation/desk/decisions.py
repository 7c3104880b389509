"""Deciding about somebody: the mail that they get is read before the decision is made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import me, needs
from app.accounts.models import Account
from app.accreditation import queries, rules, service
from app.accreditation.desk.door import desk, person_of
from app.accreditation.forms import DecisionForm
from app.accreditation.letters import letter
from app.accreditation.models import Group, MembershipState
from app.languages import current
from app.mail.message import Message
from app.refusals import Refusal
from app.text.numbers import number


@desk.route(
    "/<int:account_id>/groups/<int:group_id>/<any(approve, refuse, take_out):verb>", methods=["GET", "POST"]
)
@needs("media_accounts")
def decide(account_id: int, group_id: int, verb: str) -> Any:
    """Let in who asked, turn them down, or take somebody out of a group."""
    _user, account = person_of(account_id)
    membership = queries.membership_of(account.id, group_id)
    if membership is None:
        abort(404)
    wanted = MembershipState.MEMBER if verb == "take_out" else MembershipState.WAITING
    return _decision(
        {"approve": "admitted", "refuse": "turned down", "take_out": "took out"}[verb],
        account,
        group=membership.group,
        is_open=membership.state == wanted and not (verb == "approve" and membership.group.is_closed),
        needs_reason=verb != "approve",
        do=lambda reason: (
            service.approve(membership, by=me())
            if verb == "approve"
            else (service.refuse if verb == "refuse" else service.take_out)(
                membership, reason=reason, by=me()
            )
        ),
    )


@desk.route("/<int:account_id>/put-in", methods=["GET", "POST"])
@needs("media_accounts")
def put_in(account_id: int) -> Any:
    """Let somebody in to a group who has not asked."""
    _user, account = person_of(account_id)
    group = queries.group(number(request.args.get("group")))
    if group is None:
        abort(404)
    known = queries.membership_of(account.id, group.id)
    is_in = known is not None and known.state == MembershipState.MEMBER
    return _decision(
        "admitted",
        account,
        group=group,
        is_open=not is_in and not group.is_closed,
        needs_reason=False,
        do=lambda _reason: service.put_in(account, group, by=me()),
    )


@desk.route("/<int:account_id>/<any(suspend, lift):verb>", methods=["GET", "POST"])
@needs("media_accounts")
def close(account_id: int, verb: str) -> Any:
    """Suspend an account in every browser at once, or open it again."""
    user, account = person_of(account_id)
    return _decision(
        "suspended" if verb == "suspend" else "activated",
        account,
        group=None,
        is_open=(user.suspended_at is None) is (verb == "suspend"),
        needs_reason=verb == "suspend",
        do=lambda reason: (
            service.suspend(user, reason=reason, by=me())
            if verb == "suspend"
            else service.lift(user, by=me())
        ),
    )


def _decision(
    verb: str,
    account: Account,
    *,
    group: Group | None,
    is_open: bool,
    needs_reason: bool,
    do: Callable[[str], Any],
) -> Any:
    """Show the mail that the decision ``verb`` sends, and make the decision once that very mail was read."""
    form, mail, status = DecisionForm(), None, 422
    if not is_open:
        status = 409
        form.form_errors.append(rules.Decided.message)
    elif request.method == "POST" and form.validate():
        try:
            reason = rules.check_reason(form.reason.data or "") if needs_reason else ""
            mail = letter(verb, account, group=group, reason=reason)
            if form.confirmed.data == _digest(mail):
                do(reason)
                flash(_("Done. %(name)s is told by e-mail.", name=account.name))
                return redirect(url_for(".show", account_id=account.id), 303)
            form.confirmed.data = _digest(mail)
        except Refusal as refusal:
            form.blame(refusal)
            mail, status = None, 409 if isinstance(refusal, rules.Decided | rules.Closed) else 422
    elif not needs_reason:
        mail = letter(verb, account, group=group)
        form.confirmed.data = _digest(mail)
    body = render_template(
        "accreditation/decision.html",
        form=form,
        verb=verb,
        person=account,
        group=group.name(current()) if group else "",
        mail=mail,
        is_open=is_open,
        needs_reason=needs_reason,
        here=request.full_path.rstrip("?"),
    )
    return body, status if form.has_errors else 200


def _digest(mail: Message) -> str:
    """Return what tells this mail from another one that would say something else."""
    return hashlib.sha256(f"{mail.subject}\n{mail.text}".encode()).hexdigest()[:20]
