"""Entering a code (A2, A7): in the browser that asked for it, or in another one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _

from app import clock
from app.accounts import service as signing
from app.accounts.hashing import AGAIN_SECONDS, Busy
from app.accounts.rules import Locked, Unproven, email_key, typed_key
from app.limits.limits import TooMany
from app.media_users import queries as people
from app.media_users.views.arriving import let_in, onward
from app.media_users.views.door import account, late, page, say_expired
from app.media_users.views.holding import held, hold
from app.proving import queries, rules, service
from app.proving.forms import CodeForm, ElsewhereForm, SendAgainForm
from app.proving.models import Code, MailState, Proof, Purpose
from app.refusals import Refusal
from app.web.errors import retry_after
from app.web.hosts import visitor_network

AFTER: dict[str, Callable[[Proof], Any]] = {}


def after(purpose: Purpose) -> Callable[[Callable[[Proof], Any]], Callable[[Proof], Any]]:
    """Let the decorated function answer when a code for ``purpose`` was right: it is given the proof."""

    def keep(answer: Callable[[Proof], Any]) -> Callable[[Proof], Any]:
        AFTER[purpose] = answer
        return answer

    return keep


@account.route("/code", methods=["GET", "POST"])
def code() -> Any:
    """Ask for the code of a mail. Looking at the page changes nothing, whatever its address says."""
    proof = held()
    if request.method != "POST":
        if proof is None or proof.purpose != _purpose(proof):
            if _purpose(None) == Purpose.CHANGE:
                return redirect(url_for(".settings"), 303)
            return _elsewhere(ElsewhereForm())
        if not rules.is_open(proof):
            return _beyond(proof)
        return _page(proof, CodeForm())
    form = ElsewhereForm()
    linked = queries.by_link(form.key.data or "")
    is_own = proof is not None and rules.is_open(proof) and proof.purpose == _purpose(proof)
    if proof is not None and is_own and (linked is None or linked.id == proof.id):
        return _checked(proof, form, lambda: _page(proof, form))
    return _check_elsewhere(form, linked)


@late("account.code")
def _late() -> Response:
    return _late_page(ElsewhereForm())


@account.route("/code/new", methods=["POST"])
def new_code() -> Any:
    """Send a new code (A3), or say when there may be one."""
    proof, form = held(), SendAgainForm()
    if proof is None:
        return redirect(url_for(".code", **{"for": _purpose(None)}), 303)
    try:
        service.send_again(proof, network=visitor_network())
    except rules.Over:
        return _beyond(proof)
    except rules.TooOld as refusal:
        flash(refusal.message, "important")
        return redirect(url_for(_beginning(proof)), 303)
    except (rules.TooSoon, TooMany) as refusal:
        form.form_errors.append(refusal.message)
        answer = _page(proof, CodeForm(formdata=None), shown=form, status=429)
        answer.headers["Retry-After"] = retry_after(refusal.until)
        return answer
    flash(_told_again(proof))
    return redirect(url_for(".code", **{"for": proof.purpose}), 303)


@late("account.new_code")
def _late_new_code() -> Response:
    return _late_page(ElsewhereForm(formdata=None))


def _late_page(form: ElsewhereForm) -> Response:
    proof = held()
    say_expired(form)
    if proof is None or not rules.is_open(proof):
        return _elsewhere(form, status=400)
    return _page(proof, form, status=400)


def _checked(proof: Proof, form: CodeForm, show: Callable[[], Any], *, shown: str | None = None) -> Any:
    """Check what was typed, and go on from there; ``show`` draws the page again that refuses it."""
    try:
        granted, token = service.check(
            proof, form.code.data or "", key=form.key.data or "", network=visitor_network(), shown=shown
        )
    except rules.Over:
        return _beyond(proof)
    except rules.TooOld as refusal:
        flash(refusal.message, "important")
        return redirect(url_for(_beginning(proof)), 303)
    except Refusal as refusal:
        form.blame(refusal)
        return show()
    hold(token)
    return AFTER[granted.purpose](granted)


def _check_elsewhere(form: ElsewhereForm, linked: Proof | None) -> Any:
    """Check a code in another browser than the one that asked for it."""
    if linked is not None and not rules.is_open(linked):
        return _beyond(linked)
    purpose = linked.purpose if linked is not None else _purpose(None)
    if purpose == Purpose.CHANGE:
        return redirect(url_for(".settings"), 303)
    try:
        rules.typed_code(form.code.data or "")
        proof = linked or queries.newest_open(Purpose(purpose), email_key(form.email.data or ""))
        if purpose == Purpose.REGISTER:
            proof = _recognised(
                proof.email if linked and proof else form.email.data or "", form.password.data
            )
        elif proof is None:
            raise rules.NoneAsked
    except LoggedIn:
        return redirect(onward(None), 303)
    except Refusal as refusal:
        form.blame(refusal)
        return _waiting(_elsewhere(form, linked), refusal)
    shown = rules.half_hidden(proof.email) if linked is not None else form.email.data
    return _checked(proof, form, lambda: _elsewhere(form, linked), shown=shown)


class LoggedIn(Exception):
    """The address has an account, and the password was its own: nothing is left to be proven."""


def _recognised(email: str, password: str | None) -> Proof:
    """Return the registration of whoever knows its password: a stranger's, of my address, is never mine by accident.

    Raises as signing in does, LoggedIn, and NoneAsked where nothing waits.
    """
    waiting = people.waiting(typed_key(email), at=clock.now())
    try:
        token = signing.sign_in(
            email,
            password or "",
            network=visitor_network(),
            user_agent=request.user_agent.string,
            waiting_hash=waiting[1].password_hash if waiting else "",
        )
    except Unproven:
        if waiting is None:
            raise rules.NoneAsked from None
        return waiting[0]
    let_in(token)
    raise LoggedIn


def _waiting(answer: Response, refusal: Refusal) -> Response:
    """Give ``answer`` the status of what may be tried again later."""
    if isinstance(refusal, Locked):
        answer.status_code = 429
        answer.headers["Retry-After"] = retry_after(refusal.until)
    elif isinstance(refusal, Busy):
        answer.status_code = 503
        answer.headers["Retry-After"] = str(AGAIN_SECONDS)
    return answer


def _purpose(proof: Proof | None) -> str:
    """Return what the code is for, as the address of the page says; else what this browser's proof is for."""
    wanted = request.values.get("for", "")
    if wanted in set(Purpose):
        return wanted
    return proof.purpose if proof is not None else Purpose.REGISTER


def _beginning(proof: Proof) -> str:
    """Return the page on which such a proof is begun."""
    return {Purpose.REGISTER: ".register", Purpose.RESET: ".forgot"}.get(Purpose(proof.purpose), ".settings")


def _beyond(proof: Proof) -> Any:
    """Answer for a proof whose code was used, or that was given up."""
    mine = held()
    if (
        proof.purpose == Purpose.RESET
        and proof.granted_at is not None
        and mine is not None
        and mine.id == proof.id
    ):
        return redirect(url_for(".new_password"), 303)
    return page(
        "media_users/code_over.html", status=410, purpose=proof.purpose, beginning=url_for(_beginning(proof))
    )


def _told_again(proof: Proof) -> str:
    if proof.purpose == Purpose.RESET:
        return _(
            "If %(email)s belongs to an account, a new code is on its way to it. It replaces the previous one.",
            email=proof.email,
        )
    return _("New code sent to %(email)s. It replaces the previous one.", email=proof.email)


def _page(proof: Proof, form: CodeForm, *, shown: Any = None, status: int | None = None) -> Response:
    """Show the page of a proof that waits for its code, with what is known of its mail."""
    newest, now = queries.newest_code(proof.id), clock.now()
    again_at = service.waits_until(proof, at=now)
    if isinstance(form, ElsewhereForm):
        del form.email, form.password
    return page(
        "media_users/code.html",
        form=shown or form,
        code_form=form,
        status=status,
        proof=proof,
        step=(2, 3) if proof.purpose != Purpose.CHANGE else None,
        mail=_mail(proof, newest),
        mail_at=newest.mail_at if newest is not None else now,
        until=newest.expires_at if newest is not None else None,
        is_late=newest is not None and newest.expires_at is not None and newest.expires_at <= now,
        is_burnt=newest is not None and newest.tries_left == 0,
        again=rules.wait_words(again_at) if again_at > now else None,
        sender=current_app.config["MAIL_SENDER"],
        back_url=url_for(_beginning(proof)),
        mailbox=_mailbox(),
    )


def _mailbox() -> str | None:
    """Return where a newsroom that is only tried out shows its mails."""
    is_kept = current_app.config["MODE"] == "development" and not current_app.config["MAIL_SERVER"]
    return url_for("mailbox.index") if is_kept else None


def _mail(proof: Proof, newest: Code | None) -> str:
    """Return what may be told of the newest mail: for a forgotten password nothing that depends on the address."""
    if proof.purpose == Purpose.RESET or newest is None:
        return "away" if queries.is_mail_away() else "perhaps"
    return newest.mail_state if newest.mail_state in set(MailState) else MailState.QUEUED


def _elsewhere(form: ElsewhereForm, linked: Proof | None = None, *, status: int | None = None) -> Response:
    """Ask for the address, too: this browser did not ask for the code."""
    return page(
        "media_users/code_elsewhere.html",
        form=form,
        status=status,
        purpose=linked.purpose if linked is not None else _purpose(None),
        is_linked=linked is not None,
    )
