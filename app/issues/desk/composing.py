"""Making an issue: for whom, which texts in which order, and its words in each language, all on one page."""

from __future__ import annotations

import re
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app import clock
from app.accounts.guards import me, needs
from app.issues import checks, presenting, queries, rules, service
from app.issues.desk.door import desk, issue_of, told_taken
from app.issues.forms import ComposeForm
from app.issues.service import Draft, Words
from app.issues.service.sending import HELD
from app.languages import LANGUAGES
from app.mailings import service as mailings
from app.newsletter.models import Issue, IssueState
from app.newsletter.presenting import topic_choices
from app.refusals import Refusal
from app.text.numbers import number
from app.web.headers import CONTENT_SECURITY_POLICY
from app.writing.sections import of_type

_STEP = re.compile(r"(add|up|down|drop)-(\d{1,9})")


@desk.route("/<int:issue_id>/", methods=["GET", "POST"])
@needs("newsletter")
def compose(issue_id: int) -> Any:
    """Write an issue. Each button keeps what was typed, and then does what it says."""
    issue = issue_of(issue_id)
    if issue.state not in (IssueState.DRAFT, IssueState.SCHEDULED):
        return (
            told_taken(issue_id)
            if request.method == "POST"
            else redirect(url_for(".show", issue_id=issue_id))
        )
    form = ComposeForm() if request.method == "POST" else _filled(issue)
    form.topics.choices = topic_choices()
    if form.validate_on_submit():
        try:
            saved = service.save(issue, _draft(form), base=_base(form), by=me())
            where = _step(saved, request.form.get("do", "save"))
        except rules.Taken as taken:
            return told_taken(issue_id, taken)
        except rules.Changed as changed:
            form.form_errors.append(changed.message)
            form.base.data = str(issue_of(issue_id).version)  # whoever saves now has been told
            return _page(issue_of(issue_id), form, 409)
        except Refusal as refusal:
            form.blame(refusal)
            form.base.data = str(issue_of(issue_id).version)
            return _page(issue_of(issue_id), form, 422)
        return redirect(where, 303)
    return _page(issue, form, 422 if form.errors else 200)


def _base(form: ComposeForm) -> int:
    return number(form.base.data)


def _filled(issue: Issue) -> ComposeForm:
    known: dict[str, Any] = {"base": str(issue.version), "q": request.args.get("q", "")[:200]}
    for code, edition in queries.editions(issue.id).items():
        known |= {
            f"subject_{code}": edition.subject,
            f"preheader_{code}": edition.preheader,
            f"intro_{code}": edition.intro,
        }
    return ComposeForm(formdata=None, data=known | dict(issue.audience or {}))


def _draft(form: ComposeForm) -> Draft:
    words = {
        code: Words(
            *((form.of_language(name, code).data or "") for name in ("subject", "preheader", "intro"))
        )
        for code in LANGUAGES
    }
    beside: dict[int, dict[str, str]] = {}
    for name, typed in request.form.items():
        found = re.fullmatch(r"beside-(\d{1,9})-(fr|en|uk)", name)
        if found:
            beside.setdefault(int(found[1]), {})[found[2]] = typed
    audience = {
        "kinds": form.kinds.data or (),
        "languages": form.languages.data or (),
        "topics": form.topics.data or (),
    }
    return Draft(audience, words, beside)


def _step(issue: Issue, do: str) -> str:
    """Do what a button says, and return where to go from there."""
    here = url_for(".compose", issue_id=issue.id)
    if found := _STEP.fullmatch(do):
        step, item_id = found[1], int(found[2])
        if step == "add":
            service.add(issue, item_id, by=me())
            return f"{here}#texts"
        if step == "drop":
            service.remove(issue, item_id, by=me())
        else:
            service.arrange(issue, item_id, step=-1 if step == "up" else 1, by=me())
        return f"{here}#texts"
    if do == "find":
        typed = (request.form.get("q") or "").strip()[:200]
        return url_for(".compose", issue_id=issue.id, q=typed, _anchor="texts")
    if do == "test":
        service.test(issue, by=me())
        flash(_("A test is on its way to %(address)s.", address=me().email))
        return f"{here}#test"
    if do == "send":
        return url_for(".send", issue_id=issue.id)
    flash(_("The issue is saved."))
    return here


def _page(issue: Issue, form: ComposeForm, status: int) -> Any:
    items = queries.items(issue.id)
    at = rules.looked_at(issue, clock.now())
    counts, editions = mailings.count(issue, at=at), queries.editions(issue.id)
    shown = request.args.get("show", "")
    body = render_template(
        "issues/desk/compose.html",
        form=form,
        issue=issue,
        is_correction=presenting.is_correction(issue),
        is_held=issue.pause_reason == HELD,
        chosen=presenting.chosen(items),
        typed=request.form if form.errors else None,
        found=_found(form.q.data or "", [each.item_id for each in items]),
        counts=counts,
        total=sum(counts.values()),
        findings=checks.findings(issue, at=at),
        inboxes={code: presenting.inboxes(each.subject) for code, each in editions.items() if each.subject},
        previews=[code for code in LANGUAGES if code in editions],
        previewed=shown if shown in editions else next((code for code in LANGUAGES if code in editions), ""),
        test=queries.last_test(issue.id),
        last_sent_at=queries.last_sent_at(),
        soft=rules.SOFT_SUBJECT,
        hard=rules.HARD_SUBJECT,
    )
    answer = make_response(body, status)
    # The previews are pages of our own, each in an origin of its own, where no script runs.
    answer.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
    return answer


def _found(typed: str, besides: list[int]) -> list[dict[str, Any]]:
    """Return the texts that can be put in: those with these words in their title, or the newest."""
    return [
        {
            "item_id": row[0].item_id,
            "title": row[1].title or _("Untitled"),
            "language": row[0].language,
            "type": str(of_type(row[0].type).words.one),
            "at": row[0].public_from,
        }
        for row in queries.to_pick(typed, besides=besides)
    ]


@desk.route("/<int:issue_id>/opened", methods=["POST"])
@needs("newsletter")
def opened(issue_id: int) -> Any:
    """Note that the last test arrived and looks right."""
    issue_of(issue_id)
    made = queries.last_test(issue_id)
    if made is not None:
        service.note_opened(made)
        flash(_("Noted: the test arrived and looks right."))
    return redirect(url_for(".compose", issue_id=issue_id, _anchor="checks"), 303)


@desk.route("/<int:issue_id>/unschedule", methods=["POST"])
@needs("newsletter")
def unschedule(issue_id: int) -> Any:
    """Make a draft again of an issue whose hour was set."""
    try:
        service.unschedule(issue_of(issue_id), by=me())
    except rules.Taken as taken:
        return told_taken(issue_id, taken)
    flash(_("It is a draft again: nothing will be sent by itself."))
    return redirect(url_for(".compose", issue_id=issue_id), 303)
