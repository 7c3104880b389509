"""Asking for the newsletter, or for a link to one's preferences, and the page that says where to look next."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, current_app, redirect, request, url_for
from flask_babel import gettext as _

from app.languages import current
from app.newsletter import queries, rules, service
from app.newsletter.forms import AddressForm, SubscribeForm
from app.newsletter.models import SubscriptionRequest
from app.newsletter.presenting import last_week, topic_choices
from app.newsletter.service.asking import PREFERENCES, Seen
from app.newsletter.tokens import CONFIRM_DAYS, Purpose
from app.newsletter.views.door import (
    SEEN_VERSION,
    lost,
    newsletter,
    page,
    read_token,
    refused,
    seen_text,
)
from app.proving.rules import half_hidden
from app.refusals import Refusal
from app.web.hosts import visitor_network


@newsletter.route("/", methods=["GET", "POST"])
def subscribe() -> Any:
    """Ask for an address and what is to be sent there. The form in the foot of pages leads here with the address."""
    if current_app.config["SUBSCRIPTIONS_CLOSED"]:
        return page("newsletter/closed.html", reason=current_app.config["SUBSCRIPTIONS_CLOSED"][current()])
    is_sent = request.method == "POST" and "step" in request.form
    form = SubscribeForm(formdata=request.form if is_sent else None, data=_from_foot())
    form.offer_topics(topic_choices())
    if not is_sent or request.form.get("action") == "look":
        return _form(form)
    if not form.validate():
        return _form(form)
    if form.is_trap_sprung:
        return redirect(url_for(".sent"), 303)
    try:
        token = service.ask(
            form.email.data or "", _wish(form), Seen(seen_text(), SEEN_VERSION, request.path, current()),
            network=visitor_network(),
        )  # fmt: skip
    except Refusal as refusal:
        return refused(form, refusal, lambda: _form(form))
    return redirect(url_for(".check", token=token), 303)


def _from_foot() -> dict[str, Any]:
    """Return what fills a form that is opened: the address typed in the foot, the language of the page."""
    typed = (request.form.get("email") or "")[:254] if request.method == "POST" else ""
    return {"email": typed, "language": current(), "if_missing": "english", "step": "choices"}


def _wish(form: SubscribeForm) -> rules.Wish:
    known = [topic.id for topic in queries.all_topics()]
    return rules.check_wish(
        form.kinds.data or (),
        form.topic_ids,
        form.language.data or "",
        form.if_missing.data or "",
        known_topics=known,
    )


def _form(form: SubscribeForm) -> Response:
    form.stamp()
    known = [topic.id for topic in queries.all_topics()]
    spoken = form.language.data if form.language.data in ("fr", "en", "uk") else current()
    looked = rules.check_wish(
        form.kinds.data or (),
        form.topic_ids,
        spoken,
        form.if_missing.data or "",
        known_topics=known,
        needs_kind=False,
    )
    return page("newsletter/subscribe.html", form=form, text=seen_text(), week=last_week(looked), step=None)


@newsletter.route("/check/")
def sent() -> Response:
    """Say what a program gets to read that filled in the field which nobody sees: nothing was kept."""
    return page("newsletter/check.html", asked=None, address=None, until=None, sender=_sender())


@newsletter.route("/check/<token>", methods=["GET", "POST"])
def check(token: str) -> Any:
    """Say that a mail is on its way, and send it once more if it is asked for."""
    read = read_token(token, Purpose.CHECK)
    asked = queries.request(read.id) if read is not None else None
    if asked is None:
        return lost()
    form = AddressForm(formdata=None)
    if request.method == "POST":
        try:
            again = service.ask_again(asked, network=visitor_network())
        except Refusal as refusal:
            return refused(form, refusal, lambda: _check(asked, form))
        return redirect(url_for(".check", token=again, done="again"), 303)
    return _check(asked, form)


def _check(asked: SubscriptionRequest, form: AddressForm) -> Response:
    address = asked.email if asked.choices.get("is_typed", True) else half_hidden(asked.email)
    return page(
        "newsletter/check.html",
        form=form,
        asked=asked,
        is_for_preferences=asked.kind == PREFERENCES,
        address=address,
        until=asked.asked_at + timedelta(days=CONFIRM_DAYS),
        sender=_sender(),
    )


def _sender() -> str:
    return str(current_app.config["MAIL_SENDER"])


@newsletter.route("/preferences/", methods=["GET", "POST"])
def ask_preferences() -> Any:
    """Ask for the address whose preferences somebody wants to change, and send a link there."""
    form = AddressForm(formdata=request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate():
        if form.is_trap_sprung:
            return redirect(url_for(".sent"), 303)
        try:
            token = service.ask_preferences(
                form.email.data or "", page=request.path, language=current(), network=visitor_network()
            )
        except Refusal as refusal:
            return refused(form, refusal, lambda: _ask(form))
        return redirect(url_for(".check", token=token), 303)
    return _ask(form)


def _ask(form: AddressForm) -> Response:
    form.stamp()
    return page("newsletter/ask_preferences.html", form=form, title=_("Your e-mails"))
