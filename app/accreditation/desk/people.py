"""Media accounts: finding one, reading what the office knows of it, and what its owner did."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from babel import Locale
from flask import abort, render_template, request
from flask_babel import gettext as _
from wtforms import SelectChoice

from app.accounts import queries as accounts
from app.accounts.guards import needs
from app.accreditation import queries
from app.accreditation.desk.door import desk, person_of
from app.accreditation.forms import DecisionForm, ListForm, PutInForm
from app.accreditation.models import MembershipState
from app.accreditation.words import STATE_WORDS
from app.languages import current
from app.web.paging import Paging, page_number

NARROWING = ("q", "state", "group", "country", "organisation")
LONGEST = 200  # characters of what is typed


@desk.route("/")
@needs("media_accounts")
def index() -> str:
    """List media accounts, last confirmed first, narrowed by what officers remember of them."""
    form = _form()
    query = {name: form[name].data for name in NARROWING if form[name].data}
    asked = queries.Asked(
        words=query.get("q", ""),
        state=query.get("state", ""),
        organisation=query.get("organisation", ""),
        country=query.get("country", ""),
        group_id=int(query["group"]) if "group" in query else None,
    )
    number = page_number(request.args.get("page"))
    paging = Paging(number or 0, queries.count(asked), queries.PAGE, request.path, tuple(query.items()))
    if not paging.exists:
        abort(404)
    rows = queries.page(asked, skip=paging.skip)
    return render_template(
        "accreditation/index.html",
        form=form,
        rows=rows,
        memberships=queries.memberships([user.account_id for user, _account in rows]),
        waiting=queries.waiting()[0],
        pages=paging,
        active=_active(form, query),
        country_name=country_name,
        list_url=request.path,
    )


@desk.route("/<int:account_id>/")
@needs("media_accounts")
def show(account_id: int) -> str:
    """Show what the office knows of somebody, and how they stand with groups."""
    user, account = person_of(account_id)
    standing = queries.memberships([account.id]).get(account.id, [])
    put_in = PutInForm(formdata=None)
    inside = {each.group_id for each in standing if each.state == MembershipState.MEMBER}
    put_in.group.choices = [
        SelectChoice(str(group.id), group.name(current()))
        for group in queries.groups(is_open=True)
        if group.id not in inside
    ]
    return render_template(
        "accreditation/person.html",
        user=user,
        person=account,
        standing=standing,
        state_words=STATE_WORDS,
        put_in=put_in,
        form=DecisionForm(formdata=None),
        sessions=len(accounts.sessions_of(account.id)),
        country=country_name(user.country),
        colleagues_url=f"/desk/media-accounts/?{urlencode({'organisation': user.organisation})}",
    )


def country_name(code: str) -> str:
    """Return what a country is called in the language of the page."""
    return Locale.parse(current()).territories.get(code, code)


def _form() -> ListForm:
    form = ListForm(formdata=request.args, meta={"csrf": False})
    for name in ("q", "organisation"):
        form[name].data = (form[name].data or "")[:LONGEST]
    countries = sorted(
        ((code, country_name(code)) for code in queries.countries()), key=lambda each: each[1].casefold()
    )
    choices: dict[str, tuple[Any, list[tuple[str, Any]]]] = {
        "state": (_("All states"), [(state, STATE_WORDS[state]) for state in queries.STATES]),
        "group": (
            _("All groups"),
            [(str(group.id), group.name(current())) for group in queries.groups()],
        ),
        "country": (_("All countries"), countries),
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
        if name in ("state", "group", "country"):
            said = str(next(choice.label for choice in form[name].choices if choice.value == value))
        rest = urlencode({key: other for key, other in query.items() if key != name})
        label = said if name == "q" else _("%(label)s: %(value)s", label=form[name].label.text, value=said)
        found.append({"label": label, "remove_url": f"{request.path}?{rest}" if rest else request.path})
    return found
