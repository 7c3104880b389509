"""Confirming an address: the page asks, its button does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, redirect, request, url_for

from app import clock
from app.languages import current
from app.newsletter import queries, rules, service
from app.newsletter.forms import AddressForm
from app.newsletter.models import AddressChange, Consent, State, Subscriber
from app.newsletter.presenting import topic_names
from app.newsletter.rules import Wish
from app.newsletter.service.asking import Seen
from app.newsletter.tokens import CONFIRM_DAYS, Purpose
from app.newsletter.views.door import lost, new_preferences_token, newsletter, page, read_token, refused
from app.newsletter.words import wish_words
from app.proving.rules import half_hidden
from app.refusals import Refusal
from app.web.hosts import visitor_network


@newsletter.route("/confirm/<token>", methods=["GET", "POST"])
def confirm(token: str) -> Any:
    """Show what will be confirmed, and confirm it; for a link that is too old, send a new one."""
    read = read_token(token, Purpose.CONFIRM)
    consent = queries.consent(read.id) if read is not None else None
    subscriber = queries.subscriber(consent.subscriber_id) if consent is not None else None
    if consent is None or subscriber is None:
        return lost()
    form = AddressForm(formdata=None)
    if request.method != "POST":
        return _page(consent, subscriber, form)
    if request.form.get("action") == "again":
        seen = Seen(consent.text, consent.version, consent.page, consent.language)
        try:
            asked = service.ask(
                subscriber.email, Wish.of(consent.choices), seen, network=visitor_network(), is_typed=False
            )
        except Refusal as refusal:
            return refused(form, refusal, lambda: _page(consent, subscriber, form))
        return redirect(url_for(".check", token=asked), 303)
    try:
        service.confirm(consent.id)
    except Refusal:
        return redirect(url_for(".confirm", token=token), 303)  # which says what is the matter
    return redirect(url_for(".confirm", token=token, done="confirmed"), 303)


def _page(consent: Consent, subscriber: Subscriber, form: AddressForm) -> Response:
    wish, now = Wish.of(consent.choices), clock.now()
    is_confirmable = rules.is_confirmable(consent, at=now)
    is_gone = (
        subscriber.state == State.REFUSED or queries.suppression(str(subscriber.address_hash)) is not None
    )
    if consent.confirmed_at is not None and consent.withdrawn_at is None:
        state = "confirmed"
    elif is_gone or consent.withdrawn_at is not None:
        state = "gone"
    else:
        state = "asking" if is_confirmable else "expired"
    return page(
        "newsletter/confirm.html",
        form=form if form.errors else None,
        state=state,
        consent=consent,
        address=half_hidden(subscriber.email),
        wish=wish_words(wish, topic_names(wish.topics)),
        # Who holds a fresh link from that mailbox may go on to the preferences; who finds an old one asks for a link.
        preferences=new_preferences_token(subscriber) if is_confirmable else None,
        status={"gone": 410, "expired": 410}.get(state) if not form.errors else None,
    )


@newsletter.route("/address/<token>", methods=["GET", "POST"])
def confirm_address(token: str) -> Any:
    """Show to which address mails are to go from now on, and let them."""
    read = read_token(token, Purpose.ADDRESS)
    change = queries.change(read.id) if read is not None else None
    subscriber = queries.subscriber(change.subscriber_id) if change is not None else None
    if change is None or subscriber is None or not (change.email_key or change.done_at):
        return lost()
    if request.method == "POST":
        try:
            moved = service.move(change.id)
        except Refusal:
            return redirect(url_for(".confirm_address", token=token), 303)
        to = new_preferences_token(moved)
        return redirect(url_for(".preferences", speaks=current(), token=to, done="moved"), 303)
    return page("newsletter/address.html", state=_state(change), address=half_hidden(change.email))


def _state(change: AddressChange) -> str:
    if change.done_at is not None:
        return "done"
    if clock.now() > change.asked_at + timedelta(days=CONFIRM_DAYS):
        return "expired"
    return "gone" if queries.suppression_of(change.email_key) is not None else "asking"
