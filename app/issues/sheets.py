"""What an edition of an issue is made of: plain words and addresses, in its language, of what is public at a moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from app.issues import queries
from app.languages import LANGUAGES, current, speaking
from app.newsletter.models import Issue, IssueEdition, IssueItem, IssueKind
from app.newsletter.rules import ADVISORY
from app.releases.rules import KIND_NAMES
from app.text import markup
from app.web.filters import day, weekday_day
from app.writing.sections import of_type

EXCERPT = 900  # characters of the text itself, in the mail that tells of it alone
LEAD = 400


@dataclass(frozen=True)
class Piece:
    """A text in an issue. ``language`` is that of its title and lead, which may be English in another edition."""

    position: int
    item_id: int
    edition_id: int
    language: str
    title: str
    lead: str
    kicker: str
    at: datetime
    url: str
    words: str = ""
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """An edition before it is printed. ``online_url`` is where it can be read on the site."""

    kind: str
    language: str
    subject: str
    preheader: str
    intro: str
    pieces: tuple[Piece, ...]
    online_url: str
    label: str
    why: str


def pieces(
    chosen: Sequence[IssueItem],
    language: str,
    *,
    at: datetime | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    borrows: bool = True,
    with_text: bool = False,
) -> tuple[Piece, ...]:
    """Return what an edition in ``language`` shows of the texts ``chosen``, which are public at the moment ``at``.

    One that is not there in this language is shown in English, where ``borrows``. From ``since`` on and before
    ``until``: only what became public then.
    """
    there = queries.shown([each.item_id for each in chosen], at)
    found: list[Piece] = []
    for each in chosen:
        rows = there.get(each.item_id, {})
        row = rows.get(language) or (rows.get("en") if borrows else None)
        if row is None or not _is_within(row, since, until):
            continue
        found.append(_piece(each, row, language, with_text=with_text))
    return tuple(found)


def _is_within(row: Any, since: datetime | None, until: datetime | None) -> bool:
    first = row.first_public_at or row.public_from
    return (since is None or first >= since) and (until is None or first < until)


def _piece(item: IssueItem, row: Any, language: str, *, with_text: bool) -> Piece:
    section = of_type(row.type)
    kicker = KIND_NAMES[row.public_kind] if row.type == "release" else section.words.one
    return Piece(
        position=item.position,
        item_id=item.item_id,
        edition_id=row.id,
        language=row.language,
        title=row.title,
        lead=markup.excerpt(row.lead, LEAD),
        kicker=str(kicker),
        at=row.first_public_at or row.public_from,
        url=current_app.config["PUBLIC_URL"] + section.address(row.language, row.path),
        words=(item.words or {}).get(language, ""),
        paragraphs=_beginning(row.shown) if with_text else (),
    )


def _beginning(html: str) -> tuple[str, ...]:
    """Return the first paragraphs of a text, whole ones, without its links: a mail leads to our own pages alone."""
    found: list[str] = []
    room = EXCERPT
    for paragraph in markup.plain(markup.without_pictures(html)).split("\n\n"):
        if found and len(paragraph) > room:
            break
        found.append(paragraph if len(paragraph) <= EXCERPT else markup.excerpt(paragraph, EXCERPT))
        room -= len(paragraph)
        if room <= 0:
            break
    return tuple(each for each in found if each)


def languages_of(sheets: Mapping[str, Sheet]) -> dict[int, dict[str, str]]:
    """Return, for each position, in which language each edition shows what stands there."""
    found: dict[int, dict[str, str]] = {}
    for code, sheet in sheets.items():
        for piece in sheet.pieces:
            found.setdefault(piece.position, {})[code] = piece.language
    return found


def of_issue(issue: Issue, *, at: datetime | None = None) -> dict[str, Sheet]:
    """Return the sheets of an issue as it would go out at the moment ``at`` (None: now), by language."""
    editions, chosen = queries.editions(issue.id), queries.items(issue.id)
    found: dict[str, Sheet] = {}
    for code in LANGUAGES:
        if code in editions:
            with speaking(code):
                found[code] = _sheet(issue, editions[code], chosen, at)
    return found


def _sheet(issue: Issue, edition: IssueEdition, chosen: Sequence[IssueItem], at: datetime | None) -> Sheet:
    code = edition.language
    is_summary = issue.kind in (IssueKind.DAILY, IssueKind.WEEKLY)
    shown = pieces(
        chosen, code, at=at,
        since=issue.since if is_summary else None, until=issue.send_at if is_summary else None,
        borrows=issue.kind in (IssueKind.DAILY, IssueKind.WEEKLY, IssueKind.HANDMADE),
        with_text=issue.kind == IssueKind.ALERT,
    )  # fmt: skip
    site = current_app.config["PUBLIC_URL"]
    if issue.path:
        online = f"{site}/{code}/newsletter/archive/{issue.path}"
    else:
        online = shown[0].url if shown else f"{site}/{code}/"
    return Sheet(
        kind=issue.kind, language=code, subject=edition.subject, preheader=edition.preheader or _preheader(shown),
        intro=edition.intro, pieces=shown, online_url=online, label=label(issue.kind), why=why(issue.kind),
    )  # fmt: skip


def _preheader(shown: Sequence[Piece]) -> str:
    """Return what inboxes show after the subject, where nobody wrote it: the lead of the only text.

    The titles of several are put there by the template, each between its marks: not everybody gets all of them.
    """
    return markup.excerpt(shown[0].lead, 150) if len(shown) == 1 else ""


def label(kind: str) -> str:
    """Return what stands above the title of a mail of this kind."""
    words = {
        IssueKind.ALERT: _("Just published"),
        IssueKind.DAILY: _("Daily summary"),
        IssueKind.WEEKLY: _("Friday summary"),
        IssueKind.HANDMADE: _("Newsletter"),
        IssueKind.CORRECTION: _("Correction"),
    }
    return words[IssueKind(kind)]


def why(kind: str) -> str:
    """Return the sentence that says why somebody gets a mail of this kind."""
    said = {"organisation": current_app.config["ORGANISATION"][current()]}
    words = {
        IssueKind.ALERT: _(
            "You receive this e-mail because you asked %(organisation)s to write to you at each publication.",
            **said,
        ),
        IssueKind.DAILY: _(
            "You receive this e-mail because you asked %(organisation)s for a summary each day.", **said
        ),
        IssueKind.WEEKLY: _(
            "You receive this e-mail because you asked %(organisation)s for a summary on Fridays.", **said
        ),
        IssueKind.HANDMADE: _(
            "You receive this e-mail because you subscribed to the newsletter of %(organisation)s.", **said
        ),
        IssueKind.CORRECTION: _("You receive this e-mail because we sent you the text that it corrects."),
    }
    return words[IssueKind(kind)]


def summary_subject(kind: str, due: datetime) -> str:
    """Return the subject of a summary, in the language that is spoken."""
    if kind == IssueKind.DAILY:
        return _("News of %(date)s", date=weekday_day(due))
    return _("The week up to %(date)s", date=day(due))


def alert_subject(row: Any) -> str:
    """Return the subject of an alert: the title; an advisory says that it is one."""
    if row.public_kind == ADVISORY:
        return _("Media advisory: %(title)s", title=row.title)
    return str(row.title)


def correction_subject(title: str) -> str:
    """Return the subject of a correction."""
    return _("Correction: %(title)s", title=title)
