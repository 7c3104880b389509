"""Groups of media users: making them, changing them, closing them."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.accounts.guards import me, needs
from app.accreditation import queries, rules, service
from app.accreditation.desk.door import desk
from app.accreditation.forms import GroupForm
from app.accreditation.models import Group
from app.forms import Form
from app.refusals import Refusal


@desk.route("/groups/")
@needs("media_accounts")
def groups() -> str:
    """List the groups, and how many are in each or ask to be."""
    return render_template("accreditation/groups.html", groups=queries.groups(), sizes=queries.sizes())


@desk.route("/groups/new", methods=["GET", "POST"])
@needs("media_accounts")
def new_group() -> Any:
    """Make a group."""
    return _group(None)


@desk.route("/groups/<int:group_id>/", methods=["GET", "POST"])
@needs("media_accounts")
def group(group_id: int) -> Any:
    """Change a group: its names, its domains, whether these let people in."""
    return _group(queries.group(group_id) or abort(404))


def _group(group: Group | None) -> Any:
    form, status, theirs = GroupForm(), 422, None
    if not form.is_submitted() and group is not None:
        form = GroupForm(
            formdata=None,
            data={f"names_{code}": name for code, name in group.names.items()}
            | {
                "domains": "\n".join(group.domains),
                "admits_by_domain": group.admits_by_domain,
                "base": rules.version(group),
            },
        )
    if form.validate_on_submit():
        try:
            if group is None:
                service.make(
                    form.names,
                    domains=form.typed_domains,
                    admits_by_domain=bool(form.admits_by_domain.data),
                    by=me(),
                )
            else:
                service.change(
                    group,
                    form.names,
                    domains=form.typed_domains,
                    admits_by_domain=bool(form.admits_by_domain.data),
                    base=form.base.data or "",
                    by=me(),
                )
        except rules.Changed as changed:
            assert group is not None
            form.form_errors.append(changed.message)
            form.base.data, status, theirs = rules.version(group), 409, group
        except Refusal as refusal:
            form.blame(refusal)
        else:
            flash(_("The group is saved."))
            return redirect(url_for(".groups"), 303)
    body = render_template("accreditation/group.html", form=form, group=group, theirs=theirs)
    return body, status if form.has_errors else 200


@desk.route("/groups/<int:group_id>/<any(close, reopen):verb>", methods=["GET", "POST"])
@needs("media_accounts")
def close_group(group_id: int, verb: str) -> Any:
    """Close a group, or open it again; what that does is said first."""
    group, form = queries.group(group_id) or abort(404), Form()
    if form.validate_on_submit():
        (service.close if verb == "close" else service.reopen)(group, by=me())
        flash(_("The group is closed.") if verb == "close" else _("The group is open again."))
        return redirect(url_for(".groups"), 303)
    members = queries.sizes().get((group.id, "member"), 0)
    return render_template(
        "accreditation/close_group.html", form=form, group=group, verb=verb, members=members
    )
