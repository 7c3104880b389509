"""The door of the issues' pages."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, url_for

from app.issues import queries, rules
from app.newsletter.models import Issue

desk = Blueprint("issues", __name__, url_prefix="/desk/newsletter/issues")


def issue_of(issue_id: int) -> Issue:
    """Return the issue with this id, or answer that there is none."""
    return queries.issue(issue_id) or abort(404)


def told_taken(issue_id: int, refusal: Any = None) -> Any:
    """Tell the second of two officers what became of the issue, on the page of its sending."""
    flash(str((refusal or rules.Taken()).message), "important")
    return redirect(url_for(".show", issue_id=issue_id), 303)
