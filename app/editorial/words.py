"""The desk's words for states and decisions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

STATE_WORDS = {
    "draft": _l("Draft"),
    "in_review": _l("In review"),
    "approved": _l("Approved"),
    "scheduled": _l("Scheduled"),
    "embargo": _l("Under embargo"),
    "published": _l("Published"),
    "withdrawn": _l("Withdrawn"),
}
VERB_WORDS = {
    "started": _l("begun"),
    "saved": _l("saved"),
    "submitted": _l("sent for review"),
    "taken back": _l("taken back to draft"),
    "returned": _l("returned with comments"),
    "approved": _l("approved"),
    "scheduled": _l("moment set"),
    "published": _l("published"),
    "withdrawn": _l("withdrawn"),
    "shared facts changed": _l("shared facts changed"),
    "restored": _l("older version brought back"),
    "named a version": _l("version named"),
    "made a preview link": _l("preview link made"),
    "revoked a preview link": _l("preview link revoked"),
    "translation brought in step": _l("translation brought in step"),
    "assigned": _l("work asked for"),
    "finished": _l("work done"),
    "unassigned": _l("work no longer asked for"),
    "commented": _l("commented"),
    "resolved a comment": _l("comment resolved"),
    "reopened a comment": _l("comment opened again"),
}
