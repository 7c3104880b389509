"""Bring the three catalogues in step with the code: new messages come in, those said nowhere go.

English says what the code says; what lacks French or Ukrainian is counted, and fails a test of the house.
"""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # so that it runs as a file, too

LANGUAGES = ("fr", "en", "uk")
METHODS = [("app/**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
EXTENSIONS = "app.web.templates.Once"  # our own tag, which the reader of templates has to know
KEYWORDS = dict.fromkeys(("_", "gettext", "_l", "lazy_gettext")) | dict.fromkeys(
    ("ngettext", "_ln", "lazy_ngettext"), (1, 2)
)
SKIPPED = re.compile(r"/(\.|node_modules|tests|static|migrations|bench|instance)")

Message = tuple[str, ...]


def wanted() -> dict[Message, set[str]]:
    """Return every message that the code and the templates ask for, and in which files."""
    found: dict[Message, set[str]] = {}
    options = {pattern: {"trimmed": "true", "extensions": EXTENSIONS} for pattern, _ in METHODS}
    for name, _line, message, _comments, _context in extract_from_dir(
        str(ROOT), method_map=METHODS, keywords=KEYWORDS, options_map=options,
        directory_filter=lambda folder: not SKIPPED.search(folder.removeprefix(str(ROOT))),
    ):  # fmt: skip
        key = message if isinstance(message, tuple) else (message,)
        found.setdefault(key, set()).add(name)
    # A message that is counted somewhere is one entry with the same words elsewhere.
    for key in [key for key in found if len(key) == 2 and (key[0],) in found]:
        found[key] |= found.pop((key[0],))
    return found


def path_of(language: str) -> Path:
    """Return where the catalogue of ``language`` is."""
    return ROOT / "app" / "translations" / language / "LC_MESSAGES" / "messages.po"


def known(language: str) -> dict[Message, Message]:
    """Return what the catalogue of ``language`` says already."""
    path = path_of(language)
    if not path.exists():
        return {}
    catalogue = read_po(BytesIO(path.read_bytes()), locale=language)
    return {
        (message.id if isinstance(message.id, tuple) else (message.id,)): (
            message.string if isinstance(message.string, tuple) else (message.string,)
        )
        for message in catalogue
        if message.id
    }


def update(language: str, messages: dict[Message, set[str]]) -> int:
    """Write the catalogue of ``language`` anew; return how many messages it lacks."""
    said = known(language)
    catalogue = Catalog(locale=language, project="Communiqué", copyright_holder="", version="1", fuzzy=False)
    forms, lacking = catalogue.num_plurals, 0
    for key in sorted(messages, key=lambda key: (key[0].casefold(), key)):
        string = key if language == "en" else said.get(key, ("",) * (forms if len(key) == 2 else 1))
        lacking += not all(string)
        catalogue.add(
            key if len(key) == 2 else key[0],
            string if len(key) == 2 else string[0],
            locations=[(name, None) for name in sorted(messages[key])],
        )
    out = BytesIO()
    write_po(out, catalogue, width=110, omit_header=False, include_lineno=False)
    text = re.sub(
        rb'"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid-Bugs-To):[^\n]*\n',
        b"",
        out.getvalue(),
    )
    text = re.sub(rb"\A(#[^\n]*\n)+", "# The newsroom’s words.\n#\n".encode(), text)
    path_of(language).parent.mkdir(parents=True, exist_ok=True)
    path_of(language).write_bytes(text)
    return lacking


def main() -> int:
    """Update all three; say what is missing."""
    messages = wanted()
    lacking = {language: update(language, messages) for language in LANGUAGES}
    print(
        f"{len(messages)} messages; missing: {', '.join(f'{code} {count}' for code, count in lacking.items())}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
