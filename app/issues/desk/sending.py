"""Sending an issue, watching it, holding it, stopping it."""

from __future__ import annotations

from typing import Any

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app import clock
from app.accounts.guards import me, needs
from app.forms import Form
from app.issues import checks, presenting, queries, rules, service
from app.issues.desk.door import desk, issue_of, told_taken
from app.issues.forms import SendForm
from app.issues.service.sending import HELD
from app.mailings import queries as mailing_queries
from app.mailings import rules as mailing_rules
from app.mailings import service as mailings
from app.newsletter.models import Issue, IssueState
from app.newsletter.words import ISSUE_WORDS
from app.proving.rules import half_hidden
from app.refusals import Refusal
from app.text import moments
from app.text.numbers import number
from app.writing.desk.decisions import wanted


@desk.route("/<int:issue_id>/send", methods=["GET", "POST"])
@needs("newsletter")
def send(issue_id: int) -> Any:
    """Send an issue now or at an hour, after one look at whom it reaches."""
    issue, form = issue_of(issue_id), SendForm()
    if issue.state not in (IssueState.DRAFT, IssueState.SCHEDULED):
        return told_taken(issue_id)
    if not form.is_submitted():
        form.base.data = str(issue.version)
    if form.validate_on_submit():
        try:
            return _sent(issue, form)
        except rules.Taken as taken:
            return told_taken(issue_id, taken)
        except mailing_rules.NotNow:
            return told_taken(issue_id)
        except Refusal as refusal:
            form.blame(refusal)
    return _ask(issue_of(issue_id), form)


def _sent(issue: Issue, form: SendForm) -> Any:
    base = number(form.base.data)
    at = wanted(form)
    if at is None:
        service.send(issue, base=base, by=me(), number=form.typed_number)
        flash(_("The issue is on its way."))
    else:
        service.schedule(issue, at=at, base=base, by=me(), number=form.typed_number)
        flash(_("The hour is set. Until then the issue can be made a draft again."))
    return redirect(url_for(".show", issue_id=issue.id), 303)


def _ask(issue: Issue, form: SendForm) -> Any:
    at = rules.looked_at(issue, clock.now())
    opens_at = checks.opens_at(issue, at=at)
    counts = mailings.count(issue, at=opens_at or at)
    if opens_at and opens_at > clock.now() and not form.is_submitted():
        form.when.data = "at"
    subject, code = presenting.named(queries.subjects([issue.id]).get(issue.id, {}))
    found = checks.findings(issue, at=at)
    body = render_template(
        "issues/desk/send.html",
        form=form,
        issue=issue,
        subject=subject,
        subject_language=code,
        counts=counts,
        total=sum(counts.values()),
        first=[half_hidden(each) for each in mailings.first_addresses(issue, at=opens_at or at)],
        needs_number=sum(counts.values()) > rules.MANY,
        findings=[each for each in found if each.tone != checks.FINE],
        is_blocked=opens_at is None,
        held_at=issue.send_at if issue.pause_reason == HELD else None,
        is_twice=bool(form.fold.data) or _is_twice(form),
        at=clock.now(),
    )
    return body, 422 if form.has_errors else 200


def _is_twice(form: SendForm) -> bool:
    """Whether the hour that was typed comes twice, on the night when clocks go back."""
    if form.when.data != "at" or not form.day.day or not form.clock.clock:
        return False
    try:
        moments.moment_in_zone(form.day.day, form.clock.clock, current_app.config["ZONE"])
    except moments.TwiceHour:
        return True
    except Refusal:
        return False
    return False


@desk.route("/<int:issue_id>/sending")
@needs("newsletter")
def show(issue_id: int) -> Any:
    """Show where a sending stands."""
    issue = issue_of(issue_id)
    if issue.state == IssueState.DRAFT:
        return redirect(url_for(".compose", issue_id=issue_id))
    subjects = queries.subjects([issue_id]).get(issue_id, {})
    subject, code = presenting.named(subjects)
    return render_template(
        "issues/desk/sending.html",
        form=Form(),
        subject=subject,
        subject_language=code,
        archived=[each for each in subjects if issue.path],
        can_correct=queries.has_arrived(issue_id) and not presenting.is_correction(issue),
        kind_words=ISSUE_WORDS,
        clicks=presenting.clicks(issue) if current_app.config["COUNT_CLICKS"] else None,
        **_standing(issue),
    )


def _standing(issue: Issue) -> dict[str, Any]:
    return {
        "issue": issue,
        "sending": presenting.sending(issue),
        "state_words": presenting.STATES,
        "looks": presenting.LOOKS,
        "reason_words": presenting.reason_words,
        "at": clock.now(),
    }


@desk.route("/<int:issue_id>/progress")
@needs("newsletter")
def progress(issue_id: int) -> str:
    """Return the part of that page that changes, for the script that asks every three seconds."""
    return render_template("issues/desk/figures.html", **_standing(issue_of(issue_id)))


@desk.route("/<int:issue_id>/<any(pause, resume):verb>", methods=["POST"])
@needs("newsletter")
def steer(issue_id: int, verb: str) -> Any:
    """Hold a sending, or let it go on."""
    issue = issue_of(issue_id)
    try:
        (mailings.pause if verb == "pause" else mailings.resume)(issue, by=me())
    except mailing_rules.NotNow as not_now:
        return told_taken(issue_id, not_now)
    flash(_("The sending is paused.") if verb == "pause" else _("The sending goes on."))
    return redirect(url_for(".show", issue_id=issue_id), 303)


@desk.route("/<int:issue_id>/stop", methods=["GET", "POST"])
@needs("newsletter")
def stop(issue_id: int) -> Any:
    """Stop a sending for good; who would not get it is said first, in numbers."""
    issue, form = issue_of(issue_id), Form()
    if form.validate_on_submit():
        try:
            mailings.stop(issue, by=me())
        except mailing_rules.NotNow as not_now:
            return told_taken(issue_id, not_now)
        flash(_("The sending is stopped for good."))
        return redirect(url_for(".show", issue_id=issue_id), 303)
    if issue.state not in (*presenting.UNDER_WAY, IssueState.PAUSED):
        return told_taken(issue_id, mailing_rules.NotNow())
    subject, code = presenting.named(queries.subjects([issue_id]).get(issue_id, {}))
    return render_template(
        "issues/desk/stop.html", form=form, issue=issue, subject=subject, subject_language=code,
        numbers=mailing_queries.numbers(issue_id),
    )  # fmt: skip


@desk.route("/<int:issue_id>/correct", methods=["POST"])
@needs("newsletter")
def correct(issue_id: int) -> Any:
    """Begin a correction of an issue that was sent."""
    issue = issue_of(issue_id)
    if issue.state in queries.NOT_SENT:
        abort(404)
    try:
        made = service.correct_by_hand(issue, by=me())
    except rules.NothingToCorrect as refusal:
        return told_taken(issue_id, refusal)
    return redirect(url_for(".compose", issue_id=made.id), 303)
