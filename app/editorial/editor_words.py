"""The words of the rich editor, which runs in the browser and holds no sentence of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from babel import Locale
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from app.languages import LANGUAGES, OWN_NAMES

# The page behind a link may be in a language that this newsroom does not speak.
LINKED_LANGUAGES = (
    *("ar", "bg", "cs", "da", "de", "el", "es", "et", "fi", "ga", "he", "hr", "hu", "hy", "it", "ja"),
    *("ka", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "zh"),
)

SAMPLES = (1, 2, 5, 1_000_000)  # one number for each plural form of our languages
PLACE = "%(n)s"  # the script writes the number


def counted(form: Callable[[int], str]) -> dict[str, str]:
    """Return the plural forms of what is counted, by CLDR category; ``form`` gives the one for a number."""
    category = (get_locale() or Locale("en")).plural_form
    forms = {category(sample): form(sample) for sample in SAMPLES}
    return {"other": form(SAMPLES[2]), **forms}


def editor_words() -> dict[str, Any]:
    """Return every word of the editor in the language of this request, as JSON can hold it.

    Values are sentences with ``%(name)s`` places, for what is counted the plural forms by
    category, and for ``languages`` pairs of a code and its own name. There are many, and looking
    them up took a sixth of the time of a page: they are remembered.
    """
    return dict(_words(str(get_locale() or "en")))


@cache
def _words(language: str) -> dict[str, Any]:
    return {
        **_buttons(),
        **_tables_and_lists(),
        **_links(),
        **_pictures(),
        **_pasting(),
        "languages": linked_languages(),
    }


@cache
def linked_languages() -> tuple[tuple[str, str], ...]:
    """Return the code and own name of each language that a link's target may be in, ours first."""
    ours = [(code, OWN_NAMES[code]) for code in LANGUAGES]
    others = [(code, _own_name(code)) for code in LINKED_LANGUAGES]
    return (*ours, *sorted(others, key=lambda pair: pair[1].casefold()))


def _own_name(code: str) -> str:
    name = Locale(code).display_name or code
    return (
        name[0].title() + name[1:]
    )  # upper() would write Georgian in capitals that it has only in headlines


def _buttons() -> dict[str, Any]:
    return {
        "toolbar": _("Formatting"),
        "heading": _("Heading"),
        "subheading": _("Subheading"),
        "bold": _("Bold"),
        "italic": _("Italic"),
        "superscript": _("Superscript"),
        "subscript": _("Subscript"),
        "bullets": _("List"),
        "numbers": _("Numbered list"),
        "quote": _("Quote"),
        "link": _("Link"),
        "table": _("Table"),
        "picture": _("Picture"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "shift": _("Shift"),
        "cancel": _("Cancel"),
        "keys": _("Alt+F10 leads to the formatting buttons, Esc back to the text."),
        "words": counted(lambda n: ngettext("%(n)s word", "%(n)s words", n, n=PLACE)),
    }


def _tables_and_lists() -> dict[str, Any]:
    return {
        "table_tools": _("Table tools"),
        "header_row": _("Header row"),
        "row_before": _("Add row above"),
        "row_after": _("Add row below"),
        "row_delete": _("Delete row"),
        "column_before": _("Add column before"),
        "column_after": _("Add column after"),
        "column_delete": _("Delete column"),
        "cells_merge": _("Merge cells"),
        "cells_split": _("Split cell"),
        "table_delete": _("Delete table"),
        "table_caption": _("Table caption"),
        "list_tools": _("List tools"),
        "indent": _("One level in"),
        "outdent": _("One level out"),
    }


def _links() -> dict[str, Any]:
    return {
        "link_tools": _("Link"),
        "link_text": _("Words of the link"),
        "link_address": _("Address"),
        "link_address_hint": _("Begins with https:// or mailto:, or with / for a page of this site."),
        "link_language": _("Language of the page it leads to"),
        "link_language_none": _("Not stated"),
        "link_add": _("Add link"),
        "link_change": _("Change link"),
        "link_remove": _("Remove link"),
        "link_wrong": _(
            "Enter an address that begins with https:// or mailto:, or with / for a page of this site."
        ),
        "link_text_missing": _("Enter the words that carry the link."),
    }


def _pictures() -> dict[str, Any]:
    return {
        "picture_tools": _("Picture"),
        "picture_choose": _("Choose a picture"),
        "picture_loading": _("Fetching the pictures…"),
        "picture_none": _("There is no picture yet. Pictures added to the library appear here."),
        "picture_failed": _("The pictures could not be fetched."),
        "picture_again": _("Try again"),
        "picture_alt": _("Alternative text"),
        "picture_alt_hint": _("What the picture shows, for people who do not see it."),
        "picture_decorative": _("Decorative: it adds nothing to the text"),
        "picture_caption": _("Caption"),
        "picture_insert": _("Insert picture"),
        "picture_delete": _("Delete picture"),
        "picture_missing": _("Choose a picture."),
        "picture_alt_missing": _("Describe the picture, or mark it as decorative."),
    }


def _pasting() -> dict[str, Any]:
    return {
        "paste_done": _("Pasted."),
        "paste_removed": _("Pasted. Removed: %(list)s."),
        "styles": counted(lambda n: ngettext("%(n)s style", "%(n)s styles", n, n=PLACE)),
        "images": counted(lambda n: ngettext("%(n)s image", "%(n)s images", n, n=PLACE)),
        "paste_tracked_comments": _("Tracked changes were accepted; comments were left out."),
        "paste_tracked": _("Tracked changes were accepted."),
        "paste_comments": _("Comments were left out."),
        "paste_undo": _("Undo"),
        "paste_undone": _("The paste was undone."),
        "paste_file": _("A file cannot be pasted here. Add pictures with the button “Picture”."),
    }
