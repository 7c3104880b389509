"""Communiqué: a newsroom. ``create_app`` puts it together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

import config
from app import clock
from app.accounts.service import init_accounts
from app.blueprints import open_doors
from app.cli import init_commands
from app.database import db
from app.extensions import babel, csrf
from app.languages import current, init_languages
from app.library.uploads.arriving import init_arriving
from app.mail.post import init_mail
from app.menus import init_menus
from app.pagenames import init_pagenames
from app.web.assets import init_assets
from app.web.errors import init_errors
from app.web.filters import init_filters
from app.web.headers import init_headers
from app.web.hosts import init_hosts
from app.web.kept import init_kept
from app.web.logging import init_logging
from app.web.pagecache import put_in_front
from app.web.templates import init_templates
from app.wiring import wire


class Newsroom(Flask):
    """A Flask whose functions are all plain ones: asking each, at each request, whether it is takes a while."""

    def ensure_sync(self, func: Any) -> Any:
        """Return ``func``."""
        return func


def create_app(environ: Mapping[str, str] | None = None, *, testing: bool = False) -> Flask:
    """Return the newsroom that ``environ`` describes (the process's own, when None).

    Raises config.BadSettings when it must not start, saying why.
    """
    root = config.ROOT
    app = Newsroom(__name__, template_folder=str(root / "templates"), static_folder=None)
    app.config.update(config.read(config.environment() if environ is None else environ))
    app.config["TESTING"] = testing
    app.config["INSTANCE_DIR"].mkdir(parents=True, exist_ok=True, mode=0o700)
    init_templates(app)

    init_logging(app)
    db.init_app(app)
    babel.init_app(app, locale_selector=current)
    init_languages(app)
    init_hosts(app)
    init_headers(app)
    init_arriving(app)
    csrf.init_app(app)
    init_mail(app)
    init_accounts(app)
    init_kept(app)
    init_filters(app)
    init_menus(app)
    init_errors(app)
    open_doors(app)
    init_pagenames(app)
    wire(app)
    init_commands(app)
    init_assets(app)
    with app.app_context():
        put_in_front(app, db.engine, clock)  # the last: what is in front of all the others is asked first
    return app
