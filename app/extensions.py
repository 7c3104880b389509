"""The libraries that are one object each for the whole app."""

from __future__ import annotations

from flask_babel import Babel
from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect

from app.here import asked


class Csrf(CSRFProtect):
    """Asks for a form's token where something may change; who only reads is not looked at any further."""

    def protect(self, apply_exemptions: bool = False) -> None:
        """Raise CSRFError unless this request reads only, or brings its token."""
        if asked().method not in ("GET", "HEAD"):
            super().protect(apply_exemptions)


babel = Babel()
csrf = Csrf()
login = LoginManager()
