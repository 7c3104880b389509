"""What to look at before an issue goes out, and what forbids that it does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from app import clock
from app.editorial.models import Edition
from app.issues import queries, rules
from app.issues.printing import printed
from app.issues.sheets import Sheet, of_issue
from app.languages import OWN_NAMES
from app.mailings.letters import UNSUBSCRIBE_MARK, Words
from app.newsletter.models import Issue, IssueKind
from app.web.filters import filesize, moment_zone

BLOCKS, WARNS, FINE = "blocks", "warns", "fine"
_HREF = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')
_IMAGE = re.compile(r"<img\b(?![^>]*\balt=)")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: ``tone`` says whether it blocks, warns, or is fine."""

    tone: str
    text: str
    item_id: int | None = None


def blocking(issue: Issue, *, at: datetime) -> list[Finding]:
    """Return what forbids that ``issue`` goes out at the moment ``at``."""
    return [each for each in findings(issue, at=at) if each.tone == BLOCKS]


def opens_at(issue: Issue, *, at: datetime) -> datetime | None:
    """Return from which moment on nothing forbids that ``issue`` goes out, not before ``at``.

    That is ``at`` itself, or when the last of its texts becomes public. None where waiting alone does not help.
    """
    if not blocking(issue, at=at):
        return at
    ids = [each.item_id for each in queries.items(issue.id)]
    known, there = queries.states_of(ids), queries.shown(ids, at)
    coming = [_coming(known.get(item_id, []), at) for item_id in ids if item_id not in there]
    last = max((moment for moment in coming if moment), default=None)
    return last if last and not blocking(issue, at=last) else None


def findings(issue: Issue, *, at: datetime) -> list[Finding]:
    """Return all that was looked at, what blocks first."""
    sheets = of_issue(issue, at=at)
    found = [*_texts(issue, at), *_editions(issue, sheets)]
    for code, sheet in sheets.items():
        found += _mail(code, printed(sheet))
    found.append(_tested(issue))
    return sorted(found, key=lambda each: (BLOCKS, WARNS, FINE).index(each.tone))


def _texts(issue: Issue, at: datetime) -> list[Finding]:
    """Name each text that readers could not open at the moment ``at``."""
    ids = [each.item_id for each in queries.items(issue.id)]
    there, known = queries.shown(ids, at), queries.states_of(ids)
    missing = [item_id for item_id in ids if item_id not in there]
    if not missing:
        return [Finding(FINE, _("Every text can be read by then."))] if ids else []
    return [Finding(BLOCKS, _why_not(known.get(item_id, []), at), item_id) for item_id in missing]


def _why_not(editions: list[Edition], at: datetime) -> str:
    title = next((_title(each) for each in editions if _title(each)), _("Untitled"))
    if any(each.withdrawn_at for each in editions):
        return _("“%(title)s” was withdrawn.", title=title)
    coming = _coming(editions, at)
    if coming:
        return _("“%(title)s” is not public before %(moment)s.", title=title, moment=moment_zone(coming))
    return _("“%(title)s” is not published.", title=title)


def _coming(editions: list[Edition], at: datetime) -> datetime | None:
    """Return when the first of these becomes public, after ``at``."""
    moments = [each.public_from for each in editions if each.public_from and each.public_from > at]
    return min(moments, default=None)


def _title(edition: Edition) -> str:
    revision: Any = edition.public_revision or edition.current
    return revision.title if revision else ""


def _editions(issue: Issue, sheets: dict[str, Sheet]) -> list[Finding]:
    if not sheets:
        return [Finding(BLOCKS, _("The issue has no words in any language yet."))]
    found = []
    for code, sheet in sheets.items():
        name = OWN_NAMES[code]
        if not sheet.subject:
            found.append(Finding(BLOCKS, _("%(language)s: the subject is missing.", language=name)))
        elif len(sheet.subject) > rules.SOFT_SUBJECT:
            found.append(
                Finding(WARNS, _("%(language)s: the subject is long; phones show half of it.", language=name))
            )
        if not sheet.pieces and not sheet.intro:
            found.append(Finding(BLOCKS, _("%(language)s: there is nothing to read in it.", language=name)))
        borrowed = sum(piece.language != code for piece in sheet.pieces)
        if borrowed:
            found.append(
                Finding(
                    WARNS, _("%(language)s: %(n)s of its texts are there in English alone.", language=name, n=borrowed)
                )
            )  # fmt: skip
    if "en" not in sheets and issue.kind == IssueKind.HANDMADE:
        found.append(
            Finding(
                WARNS, _("There is no English edition: who reads a language that is missing gets nothing.")
            )
        )
    return found


def _mail(code: str, words: Words) -> list[Finding]:
    """Look at an edition as it is sent: its links, pictures, size, text part, and the way out."""
    name, site = OWN_NAMES[code], current_app.config["PUBLIC_URL"]
    found = []
    foreign = [each for each in _HREF.findall(words.html) if not each.startswith(f"{site}/")]
    if foreign:
        found.append(Finding(BLOCKS, _("%(language)s: a link leads to another site.", language=name)))
    if _IMAGE.search(words.html):
        found.append(Finding(BLOCKS, _("%(language)s: a picture has no alternative text.", language=name)))
    size = len(words.html.encode())
    said = {"language": name, "size": filesize(size), "most": filesize(rules.MOST_BYTES)}
    if size > rules.MOST_BYTES:
        text = _("%(language)s: %(size)s, more than the %(most)s that mail programs show whole.", **said)
        found.append(Finding(BLOCKS, text))
    if not words.text.strip() or UNSUBSCRIBE_MARK not in words.text or UNSUBSCRIBE_MARK not in words.html:
        found.append(
            Finding(
                BLOCKS, _("%(language)s: the text part or the way to unsubscribe is missing.", language=name)
            )
        )
    if not found:
        found.append(
            Finding(
                FINE,
                _(
                    "%(language)s: links, size (%(size)s), text part and the way to unsubscribe are right.",
                    **said,
                ),
            )
        )
    return found


def _tested(issue: Issue) -> Finding:
    if queries.has_good_test(issue.id, queries.recently(clock.now(), rules.TEST_HOURS)):
        return Finding(FINE, _("A test arrived and looks right."))
    return Finding(WARNS, _("No test of the last 24 hours was opened."))
