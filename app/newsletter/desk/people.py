"""Finding a subscriber, reading what is known of them, and what can be done: stop, block, let again, erase."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import urlencode

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from wtforms import SelectChoice

from app import clock
from app.accounts.guards import me, needs
from app.accounts.rules import email_key
from app.languages import LANGUAGES, OWN_NAMES
from app.newsletter import queries, service
from app.newsletter.desk.door import desk, subscriber_of
from app.newsletter.deskforms import BlockForm, ListForm
from app.newsletter.models import SuppressionReason
from app.newsletter.presenting import topic_names
from app.newsletter.rules import Wish
from app.newsletter.words import (
    BOUNCE_WORDS,
    DELIVERY_WORDS,
    HOW_WORDS,
    ISSUE_WORDS,
    LEFT_WORDS,
    SOURCE_WORDS,
    STATE_WORDS,
    SUPPRESSION_WORDS,
    wish_words,
)
from app.refusals import Refusal
from app.text import tables
from app.web.paging import Paging, page_number

NARROWING = ("q", "state", "language", "source")
LONGEST = 200  # characters of what is typed
AT_ONCE = 500  # subscribers that an export reads at a time


@desk.route("/")
@needs("newsletter")
def index() -> str:
    """List subscribers, the newest first, narrowed by what officers remember of them."""
    form = _form()
    query = {name: form[name].data for name in NARROWING if form[name].data}
    asked = queries.Asked(
        words=query.get("q", ""), state=query.get("state", ""), language=query.get("language", ""),
        source=query.get("source", ""),
    )  # fmt: skip
    number = page_number(request.args.get("page"))
    paging = Paging(number or 0, queries.count(asked), queries.PAGE, request.path, tuple(query.items()))
    if not paging.exists:
        abort(404)
    return render_template(
        "newsletter/desk/index.html",
        form=form,
        rows=queries.page(asked, skip=paging.skip),
        by_state=queries.by_state(),
        state_words=STATE_WORDS,
        source_words=SOURCE_WORDS,
        pages=paging,
        active=_active(form, query),
        list_url=request.path,
        blocked=_blocked(query.get("q", "")),
    )


def _blocked(typed: str) -> Any:
    """Return why nobody writes to the address that was looked for, if it is one and is blocked."""
    try:
        return queries.suppression_of(email_key(typed)) if typed else None
    except Refusal:
        return None


def _form() -> ListForm:
    form = ListForm(formdata=request.args, meta={"csrf": False})
    form.q.data = (form.q.data or "")[:LONGEST]
    choices: dict[str, tuple[Any, list[tuple[str, Any]]]] = {
        "state": (_("All states"), list(STATE_WORDS.items())),
        "language": (_("All languages"), [(code, OWN_NAMES[code]) for code in LANGUAGES]),
        "source": (_("All sources"), list(SOURCE_WORDS.items())),
    }
    for name, (everything, known) in choices.items():
        form[name].choices = [SelectChoice("", everything), *(SelectChoice(*each) for each in known)]
        if form[name].data not in dict(known):
            form[name].data = ""
    return form


def _active(form: ListForm, query: dict[str, Any]) -> list[dict[str, str]]:
    """Return what narrows the list, each with the address of the list without it."""
    found = []
    for name, value in query.items():
        said = str(value)
        if name != "q":
            said = str(next(choice.label for choice in form[name].choices if choice.value == value))
        rest = urlencode({key: other for key, other in query.items() if key != name})
        label = said if name == "q" else _("%(label)s: %(value)s", label=form[name].label.text, value=said)
        found.append({"label": label, "remove_url": f"{request.path}?{rest}" if rest else request.path})
    return found


@desk.route("/<int:subscriber_id>/")
@needs("newsletter")
def show(subscriber_id: int) -> str:
    """Show what is known of a subscriber: what they get, to what they agreed, what was sent and came back."""
    found = subscriber_of(subscriber_id)
    wish = Wish(found.kinds, queries.topics_of(found.id), found.language)
    return render_template(
        "newsletter/desk/subscriber.html",
        subscriber=found,
        wish=wish_words(wish, topic_names(wish.topics)) if wish.kinds else "",
        consents=queries.consents_of(found.id),
        deliveries=queries.deliveries_of(found.id),
        bounces=queries.bounces_of(found.id),
        suppression=queries.suppression(str(found.address_hash)),
        state_words=STATE_WORDS,
        source_words=SOURCE_WORDS,
        left_words=LEFT_WORDS,
        how_words=HOW_WORDS,
        bounce_words=BOUNCE_WORDS,
        issue_words=ISSUE_WORDS,
        delivery_words=DELIVERY_WORDS,
        suppression_words=SUPPRESSION_WORDS,
    )


@desk.route("/<int:subscriber_id>/stop", methods=["POST"])
@needs("newsletter")
def stop(subscriber_id: int) -> Any:
    """Let a subscriber leave, who asked for it by telephone or by letter."""
    found = subscriber_of(subscriber_id)
    if service.leave(found, how="desk"):
        flash(_("Nothing more is sent to this address."))
    return redirect(url_for(".show", subscriber_id=subscriber_id), 303)


@desk.route("/<int:subscriber_id>/erase", methods=["GET", "POST"])
@needs("newsletter")
def erase(subscriber_id: int) -> Any:
    """Say what is erased of a subscriber, and erase it."""
    found = subscriber_of(subscriber_id)
    if request.method == "POST":
        service.erase(found, by=me())
        flash(_("Everything that was kept of this subscriber is erased."))
        return redirect(url_for(".index"), 303)
    return render_template(
        "newsletter/desk/erase.html",
        subscriber=found,
        consents=len(queries.consents_of(found.id)),
        deliveries=len(queries.deliveries_of(found.id, limit=1000)),
    )


@desk.route("/block", methods=["GET", "POST"])
@needs("newsletter")
def block() -> Any:
    """Let nobody write to an address, known or not."""
    form = BlockForm(data={"email": request.args.get("address", "")[:LONGEST]})
    if request.method == "POST" and form.validate():
        try:
            service.suppress(
                form.email.data or "", reason=SuppressionReason.ADMINISTRATOR, source="desk",
                detail=form.reason.data or "", by=me(),
            )  # fmt: skip
        except Refusal as refusal:
            form.blame(refusal)
        else:
            flash(_("Nobody writes to this address any more."))
            return redirect(url_for(".index"), 303)
    return render_template("newsletter/desk/block.html", form=form), 422 if form.errors else 200


@desk.route("/let", methods=["GET", "POST"])
@needs("newsletter")
def let() -> Any:
    """Let an address that is blocked be written to again, if its owner asks for it."""
    form = BlockForm(data={"email": request.args.get("address", "")[:LONGEST]})
    if request.method == "POST" and form.validate():
        try:
            was = service.lift(form.email.data or "", by=me())
        except Refusal as refusal:
            form.blame(refusal)
        else:
            flash(_("The address is no longer blocked.") if was else _("This address was not blocked."))
            return redirect(url_for(".index"), 303)
    return render_template("newsletter/desk/let.html", form=form), 422 if form.errors else 200


@desk.route("/export", methods=["GET", "POST"])
@needs("export_subscribers")
def export() -> Any:
    """Say what an export holds, and give it: every subscriber as a line of CSV."""
    if request.method != "POST":
        return render_template(
            "newsletter/desk/export.html", by_state=queries.by_state(), state_words=STATE_WORDS
        )
    service.note_export(by=me())
    held = TemporaryFile()  # noqa: SIM115 (the answer closes it; a million lines are no matter for memory)
    for cells in _lines():
        held.write(tables.line(cells).encode())
    held.seek(0)
    name = f"subscribers-{clock.now():%Y-%m-%d}.csv"
    return send_file(held, mimetype="text/csv", as_attachment=True, download_name=name)


HEADINGS = (
    "address", "state", "since", "language", "kinds", "topics", "source", "consent_version", "consent_asked",
    "consent_confirmed", "consent_how", "consent_text",
)  # fmt: skip


def _lines() -> Iterator[list[str]]:
    yield list(HEADINGS)
    keys = {topic.id: topic.key for topic in queries.all_topics()}
    last = 0
    while some := queries.after(last, AT_ONCE):
        ids = [each.id for each in some]
        consents, topics = queries.holding_consents(ids), queries.topics_of_many(ids)
        for each in some:
            consent = consents.get(each.id)
            agreed = (
                [
                    consent.version, consent.asked_at.isoformat(),
                    consent.confirmed_at.isoformat() if consent.confirmed_at else "", consent.how, consent.text,
                ]
                if consent
                else [""] * 5
            )  # fmt: skip
            yield [
                each.email, each.state, each.state_at.isoformat(), each.language, " ".join(each.kinds),
                " ".join(keys.get(topic, "") for topic in topics.get(each.id, ())), each.source, *agreed,
            ]  # fmt: skip
        last = ids[-1]
