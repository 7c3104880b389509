"""The second factor: shown after the password, set up before anything else, replaced and removed by a code."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from markupsafe import Markup

from app.accounts import factor, presence, queries, rules, service
from app.accounts.forms import CodeForm, SetUpForm
from app.accounts.guards import after_password, me, officers_only
from app.forms import Form
from app.languages import current
from app.refusals import Refusal
from app.web.errors import error_page, retry_after
from app.web.hosts import visitor_network
from app.web.kept import late_form

desk = Blueprint("factor", __name__, url_prefix="/desk/second-factor")


@desk.errorhandler(CSRFError)
def expired(error: CSRFError) -> Any:
    """Offer the page again. Nothing is kept of what was typed: it was a code."""
    if presence.anybody() is None:
        return late_form(error)
    wanted = rules.same_site_path(request.form.get("next"))
    again = url_for(request.endpoint or ".show", next=wanted)
    return error_page(
        400,
        _("This form has expired. Send it again."),
        links=[{"text": _("Open the form again"), "url": again}],
    )


@desk.route("", methods=["GET", "POST"])
@after_password
def show() -> Any:
    """Ask for the code of the telephone, and let its owner in."""
    found = presence.anybody()
    form = _with_next(CodeForm())
    if found.stage is not rules.Stage.CODE:
        return redirect(_onward(found.stage, form), 303)
    if form.validate_on_submit():
        try:
            token = service.pass_factor(
                found.session, found.account, form.code.data or "", network=visitor_network(),
                user_agent=request.user_agent.string,
            )  # fmt: skip
        except Refusal as refusal:
            return _refused(form, refusal, "accounts/factor.html")
        presence.begin(token)
        _tell_codes_left(found.account.id, form.code.data or "")
        return redirect(_onward(rules.Stage.FULL, form), 303)
    return _page("accounts/factor.html", form)


@desk.route("/set-up", methods=["GET", "POST"])
@after_password
def set_up() -> Any:
    """Show a square to the telephone, and ask for its first code; the recovery codes follow, once."""
    found = presence.anybody()
    form = _with_next(SetUpForm())
    if found.account.factor_at is not None:
        return redirect(_onward(found.stage, form), 303)
    if form.validate_on_submit():
        try:
            token, codes = service.set_up(
                found.session, found.account, seed=form.seed.data or "", code=form.code.data or "",
                network=visitor_network(), user_agent=request.user_agent.string,
            )  # fmt: skip
        except Refusal as refusal:
            return _refused(form, refusal, "accounts/set_up.html", **_square(found, form))
        presence.begin(token)
        return _codes_page(codes, form.next.data, is_new=True)
    return _page("accounts/set_up.html", form, **_square(found, form))


@desk.route("/recovery-codes", methods=["GET", "POST"])
@officers_only
def recovery_codes() -> Any:
    """Make new recovery codes in the place of the old ones."""
    form = CodeForm()
    if me().factor_at is None:
        return redirect(url_for(".set_up"), 303)
    if form.validate_on_submit():
        try:
            codes = service.renew_codes(me(), form.code.data or "", network=visitor_network())
        except Refusal as refusal:
            return _refused(form, refusal, "accounts/renew_codes.html")
        return _codes_page(codes, None, is_new=False)
    return _page("accounts/renew_codes.html", form)


@desk.route("/remove", methods=["GET", "POST"])
@officers_only
def remove() -> Any:
    """Take one's own second factor away, to set up another telephone."""
    form = CodeForm()
    if me().factor_at is None:
        return redirect(url_for(".set_up"), 303)
    if form.validate_on_submit():
        try:
            service.remove(me(), form.code.data or "", network=visitor_network())
        except Refusal as refusal:
            return _refused(form, refusal, "accounts/remove_factor.html", is_required=_is_required())
        flash(_("The second factor is removed. Set up another."))
        return redirect(url_for(".set_up"), 303)
    return _page("accounts/remove_factor.html", form, is_required=_is_required())


def _is_required() -> bool:
    return service.is_factor_required()


def _with_next(form: Any) -> Any:
    if request.method != "POST":
        form.next.data = request.args.get("next")
    form.next.data = rules.same_site_path(form.next.data) or ""
    return form


def _onward(stage: rules.Stage, form: Any) -> str:
    wanted = form.next.data or None
    if stage is rules.Stage.SET_UP:
        return url_for(".set_up", next=wanted)
    return (
        wanted
        if stage is rules.Stage.FULL and wanted
        else url_for("desk.home" if stage is rules.Stage.FULL else ".show")
    )


def _square(found: Any, form: SetUpForm) -> dict[str, Any]:
    """Return the square and its secret in letters: the same ones when a code was wrong."""
    if not factor.is_seed(form.seed.data or ""):
        form.seed.data = factor.new_seed()
    known = factor.secret(found.account.id, form.seed.data or "")
    told = factor.address(
        known, email=found.account.email, newsroom=current_app.config["ORGANISATION"][current()]
    )
    drawn = factor.square(told, title=_("The square for your telephone"))
    return {
        "square": Markup(drawn),  # noqa: S704 (drawn by ourselves, its title is escaped there)
        "secret": " ".join(known[at : at + 4] for at in range(0, len(known), 4)),
        "is_first": found.stage is rules.Stage.SET_UP,
    }


def _codes_page(codes: list[str], wanted: str | None, *, is_new: bool) -> Any:
    """Show recovery codes, this once: the page that was sent the code is the page that shows them."""
    onward = rules.same_site_path(wanted) or url_for("desk.home" if is_new else "settings.show")
    return render_template("accounts/recovery_codes.html", codes=codes, onward=onward, is_new=is_new)


def _tell_codes_left(account_id: int, typed: str) -> None:
    if factor.is_recovery_code(factor.typed_code(typed)):
        left = queries.recovery_codes_left(account_id)
        flash(
            _("That was a recovery code. You have %(left)s left; settings make new ones.", left=left),
            "important",
        )


def _refused(form: Form, refusal: Refusal, template: str, **more: Any) -> Any:
    form.blame(refusal)
    if isinstance(refusal, rules.Locked):
        answer = make_response(_page(template, form, **more)[0], 429)
        answer.headers["Retry-After"] = retry_after(refusal.until)
        return answer
    return _page(template, form, **more)


def _page(template: str, form: Any, **more: Any) -> tuple[str, int]:
    form.code.data = ""  # a code that was wrong is never right later
    return render_template(template, form=form, **more), 422 if form.has_errors else 200
