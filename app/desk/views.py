"""The desk's own pages."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app import clock
from app.accounts.guards import me, needs, officers_only
from app.accounts.rules import may
from app.accreditation import queries as accreditation
from app.desk import queries
from app.editorial import mentions, rules
from app.editorial.queries import afterwards
from app.editorial.remembered import remembered
from app.jobs import queries as jobs
from app.jobs import service as running
from app.refusals import Missing, Refusal

RAIL_ROWS = 3  # how many coming moments the front page shows, if today has fewer

desk = Blueprint("desk", __name__, url_prefix="/desk")


@desk.route("/")
@officers_only
def home() -> str:
    """What this officer must do, what goes out next, what happened last, and whether anything is broken."""
    at = clock.now()
    today = queries.today(at)
    in_progress = queries.in_progress(8)
    return render_template(
        "desk/home.html",
        at=at,
        urgent=afterwards.open_urgencies(),
        marks=afterwards.marks(row[0].id for row in in_progress),
        today=today,
        later=queries.after_today(at, max(0, RAIL_ROWS - sum(each.at > at for each in today))),
        turn=queries.turn(me(), may_approve=rules.may(me(), "approve"), at=at),
        requests=accreditation.waiting() if may(me(), "media_accounts") else (0, None),
        under_way=jobs.under_way(),
        failed=jobs.failed(),
        lately=queries.lately(10),
        in_progress=in_progress,
        broken=remembered(
            "broken links",
            lambda: mentions.how_many_broken(at),
            home=current_app.config["SQLALCHEMY_DATABASE_URI"],
        ),
    )


@desk.route("/jobs")
@needs("jobs")
def work_in_progress() -> Any:
    """What the worker does, did, and could not do."""
    return render_template(
        "desk/jobs.html",
        under_way=jobs.under_way(),
        failed=jobs.failed(),
        recent=jobs.recent(30),
        may_change=may(me(), "change_jobs"),
        name_of=queries.name_of,
        words_of=queries.words,
    )


@desk.route("/jobs/<int:job_id>.json")
@needs("jobs")
def job_state(job_id: int) -> dict[str, Any]:
    """How far a job is, for the progress bar."""
    job = jobs.by_id(job_id)
    return {
        "state": job.state,
        "done": job.progress_done,
        "total": job.progress_total,
        "words": queries.words(job),
    }


@desk.route("/jobs/<int:job_id>/<any(cancel, retry):verb>", methods=["POST"])
@needs("change_jobs")
def change_job(job_id: int, verb: str) -> Any:
    """Cancel a job, or do one that failed again."""
    try:
        (running.cancel if verb == "cancel" else running.retry)(job_id, by=me())
    except Missing:
        raise
    except Refusal as refusal:
        flash(refusal.message, "important")
    else:
        flash(_("It will stop soon.") if verb == "cancel" else _("It will be done again."))
    return redirect(url_for(".work_in_progress"), 303)
