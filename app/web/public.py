"""What every public page says of itself: its addresses in other languages, its cache, its machine data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response, current_app, render_template, request
from markupsafe import Markup

from app.languages import LANGUAGES, OWN_NAMES, current


def absolute(path: str) -> str:
    """Return the whole address of ``path``. Never from the request: a foreign Host must not get into a feed."""
    return current_app.config["PUBLIC_URL"] + path


def language_links(alternates: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the switch: this page in each language. ``alternates`` maps codes to paths; the rest keep the address.

    A page that another language lacks is offered there in a language that exists, with a notice.
    """
    here = request.path
    return [
        {
            "code": code,
            "name": OWN_NAMES[code],
            "url": alternates.get(code) or f"/{code}{here[3:]}",
            "is_current": code == current(),
        }
        for code in LANGUAGES
    ]


def data_block(data: Mapping[str, Any]) -> Markup:
    """Return ``data`` as JSON that is safe inside a script element."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        written = written.replace(character, f"\\u{ord(character):04x}")
    return Markup(written)  # noqa: S704 (nothing in it can end the element)


def page(
    template: str, *, alternates: Mapping[str, str] | None = None, status: int = 200, **values: Any
) -> Response:
    """Render a public page, the same for everybody.

    ``alternates`` maps the languages in which this page exists to their paths (this one
    included); None means that it exists in all three at the same address.
    """
    known = (
        {code: f"/{code}{request.path[3:]}" for code in LANGUAGES} if alternates is None else dict(alternates)
    )
    body = render_template(
        template,
        language_links=language_links(known),
        alternates=[{"language": code, "url": absolute(path)} for code, path in known.items()],
        x_default=absolute(known.get("en") or next(iter(known.values()))) if known else None,
        canonical=absolute(values.pop("canonical_path", None) or request.path),
        **values,
    )
    return public(Response(body, status))


def public(answer: Response) -> Response:
    """Mark ``answer`` as the same for everybody. How long it may be kept is decided in front of us."""
    answer.headers["Cache-Control"] = "public, max-age=0, s-maxage=0"
    return answer


def only(values: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """Return the parameters that a page knows, non-empty, cut to a sane length; the rest are ignored."""
    return {name: values[name][:200].strip() for name in names if values.get(name, "").strip()}
