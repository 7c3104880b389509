"""Printing: an edition as HTML and as text, with the marks that app/mailings fills in for each person.

Mail programs fetch no stylesheet and forget most of one that is inside: the one user of css-inline writes each rule
into the elements that it is about. What cannot be written there (the dark, the narrow) stays in the head.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any

from flask import current_app

from app.issues.rules import MOST_BYTES
from app.issues.sheets import Sheet
from app.languages import speaking
from app.mailings.letters import ITEM_ENDS, PREFERENCES_MARK, UNSUBSCRIBE_MARK, Words, item_begins
from app.text.markup import excerpt, one_line

_DARK = "@media (prefers-color-scheme: dark)"


@cache
def _inliner() -> Any:
    import css_inline  # two megabytes, which pages do without

    return css_inline.CSSInliner(keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False)


def printed(sheet: Sheet) -> Words:
    """Return the words of an edition as they are sent."""
    with speaking(sheet.language):
        known = _around(sheet) | {
            "sheet": sheet,
            "item_begins": item_begins,
            "item_ends": ITEM_ENDS,
        }
        drawn = _template("mails/issue/body.html").render(known)
        text = _template("mails/issue/body.txt").render(known)
    # Blank lines in a text part are words, too: never more than two line ends in a row.
    text = re.sub("\n{3,}", "\n\n", text).strip()
    return Words(sheet.language, one_line(sheet.subject), _thin(_inliner().inline(drawn)), f"{text}\n")


def fitted(sheet: Sheet) -> tuple[Sheet, Words]:
    """Return an edition that mail programs show whole, and its words: with shorter leads, or fewer of its texts.

    An officer is told by the checks before it comes to that; a summary has nobody to tell, and leads to its page.
    """
    words = printed(sheet)
    for longest in (120, 0):
        if _fits(words):
            return sheet, words
        shorter = (
            replace(each, lead=excerpt(each.lead, longest) if longest else "") for each in sheet.pieces
        )
        sheet = replace(sheet, pieces=tuple(shorter))
        words = printed(sheet)
    while not _fits(words) and len(sheet.pieces) > 1:
        sheet = replace(sheet, pieces=sheet.pieces[: -max(1, len(sheet.pieces) // 8)])
        words = printed(sheet)
    return sheet, words


def _fits(words: Words) -> bool:
    return len(words.html.encode()) <= MOST_BYTES


def in_colours(html: str, look: str) -> str:
    """Return a mail as a program shows it that is ``look`` ("light" or "dark"), whatever the browser around it is."""
    return html.replace(_DARK, "@media all" if look == "dark" else "@media not all")


def for_nobody(words: Words) -> Words:
    """Return ``words`` for a preview or a test: their personal links lead to the page where one asks for a link."""
    base = f"/{words.language}/newsletter/"

    def harmless(body: str) -> str:
        for page, mark in (("unsubscribe", UNSUBSCRIBE_MARK), ("preferences", PREFERENCES_MARK)):
            body = body.replace(f"{base}{page}/{mark}", f"{base}preferences/")
        return body

    return Words(words.language, words.subject, harmless(words.html), harmless(words.text), words.headers)


def _around(sheet: Sheet) -> dict[str, Any]:
    config, code = current_app.config, sheet.language
    site = config["PUBLIC_URL"]
    return {
        "language": code,
        "site": site,
        "organisation": config["ORGANISATION"][code],
        "postal_address": config["POSTAL_ADDRESS"][code],
        "press_phone": config["PRESS_PHONE"],
        "press_email": config["PRESS_EMAIL"],
        "unsubscribe_url": f"{site}/{code}/newsletter/unsubscribe/{UNSUBSCRIBE_MARK}",
        "preferences_url": f"{site}/{code}/newsletter/preferences/{PREFERENCES_MARK}",
    }


def _thin(html: str) -> str:
    """Return ``html`` without the white space that only readers of its source see."""
    return re.sub(r"\n\s*\n+", "\n", re.sub(r"(?m)^[ \t]+|[ \t]+$", "", html)).strip()


def _template(path: str) -> Any:
    return current_app.jinja_env.get_template(path)
