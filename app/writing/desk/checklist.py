"""The checks: what they found, what was put right by machine, and what may stay and why."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.guards import me, needs
from app.editorial import checking, rules, service
from app.editorial.checks import FAMILIES, RULES
from app.editorial.models import Edition, Item, State
from app.forms import Form, tidy
from app.refusals import Refusal
from app.text.numbers import number
from app.writing.desk.door import about, both, desk
from app.writing.sections import Section


@desk.route("/<section:section>/<int:item_id>/<language>/checks", methods=["GET", "POST"])
@needs("write")
def checklist(section: Section, item_id: int, language: str) -> Any:
    """Show what the checks found; put typography right, or keep why something may stay."""
    item, edition = both(section, item_id, language)
    form = Form()
    if form.validate_on_submit():
        try:
            said = _answer(edition)
        except Refusal as refusal:
            return checks_page(section, item, edition, language, refusal)
        flash(said)
        where = ".checklist" if edition.state is not State.IN_REVIEW else ".edit"
        return redirect(url_for(where, section=section, item_id=item_id, language=language), 303)
    return checks_page(section, item, edition, language)


def _answer(edition: Edition) -> str:
    """Do what was asked for; return the sentence that says so."""
    passed = service.let_pass(
        edition, _typed(), by=me()
    )  # whichever button was pressed: nothing typed is lost
    if "accept" in request.form or "accept_all" in request.form:
        keys = None if "accept_all" in request.form else [request.form["accept"][:80]]
        made = service.put_right(edition, keys=keys, base=number(request.form.get("base")), by=me())
        if made is None:
            return _("Nothing is left to put right.")
        return _("Put right, as version %(n)s.", n=made.number)
    if "submit" in request.form:
        service.submit(edition, by=me(), reason=tidy(request.form.get("everything", "")))
        return _("Sent for review.")
    return ngettext("%(num)s finding may stay.", "%(num)s findings may stay.", passed)


def _typed() -> dict[str, str]:
    """Return the reasons that were typed, by the key of their finding."""
    return {
        name.removeprefix("reason-"): value
        for name, value in list(request.form.items())[:1000]
        if name.startswith("reason-") and tidy(value)
    }


def checks_page(
    section: Section, item: Item, edition: Edition, language: str, refusal: Refusal | None = None
) -> tuple[str, int]:
    """Show the findings, family by family, with what was just typed and what was wrong with it."""
    found = checking.findings(edition)
    unanswered = checking.unanswered(edition, found)
    families = [
        (name, [each for each in found if RULES[each.rule].family == family])
        for family, name in FAMILIES.items()
    ]
    body = render_template(
        "writing/checks.html",
        form=Form(),
        refusal=refusal,
        families=[(name, group) for name, group in families if group],
        reasons=checking.waivers(edition.id),
        unanswered=unanswered,
        typed=_typed() if request.method == "POST" else {},
        everything=tidy(request.form.get("everything", "")),
        proposals=sum(1 for each in found if RULES[each.rule].family == "typography" and each.suggestion),
        may_submit=edition.state in (State.DRAFT, State.WITHDRAWN),
        **about(section, item, edition, language),
    )
    if refusal is None:
        return body, 200
    return body, 409 if isinstance(refusal, (rules.WrongState, rules.Stale)) else 422
