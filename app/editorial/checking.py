"""Between a revision as it is kept and the checks, which know words only: what is checked, and what is found.

Turned down: keeping the findings in a table (they would have to follow each save, each withdrawal of a page
that is linked to, and each change of a rule); a look takes milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app
from sqlalchemy import exists, select

from app import clock
from app.database import db
from app.editorial import checks, linking, queries
from app.editorial.checks import Checked, Context, Finding
from app.editorial.models import Edition, Revision, Waiver
from app.editorial.queries.wording import instead_of
from app.editorial.rules import DATELINED
from app.text import markup
from app.web.days import day_of

TOLD_ONLY = {"language-missing"}  # the act that goes live together asks for a reason itself


def checked(revision: Revision, language: str) -> Checked:
    """Return the words of ``revision`` as the checks take them."""
    return Checked(
        language=language,
        title=revision.title,
        lead=revision.lead,
        body=revision.body,
        place=revision.place,
        date=revision.date,
        pictures=revision.pictures,
        quotes=revision.fields.get("quotes", []),
        links=[linking.addressed(link) for link in revision.fields.get("links", [])],
        faq=revision.fields.get("faq", []),
    )


def findings(edition: Edition) -> list[Finding]:
    """Return what is to be looked at in the working text of ``edition``, what blocks first."""
    revision = edition.current
    if revision is None:
        return []
    begun = [each.language for each in queries.editions_of(edition.item_id)]
    context = Context(
        today=day_of(clock.now()),
        zone=current_app.config["ZONE"],
        is_broken=leads_nowhere,
        host=current_app.config["PUBLIC_URL"].partition("://")[2],
        languages=begun,
        required=edition.item.together,
        has_dateline=edition.type in DATELINED,
        house_words=instead_of(edition.language),
    )
    found = checks.of(checked(revision, edition.language), context)
    return [each for each in found if each.rule != "text-missing" or edition.type in DATELINED]


def waivers(edition_id: int) -> dict[str, Waiver]:
    """Return the reasons that were given for findings of an edition, by the key of the finding."""
    found = db.session.scalars(select(Waiver).where(Waiver.edition_id == edition_id))
    return {waiver.key: waiver for waiver in found}


def unanswered(edition: Edition, found: Sequence[Finding] | None = None) -> list[Finding]:
    """Return the findings that keep ``edition`` from its next step: those that block, and those without a reason."""
    answered = waivers(edition.id)
    found = findings(edition) if found is None else found
    return [
        each
        for each in found
        if each.is_blocking or (each.key not in answered and each.rule not in TOLD_ONLY)
    ]


def corrected(edition: Edition, keys: Sequence[str] | None) -> Mapping[str, Any]:
    """Return what the corrections of these findings (None: of all) make of the working text, by field."""
    if edition.current is None:
        return {}
    before = checked(edition.current, edition.language)
    after = checks.accepted(before, keys)
    names = ("title", "lead", "body", "place", "pictures", "quotes", "links", "faq")
    found = {name: getattr(after, name) for name in names if getattr(after, name) != getattr(before, name)}
    for entry in found.get("faq", ()):  # what readers get of an answer follows it
        entry.pop("shown", None)
        if (shown := markup.present(entry["answer"])) != entry["answer"]:
            entry["shown"] = shown
    if "links" in found:  # a text of ours is kept as what it is, not as where it is
        found["links"] = [
            link
            | {name: kept.get(name, "") for name in (("url",) if kept.get("title") else ("url", "title"))}
            if kept.get("item")
            else link
            for link, kept in zip(found["links"], edition.current.fields.get("links", []), strict=True)
        ]
    return found


def leads_nowhere(path: str) -> str | None:
    """Say of an address on this site whether it is "broken" or "private": readers cannot see it now; None if fine."""
    bare = re.split("[?#]", path)[0]
    if bare.startswith("/desk/"):
        return "private"
    place = linking.place_of(re.sub(r"\.(txt|ics)$", "", bare))
    if place is None or queries.page(*place):
        return None
    known = queries.elsewhere(*place)
    if known is not None:
        if known.withdrawn_at is None or known.ending == "merged":
            return None
        return "private" if known.ending == "withdrawn" else "broken"
    if queries.in_another_language(*place) is not None:
        return None
    here = (Edition.type == place.type) & (Edition.language == place.language) & (Edition.path == place.path)
    waits = select(exists().where(here))
    return "private" if db.session.scalar(waits) else "broken"
