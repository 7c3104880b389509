"""Every version of a text: found again, compared, named, and brought back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask_babel import gettext as _

from app.accounts.guards import me, needs, officers_only
from app.editorial import queries as editorial
from app.editorial.models import Edition, Item, Revision
from app.editorial.rules import Stale, WrongState
from app.editorial.service.snapshots import shared_of
from app.languages import current
from app.refusals import Refusal
from app.teamwork import queries, service
from app.teamwork.desk.door import desk
from app.teamwork.forms import CompareForm, MilestoneForm, RestoreForm
from app.text import bodies
from app.text.numbers import number
from app.writing import told
from app.writing.desk.door import about, both
from app.writing.sections import Section, at_desk

PAGE = 60
PLACE = "/<section:section>/<int:item_id>/<language>/history"


@dataclass
class Row:
    """A version, or several in a row that saved themselves for the same person; the newest is the first."""

    revisions: list[Revision]

    @property
    def is_folded(self) -> bool:
        """Whether these saved themselves."""
        return self.revisions[0].is_autosave


def folded(revisions: list[Revision]) -> list[Row]:
    """Return ``revisions`` with those that saved themselves one after the other put together."""
    rows: list[Row] = []
    for each in revisions:
        last = rows[-1].revisions[-1] if rows else None
        if last and last.is_autosave and each.is_autosave and last.author_id == each.author_id:
            rows[-1].revisions.append(each)
        else:
            rows.append(Row([each]))
    return rows


@desk.route(PLACE)
@officers_only
def history(section: Section, item_id: int, language: str) -> Any:
    """List every version: who, when, why; two of them can be compared."""
    item, edition = both(section, item_id, language)
    return _history_page(section, item, edition)


def _history_page(section: Section, item: Item, edition: Edition, form: CompareForm | None = None) -> Any:
    before = number(request.args.get("before")) or None
    found = list(queries.versions(edition.id, before=before, limit=PAGE + 1))
    shown, rest = found[:PAGE], found[PAGE:]
    if form is None:
        old, new = _default(edition, shown)
        form = CompareForm(formdata=None, meta={"csrf": False}, old=old, new=new)
    body = render_template(
        "teamwork/history.html",
        rows=folded(shown),
        older=shown[-1].number if rest else 0,
        newer=before,
        decided=queries.decided([each.id for each in shown]),
        form=form,
        **about(section, item, edition, edition.language),
    )
    return body, 422 if form.has_errors else 200


def _default(edition: Edition, shown: list[Revision]) -> tuple[int, int]:
    """Return the two versions to compare unless told: what readers saw last and the working text."""
    new = shown[0].number if shown else 0
    seen = edition.public_revision.number if edition.public_revision else 0
    return (seen if 0 < seen < new else max(1, new - 1)), new


@desk.route(f"{PLACE}/difference")
@officers_only
def difference(section: Section, item_id: int, language: str) -> Any:
    """Show how one version became another, in words and in fields."""
    item, edition = both(section, item_id, language)
    form = CompareForm(formdata=None, meta={"csrf": False})
    form.old.data, form.new.data = number(request.args.get("old")), number(request.args.get("new"))
    old, new = (editorial.revision(edition.id, each.data) for each in (form.old, form.new))
    if old is None:
        form.blame(Refusal(_("Choose a version."), field="old"))
    if new is None:
        form.blame(Refusal(_("Choose a version."), field="new"))
    elif new is old:
        form.blame(Refusal(_("Choose another version: this one is already chosen."), field="new"))
    if form.has_errors or old is None or new is None:
        return _history_page(section, item, edition, form)
    return render_template(
        "teamwork/difference.html",
        old=old,
        new=new,
        **_compared(section, old, new),
        **about(section, item, edition, language),
    )


def _compared(section: Section, old: Revision, new: Revision) -> dict[str, Any]:
    """Return how ``old`` became ``new``: its lines, its body and its fields."""
    found = told.compared(section, old, new)
    return {"lines": found.lines, "body": bodies.bodies(old.body, new.body), "facts": found.facts}


@desk.route(f"{PLACE}/<int:version>")
@officers_only
def version(section: Section, item_id: int, language: str, version: int) -> Any:
    """Show a version as readers would have seen it."""
    item, edition = both(section, item_id, language)
    revision = _revision(edition, version)
    page = section.draft(edition, current(), revision)
    form = MilestoneForm(name=revision.milestone)
    return _version_page(section, item, edition, revision, page, form)


def _version_page(
    section: Section, item: Item, edition: Edition, revision: Revision, page: Any, form: MilestoneForm
) -> Any:
    values = about(section, item, edition, edition.language)
    body = render_template("teamwork/version.html", page=page, revision=revision, form=form, **values)
    return body, 422 if form.has_errors else 200


@desk.route(f"{PLACE}/<int:version>/name", methods=["POST"])
@needs("write")
def name(section: Section, item_id: int, language: str, version: int) -> Any:
    """Name a version."""
    item, edition = both(section, item_id, language)
    revision = _revision(edition, version)
    form = MilestoneForm()
    try:
        service.name_version(edition, revision, name=form.name.data or "", by=me())
    except Refusal as refusal:
        form.blame(refusal)
        page = section.draft(edition, current(), revision)
        return _version_page(section, item, edition, revision, page, form)
    flash(
        _("This version has a name now.") if revision.milestone else _("This version has no name any more.")
    )
    return redirect(f"{at_desk(edition.type, item.id, language)}history#version-{version}", 303)


@desk.route(f"{PLACE}/<int:version>/restore", methods=["GET", "POST"])
@needs("write")
def restore(section: Section, item_id: int, language: str, version: int) -> Any:
    """Bring an older version back as a new one, after a look at what that changes."""
    item, edition = both(section, item_id, language)
    revision = _revision(edition, version)
    assert edition.current is not None
    form = RestoreForm(base=str(edition.current.number))
    status = 200
    if form.validate_on_submit():
        try:
            made = service.restore(
                edition,
                revision,
                base=number(form.base.data),
                by=me(),
                with_shared=bool(form.with_shared.data),
            )
        except Stale:
            form.blame(WrongState())
            form.base.data = str(edition.current.number)
            status = 409
        except Refusal as refusal:
            form.blame(refusal)
            status = 422
        else:
            if made is None:
                flash(_("Nothing differs from the working text."))
            else:
                flash(_("Version %(old)s is back, as version %(new)s.", old=version, new=made.number))
            return redirect(at_desk(edition.type, item.id, language), 303)
    body = render_template(
        "teamwork/restore.html",
        revision=revision,
        form=form,
        has_shared=shared_of(revision) != shared_of(edition.current),
        others=[each.language for each in item.editions if each.id != edition.id],
        **_compared(section, edition.current, revision),
        **about(section, item, edition, language),
    )
    return body, status


def _revision(edition: Edition, version: int) -> Revision:
    revision = editorial.revision(edition.id, version)
    if revision is None:
        abort(404)
    return revision
