"""What every public page says of itself: its addresses in other languages, its cache, its machine data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from flask import Response
from markupsafe import Markup

from app.here import asked, newsroom, setting
from app.languages import LANGUAGES, OWN_NAMES, current


def absolute(path: str) -> str:
    """Return the whole address of ``path``. Never from the request: a foreign Host must not get into a feed."""
    return setting("PUBLIC_URL") + path


class Link(NamedTuple):
    """A link of those around a page: its words, where it leads, its language, whether that is here."""

    name: str
    url: str
    code: str = ""
    is_current: bool = False


def language_links(alternates: Mapping[str, str]) -> list[Link]:
    """Return the switch: this page in each language. ``alternates`` maps codes to paths; the rest keep the address.

    A page that another language lacks is offered there in a language that exists, with a notice.
    """
    rest, spoken = asked().path[3:], current()
    return [
        Link(name, alternates.get(code) or f"/{code}{rest}", code, code == spoken)
        for code, name in OWN_NAMES.items()
    ]


_ESCAPES = [(character, f"\\u{ord(character):04x}") for character in "<>&\u2028\u2029"]
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def data_block(data: Mapping[str, Any]) -> Markup:
    """Return ``data`` as JSON that is safe inside a script element."""
    written = _as_json(data)
    for character, escape in _ESCAPES:
        written = written.replace(character, escape)
    return Markup(written)  # noqa: S704 (nothing in it can end the element)


def page(
    template: str, *, alternates: Mapping[str, str] | None = None, status: int = 200, **values: Any
) -> Response:
    """Render a public page, the same for everybody.

    ``alternates`` maps the languages in which this page exists to their paths (this one
    included); None means that it exists in all three at the same address.
    The template is given these values and the surroundings, nothing of the person who asks.
    """
    app, path = newsroom(), asked().path
    base = app.config["PUBLIC_URL"]
    known = {code: f"/{code}{path[3:]}" for code in LANGUAGES} if alternates is None else alternates
    addresses = {code: base + there for code, there in known.items()}
    shown = {
        **app.extensions["surroundings"](),
        "language_links": language_links(known),
        "alternates": addresses.items(),
        "x_default": addresses.get("en") or next(iter(addresses.values()), None),
        "canonical": base + (values.pop("canonical_path", None) or path),
        **values,
    }
    return public(Response(app.jinja_env.get_template(template).render(shown), status))


def shared_article(title: str, pictures: Sequence[Any]) -> dict[str, Any]:
    """Return what other sites show of an article: its title, and the first of its pictures."""
    picture = pictures[0] if pictures else None
    return {
        "type": "article",
        "title": title,
        "picture": picture
        and {
            "url": absolute(picture.src),
            "width": picture.width,
            "height": picture.height,
            "alt": picture.alt,
        },
    }


def public(answer: Response) -> Response:
    """Mark ``answer`` as the same for everybody. How long it may be kept is decided in front of us."""
    answer.headers["Cache-Control"] = "public, max-age=0, s-maxage=0"
    return answer


def only(values: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """Return the parameters that a page knows, non-empty, cut to a sane length; the rest are ignored."""
    return {name: values[name][:200].strip() for name in names if values.get(name, "").strip()}
