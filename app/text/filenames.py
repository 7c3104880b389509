"""Names of files: as somebody gave them, made harmless; and as a header says them.

A name is for people alone: in the storage a file has a key of ours. What is taken out of a name is what would
mislead its reader (marks that turn the direction of writing), break a header, lead out of a folder, or be refused
by one of the systems that files are saved on.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from app.text.slugs import slug

LONGEST = 120  # characters
LONGEST_BYTES = 200  # of UTF-8: file systems take 255, and add endings of their own while they write
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
# Windows keeps these for its devices, whatever ending they have.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")
# RFC 8187, section 3.2.1: what may stand in an extended value as it is.
_PLAIN = "!#$&+-.^_`|~"


def harmless(typed: str, *, otherwise: str = "file") -> str:
    """Return the name in ``typed`` as any system can save and show it: one name, no folders, nothing unseen.

    At most 120 characters and 200 bytes, cut before the ending; ``otherwise`` when nothing is left.
    """
    name = unicodedata.normalize("NFC", typed.replace("\\", "/").rpartition("/")[2])
    name = "".join(" " if letter.isspace() else letter for letter in name)
    name = "".join(letter for letter in name if unicodedata.category(letter)[0] != "C")
    name = " ".join(_FORBIDDEN.sub("_", name).split()).strip(" .")
    if _DEVICES.fullmatch(name):
        name = f"_{name}"
    return _cut(name) or otherwise


def disposition(name: str, *, is_attachment: bool = True) -> str:
    """Return the value of Content-Disposition for a file called ``name`` (RFC 6266).

    It has one ``filename`` in ASCII, in Latin letters where those of the name are others, for what knows no better,
    and one ``filename*`` with the name itself.
    """
    name = harmless(name)
    stem, ending = _parts(name)
    plain = stem if re.fullmatch(r"[A-Za-z0-9 ()+,._-]+", stem) else slug(stem) or "file"
    kind = "attachment" if is_attachment else "inline"
    return f"{kind}; filename=\"{plain}{ending}\"; filename*=UTF-8''{quote(name, safe=_PLAIN)}"


def _parts(name: str) -> tuple[str, str]:
    """Return a name without its ending, and the ending with its dot."""
    found = _ENDING.search(name)
    return (name[: found.start()], found[0]) if found and found.start() else (name, "")


def _cut(name: str) -> str:
    stem, ending = _parts(name)
    stem = stem[: LONGEST - len(ending)]
    while len((stem + ending).encode()) > LONGEST_BYTES:
        stem = stem[:-1]
    return stem.rstrip(" .") + ending
