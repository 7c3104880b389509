"""A release that two officers publish. Run as a program, in a newsroom's environment: ``… published TITLE``."""

from __future__ import annotations

import sys

from app.editorial.models import State
from tests import make
from wsgi import app

if __name__ == "__main__":
    with app.app_context():
        make.release(State.PUBLISHED, title=sys.argv[1])
