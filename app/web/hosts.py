"""Who we are on the net, and who is asking: host names, proxies, origins and networks.

A request under a name that is not ours is refused, so that no link, cache or cookie can be made
for somebody else's name. Forwarded headers are believed for as many proxies as the office runs,
none by default: anything else is what the visitor would like us to think.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, request
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import BadRequest
from werkzeug.middleware.proxy_fix import ProxyFix

from app.here import asked
from app.limits.limits import network_key

_HOST = re.compile(r"([a-z0-9.\-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?", re.ASCII)
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


class ForeignHost(BadRequest):
    """Somebody asked for another newsroom; the answer names no address but our own."""

    description: Any = _l("This address is not ours. Check it, or go to the newsroom’s own address.")


class ForeignOrigin(BadRequest):
    """A page that is not ours tries to send a form in the name of its visitor."""

    description: Any = _l("This form was sent from another site. Open the page here and send it again.")


@lru_cache(64)
def is_our_host(host: str, allowed: tuple[str, ...]) -> bool:
    """Say whether the Host header ``host`` (with or without a port) is one of ``allowed`` (lower case)."""
    match = _HOST.fullmatch(host.lower())
    return match is not None and match[1].strip("[]").removesuffix(".") in allowed


def is_our_origin(origin: str | None, site: str | None, *, host: str, is_https: bool) -> bool:
    """Say whether a form may come from ``origin``, as the browser says in Origin and Sec-Fetch-Site.

    Our own pages at the desk send no referrer, and a browser then says "null" instead of its
    origin; Sec-Fetch-Site tells such a page from a stranger's. Browsers leave that header out on
    plain http, and programs send neither: there the form's token alone decides.
    """
    if site is not None and site not in ("same-origin", "none"):
        return False
    if origin is None:
        return True
    if origin == "null":
        return site is not None or not is_https
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in (("https",) if is_https else ("http", "https")) and parts.netloc == host.lower()


def visitor_network() -> str:
    """Return the network that this request comes from, as limits and records know it."""
    return network_key(request.remote_addr)


def init_hosts(app: Flask) -> None:
    """Look at names and origins before anything else does, and at forwarded headers as far as we trust them."""
    trusted, allowed = app.config["TRUSTED_PROXIES"], app.config["ALLOWED_HOSTS"]
    if trusted:
        # Each proxy adds an address, and passes Host on as it is. Only the nearest one's word for
        # the scheme reaches us: proxies overwrite that header, they do not add to it.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=1, x_host=0, x_port=0, x_prefix=0)  # type: ignore[method-assign]

    @app.before_request
    def refuse_foreigners() -> None:
        request = asked()
        if not is_our_host(request.host, allowed):
            raise ForeignHost
        if request.method in UNSAFE and not is_our_origin(
            request.headers.get("Origin"),
            request.headers.get("Sec-Fetch-Site"),
            host=request.host,
            is_https=current_app.config["PUBLIC_URL"].startswith("https://"),
        ):
            raise ForeignOrigin
