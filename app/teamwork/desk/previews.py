"""A text as its readers will see it, at any width; and links for outsiders."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, current_app, flash, make_response, redirect, render_template, request
from flask_babel import gettext as _

from app import clock
from app.accounts.guards import me, needs, officers_only
from app.editorial.models import Edition, Item
from app.refusals import Refusal
from app.teamwork import queries, rules, service
from app.teamwork.desk.door import desk
from app.teamwork.forms import PreviewForm
from app.teamwork.showing import as_readers_see
from app.web.headers import CONTENT_SECURITY_POLICY
from app.writing.desk.door import about, both
from app.writing.sections import Section, at_desk

WIDTHS = (320, 390, 768, 1024, 1280)
HEIGHT = 800
PLACE = "/<section:section>/<int:item_id>/<language>"


@desk.route(f"{PLACE}/preview/widths")
@officers_only
def widths(section: Section, item_id: int, language: str) -> Response:
    """Show the page that readers will see in a window of a chosen width."""
    item, edition = both(section, item_id, language)
    asked = request.args.get("width", "")
    width = next((each for each in WIDTHS if str(each) == asked), 390)
    values = about(section, item, edition, language)
    page = render_template("teamwork/widths.html", width=width, widths=WIDTHS, height=HEIGHT, **values)
    answer = make_response(page)
    answer.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
    return answer


@desk.route(f"{PLACE}/preview/page")
@officers_only
def page(section: Section, item_id: int, language: str) -> Response:
    """Show the working text on the page that readers will see; the only one that our own pages may frame."""
    _item, edition = both(section, item_id, language)
    if edition.current is None:
        abort(404)
    answer = make_response(as_readers_see(edition, edition.current, preview=None))
    policy = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    answer.headers["Content-Security-Policy"] = policy
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer


@desk.route(f"{PLACE}/previews", methods=["GET", "POST"])
@needs("preview_links")
def links(section: Section, item_id: int, language: str) -> Any:
    """List the links to this text, who opened them when; and make another, whose address is shown once."""
    item, edition = both(section, item_id, language)
    form = PreviewForm()
    if form.validate_on_submit():
        try:
            link, token = service.make_preview(
                edition, name=form.name.data or "", by=me(), once=(form.once.data or "")[:100]
            )
        except Refusal as refusal:
            form.blame(refusal)
        else:
            address = f"{current_app.config['PUBLIC_URL']}/preview/{token}"
            return _links_page(section, item, edition, PreviewForm(formdata=None), made=link, address=address)
    return _links_page(section, item, edition, form)


def _links_page(section: Section, item: Item, edition: Edition, form: PreviewForm, **made: Any) -> Any:
    found = queries.preview_links(edition.id)
    at = clock.now()
    body = render_template(
        "teamwork/previews.html",
        form=form,
        links=[(each, rules.end_of(each, edition, at=at)) for each in found],
        openings=queries.openings([each.id for each in found]),
        **({"made": None, "address": ""} | made),
        **about(section, item, edition, edition.language),
    )
    return body, 422 if form.has_errors else 200


@desk.route(f"{PLACE}/previews/<int:link_id>/revoke", methods=["POST"])
@needs("preview_links")
def revoke(section: Section, item_id: int, language: str, link_id: int) -> Any:
    """End a link now."""
    item, edition = both(section, item_id, language)
    link = next((each for each in queries.preview_links(edition.id) if each.id == link_id), None)
    if link is None:
        abort(404)
    service.revoke_preview(link, by=me())
    flash(_("Revoked: the link for %(name)s opens nothing any more.", name=link.name))
    return redirect(f"{at_desk(edition.type, item.id, language)}previews", 303)
