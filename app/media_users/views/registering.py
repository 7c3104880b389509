"""Getting an account: what one types, and the page when the address is proven."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, flash, redirect, request, session, url_for
from flask_babel import gettext as _

from app.accounts import passwords, presence
from app.accounts import rules as people
from app.accounts.guards import me
from app.accounts.hashing import AGAIN_SECONDS, Busy
from app.languages import current
from app.limits.limits import TooMany
from app.media_users import queries, rules, service
from app.media_users.forms import RegisterForm
from app.media_users.guards import logged_in
from app.media_users.models import Registration
from app.media_users.views.code import after
from app.media_users.views.door import account, late, page, page_to_return, say_expired, way_back
from app.media_users.views.holding import held, hold
from app.proving.models import Proof, Purpose
from app.proving.rules import TooSoon
from app.refusals import Refusal
from app.web.errors import retry_after
from app.web.hosts import visitor_network

TYPED = "registering"  # what is kept of the form in the session, while its person reads the conditions
KEPT = ("name", "organisation", "country", "email", "language")


@account.route("/register", methods=["GET", "POST"])
def register() -> Any:
    """Ask for what an office wants to know, and lead to the code."""
    if me() is not None:
        return page("media_users/already.html", page_name=page_to_return(way_back()), back=way_back())
    if current_app.config["REGISTRATION_CLOSED"]:
        return page("media_users/closed.html", reason=current_app.config["REGISTRATION_CLOSED"][current()])
    if request.method != "POST":
        return _page(_filled_in())
    form = RegisterForm()
    if "read" in request.form:
        session[TYPED] = {name: form[name].data or "" for name in KEPT}
        return redirect(url_for(".conditions", next=way_back()), 303)
    if meant := request.form.get("meant"):
        form.email.data = rules.meant_address(form.email.data or "") or form.email.data
        return _page(form, typed=meant)
    if not form.validate():
        return _page(form)
    try:
        token = service.register(
            form.applicant,
            form.password.data or "",
            has_accepted=form.conditions.data,
            back=way_back() or "",
            network=visitor_network(),
        )
    except Refusal as refusal:
        return _refused(form, refusal)
    session.pop(TYPED, None)
    hold(token)
    if meant := rules.meant_address(form.email.data or ""):
        flash(_("Did you mean %(address)s? If so, change the address below.", address=meant), "important")
    return redirect(url_for(".code", **{"for": Purpose.REGISTER.value}), 303)


@late("account.register")
def _late() -> Response:
    form = RegisterForm()
    say_expired(form)
    return _page(form, status=400)


@account.route("/conditions")
def conditions() -> Response:
    """Show the conditions of use; what was typed waits behind them."""
    return page("media_users/conditions.html", back_url=url_for(".register", next=way_back()))


@after(Purpose.REGISTER)
def confirmed(proof: Proof) -> Response:
    """Make an account of the registration whose code was just right, and lead to what it opens."""
    try:
        token = service.confirm(proof, network=visitor_network(), user_agent=request.user_agent.string)
    except people.Known:
        flash(_("You have an account with this address already. Log in, or set a new password."), "important")
        return redirect(url_for("account.login", next=proof.back or None), 303)
    presence.begin(token)
    return redirect(url_for("account.created", next=proof.back or None), 303)


@account.route("/created")
@logged_in
def created() -> Response:
    """Say what is possible from now on, lead back, and ask about the newsletter."""
    back = way_back()
    return page(
        "media_users/created.html",
        back=back or url_for("front.home"),
        page_name=page_to_return(back) or page_to_return(url_for("front.home")),
        is_asked=not session.get("newsletter_asked") and queries.consent(me().id, "newsletter") is None,
    )


def keep_typed(proof: Proof, registration: Registration) -> None:
    """Fill the form of this browser with what was typed for ``registration``."""
    session[TYPED] = _told(proof, registration)


def _told(proof: Proof, registration: Registration) -> dict[str, str]:
    return {
        "name": registration.name,
        "organisation": registration.organisation,
        "country": registration.country,
        "email": proof.email,
        "language": proof.language,
    }


def _filled_in() -> RegisterForm:
    """Return the form with what was typed before: this was left for a moment, or the address is to be changed."""
    proof = held()
    registration = queries.registration(proof.id) if proof is not None else None
    known: dict[str, Any] = {"language": current()}
    if TYPED in session:
        known |= session[TYPED]
    elif registration is not None and proof is not None:
        known |= _told(proof, registration)
    return RegisterForm(data=known | {"next": way_back() or (proof.back if proof is not None else "")})


def _refused(form: RegisterForm, refusal: Refusal) -> Response:
    """Show why nothing came of it; the same for known and unknown addresses."""
    form.blame(refusal)
    if isinstance(refusal, TooMany | TooSoon):
        answer = _page(form, status=429)
        answer.headers["Retry-After"] = retry_after(refusal.until)
    elif isinstance(refusal, Busy):
        answer = _page(form, status=503)
        answer.headers["Retry-After"] = str(AGAIN_SECONDS)
    else:
        answer = _page(form)
    return answer


def _page(form: RegisterForm, *, status: int | None = None, typed: str = "") -> Response:
    """Show the form with what was typed, never with a password."""
    form.next.data = people.same_site_path(form.next.data) or ""
    return page(
        "media_users/register.html",
        form=form,
        status=status,
        step=(1, 3),
        password_rules=passwords.listed(form.password.data if form.errors and form.password.data else None),
        meant=rules.meant_address(form.email.data or ""),
        usual_domains=rules.USUAL_DOMAINS,
        telling=rules.TELLING,
        is_corrected=bool(typed),
    )
