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
    "autosaved": _l("saved by itself"),
    "pruned": _l("older autosaves taken away"),
    "opened under embargo": _l("opened under embargo"),
    "submitted": _l("sent for review"),
    "taken back": _l("taken back to draft"),
    "returned": _l("returned with comments"),
    "approved": _l("approved"),
    "scheduled": _l("moment set"),
    "published": _l("published"),
    "corrected": _l("corrected"),
    "updated": _l("updated"),
    "edited": _l("edited slightly"),
    "let pass": _l("findings let pass"),
    "moved": _l("moment changed"),
    "regrouped": _l("early access changed"),
    "lifted": _l("published before its moment"),
    "held": _l("held for another language"),
    "together": _l("languages to go live together chosen"),
    "urgent": _l("published urgently, by one person"),
    "confirmed": _l("approved afterwards"),
    "withdrawn": _l("withdrawn"),
    "removed": _l("removed"),
    "merged": _l("merged into another page"),
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
# What a publication is to readers.
PUBLICATION_WORDS = {
    "first": _l("Published"),
    "correction": _l("Correction"),
    "update": _l("Update"),
    "minor": _l("Minor edit"),
    "restored": _l("Put back"),
    "withdrawn": _l("Withdrawn"),
    "removed": _l("Removed"),
    "merged": _l("Merged into another page"),
}
